"""Write the events of a turn as lines: what was understood, the items, the reply."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from agent.difference import telling_columns
from agent.evidence import content_stems
from agent.linking.describe import describe
from agent.linking.fields import Fields
from agent.spoken import speak_truth
from agent.types import SEARCHES, ActName, Said, Shown, Understood
from agent.wording import write_amount, write_list, write_measure, write_value
from encoders.sanitise import sanitise_line
from retrieval.types import Op, Role, Status
from tui.echo import paint, write
from tui.pictures.choose import Choice, Protocol
from tui.pictures.shelf import Shelf
from tui.pictures.words import caption, caption_column
from tui.plain.wrap import Wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from agent.types import Act, Card, Event, Sound
    from retrieval.snapshot import Titled
    from retrieval.types import Column, Value

_SEARCHES = SEARCHES | {ActName.DISLIKE}
_FACETS = 3
_BAR = 20
_EIGHTHS = "▏▎▍▌▋▊▉█"
_LEGS = {
    "words": "its words",
    "text": "its meaning",
    "image": "the picture",
    "audio": "sounds like your clip",
    "sound": "how it sounds",
    "similar": "like what you pointed at",
    "taste": "your taste",
    "popularity": "liked by many",
}


class Renderer:
    """Draws turns of one catalogue on stdout."""

    def __init__(self, snapshot: Titled, *, wrap: bool = False, shelf: Shelf | None = None) -> None:
        """Keep the catalogue's columns for its labels and units; `wrap` breaks lines at the terminal's width.

        `shelf` draws pictures; without one they are words at most.
        """
        self._snapshot = snapshot
        self._fields = Fields(snapshot.columns, len(snapshot))
        self._wrap = wrap
        self._shelf = shelf or Shelf(Choice(Protocol.OFF, "lines only"))
        self._caption = None if self._shelf.draws else caption_column(snapshot.columns)
        self._drawn: set[str] = set()
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
        if request.transcript:
            self.line(f"heard: {request.transcript}")
        for picture in request.pictures:
            if picture.path not in self._drawn:
                self.picture(picture.path)
            if picture.seen:
                self.line(f"sees: {' '.join(picture.seen)}")
        self._drawn.clear()
        for sound in request.sounds:
            if sound.heard:
                self.line(f"hears: {_spoken(sound)}")
        if act.name in (ActName.RATE, ActName.LIKE, ActName.DISLIKE) and act.items:
            self.line(f"noted: {_noted(act, self._snapshot)}")
        if act.name in _SEARCHES and (words := looking_for(act, self._snapshot, self._fields)):
            self.line(f"looking for: {words}")

    def _shown(self, event: Shown) -> None:
        if event.headline:
            self.line(event.headline + (":" if event.items else ""))
        for part, drawing in self._shelf.rows_of([card.image for card in event.items]):
            paint(drawing)
            for card in event.items[part]:
                self._card(card, event.items)

    def _card(self, card: Card, beside: Sequence[Card]) -> None:
        self.line(f"item {card.rank} of {len(beside)}: {self._sentence(card, beside)}")
        if self._caption is not None and card.image is not None:
            words = caption(self._caption, self._snapshot.item(card.id).fields)
            if words:
                self.line(f"  picture: {words}")
        if self._act is not None and self._act.name is ActName.EXPLAIN:
            for line in why_lines(card):
                self.line(f"  {line}")

    def picture(self, path: str) -> None:
        """Draw a picture that the person shows; it is not drawn again when it is sent."""
        self._drawn.add(sanitise_line(path))
        paint(self._shelf.one(path))

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

    def _sentence(self, card: Card, beside: Sequence[Card]) -> str:
        """Write a card: title, price, what tells it apart, stars, and what it misses."""
        price, rating = self._fields.price, self._fields.rating
        parts = [card.title]
        if price and card.price is not None:
            parts.append(write_measure(price, card.price))
        shown = [other.facets for other in beside]
        telling = telling_columns(card.facets, shown, self._snapshot.columns, card.title)
        telling.sort(key=lambda column: column.name in self._fields.categories)
        parts += [self._spell(column, card.facets[column.name]) for column in telling[:_FACETS]]
        if rating and rating.name in card.facets:
            parts.append(write_value(rating, card.facets[rating.name]))
        if card.evidence.missed:
            parts.append(f"misses {write_list(card.evidence.missed)}")
        return ", ".join(dict.fromkeys(parts))

    def _spell(self, column: Column, value: Value) -> str:
        """Write a facet bare, but a list, and yes or no, with its label: three names would not say who plays."""
        yes = self._fields.truth(column)
        told = None if yes is None else speak_truth(column.label, str(value) == str(yes))
        words = write_value(column, value)
        labelled = column.role is Role.LIST or yes is not None
        return told or (f"{column.label} {words}" if labelled else words)


def looking_for(act: Act, snapshot: Titled, fields: Fields) -> str:
    """Return the request as it was understood: 'waterproof boots · price ≤ 80 · lowest price first'.

    A condition whose words the query has already ('boots' of kind boots) is not said twice.
    """
    parts = [act.query] if act.query else []
    if act.name is ActName.SIMILAR and act.items:
        parts.insert(0, f"like {write_list([item.title for item in snapshot.items(act.items)])}")
    if act.pictured:
        parts.insert(0, "like your picture")
    spoken = set(content_stems(act.query))
    for constraint in act.constraints:
        words = describe(constraint, fields)
        value = set(content_stems(str(constraint.value)))
        said_already = bool(value) and value <= spoken
        if constraint.status is Status.RELAXED:
            parts.append(f"{words} (given up)")
        elif constraint.op in (Op.EQ, Op.CONTAINS, Op.ABOUT) and said_already:
            continue
        elif constraint.status is Status.RANKED:
            parts.append(f"{words} (can't be checked, so it only ranks)")
        else:
            parts.append(words)
    if act.sort:
        label = next((c.label for c in snapshot.columns if c.name == act.sort.lstrip("-")), act.sort)
        parts.append(f"{'highest' if act.sort.startswith('-') else 'lowest'} {label} first")
    return " · ".join(dict.fromkeys(parts))


def _spoken(sound: Sound) -> str:
    """Write what was heard: 'about 92 bpm, minor'; a tempo is measured, and the next message may correct it."""
    return ", ".join(f"about {word}" if word.endswith(" bpm") else word for word in sound.heard)


def _noted(act: Act, snapshot: Titled) -> str:
    titles = write_list([item.title for item in snapshot.items(act.items)])
    if act.name is ActName.RATE:
        return f"{titles}, {write_amount(act.stars or 0, None)} of 5 stars"
    return f"you like {titles}" if act.name is ActName.LIKE else f"not {titles}"


def why_lines(card: Card) -> Iterator[str]:
    """Yield the evidence of a card: shares as bars, conditions, the catalogue's words."""
    shares = {_LEGS.get(leg, leg): share for leg, share in card.evidence.shares.items() if share >= 0.005}
    width = max(map(len, shares), default=0)
    for leg, share in sorted(shares.items(), key=lambda pair: -pair[1]):
        yield f"{leg:<{width}}  {share:4.0%}  {bar(share)}"
    if card.evidence.met:
        yield f"met: {', '.join(card.evidence.met)}"
    if card.evidence.missed:
        yield f"missed: {', '.join(card.evidence.missed)}"
    for quote in card.evidence.quotes:
        yield f"the catalogue says: “{quote.text}”"


def bar(share: float) -> str:
    """Draw a share of one as a bar of eighths of a cell."""
    full, rest = divmod(round(share * _BAR * 8), 8)
    return "█" * full + (_EIGHTHS[rest - 1] if rest else "")
