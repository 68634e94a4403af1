"""One picture of a file as what a terminal prints, in a box of cells."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from encoders.errors import InputError
from tui.pictures.choose import Protocol
from tui.pictures.size import Box, fit

if TYPE_CHECKING:
    from PIL import Image

    from tui.pictures.probe import Cell

_LONGEST = 512
"""Pixels decoded; the largest box is 32 cells wide, 320 to 640 pixels."""
_KEPT = 64
"""Drawn pictures kept: 64 photographs are 1 MB as half cells, 5 MB as kitty's."""
_MISSING, _UNREADABLE = "not found", "unreadable"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture ready to be printed."""

    box: Box
    """What it takes."""
    rows: tuple[str, ...]
    """A line a row, each as wide as the box."""
    before: str = ""
    """Goes to the terminal ahead of the rows, and takes no room."""
    over: str = ""
    """Drawn over the rows from their top left corner; moves the cursor."""


def draw(path: str, room: Box, protocol: Protocol, cell: Cell, *, truecolor: bool = False) -> Drawn:
    """Draw the picture in a file as large as it fits into `room`; words stand for one that can't be read.

    `protocol` is not OFF. The same picture is drawn once, until its file changes. Half cells come in the
    colours that the terminal has, or with `truecolor` in all, for a face that rounds them itself.
    """
    try:
        told = Path(path).stat()
    except (OSError, ValueError):
        return _words(_MISSING, room)
    # A transcript from elsewhere may name anything: a pipe would be waited for without end.
    if not stat.S_ISREG(told.st_mode):
        return _words(_UNREADABLE, room)
    return _draw(path, room, protocol, cell, (told.st_mtime_ns, told.st_size), truecolor)


@lru_cache(maxsize=_KEPT)
def _draw(
    path: str, room: Box, protocol: Protocol, cell: Cell, version: tuple[int, int], truecolor: bool
) -> Drawn:
    from encoders.picture import PictureLimits, decode_picture

    try:
        picture = decode_picture(Path(path), PictureLimits(longest=_LONGEST))
    except InputError:
        return _words(_UNREADABLE, room)
    return _rendered(picture, fit(picture.width, picture.height, room, cell), protocol, cell, truecolor)


def _rendered(picture: Image.Image, box: Box, protocol: Protocol, cell: Cell, truecolor: bool) -> Drawn:
    # Imported here: textual-image and Rich take 0.1 s, and a chat may show no picture.
    from tui.pictures.renderables import half_rows, kitty_rows, sixels

    if protocol is Protocol.HALF:
        return Drawn(box, half_rows(picture, box, cell, truecolor=truecolor))
    if protocol is Protocol.KITTY:
        before, rows = kitty_rows(picture, box, cell)
        return Drawn(box, rows, before=before)
    return Drawn(box, (" " * box.columns,) * box.rows, over=sixels(picture, box, cell))


def _words(words: str, room: Box) -> Drawn:
    """Stand words in the place of a picture, with a line of air above and below."""
    words = words[: room.columns]
    air = " " * len(words)
    return (
        Drawn(Box(len(words), 3), (air, words, air))
        if room.rows >= 3
        else Drawn(Box(len(words), 1), (words,))
    )
