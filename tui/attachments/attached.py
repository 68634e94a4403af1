"""A file that goes with a message, and what it says of itself."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from encoders.errors import InputError
from encoders.sanitise import sanitise_line

if TYPE_CHECKING:
    from pathlib import Path

_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Attached:
    """A picture, a sound or a spoken message that was examined."""

    kind: str
    """'image', 'sound' or 'voice'."""
    path: Path
    """Where it is, as it was found."""
    size: int
    """Bytes of the file."""
    pixels: tuple[int, int] | None = None
    """Width and height of a picture as it is seen, its camera's rotation applied."""
    seconds: float | None = None
    """Length of a sound; None where it can't be decoded, of which the recogniser tells."""

    @property
    def name(self) -> str:
        """The file's name, fit to be shown."""
        return sanitise_line(self.path.name, _LONGEST_NAME)

    def described(self) -> tuple[str, ...]:
        """Return what a chip says after its kind: ('bag.png', '1024×768', '312 KB') or ('rain.ogg', '0:12', …)."""
        told = [self.name]
        if self.pixels is not None:
            told.append("{}×{}".format(*self.pixels))
        if self.seconds is not None:
            told.append(f"{self.seconds:.1f} s" if self.seconds < 60 else write_minutes(self.seconds))
        return (*told, write_bytes(self.size))

    def __str__(self) -> str:
        """Return the same in a line: 'bag.png 1024×768 312 KB'."""
        return " ".join(self.described())


def examine(kind: str, path: Path) -> Attached:
    """Decode a file and return what it is.

    Raises InputError, in one sentence, when a picture or a sound can't be used; a spoken message is judged by the
    recogniser that hears it, and may come in formats of its own.
    """
    size = path.stat().st_size
    if kind == "image":
        return Attached(kind, path, size, pixels=_pixels(path))
    from encoders.sound import RATE, decode_clip, decode_sound

    if kind == "sound":
        return Attached(kind, path, size, seconds=len(decode_clip(path)) / RATE)
    try:
        return Attached(kind, path, size, seconds=len(decode_sound(path)) / RATE)
    except InputError:
        return Attached(kind, path, size)


def _pixels(path: Path) -> tuple[int, int]:
    """Return the size of a picture that can be decoded, before it is made smaller."""
    from PIL import Image

    from encoders.container import essence
    from encoders.picture import decode_picture

    seen = decode_picture(path)
    inside = essence(path.read_bytes())
    if inside is None:  # another file lies there by now
        return seen.size
    with Image.open(io.BytesIO(inside.data), formats=(inside.form,)) as picture:
        width, height = picture.size
    # A camera that was held upright writes a wide picture and a note to turn it.
    turned = (seen.width > seen.height) != (width > height)
    return (height, width) if turned else (width, height)


def write_bytes(size: int) -> str:
    """Write a size as file managers do, in steps of 1000: '312 KB', '1.4 MB'."""
    if size < 1000:
        return f"{size} bytes"
    return f"{round(size / 1000)} KB" if size < 999_500 else f"{size / 1e6:.1f} MB"


def write_minutes(seconds: float) -> str:
    """Write a length as players do: '3:07'."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"
