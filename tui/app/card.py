"""An item as a card, and the row of cards that a turn shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Grid, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from agent.actions import ACTIONS, Place
from tui.app.picture import Picture
from tui.app.text import lines, plain
from tui.pictures.choose import Protocol
from tui.pictures.size import USUAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from agent.types import Card
    from tui.pictures.choose import Choice
    from tui.words.card import CardWords

NARROWEST = 20
"""Columns of a card: '£1,170.00  4.6 stars' just breaks, and four stand beside the panel of a wide screen."""
_MOST_ABREAST = 5
_FRAME = 4
"""Columns of a card's border and padding."""
_PICTURE_ROWS = 8
_STACKED_PICTURE = 12
_STACKED_ROWS = 5


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
        self._stacked = False
        self.marked = False
        """Whether it waits for another to be compared with."""

    def compose(self) -> ComposeResult:
        """Write the words; the picture comes when the width is known."""
        yield Static(self._write(), classes="words", markup=False)

    def lay_out(self, width: int, *, stacked: bool) -> int:
        """Fit into `width` columns and return the rows that are needed; `stacked` puts the picture beside the words."""
        inside = width - _FRAME
        self.set_class(stacked, "-stacked")
        self.query(Picture).remove()
        picture = self._picture(
            _STACKED_PICTURE if stacked else inside, _STACKED_ROWS if stacked else _PICTURE_ROWS
        )
        words = max(inside - (_STACKED_PICTURE + 1 if stacked and picture else 0), 1)
        rows = self._write().get_height({}, words)
        if picture is None:
            return rows + 2
        self.mount(picture, before=0)
        return (max(rows, picture.rows) if stacked else rows + picture.rows) + 2

    def _picture(self, columns: int, rows: int) -> Picture | None:
        if self._choice.protocol is Protocol.OFF or self.card.image is None:
            return None
        cell = self._choice.cell or USUAL
        square = max(round(columns * cell.width / cell.height), 1)
        return Picture(self.card.image, self._choice, columns, min(rows, square))

    def mark(self, *, marked: bool) -> None:
        """Mark the card as one to compare."""
        self.marked = marked
        self._rewrite()

    def _rewrite(self) -> None:
        self.query_one(".words", Static).update(self._write())

    def _write(self) -> Content:
        words = self._words
        mark = "⊕" if self.marked else "▶" if self.has_focus else " "
        parts = [plain(f"{mark}{self.card.rank} ", "bold $accent") + plain(words.title, "bold")]
        price = plain(words.price, "bold $primary") if words.price else Content("")
        stars = plain(_stars(words.stars), "$accent") if words.stars else Content("")
        if both := [part for part in (price, stars) if part]:
            parts.append(Content("  ").join(both))
        if words.facets:
            parts.append(plain(", ".join(words.facets), "$muted"))
        if words.reason:
            parts.append(plain(f"✓ {words.reason}", "$success"))
        if words.misses:
            parts.append(plain(f"✗ misses {words.misses}", "$error"))
        return lines(*parts)

    def watch_has_focus(self, focused: bool) -> None:
        """Show whether it is selected, not by colour alone."""
        super().watch_has_focus(focused)
        if self.is_mounted:
            self._rewrite()
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
        self._shape: tuple[int, bool] | None = None

    def on_resize(self, event: events.Resize) -> None:
        """Choose how many stand side by side."""
        abreast = _abreast(self.size.width, len(self.views))
        shape = self.size.width // abreast, abreast == 1
        self.styles.grid_size_columns = abreast
        if shape != self._shape:
            self._shape = shape
            needed = [view.lay_out(shape[0], stacked=shape[1]) for view in self.views]
            # A grid's automatic rows don't see heights that change after it was laid out.
            heights = [needed[first : first + abreast] for first in range(0, len(needed), abreast)]
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


def _abreast(width: int, cards: int) -> int:
    """Return how many cards stand side by side: as many as fit, in rows as even as can be."""
    most = max(min(width // NARROWEST, cards, _MOST_ABREAST), 1)
    rows = -(-cards // most)
    return -(-cards // rows)


def _stars(words: str) -> str:
    """Write '4.6 stars' as '★ 4.6', so that it stands beside a price."""
    amount, _, unit = words.partition(" ")
    return f"★ {amount}" if unit in ("star", "stars") else words
