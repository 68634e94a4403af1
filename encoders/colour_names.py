"""What colours are called: the nearest of a few shades that people call by a name, among ours or a catalogue's own."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from encoders.cielab import RGB, Floats, difference, to_lab

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

SHADES = {
    "black": "000000 161616 262626 323232 3e3e3e 202226 24201e 3a3a3c",
    "charcoal": "44464a 4c4e52",
    "grey": "808080 6c6c6c 9a9a9a 5e5e5e b0b0b0 c0c0c0",
    "light grey": "b8b8b8 c6c8ca",
    "silver": "c0c4c8 b4b8bc a4a9ae",
    "white": "ffffff f4f4f4 e8e8ea dcdde0 f2f0ee e6e8ec",
    "cream": "fbf3d9 f5ecd0 efe6cc e4dac2",
    "beige": "dccdae d6c6a8 cfc0a2 dccbb8 c4b8a0",
    "tan": "d2b48c c8a068 c8a87c b5834f a67c52",
    "khaki": "bdb180 a59a6c 8f8560",
    "taupe": "8b7d6b 857a6e",
    "brown": "7b4a2a 5d3a22 8b5a2b 4a2f22 6b4a3a 96653c 3e2a20 3a322c 54483f 7a6a5c 66504a 4a3c3a",
    "rust": "b0481e a34524",
    "copper": "b87345 c07a50 8e5638",
    "gold": "d4af37 c9a23c b8923a",
    "mustard": "d8a520 c99a1c",
    "yellow": "ffe600 f7d33c ffd500 f5e34c fff27a e8c818 f2cc2c",
    "orange": "ff8000 f2711c ff9a2e e8651a e0560f d85c18",
    "peach": "ffcba4 f8b88b f4c8ac",
    "coral": "ff7f5c f0705a",
    "red": "e01020 c81e28 ff2a20 b3141f d83a3a a81a24 c04a4a",
    "maroon": "6e1420 5a1a22 7a2028 482026 6a343a",
    "burgundy": "7a1236 6b1832 80203c",
    "pink": "ff8fb8 f5a9c4 f7c6d4 e8679a f06aa0 e092a8 f4b6b6 f8dce0 c88a98",
    "magenta": "d81b84 c2186c b01a70",
    "purple": "6a2c91 80389a 54306e 9050a8 4a2a5c 7a5c9a 5e5060 8a7a92 b09ab8 463848",
    "lavender": "c8b8e6 b4a4d8 d4c8ea",
    "navy": "101c4a 1b2550 14203c 202c50 1c2840 262e46 23263a 2e3246 3a4056",
    "blue": "1a56c8 2a6ad8 2f5ca0 3c6a9e 4a7ec0 5a86b4 1f3fae 24408c 4a90e0 33507e 6c8cb0 506478 8294a8",
    "light blue": "a8cdf0 8fbbe6 6cb4ea b4cce0 9db8d4 d0dfec",
    "turquoise": "30c8c8 40d0c0 2ab8c4",
    "teal": "108080 1a7474 0e6068 208c88",
    "green": "2e8b3c 3a9a44 1e6e34 5cb04a 4a8a40 1c5a34 7cc060 30664a 8cb87c 6a7a66 9aae90 384a3c",
    "light green": "a8d8a0 b8e0b0 98d0a0 d0e4cc",
    "lime": "b4e020 a4d82a",
    "olive": "6b6b2a 5c5e30 75703a 4c5032 585a48 3e4234",
}
"""Shades of each name in hexadecimal, chosen by eye: several where people call light and dark ones alike."""

_WORDS = {
    "gray": "grey",
    "steel": "silver",
    "bronze": "copper",
    "coffee": "brown",
    "chocolate": "brown",
    "camel": "tan",
    "sand": "beige",
    "stone": "beige",
    "nude": "beige",
    "ivory": "cream",
    "off white": "cream",
    "ecru": "cream",
    "wine": "burgundy",
    "crimson": "red",
    "scarlet": "red",
    "rose": "pink",
    "blush": "pink",
    "fuchsia": "magenta",
    "violet": "purple",
    "plum": "purple",
    "mauve": "lavender",
    "lilac": "lavender",
    "indigo": "navy",
    "denim": "blue",
    "sky": "light blue",
    "aqua": "turquoise",
    "cyan": "turquoise",
    "mint": "light green",
    "sage": "light green",
    "forest": "green",
    "emerald": "green",
    "fluorescent": "lime",
    "terracotta": "rust",
    "amber": "mustard",
    "graphite": "charcoal",
    "anthracite": "charcoal",
}
"""Other words for the names above."""

_WIDER = {
    "light grey": "grey",
    "charcoal": "grey",
    "silver": "grey",
    "cream": "white",
    "beige": "brown",
    "tan": "brown",
    "khaki": "brown",
    "taupe": "brown",
    "rust": "orange",
    "copper": "brown",
    "gold": "yellow",
    "mustard": "yellow",
    "peach": "pink",
    "coral": "pink",
    "maroon": "red",
    "burgundy": "red",
    "magenta": "pink",
    "lavender": "purple",
    "navy": "blue",
    "light blue": "blue",
    "turquoise": "blue",
    "teal": "green",
    "light green": "green",
    "lime": "green",
    "olive": "green",
}
"""The colour that people fall back on where a name is not at hand; names without one are the basic ones."""

_FINER = 2.0
"""How much nearer, in CIE94, a finer name must lie than a basic one: people say 'grey' before 'silver'."""


def name_among(rgb: RGB, names: Sequence[str]) -> str | None:
    """Return the one of a catalogue's colour names ('Navy Blue', 'Grey Melange') that fits best.

    None when no name is a colour we know.
    """
    known = tuple(name for name in names if is_colour(name))
    return nearest(to_lab(np.asarray([rgb], np.float32))[0], known) if known else None


def is_colour(name: str) -> bool:
    """Whether the words name a colour that can be measured: 'Navy Blue', but not 'Multi'."""
    return _name(name) is not None


def same_colour(one: str, other: str) -> bool:
    """Whether two names mean one colour: 'Navy Blue' and 'navy'."""
    return is_colour(one) and _name(one) == _name(other)


def nearest(lab: Floats, names: tuple[str, ...]) -> str:
    """Return the one of `names` whose shades lie nearest to a CIELAB colour, shape (3,)."""
    shades, owners, finer = _palette(names)
    owner: int = owners[int((difference(lab, shades) + finer).argmin())]
    return names[owner]


@lru_cache(maxsize=64)
def _palette(names: tuple[str, ...]) -> tuple[Floats, NDArray[np.intp], Floats]:
    """Return the shades of names, shape (n, 3), whose they are, and what is added to their distances, both (n,)."""
    ours = [_name(name) for name in names]
    codes: list[list[int]] = []
    owners: list[int] = []
    finer: list[float] = []
    for shade, written in SHADES.items():
        # 'Light blue' is 'blue' in a catalogue that knows no finer name.
        name = next((name for name in _widening(shade) if name in ours), None)
        for code in written.split() if name else ():
            codes.append([int(code[at : at + 2], 16) for at in (0, 2, 4)])
            owners.append(ours.index(name))
            finer.append(_FINER if name in _WIDER else 0.0)
    return to_lab(np.asarray(codes, np.float32)), np.asarray(owners, np.intp), np.asarray(finer, np.float32)


def _widening(name: str) -> Iterator[str]:
    yield name
    while name in _WIDER:
        name = _WIDER[name]
        yield name


@lru_cache(maxsize=1024)
def _name(written: str) -> str | None:
    """Our name for a colour as a catalogue writes it; the longest words that we know decide."""
    words = re.findall(r"[a-z]+", written.casefold())
    for length in (2, 1):
        for at in range(len(words) - length + 1):
            phrase = " ".join(words[at : at + length])
            known = _WORDS.get(phrase, phrase)
            if known in SHADES:
                return known
    return None
