"""Safe decoding of pictures: those of a request and those of a catalogue.

A file says nothing true about itself by its name, and a PNG of 20 KB can unpack to 500 MB. So: a size limit
before reading, six formats told by their bytes, a limit on the parts of a file (`encoders.container`) and on its
pixels before unpacking, one picture of an animation, the camera's rotation applied. These bound the time as well:
the slowest files that we could make took 1 s (JPEG of 26 scans), 2.6 s (PNG, 16 bits, interlaced), 3.6 s (AVIF), 3.7 s
(WebP of noise) and 5 s (HEIC) on one core of a 2023 server.
"""

from __future__ import annotations

import importlib.util
import io
import stat
import warnings
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from PIL import Image, features

from encoders.container import Essence, Unfit, describe, essence, sniff
from encoders.errors import InputError
from encoders.orientation import orientation, upright
from encoders.sanitise import sanitise_line

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "AVIF", "HEIF")
_HEIF = (16 * 2**20, 50_000_000)
"""Bytes and pixels of a HEIC file at most: libde265 takes 0.26 s a MB and 0.1 s a million pixels, and 48 million
pixels of a phone come in about 10 MB."""

# For good rather than around each call: filters belong to the process, and pictures are decoded in threads.
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


@dataclass(frozen=True, slots=True)
class PictureLimits:
    """What is refused, and how large the result is."""

    max_bytes: int = 32 * 2**20
    """Size of the file; phones write up to about 25 MB."""
    max_pixels: int = 64_000_000
    """Width × height in the file; 64 million unpack to 192 MB."""
    longest: int = 1024
    """The longer side of the result, in pixels; encoders read 224 to 384."""


def decode_picture(source: Path | bytes, limits: PictureLimits | None = None) -> Image.Image:
    """Decode a picture to RGB, upright, its longer side at most `limits.longest`.

    PNG, JPEG, WebP, GIF (the first frame), AVIF where Pillow was built with it, HEIC and HEIF with the extra `heic`.
    Transparent parts become white, as a shop shows them.

    Raises InputError, in one sentence, when it can't be read, is too large or is no such picture.
    """
    limits = limits or PictureLimits()
    name = "The picture" if isinstance(source, bytes) else f"The picture {sanitise_line(str(source), 200)}"
    data = source if isinstance(source, bytes) else _read(source, name, limits)
    if sniff(data) == "HEIF":
        limits = replace(
            limits, max_bytes=min(limits.max_bytes, _HEIF[0]), max_pixels=min(limits.max_pixels, _HEIF[1])
        )
    if len(data) > limits.max_bytes:
        raise InputError(f"{name} is larger than {limits.max_bytes >> 20} MB; use a smaller one.")
    try:
        inside = essence(data)
        if inside is None or inside.form not in FORMATS:
            raise InputError(_no_picture(name, data))
        if not is_readable(inside.form):
            raise InputError(_UNREADABLE[inside.form].format(name=name))
        return _decode(inside, name, limits)
    except InputError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise InputError(f"{name} would unpack to an unreasonable size; use a smaller one.") from error
    except Unfit as error:
        raise InputError(f"{name} can't be used ({error}); save it again with a picture program.") from error
    # On damaged files decoders raise whatever comes up, and no one class.
    except Exception as error:
        raise InputError(f"{name} is damaged or cut short; use another copy.") from error


def _no_picture(name: str, data: bytes) -> str:
    if not data:
        return f"{name} is empty; use another copy."
    kind = describe(data)
    if kind:
        return f"{name} is {kind} and not a picture that can be read; save it as PNG, JPEG or WebP."
    others = "nor a GIF, AVIF or HEIC one"
    return f"{name} is not a PNG, JPEG or WebP picture, {others}; convert it to one of these."


_UNREADABLE = {
    "HEIF": "{name} is a HEIC picture, which takes the extra 'heic'; "
    "install it with `pip install 'vitrine[heic]'` or save it as JPEG.",
    "AVIF": "{name} is an AVIF picture, which this build of Pillow can't read; save it as PNG, JPEG or WebP.",
}


@cache
def is_readable(form: str) -> bool:
    """Tell whether a format can be decoded here, making its decoder known to Pillow."""
    if form == "HEIF":
        if importlib.util.find_spec("pillow_heif") is None:
            return False
        import pillow_heif

        # One picture is wanted, and none of what a phone stores beside it.
        pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    return form != "AVIF" or bool(features.check("avif"))


def _read(path: Path, name: str, limits: PictureLimits) -> bytes:
    """Read a regular file, at most one byte more than is allowed."""
    try:
        # A pipe or a device would block or never end.
        if not stat.S_ISREG(path.stat().st_mode):
            raise InputError(f"{name} is not a file; give the path of a PNG, JPEG or WebP picture.")
        with path.open("rb") as file:
            return file.read(limits.max_bytes + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the path is not valid"
        raise InputError(f"{name} can't be read ({reason}); check its path.") from error


def _decode(inside: Essence, name: str, limits: PictureLimits) -> Image.Image:
    """Unpack the first frame, shrink it, turn it as its camera noted and lay it on white."""
    with Image.open(io.BytesIO(inside.data), formats=(inside.form,)) as opened:
        if opened.width * opened.height > limits.max_pixels:
            raise InputError(
                f"{name} has {opened.width} × {opened.height} pixels, more than "
                f"{limits.max_pixels // 1_000_000} million; use a smaller one."
            )
        scale = min(limits.longest / max(opened.size), 1.0)
        # A JPEG decodes at 1/2, 1/4 or 1/8 directly: 0.02 s rather than 0.15 s for 9000 × 9000.
        opened.draft("RGB", (round(opened.width * scale), round(opened.height * scale)))
        opened.load()
        picture: Image.Image = opened
        # WebP's notes come with decoding, as does AVIF's rotation; libheif applies HEIF's.
        late = inside.form in ("WEBP", "AVIF")
        turned = orientation(opened.info.get("exif") or b"") if late else inside.orientation
    if picture.mode.startswith("I"):
        # 16 bits of grey: a conversion alone cuts at 255, which leaves white.
        picture = picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode not in ("RGB", "RGBA", "L", "LA", "La", "RGBa"):
        transparent = picture.mode == "PA" or "transparency" in picture.info
        picture = picture.convert("RGBA" if transparent else "RGB")
    picture.thumbnail((limits.longest, limits.longest), Image.Resampling.LANCZOS)
    picture = upright(picture, turned)
    if picture.mode != "RGB":
        flat = picture.convert("RGBA")
        picture = Image.new("RGB", flat.size, "white")
        picture.paste(flat, mask=flat.getchannel("A"))
    # Keeping the camera's notes would carry a place and a time along.
    picture.info.clear()
    return picture
