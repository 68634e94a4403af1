"""Parts of a request as chips: each can be chosen, to correct it, and taken away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from encoders.sanitise import sanitise_line
from tui.app.spoken import MARGIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

_CROSS = " ×"
_NARROW = 60
"""Columns: on less, chips need what a margin would take."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One part."""

    key: str
    """What it is to whoever made it."""
    text: str
    removable: bool = True
    strong: bool = False
    """Whether it is what the person asked for, and not what stands beside it."""

    @property
    def shown(self) -> str:
        """The text as it stands between its brackets."""
        return sanitise_line(self.text) + (_CROSS if self.removable else "")


@dataclass(frozen=True, slots=True)
class _Placed:
    """A chip's place: the column it begins at, in its line."""

    index: int
    column: int
    text: str


class Chips(Widget, can_focus=True):
    """A row of chips that wraps, behind a label; the arrow keys go through them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"chips--label", "chips--chip", "chips--strong", "chips--current"}
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("left,up", "move(-1)", "previous part", show=False),
        Binding("right,down", "move(1)", "next part", show=False),
        Binding("enter", "choose", "correct it", show=False),
        Binding("delete,backspace,x", "remove", "take it away", show=False),
    ]
    HELP = "Arrows go through the parts; Enter corrects one, Delete takes it away."

    current: reactive[int] = reactive(0)

    class Chosen(Message):
        """A chip is to be corrected."""

        def __init__(self, chips: Chips, chip: Chip) -> None:
            self.chips, self.chip = chips, chip
            super().__init__()

        @property
        def control(self) -> Chips:
            """The chips that it stands among."""
            return self.chips

    class Removed(Chosen):
        """A chip is to go."""

    def __init__(
        self,
        chips: Sequence[Chip] = (),
        label: str = "",
        *,
        stacked: bool = False,
        aligned: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's name for it
        classes: str | None = None,
    ) -> None:
        """Show `chips` behind `label`; `stacked` ones have a line each, `aligned` ones stand below what is said."""
        super().__init__(id=id, classes=classes)
        self._chips = tuple(chips)
        self._label = label
        self._stacked = stacked
        self._aligned = aligned
        self._lines: list[list[_Placed]] = []
        self._laid_out = -1

    @property
    def chips(self) -> tuple[Chip, ...]:
        """What is shown."""
        return self._chips

    @property
    def label(self) -> str:
        """What stands before them."""
        return self._label

    def show(self, chips: Sequence[Chip]) -> None:
        """Show other chips."""
        if tuple(chips) == self._chips:
            return
        self._chips = tuple(chips)
        self.current = min(self.current, max(len(chips) - 1, 0))
        self._laid_out = -1
        self.display = bool(chips)
        self.refresh(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as there is room."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as the chips need when they wrap."""
        return len(self._layout(width))

    def _layout(self, width: int) -> list[list[_Placed]]:
        if width == self._laid_out:
            return self._lines
        start = self._margin(width)
        lines: list[list[_Placed]] = [[]]
        column = start
        for index, chip in enumerate(self._chips):
            text = _cut(f"[{chip.shown}]", max(width - start, 4))
            new_line = self._stacked or column + cell_len(text) > width
            if new_line and lines[-1]:
                lines.append([])
                column = start
            lines[-1].append(_Placed(index, column, text))
            column += cell_len(text) + 1
        self._lines, self._laid_out = lines, width
        return lines

    def _margin(self, width: int) -> int:
        """Return the columns of the label; on a wide screen chips stand below what was said."""
        if not self._label:
            return 0
        return max(cell_len(self._label) + 1, MARGIN if self._aligned and width >= _NARROW else 0)

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        ground = self.rich_style
        placed = self._layout(self.size.width)
        if y >= len(placed):
            return Strip.blank(self.size.width, ground)
        segments: list[Segment] = []
        column = 0
        if y == 0 and self._label:
            column = self._margin(self.size.width)
            label = self._label + " " * (column - cell_len(self._label))
            segments.append(Segment(label, self.get_component_rich_style("chips--label")))
        for chip in placed[y]:
            if chip.column > column:
                segments.append(Segment(" " * (chip.column - column), ground))
            segments.append(Segment(chip.text, self.get_component_rich_style(self._class_of(chip.index))))
            column = chip.column + cell_len(chip.text)
        return Strip(segments).adjust_cell_length(self.size.width, ground)

    def _class_of(self, index: int) -> str:
        if self.has_focus and index == self.current:
            return "chips--current"
        return "chips--strong" if self._chips[index].strong else "chips--chip"

    def watch_current(self) -> None:
        """Bring the current chip into sight."""
        for y, line in enumerate(self._lines):
            for placed in line:
                if placed.index == self.current and self.has_focus:
                    self.scroll_visible(animate=False)
                    self.scroll_to_region(Region(placed.column, y, len(placed.text), 1), animate=False)

    def action_move(self, by: int) -> None:
        """Go to another chip."""
        if self._chips:
            self.current = (self.current + by) % len(self._chips)

    def action_choose(self) -> None:
        """Correct the current one."""
        if self._chips:
            self.post_message(self.Chosen(self, self._chips[self.current]))

    def action_remove(self) -> None:
        """Take the current one away."""
        if self._chips and self._chips[self.current].removable:
            self.post_message(self.Removed(self, self._chips[self.current]))

    def on_click(self, event: events.Click) -> None:
        """Choose the chip under the pointer, or take it away by its cross."""
        lines = self._layout(self.size.width)
        offset = event.get_content_offset(self)
        if offset is None or offset.y >= len(lines):
            return
        for placed in lines[offset.y]:
            end = placed.column + cell_len(placed.text)
            if placed.column <= offset.x < end:
                event.stop()
                self.current = placed.index
                chip = self._chips[placed.index]
                if chip.removable and offset.x >= end - 3:
                    self.action_remove()
                else:
                    self.action_choose()


def _cut(text: str, width: int) -> str:
    """Shorten a chip that is wider than the room; its cross stays."""
    if cell_len(text) <= width:
        return text
    tail = text[-3:] if text.endswith(_CROSS + "]") else "]"
    head = text[: -len(tail)]
    while head and cell_len(head) + 1 + len(tail) > width:
        head = head[:-1]
    return f"{head}…{tail}"
