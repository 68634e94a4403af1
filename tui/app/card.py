"""An item as a card, and the row of cards that a turn shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Grid, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from agent.actions import ACTIONS, Place
from encoders.sanitise import sanitise_line
from tui.app.picture import Picture
from tui.app.text import clip, lines, plain
from tui.pictures.choose import Protocol
from tui.pictures.size import USUAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from agent.types import Card
    from tui.pictures.choose import Choice
    from tui.words.card import CardWords

NARROWEST = 19
"""Columns of a card: '£170.00  ★ 4.6' just fits, and four stand side by side in 80 columns."""
_WIDEST, _WIDEST_STACKED = 44, 80
_MOST_ABREAST = 5
_FRAME = 4
"""Columns of a card's border and padding."""
_STACKED_PICTURE = 12
_STACKED_ROWS = 5
_TITLE_ROWS, _FACET_ROWS, _REASON_ROWS = 4, 5, 4
"""Lines that a part may take, so that no card of a row pushes the others out of sight."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How the cards of a row are laid out."""

    width: int
    """Columns of a card."""
    abreast: int
    """Cards side by side; one has its picture beside its words."""
    picture: int
    """Rows of a picture above the words."""

    @property
    def stacked(self) -> bool:
        """Whether pictures stand beside the words."""
        return self.abreast == 1


class CardView(Vertical, can_focus=True):
    """One card: number, picture, title, price, facets, stars, one reason; focused, its letters act on it."""

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding(action.key, f"act('{action.name}')", action.help, id=action.name)
        for action in ACTIONS.values()
        if action.place is Place.CARD and action.key and action.name != "rate"
    ] + [
        Binding(key, f"rate({key})", ACTIONS["rate"].help, id=f"rate.{key}", show=key == "1")
        for key in ACTIONS["rate"].key.split(",")
    ]
    HELP = "A card is selected: its letters act on this item. Arrows go to the next card, Esc back to what you type."

    class Acted(Message):
        """An action is to be done to a card."""

        def __init__(self, view: CardView, action: str, *words: str) -> None:
            self.view, self.action, self.words = view, action, words
            super().__init__()

    def __init__(self, card: Card, words: CardWords, choice: Choice) -> None:
        """Show `card` by its `words`."""
        super().__init__()
        self.card = card
        self._words = words
        self._choice = choice
        self._inside = 0
        self.marked = False
        """Whether it waits for another to be compared with."""
        self.border_title = self._number()

    def compose(self) -> ComposeResult:
        """Write the words; the picture comes when the width is known."""
        yield Static(classes="words", markup=False)

    def lay_out(self, shape: Shape) -> int:
        """Take `shape` and return the rows that are needed for it."""
        inside = shape.width - _FRAME
        self.set_class(shape.stacked, "-stacked")
        self.query(Picture).remove()
        picture = self._picture(
            _STACKED_PICTURE if shape.stacked else inside, _STACKED_ROWS if shape.stacked else shape.picture
        )
        self._inside = max(inside - (_STACKED_PICTURE + 1 if shape.stacked and picture else 0), 1)
        words = self._write()
        self.query_one(".words", Static).update(words)
        rows = words.get_height({}, self._inside)
        if picture is None:
            return rows + 2
        self.mount(picture, before=0)
        return (max(rows, picture.rows) if shape.stacked else rows + picture.rows) + 2

    def _picture(self, columns: int, rows: int) -> Picture | None:
        if self._choice.protocol is Protocol.OFF or self.card.image is None:
            return None
        cell = self._choice.cell or USUAL
        square = max(round(columns * cell.width / cell.height), 1)
        return Picture(self.card.image, self._choice, columns, min(rows, square))

    def mark(self, *, marked: bool) -> None:
        """Mark the card as one to compare."""
        self.marked = marked
        self.border_title = self._number()

    def _number(self) -> str:
        """Write the number, and whether the card is selected or marked: not by colour alone."""
        mark = "⊕" if self.marked else "▶" if self.has_focus else ""
        return f"{mark}{self.card.rank}"

    def _write(self) -> Content:
        words, width = self._words, self._inside
        parts = [clip(plain(sanitise_line(words.title), "bold"), width, _TITLE_ROWS)]
        price = plain(sanitise_line(words.price), "bold $primary") if words.price else Content("")
        stars = plain(_stars(sanitise_line(words.stars)), "$accent") if words.stars else Content("")
        if both := [part for part in (price, stars) if part]:
            parts.append(clip(Content("  ").join(both), width, 2))
        if words.facets:
            parts.append(clip(plain(sanitise_line(", ".join(words.facets)), "$muted"), width, _FACET_ROWS))
        if words.reason:
            parts.append(clip(plain(f"✓ {sanitise_line(words.reason)}", "$success"), width, _REASON_ROWS))
        if words.misses:
            missed = plain(f"✗ misses {sanitise_line(words.misses)}", "$error")
            parts.append(clip(missed, width, _REASON_ROWS))
        return lines(*parts)

    def watch_has_focus(self, focused: bool) -> None:
        """Show whether it is selected, not by colour alone."""
        super().watch_has_focus(focused)
        self.border_title = self._number()
        if focused:
            self.scroll_visible(animate=False)

    def on_click(self, event: events.Click) -> None:
        """Select it; twice is why."""
        self.focus()
        if event.chain == 2:
            self.action_act("why")

    def action_act(self, name: str) -> None:
        """Do an action of the registry to this card."""
        self.post_message(self.Acted(self, name, str(self.card.rank)))

    def action_rate(self, stars: int) -> None:
        """Give it stars."""
        self.post_message(self.Acted(self, "rate", str(self.card.rank), str(stars)))


