"""textual-image's renderables as strings, without its talking to the terminal."""

from __future__ import annotations

import io
import os
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from PIL import Image
    from rich.console import Console, RenderableType

    from tui.pictures.probe import Cell
    from tui.pictures.size import Box

_WIDE = 1000
"""Columns of a console that breaks nothing."""
_SIXELS = "\x1bP"
_TRUECOLOR: Literal["truecolor"] = "truecolor"
_one_at_a_time = threading.Lock()
"""The full screen draws in several threads, and standard output is one for all."""


def half_rows(picture: Image.Image, box: Box, cell: Cell, *, truecolor: bool = False) -> tuple[str, ...]:
    """Draw a picture over a box as one line of half blocks a row, in the colours that the terminal has, or in all."""
    with detached():
        from textual_image.renderable import HalfcellImage

        set_cell(cell)
        # GNU screen passes COLORTERM on and shows 256 colours at most.
        console = _console(_TRUECOLOR if truecolor else "256" if os.environ.get("STY") else "auto")
        return _rows(HalfcellImage(picture, box.columns, box.rows), console)


def kitty_rows(picture: Image.Image, box: Box, cell: Cell) -> tuple[str, tuple[str, ...]]:
    """Return what hands a picture to the terminal, and a line of placeholders a row."""
    with detached() as sent:
        from textual_image.renderable import TGPImage

        set_cell(cell)
        # The colour of a placeholder is the number of its picture: rounded to 256 colours it would name another.
        rows = _rows(TGPImage(picture, box.columns, box.rows), _console(_TRUECOLOR))
        return sent.getvalue().decode(), rows


def sixels(picture: Image.Image, box: Box, cell: Cell) -> str:
    """Return a picture over a box as sixels, drawn from the cursor to the right and down."""
    with detached():
        from textual_image.renderable import SixelImage

        set_cell(cell)
        drawn = _console(_TRUECOLOR).render(SixelImage(picture, box.columns, box.rows))
        return next(segment.text for segment in drawn if segment.text.startswith(_SIXELS))


class _Held(io.TextIOWrapper):
    """Writes to memory, and is the same file as before to who asks it for the terminal's size."""

    def __init__(self, held: io.BytesIO, before: TextIO | None) -> None:
        super().__init__(held, encoding="ascii", write_through=True)
        self._before = before

    def fileno(self) -> int:
        if self._before is None:
            raise OSError("no standard output")
        return self._before.fileno()


@contextmanager
def detached() -> Iterator[io.BytesIO]:
    """Hold back what textual-image writes to Python's first standard output, and return it; first import it in here.

    With a terminal there, importing it asks that terminal three things, 0.1 s each, and swallows what is typed; and its
    kitty pictures go there past any redirection.
    """
    held = io.BytesIO()
    with _one_at_a_time:
        holding = _Held(held, sys.__stdout__)
        out, sys.__stdout__ = sys.__stdout__, holding  # type: ignore[misc]
        try:
            yield held
        finally:
            sys.__stdout__ = out  # type: ignore[misc]
            holding.detach()  # or it would close what it held


def set_cell(cell: Cell) -> None:
    """Tell textual-image the size of a cell, which it would ask the terminal for, once and for all."""
    from textual_image._terminal import CellSize, get_cell_size

    # Its own cache; there is no public way, and pyproject.toml keeps to the version that has it.
    get_cell_size.__dict__["_result"] = CellSize(cell.width, cell.height)


def _console(colours: Literal["auto", "256", "truecolor"]) -> Console:
    from rich.console import Console

    return Console(
        file=io.StringIO(),
        force_terminal=True,
        color_system=colours,
        no_color=False,
        width=_WIDE,
        legacy_windows=False,
    )


def _rows(drawing: RenderableType, console: Console) -> tuple[str, ...]:
    """Return what a console writes for a drawing, a line a row, colours ended within each."""
    from rich.segment import SegmentLines

    lines = SegmentLines(console.render_lines(drawing, pad=False), new_lines=True)
    with console.capture() as captured:
        console.print(lines, end="", soft_wrap=True)
    return tuple(captured.get().splitlines())
