"""A session as a page of Markdown: what was asked, what was looked for, what was shown and why, what was said.

Texts of people, catalogues and models are escaped, so that none of them becomes a heading, a link, a picture or HTML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agent.legs import share_words
from agent.wording import write_list, write_measure
from encoders.sanitise import sanitise_line
from tui.sessions.recorded import RecordedCatalogue
from tui.sessions.replay import put_lines
from tui.words.request import TELLS_SEARCH, looking_for
from tui.words.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agent.types import Card, Request
    from eval.transcript import Entry, Transcript

_MEANT = re.compile(r"[\\`*_\[\]~|#@$!]|(?<=:)/(?=/)|(?<=\bwww)\.|^[-+=:]", re.IGNORECASE)
"""What Markdown and its common extensions read as more than itself: '://', 'www.' and '@' would become links of
themselves, and '-' or '1.' at the beginning a list."""
_NUMBER = re.compile(r"^(\d+)([.)])")
_LEAST = 0.005
"""A share below this rounds to nothing."""
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def to_markdown(transcript: Transcript) -> str:
    """Return the page."""
    wording = Wording.of_snapshot(RecordedCatalogue(transcript))
    return "\n\n".join(_page(transcript, wording)) + "\n"


def escaped(text: str) -> str:
    """Return a text in one line that Markdown shows as it is, wherever it stands."""
    line = _NUMBER.sub(r"\1\\\2", _MEANT.sub(r"\\\g<0>", sanitise_line(text)))
    return "".join(_ENTITIES.get(character, character) for character in line)


def _page(transcript: Transcript, wording: Wording) -> Iterator[str]:
    header = transcript.header
    if header is None:
        yield "# A conversation"
    else:
        yield f"# {escaped(header.name or header.first or header.session)}"
        began = header.began.astimezone()
        yield (
            f"With the catalogue {escaped(header.catalogue)} ({header.items:,} items), on {began:%Y-%m-%d} at "
            f"{began:%H:%M}, by the model set {escaped(header.models)}."
        )
    for entry in transcript.entries:
        yield from _entry(entry, wording)


def _entry(entry: Entry, wording: Wording) -> Iterator[str]:
    for number, line in enumerate(put_lines(entry.put)):
        yield f"**You{' then' if number else ''}:** {escaped(line)}"
    if (turn := entry.turn) is not None:
        yield from _perceived(turn.request)
        if turn.act.name in TELLS_SEARCH and (words := looking_for(turn.act, wording)):
            yield f"*Looking for:* {escaped(words)}"
        if entry.headline:
            yield f"*Note:* {escaped(entry.headline)}"
        if turn.items:
            yield "\n".join(line for card in turn.items for line in _card(card, entry, wording))
    for said in (turn.answer if turn else "", entry.error):
        if said:
            yield f"**Vitrine:** {escaped(said)}"
    if entry.stopped:
        yield "*Stopped here.*"


def _perceived(request: Request) -> Iterator[str]:
    """Yield what was heard and seen."""
    if request.transcript:
        yield f"*Heard:* {escaped(request.transcript)}"
    for picture in request.pictures:
        if picture.seen:
            yield f"*Sees:* {escaped(' '.join(picture.seen))}"
    for sound in request.sounds:
        if sound.heard:
            yield f"*Hears:* {escaped(', '.join(sound.heard))}"


def _card(card: Card, entry: Entry, wording: Wording) -> Iterator[str]:
    price = wording.fields.price
    amount = "" if card.price is None else write_measure(price, card.price) if price else f"{card.price:g}"
    yield f"{card.rank}. {escaped(card.title)}" + (f", {escaped(amount)}" if amount else "")
    evidence = card.evidence
    if evidence.met:
        yield f"    - meets {escaped(write_list(evidence.met))}"
    if evidence.missed:
        yield f"    - misses {escaped(write_list(evidence.missed))}"
    for quote in evidence.quotes:
        yield f"    - the catalogue says “{escaped(quote.text)}”"
    shares = sorted(evidence.shares.items(), key=lambda pair: -pair[1])
    if parts := [f"{share_words(leg)} {part:.0%}" for leg, part in shares if part >= _LEAST]:
        yield f"    - its score: {escaped(write_list(parts))}"
    for line in entry.beyond.get(card.id, ()):
        yield f"    - {escaped(line)}"
