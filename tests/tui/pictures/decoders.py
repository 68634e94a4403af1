"""What a terminal would see: pictures read back from what was written to it."""

from __future__ import annotations

import base64
import io
import re

from PIL import Image

_CELL = re.compile(r"\x1b\[38;2;(\d+);(\d+);(\d+);48;2;(\d+);(\d+);(\d+)m▀\x1b\[0m")
_SIXEL = re.compile(r'"1;1;(\d+);(\d+)|#(\d+)(?:;2;(\d+);(\d+);(\d+))?|(?:!(\d+))?([?-~])|([$-])')


def half_cells(rows: tuple[str, ...]) -> Image.Image:
    """Read half blocks: two pixels a cell."""
    cells = [[tuple(map(int, found)) for found in _CELL.findall(row)] for row in rows]
    picture = Image.new("RGB", (len(cells[0]), 2 * len(cells)))
    for y, row in enumerate(cells):
        for x, (*upper, red, green, blue) in enumerate(row):
            picture.putpixel((x, 2 * y), tuple(upper))
            picture.putpixel((x, 2 * y + 1), (red, green, blue))
    return picture


def kitty(sent: str) -> tuple[Image.Image, dict[str, str]]:
    """Read the picture that was handed over, and the keys of its placement."""
    data, placement = "", {}
    for keys, payload in re.findall(r"\x1b_G([^;\x1b]*);?([^\x1b]*)\x1b\\", sent):
        named = dict(pair.split("=") for pair in keys.split(","))
        if named.get("a") == "p":
            placement = named
        else:
            data += payload
    return Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB"), placement


def sixels(drawn: str) -> Image.Image:
    """Read sixels between their introducer and terminator."""
    body = drawn[drawn.index("q") + 1 : drawn.index("\x1b\\")]
    picture = Image.new("RGB", (1, 1))
    colours: dict[str, tuple[int, ...]] = {}
    colour, x, top = "", 0, 0
    for width, height, number, red, green, blue, count, bits, move in _SIXEL.findall(body):
        if width:
            picture = Image.new("RGB", (int(width), int(height)))
        elif number:
            colour = number
            if red:
                colours[number] = tuple(round(int(part) * 2.55) for part in (red, green, blue))
        elif move:
            x, top = 0, top + (6 if move == "-" else 0)
        else:
            for column in range(x, x + int(count or 1)):
                for bit in range(6):
                    if (ord(bits) - 63) >> bit & 1:
                        picture.putpixel((column, top + bit), colours[colour])
            x += int(count or 1)
    return picture
