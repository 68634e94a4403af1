"""What a picture file is by its bytes, and the part of it that its pixels need.

A decoder's time is bounded by its pixels only where the file has few parts: 32 MB hold 300,000 passes over a
progressive JPEG (hours), 2.7 million chunks of a PNG or 8 million segments of a JPEG, which Pillow takes one by one
in Python. So parts are counted here, notes and further frames are left out, and what remains is decoded.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from encoders.orientation import orientation

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_PARTS = 32_768
"""PNG chunks and JPEG segments; 32 MB in libpng's chunks of 8 KB are 4,096, and a walk over this many takes 0.03 s."""
MAX_BLOCKS = 300_000
"""GIF data blocks of at most 255 bytes: 64 million pixels hardly take more, and a walk takes 0.05 s."""
MAX_SCANS = 32
"""Passes of a progressive JPEG; encoders write 10, the thriftiest about 20."""


class Unfit(Exception):
    """The file has more parts than a picture has, or ends inside of one."""


@dataclass(frozen=True, slots=True)
class Essence:
    """What is left of a file to decode."""

    form: str
    """Pillow's name of the format: 'PNG', 'JPEG', 'WEBP', 'GIF', 'AVIF' or 'HEIF'."""
    data: bytes
    orientation: int = 1
    """EXIF orientation, 1…8, where it is known before decoding."""


_BRANDS = {b"avif": "AVIF", b"avis": "AVIF"} | dict.fromkeys(
    (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), "HEIF"
)
_OTHERS = (
    (b"%PDF", "a PDF"),
    (b"BM", "a BMP picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"8BPS", "a Photoshop file"),
    (b"\x00\x00\x00\x0cJXL ", "a JPEG XL picture"),
    (b"\xff\x0a", "a JPEG XL picture"),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 picture"),
    (b"\x1aE\xdf\xa3", "a video"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "a compressed file"),
)


def sniff(data: bytes) -> str:
    """Name the format by the first bytes as Pillow does; '' for one that is not taken."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp":
        brands = (data[at : at + 4] for at in (8, *range(16, 48, 4)))
        # 'mif1' says only that it is some picture in this container: the first brand that says more counts.
        found = [_BRANDS[brand] for brand in brands if brand in _BRANDS]
        return "AVIF" if "AVIF" in found else "HEIF" if found else ""
    return ""


def describe(data: bytes) -> str:
    """Name what a file is that is no picture we take: 'a PDF', 'a web page'; '' when there is no telling."""
    for magic, kind in _OTHERS:
        if data.startswith(magic):
            return kind
    if data[4:8] in (b"ftyp", b"moov", b"mdat") or (data[:4] == b"RIFF" and data[8:11] == b"AVI"):
        return "a video"
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return "a web page"
    if b"<svg" in start:
        return "an SVG drawing"
    return ""


def essence(data: bytes) -> Essence | None:
    """Return what is to be decoded, None for a format that is not taken. Raises Unfit."""
    form = sniff(data)
    if not form:
        return None
    walk = _WALKS.get(form)
    try:
        return Essence(form, data) if walk is None else walk(data)
    except (struct.error, IndexError) as error:
        raise Unfit("it is cut short") from error


def _png(data: bytes) -> Essence:
    """Keep header, palette, transparency and pixels of the first picture (ISO/IEC 15948)."""
    kept, at, turned = [data[:8]], 8, 1
    for _ in range(MAX_PARTS):
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if kind in (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"):
            kept.append(data[at:end])
        elif kind == b"eXIf":
            turned = orientation(data[at + 8 : end - 4])
        if kind == b"IEND" or end > len(data):
            return Essence("PNG", b"".join(kept), turned)
        at = end
    raise Unfit("it has too many parts")


_MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])", re.DOTALL)
_SCAN, _END, _EXIF = 0xDA, 0xD9, 0xE1
_ALONE = (0x01, 0xD8)
"""Markers without a length."""
_NOTES = (*range(0xE1, 0xF0), 0xFE)
"""Application segments and comments; Adobe's, in 0xEE, tells how colours are stored."""


def _jpeg(data: bytes) -> Essence:
    """Keep tables, frame and scans up to the end of the first picture (ITU-T T.81, annex B)."""
    kept, at, scans, turned = [b"\xff\xd8"], 2, 0, 1
    for _ in range(MAX_PARTS):
        found = _MARKER.search(data, at)
        if scans:
            kept.append(data[at : found.start() if found else len(data)])
        if found is None or found.group(1)[0] == _END:
            return Essence("JPEG", b"".join([*kept, b"\xff\xd9" if found else b""]), turned)
        marker, at = found.group(1)[0], found.end()
        if marker in _ALONE:
            continue
        end = at + max(struct.unpack_from(">H", data, at)[0], 2)
        scans += marker == _SCAN
        if scans > MAX_SCANS:
            raise Unfit("it has too many parts")
        if marker == _EXIF and turned == 1:
            turned = orientation(data[at + 2 : end])
        if marker not in _NOTES or data[at + 2 : at + 7] == b"Adobe":
            # Without the fill bytes that may stand before a marker: Pillow takes them one by one.
            kept += [bytes((0xFF, marker)), data[at:end]]
        at = end
    raise Unfit("it has too many parts")


def _gif(data: bytes) -> Essence:
    """Keep the first frame (GIF89a specification, 1990)."""

    def table(flags: int) -> int:
        return 3 << ((flags & 7) + 1) if flags & 0x80 else 0

    def blocks(at: int) -> int:
        for _ in range(MAX_BLOCKS):
            if not data[at]:
                return at + 1
            at += 1 + data[at]
        raise Unfit("it has too many parts")

    at = 13 + table(data[10])
    kept = [data[:at]]
    control = b""
    for _ in range(MAX_PARTS):
        kind = data[at]
        if kind == 0x2C:
            end = blocks(at + 11 + table(data[at + 9]))
            return Essence("GIF", b"".join([*kept, control, data[at:end], b";"]))
        if kind != 0x21:
            break
        end = blocks(at + 2)
        if data[at + 1] == 0xF9:
            control = data[at:end]
        at = end
    raise Unfit("it has no frame")


_EXIF_ITEM = re.compile(rb"(infe(?:\x02.{7}|\x03.{9}))Exif", re.DOTALL)


def _boxes(data: bytes) -> bytes:
    """Rename the EXIF item (ISO/IEC 23008-12, annex A): the rotation is a property of its own."""
    return _EXIF_ITEM.sub(rb"\1none", data)


_WALKS: dict[str, Callable[[bytes], Essence]] = {
    "PNG": _png,
    "JPEG": _jpeg,
    "GIF": _gif,
    "AVIF": lambda data: Essence("AVIF", _boxes(data)),
    "HEIF": lambda data: Essence("HEIF", _boxes(data)),
}
