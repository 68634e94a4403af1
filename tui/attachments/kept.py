"""Pictures without a file of their own, kept in private files until the program ends."""

from __future__ import annotations

import atexit
import io
import os
import shutil
import tempfile
import warnings
from functools import cache
from itertools import count
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from encoders.container import sniff
from encoders.errors import InputError
from encoders.picture import PictureLimits, decode_picture

_OTHERS = ("TIFF", "BMP", "DIB")
"""What clipboards hold besides the formats of files: macOS TIFF, Windows bitmaps."""
_numbers = count(1)


def keep(picture: bytes) -> Path:
    """Write a picture's bytes to a file that only this person can read; it is deleted when the program ends.

    TIFF and BMP become PNG. Raises InputError, in one sentence, when it can't be used.
    """
    if not sniff(picture):
        picture = _as_png(picture)
    decode_picture(picture)
    path = _folder() / f"clipboard-{next(_numbers)}.{sniff(picture).lower().replace('jpeg', 'jpg')}"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(picture)
    return path


@cache
def _folder() -> Path:
    """Make the folder, once; its mode is 0700."""
    folder = Path(tempfile.mkdtemp(prefix="vitrine-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _as_png(picture: bytes) -> bytes:
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(picture), formats=_OTHERS) as opened:
            warnings.simplefilter("ignore")  # about tags that a program wrote wrongly
            if opened.width * opened.height > PictureLimits().max_pixels:
                raise InputError(
                    "The picture on the clipboard has too many pixels: copy a smaller part of it."
                )
            buffer = io.BytesIO()
            opened.convert("RGBA" if "A" in opened.getbands() else "RGB").save(
                buffer, "PNG", compress_level=1
            )
    except UnidentifiedImageError as error:
        raise InputError(
            "What is on the clipboard is no picture that can be read: save it as PNG and give its path with /image."
        ) from error
    except InputError:
        raise
    # On damaged data decoders raise whatever comes up, and no one class.
    except Exception as error:
        raise InputError("The picture on the clipboard is damaged: copy it again.") from error
    return buffer.getvalue()
