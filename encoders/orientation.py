"""Which way up a camera held a picture: one tag of its EXIF notes (CIPA DC-008, tag 274), and none of the others.

Pillow reads all of them, and warns on the terminal about those that are damaged.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from PIL.Image import Transpose

if TYPE_CHECKING:
    from PIL.Image import Image

_TAG, _SHORT = 274, 3
_TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}


def orientation(exif: bytes) -> int:
    """Read the orientation, 1…8, out of EXIF notes with or without their 'Exif' prefix; 1 where there is none."""
    notes = exif.removeprefix(b"Exif\0\0")
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(notes[:4])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(f"{order}I", notes, 4)
        (count,) = struct.unpack_from(f"{order}H", notes, start)
        for at in range(start + 2, start + 2 + 12 * count, 12):
            tag, kind, values, value = struct.unpack_from(f"{order}HHIH", notes, at)
            if (tag, kind, values) == (_TAG, _SHORT, 1):
                return value if 1 <= value <= 8 else 1
    except struct.error:
        pass  # cut short: a picture without notes is upright
    return 1


def upright(picture: Image, turned: int) -> Image:
    """Turn a picture of this orientation upright."""
    turn = _TURNS.get(turned)
    return picture if turn is None else picture.transpose(turn)
