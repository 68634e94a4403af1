"""A picture alone on the screen, as large as fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Center, Middle
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.app.picture import Picture
from tui.app.text import plain

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.pictures.choose import Choice


class Enlarged(ModalScreen[None]):
    """One picture and what it is; any of the keys that opened it closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,v,q,space", "dismiss", "close")]

    def __init__(self, path: str, title: str, choice: Choice) -> None:
        """Show the file at `path` under its `title`."""
        super().__init__()
        self._path, self._title, self._choice = path, title, choice

    def compose(self) -> ComposeResult:
        """Lay out the picture over its title."""
        columns, rows = self.app.size.width - 2, self.app.size.height - 2
        with Middle(), Center():
            yield Picture(self._path, self._choice, columns, rows)
        yield Static(
            plain(self._title, "bold") + plain("   Esc closes", "$muted"), id="caption", markup=False
        )

    def on_click(self) -> None:
        """Close."""
        self.dismiss()
