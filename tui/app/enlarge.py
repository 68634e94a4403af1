"""A picture alone on the screen, as large as fits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Container
from textual.screen import ModalScreen
from textual.widgets import Static
from textual.worker import get_current_worker

from encoders.errors import InputError
from encoders.sanitise import sanitise_line
from tui.app.picture import Picture
from tui.app.text import plain
from tui.pictures.choose import Protocol
from tui.pictures.size import USUAL, Box, fit

if TYPE_CHECKING:
    from PIL import Image
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual_image.widget import SixelImage

    from tui.pictures.choose import Choice

_LONGEST = 1536
"""Pixels of a picture as sixels: as many as a large terminal has, and encoded in a quarter of a second."""


class Enlarged(ModalScreen[None]):
    """One picture and what it is; any of the keys that opened it closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,v,q,space", "dismiss", "close")]

    def __init__(self, path: str, title: str, choice: Choice) -> None:
        """Show the file at `path` under its `title`."""
        super().__init__()
        self._path, self._title, self._choice = path, title, choice

    def compose(self) -> ComposeResult:
        """Lay out the room for the picture over its title."""
        yield Container(id="enlarged")
        yield Static(
            plain(sanitise_line(self._title, 200), "bold") + plain("   Esc closes", "$muted"),
            id="caption",
            markup=False,
        )

    def on_resize(self, event: events.Resize) -> None:
        """Draw it at the new size."""
        room = Box(max(event.size.width - 2, 1), max(event.size.height - 2, 1))
        if self._choice.protocol is Protocol.SIXEL:
            # Cards are half cells, for sixels flicker where there is scrolling; here nothing scrolls.
            self.run_worker(
                lambda: self._decode(room), thread=True, exit_on_error=False, group="sixels", exclusive=True
            )
        else:
            self._put(Picture(self._path, self._choice, room.columns, room.rows))

    def _decode(self, room: Box) -> None:
        from encoders.picture import PictureLimits, decode_picture

        worker = get_current_worker()
        try:
            picture = decode_picture(Path(self._path), PictureLimits(longest=_LONGEST))
        except (InputError, OSError):
            picture = None
        if not worker.is_cancelled:
            self.app.call_from_thread(self._put_sixels, picture, room)

    def _put_sixels(self, picture: Image.Image | None, room: Box) -> None:
        if picture is None:  # a Picture says so in words
            self._put(Picture(self._path, self._choice, room.columns, room.rows))
            return
        # Imported here: it would ask the terminal, so it is held back from it.
        from tui.pictures.renderables import detached, set_cell

        with detached():
            from textual_image.widget import SixelImage as Sixels

            cell = self._choice.cell or USUAL
            set_cell(cell)
        box = fit(picture.width, picture.height, room, cell)
        drawn = Sixels(picture)
        drawn.styles.width, drawn.styles.height = box.columns, box.rows
        self._put(drawn)

    def _put(self, drawn: Picture | SixelImage) -> None:
        room = self.query_one("#enlarged", Container)
        room.remove_children()
        room.mount(drawn)

    def on_click(self) -> None:
        """Close."""
        self.dismiss()
