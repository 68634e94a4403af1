"""How many cells a picture takes."""

from __future__ import annotations

import shutil
import sys
from contextlib import suppress
from dataclasses import dataclass

from tui.pictures.probe import Cell

USUAL = Cell(10, 20)
"""Where neither the system nor the terminal says: cells are twice as high as wide."""
GAP = 2
"""Columns between two pictures."""
_NARROWEST, _WIDEST = 16, 32
"""Columns: below 16 a shoe is a smudge, and four of 32 fill the widest terminal that people read lines on."""
_FEWEST = 4
"""Rows."""


@dataclass(frozen=True, slots=True)
class Box:
    """Room for a picture, in cells."""

    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class Screen:
    """A terminal's size now."""

    columns: int
    rows: int
    cell: Cell


def measure(told: Cell | None = None) -> Screen:
    """Measure the terminal behind standard output; `told` is the size of a cell that it once answered."""
    columns, rows = shutil.get_terminal_size()
    return Screen(columns, rows, _cell_now() or told or USUAL)


def _cell_now() -> Cell | None:
    """Return the size of a cell where the system knows the window's in pixels; it follows a change of font."""
    with suppress(ImportError, OSError, ValueError, AttributeError):
        import fcntl
        import struct
        import termios

        answer = fcntl.ioctl(sys.stdout.fileno(), termios.TIOCGWINSZ, bytes(8))
        rows, columns, width, height = struct.unpack("HHHH", answer)
        if rows and columns and width >= columns and height >= rows:
            return Cell(width // columns, height // rows)
    return None


def abreast(screen: Screen, pictures: int) -> tuple[int, Box]:
    """Return how many of some pictures stand side by side, and the room that each has.

    Boxes are square to the eye, at most a third of the screen high, so that cards and reply stay in sight.
    """
    # The last column stays free: writing there wraps on some terminals.
    columns = max(screen.columns - 1, 1)
    count = min(max(pictures, 1), max((columns + GAP) // (_NARROWEST + GAP), 1))
    width = max(min((columns + GAP) // count - GAP, _WIDEST), 1)
    square = round(width * screen.cell.width / screen.cell.height)
    return count, Box(width, max(min(square, max(screen.rows // 3, _FEWEST)), 1))


def fit(width: int, height: int, box: Box, cell: Cell) -> Box:
    """Fit a picture of `width` × `height` pixels into a box, its aspect kept as far as whole cells allow.

    Each of its pixels gets one half cell at most: enlarging an icon further would only show squares.
    """
    scale = min(box.columns * cell.width / width, box.rows * cell.height / height, cell.width)
    return Box(
        min(max(round(width * scale / cell.width), 1), box.columns),
        min(max(round(height * scale / cell.height), 1), box.rows),
    )
