"""A picture inside the application, drawn over cells as the terminal can."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from rich.text import Text
from textual.strip import Strip
from textual.widget import Widget
from textual.worker import get_current_worker

from tui.pictures.choose import Choice, Protocol
from tui.pictures.draw import Drawn, draw
from tui.pictures.size import USUAL, Box

if TYPE_CHECKING:
    from rich.console import Console
    from textual.app import App
    from textual.geometry import Size

_SENT: WeakKeyDictionary[App[object], set[int]] = WeakKeyDictionary()
"""Pictures that a terminal has, by what handed them to it: drawn again, they need not be sent again."""


class Picture(Widget):
    """One picture in a box; decoded and drawn in a thread, an empty box until then.

    Sixels flicker when Textual scrolls, so where the terminal would take them cards are drawn as half cells.
    """

    def __init__(self, path: str | None, choice: Choice, columns: int, rows: int, classes: str = "") -> None:
        """Show the file at `path` in at most `columns` × `rows` cells."""
        super().__init__(classes=classes)
        self._path = path
        self._choice = choice
        self._box = Box(max(columns, 1), max(rows, 1))
        self._strips: list[Strip] = []

    @property
    def protocol(self) -> Protocol:
        """How it is drawn here."""
        if self._choice.protocol is Protocol.OFF:
            return Protocol.OFF
        # A placeholder's colour is the number of its picture: rounded to 256 colours it would name another.
        exact = self.app.console.color_system == "truecolor"
        return Protocol.KITTY if self._choice.protocol is Protocol.KITTY and exact else Protocol.HALF

    @property
    def rows(self) -> int:
        """Rows of its box."""
        return self._box.rows

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Return the box's width."""
        return self._box.columns

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the box's height."""
        return self._box.rows

    def on_mount(self) -> None:
        """Draw it."""
        if self._path is not None and self.protocol is not Protocol.OFF:
            protocol = self.protocol
            self.run_worker(lambda: self._draw(protocol), thread=True, exit_on_error=False)

    def _draw(self, protocol: Protocol) -> None:
        worker = get_current_worker()
        drawn = draw(self._path or "", self._box, protocol, self._choice.cell or USUAL, truecolor=True)
        # Here, not on the screen's thread: the escape codes of a card take it 5 ms to read.
        strips = [_strip(row, self.app.console) for row in drawn.rows]
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show, drawn, strips)

    def _show(self, drawn: Drawn, strips: list[Strip]) -> None:
        sent = _SENT.setdefault(self.app, set())
        if drawn.before and hash(drawn.before) not in sent and self.app._driver is not None:
            # The terminal keeps the picture; what stands on screen are placeholders that name it.
            self.app._driver.write(drawn.before)
            sent.add(hash(drawn.before))
        self._strips = strips
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one row, the picture in the middle of its box."""
        ground = self.rich_style
        above = max((self.size.height - len(self._strips)) // 2, 0)
        if not 0 <= y - above < len(self._strips):
            return Strip.blank(self.size.width, ground)
        strip = self._strips[y - above].apply_style(ground)
        left = max((self.size.width - strip.cell_length) // 2, 0)
        return Strip.join([Strip.blank(left, ground), strip]).adjust_cell_length(self.size.width, ground)


def _strip(row: str, console: Console) -> Strip:
    """Return a row of escape codes of our own making as a strip."""
    return Strip(Text.from_ansi(row, end="").render(console))
