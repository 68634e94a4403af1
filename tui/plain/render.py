"""Write the events of a turn as lines: what was understood, the items, the reply."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from agent.types import ActName, Said, Shown, Understood
from encoders.sanitise import sanitise_line
from tui.echo import paint, write
from tui.pictures.choose import Choice, Protocol
from tui.pictures.shelf import Shelf
from tui.pictures.words import caption, caption_column
from tui.plain.wrap import Wrapped
from tui.words.card import card_words
from tui.words.request import TELLS_SEARCH, looking_for, noted, spoken_of
from tui.words.why import why_lines
from tui.words.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from agent.types import Act, Card, Event
    from retrieval.snapshot import Titled


class Renderer:
    """Draws turns of one catalogue on stdout."""

    def __init__(
        self,
        snapshot: Titled,
        *,
        wrap: bool = False,
        shelf: Shelf | None = None,
        beyond: Callable[[str], Iterable[str]] | None = None,
    ) -> None:
        """Keep the catalogue's columns for its labels and units; `wrap` breaks lines at the terminal's width.

        `shelf` draws pictures; without one they are words at most. `beyond` gives lines of what else spoke for
        an item, by its id; without it only what the cards carry is written.
        """
        self._snapshot = snapshot
        self._wording = Wording.of_snapshot(snapshot)
        self._beyond = beyond
        self._wrap = wrap
        self._shelf = shelf or Shelf(Choice(Protocol.OFF, "lines only"))
        self._caption = None if self._shelf.draws else caption_column(snapshot.columns)
        self._drawn: set[str] = set()
        self._told = ""
        self._act: Act | None = None
        self._reply: Wrapped | None = None

    def show(self, event: Event) -> None:
        """Write one event."""
        if isinstance(event, Understood):
            self._act, self._reply = event.act, None
            self._understood(event)
        elif isinstance(event, Shown):
            self._shown(event)
        elif isinstance(event, Said):
            self._said(event.text)
        else:
            write("" if self._reply else "vitrine: (nothing to say)")

    def _understood(self, event: Understood) -> None:
        act, request = event.act, event.request
        if request.transcript and request.transcript != self._told:
            self.line(f"heard: {request.transcript}")
        for picture in request.pictures:
            if picture.path not in self._drawn:
                self.picture(picture.path)
            if picture.seen:
                self.line(f"sees: {' '.join(picture.seen)}")
        self._drawn.clear()
        self._told = ""
        for sound in request.sounds:
            if sound.heard:
                self.line(f"hears: {spoken_of(sound)}")
        if act.name in (ActName.RATE, ActName.LIKE, ActName.DISLIKE) and act.items:
            self.line(f"noted: {noted(act, self._wording)}")
        if act.name in TELLS_SEARCH and (words := looking_for(act, self._wording)):
            self.line(f"looking for: {words}")

    def _shown(self, event: Shown) -> None:
        if event.headline:
            self.line(event.headline + (":" if event.items else ""))
        for part, drawing in self._shelf.rows_of([card.image for card in event.items]):
            paint(drawing)
            for card in event.items[part]:
                self._card(card, event.items)

    def _card(self, card: Card, beside: Sequence[Card]) -> None:
        words_of = card_words(card, beside, self._wording)
        self.line(f"item {card.rank} of {len(beside)}: {words_of.line}")
        if self._caption is not None and card.image is not None:
            words = caption(self._caption, self._snapshot.item(card.id).fields)
            if words:
                self.line(f"  picture: {words}")
        if self._act is not None and self._act.name is ActName.EXPLAIN:
            beyond = self._beyond(card.id) if self._beyond else ()
            for line in (*why_lines(card), *beyond):
                self.line(f"  {line}")

    def picture(self, path: str) -> None:
        """Draw a picture that the person shows; it is not drawn again when it is sent."""
        self._drawn.add(sanitise_line(path))
        paint(self._shelf.one(path))

    def told(self, words: str) -> None:
        """Keep spoken words that the person has just read and sent: they are not written again."""
        self._told = sanitise_line(words)

    def _said(self, text: str) -> None:
        if self._reply is None:
            self._reply = Wrapped(self._width(), indent="  ")
            text = f"vitrine: {text.lstrip()}"
        write(self._reply.feed(text), end="")

    def line(self, text: str) -> None:
        """Write a line; what does not fit goes on indented below."""
        write(Wrapped(self._width(), indent="  ").feed(text))

    def _width(self) -> int | None:
        return shutil.get_terminal_size().columns if self._wrap else None