class CardRow(Grid, can_focus=True):
    """The cards of a turn, as many side by side as fit; a number selects one."""

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("left,up", "select(-1)", "previous card", show=False),
        Binding("right,down,enter", "select(1)", "next card", show=False),
        *(Binding(str(number), f"pick({number})", f"card {number}", show=False) for number in range(1, 10)),
    ]
    HELP = "A number selects a card, and so do the arrows; Esc goes back to what you type."

    def __init__(self, cards: Sequence[CardView]) -> None:
        """Hold `cards`."""
        super().__init__(*cards)
        self.views = tuple(cards)
        self._shape: Shape | None = None

    def on_resize(self, event: events.Resize) -> None:
        """Choose how many stand side by side."""
        shape = shape_for(self.size.width, self.screen.size.height, len(self.views))
        if shape == self._shape:
            return
        self._shape = shape
        self.styles.grid_size_columns = shape.abreast
        self.styles.grid_columns = str(shape.width)
        needed = [view.lay_out(shape) for view in self.views]
        # A grid's automatic rows don't see heights that change after it was laid out.
        heights = [needed[first : first + shape.abreast] for first in range(0, len(needed), shape.abreast)]
        self.styles.grid_rows = " ".join(str(max(line)) for line in heights)

    def action_select(self, by: int) -> None:
        """Select the card after, or before, the one that is selected."""
        focused = self.screen.focused
        if isinstance(focused, CardView) and focused in self.views:
            index = self.views.index(focused) + by
            if 0 <= index < len(self.views):
                self.screen.set_focus(self.views[index])
        elif self.views:
            self.screen.set_focus(self.views[0 if by > 0 else -1])

    def action_pick(self, number: int) -> None:
        """Select a card by its number."""
        for view in self.views:
            if view.card.rank == number:
                self.screen.set_focus(view)


def shape_for(width: int, height: int, cards: int) -> Shape:
    """Lay `cards` out in `width` columns of a screen of `height` rows: as many abreast as fit, rows even."""
    most = max(min(width // NARROWEST, cards, _MOST_ABREAST), 1)
    rows = max(-(-cards // most), 1)
    abreast = max(-(-cards // rows), 1)
    widest = _WIDEST_STACKED if abreast == 1 else _WIDEST
    # A fifth of the screen: cards, what was understood and the reply's beginning are in sight together.
    return Shape(min(width // abreast, widest), abreast, min(max(height // 5, 4), 12))


def _stars(words: str) -> str:
    """Write '4.6 stars' as '★ 4.6', so that it stands beside a price."""
    amount, _, unit = words.partition(" ")
    return f"★ {amount}" if unit in ("star", "stars") else words
