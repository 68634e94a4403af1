"""The dominant colours of a picture, measured: what they are called and how much of the subject each covers.

Pixels are compared in CIELAB under D65 (CIE 15:2004), where equal distances look about equally large. What the border
is made of, as far as it reaches inwards without a break, is background and left out; the rest counts the more the
nearer it lies to the middle. Nothing is learned: a colour is the nearest of a few shades that people call by its name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from PIL.Image import Image

    Floats = NDArray[np.float32]

RGB = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class ColourShare:
    """One colour of a picture."""

    name: str
    """In plain English: 'navy', 'light grey'."""
    rgb: RGB
    """Its mean, 0..255 each."""
    share: float
    """Part of the subject, 0..1, pixels near the middle counting more."""


_SHADES = {
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
_SIDE = 72
"""Pictures are shrunk to this many pixels a side: 5,000 pixels tell shares to a percent in about 3 ms."""
_RIM = 2
"""Width of the border, in pixels of the shrunk picture, that tells the background."""
_NEAR = 5.0
"""Distance in CIELAB that still is background: what JPEG and a soft light make of a plain wall."""
_REACH = 15.0
"""Distance in CIELAB that is still the same colour in another light."""
_LIGHT = 0.85
"""Weight of lightness when shades are gathered: folds and shadows darken a thing without changing its colour."""
_FULL = 0.6
"""Part of the picture from which what is left is not the thing alone: a rug or a floor is no plain background."""
_LEAST = 0.06
"""Shares under this are trimmings and left out."""


def dominant_colours(picture: Image, most: int = 3) -> tuple[ColourShare, ...]:
    """Return the `most` largest colours of the subject, largest first; shades of one name count as one."""
    # Resampling 0 blends nothing: a red and white check would become pink.
    small = picture.convert("RGB").resize((_SIDE, _SIDE), resample=0)
    lab = _lab(np.asarray(small, np.float32).reshape(-1, 3)).reshape(_SIDE, _SIDE, 3)
    subject = _subject(lab)
    weights = _centre_weights() * subject
    if subject.mean() > _FULL:
        weights = weights * _apart_from_rim(lab)
    flat, heavy = lab.reshape(-1, 3), weights.reshape(-1)
    found: dict[str, tuple[float, Floats]] = {}
    for share, centre in _gather(flat[heavy > 0], heavy[heavy > 0], _REACH, _LIGHT):
        name = _nearest(centre, tuple(_SHADES))
        held, mean = found.get(name, (0.0, centre))
        merged = (mean * held + centre * share) / (held + share)
        found[name] = held + share, merged.astype(np.float32)
    ordered = sorted(found.items(), key=lambda pair: -pair[1][0])
    kept = [pair for pair in ordered if pair[1][0] >= _LEAST] or ordered[:1]
    return tuple(ColourShare(name, _rgb(mean), round(float(share), 3)) for name, (share, mean) in kept[:most])


def name_among(rgb: RGB, names: Sequence[str]) -> str | None:
    """Return the one of a catalogue's colour names ('Navy Blue', 'Grey Melange') that fits best.

    None when no name is a colour we know.
    """
    known = tuple(name for name in names if is_colour(name))
    return _nearest(_lab(np.asarray([rgb], np.float32))[0], known) if known else None


def is_colour(name: str) -> bool:
    """Whether the words name a colour that can be measured: 'Navy Blue', but not 'Multi'."""
    return _name(name) is not None


def same_colour(one: str, other: str) -> bool:
    """Whether two names mean one colour: 'Navy Blue' and 'navy'."""
    return is_colour(one) and _name(one) == _name(other)


def _subject(lab: Floats) -> NDArray[np.float32]:
    """Return 1 where the subject is and 0 on the background, shape (_SIDE, _SIDE)."""
    inside = _inside()
    rim = lab[~inside]
    alike = np.zeros(lab.shape[:2], bool)
    for share, centre in _gather(rim, np.ones(len(rim), np.float32), reach=_NEAR, lightness=1.0):
        # A colour on less of the border than this is the subject leaving the picture.
        if share >= 0.2:
            alike |= np.linalg.norm(lab - centre, axis=2) < _NEAR
    background = _flooded(alike & ~inside, alike)
    if _is_white(rim):
        # A white shirt on a white sheet: what has the thing on all four sides belongs to it.
        subject = _within(_opened(~background))
    else:
        # What is seen through a wheel is background too.
        subject = _opened(~(background | alike))
    # Nothing stands out: a plain sheet, or a thing as pale as what lies behind it.
    return (subject if subject.mean() > 0.03 else np.ones_like(subject)).astype(np.float32)


def _flooded(seeds: NDArray[np.bool_], free: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Spread from seeds over free places until nothing is added, a whole run of a row or column at a time."""
    held, count = seeds, 0
    while (filled := int(held.sum())) > count:
        count = filled
        for _ in range(4):
            held, free = np.rot90(held), np.rot90(free)
            passed = np.cumsum(held, axis=1)
            # Seeds passed when the way was last blocked: more of them now means one in this run.
            blocked = np.maximum.accumulate(np.where(free, 0, passed), axis=1)
            held = free & (passed > blocked)
    return held


def _spread(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Add the four neighbours of each place."""
    wider = mask.copy()
    wider[1:] |= mask[:-1]
    wider[:-1] |= mask[1:]
    wider[:, 1:] |= mask[:, :-1]
    wider[:, :-1] |= mask[:, 1:]
    return wider


def _opened(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Take away specks and the soft edge of shadows: morphological opening by a cross."""
    return _spread(~_spread(~mask))


def _within(subject: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Add the places that have some of the subject above, below, left and right of them."""
    reached = np.logical_or.accumulate
    across = reached(subject, axis=1) & reached(subject[:, ::-1], axis=1)[:, ::-1]
    down = reached(subject, axis=0) & reached(subject[::-1], axis=0)[::-1]
    return subject | (across & down)


def _apart_from_rim(lab: Floats) -> Floats:
    """Return how unlike the border each place is, 0.1 to 1, shape (_SIDE, _SIDE): for rugs and floors."""
    rim = lab[~_inside()]
    apart = np.ones(lab.shape[:2], np.float32)
    scale = np.array([_LIGHT, 1.0, 1.0], np.float32)
    for share, centre in _gather(rim, np.ones(len(rim), np.float32), _REACH, _LIGHT):
        near = np.linalg.norm((lab - centre) * scale, axis=2) < _REACH
        apart = np.where(near, np.minimum(apart, max(0.1, 1 - 1.5 * share)), apart)
    return apart


@cache
def _inside() -> NDArray[np.bool_]:
    """Return where the border is not, shape (_SIDE, _SIDE)."""
    inside = np.zeros((_SIDE, _SIDE), bool)
    inside[_RIM:-_RIM, _RIM:-_RIM] = True
    return inside


def _is_white(rim: Floats) -> bool:
    lightness, *colour = np.median(rim, axis=0)
    return bool(lightness > 95 and np.hypot(*colour) < 3)


def _gather(lab: Floats, weights: Floats, reach: float, lightness: float) -> list[tuple[float, Floats]]:
    """Group pixels about the fullest cells of a coarse grid; return (share, mean) of each group, largest first."""
    scale = np.array([lightness, 1.0, 1.0], np.float32)
    total = float(weights.sum()) or 1.0
    cells = np.round(lab * scale / 6.0).astype(np.int32)
    _, index = np.unique(cells, axis=0, return_inverse=True)
    index = index.reshape(-1)
    mass = np.bincount(index, weights)
    means = (
        np.stack([np.bincount(index, weights * lab[:, part]) for part in range(3)], axis=1) / mass[:, None]
    )
    groups: list[tuple[float, Floats]] = []
    left = mass.copy()
    while left.sum() > 0.02 * total and len(groups) < 12:
        peak = means[int(left.argmax())]
        near = (np.linalg.norm((means - peak) * scale, axis=1) < reach) & (left > 0)
        held = left[near]
        groups.append((float(held.sum() / total), (means[near] * held[:, None]).sum(0) / held.sum()))
        left[near] = 0
    return sorted(groups, key=lambda group: -group[0])


@cache
def _centre_weights() -> Floats:
    """Return a Gaussian about the middle, shape (_SIDE, _SIDE): a corner weighs a quarter."""
    axis = np.linspace(-1, 1, _SIDE, dtype=np.float32) ** 2
    weights: Floats = np.exp(-0.7 * (axis[:, None] + axis[None, :]))
    return weights


def _nearest(lab: Floats, names: tuple[str, ...]) -> str:
    shades, owners, finer = _palette(names)
    owner: int = owners[int((_difference(lab, shades) + finer).argmin())]
    return names[owner]


def _difference(lab: Floats, shades: Floats) -> Floats:
    """CIE94 colour difference (CIE 116-1995) of one colour to rows of shades, lightness weighing less.

    A faint hue tells more in the dark, where it parts navy and brown from black, so chroma weighs up to double there.
    """
    chroma, chromas = np.hypot(lab[1], lab[2]), np.hypot(shades[:, 1], shades[:, 2])
    apart = np.hypot(shades[:, 1] - lab[1], shades[:, 2] - lab[2])
    hue = np.sqrt(np.maximum(apart**2 - (chromas - chroma) ** 2, 0))
    among = np.sqrt(chroma * chromas)
    dark = 1 + max(0.0, 1 - float(lab[0]) / 45)
    lightness = (shades[:, 0] - lab[0]) / 1.5
    colour = dark * (chromas - chroma) / (1 + 0.045 * among), dark * hue / (1 + 0.015 * among)
    distance: Floats = np.sqrt(lightness**2 + colour[0] ** 2 + colour[1] ** 2)
    return distance


@lru_cache(maxsize=64)
def _palette(names: tuple[str, ...]) -> tuple[Floats, NDArray[np.intp], Floats]:
    """Return the shades of names, shape (n, 3), whose they are, and what is added to their distances, both (n,)."""
    ours = [_name(name) for name in names]
    codes: list[list[int]] = []
    owners: list[int] = []
    finer: list[float] = []
    for shade, written in _SHADES.items():
        # 'Light blue' is 'blue' in a catalogue that knows no finer name.
        name = next((name for name in _widening(shade) if name in ours), None)
        for code in written.split() if name else ():
            codes.append([int(code[at : at + 2], 16) for at in (0, 2, 4)])
            owners.append(ours.index(name))
            finer.append(_FINER if name in _WIDER else 0.0)
    return _lab(np.asarray(codes, np.float32)), np.asarray(owners, np.intp), np.asarray(finer, np.float32)


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
            if known in _SHADES:
                return known
    return None


def _lab(rgb: Floats) -> Floats:
    """Rows of sRGB, 0..255, to CIELAB under D65."""
    linear = np.where(rgb <= 10.31475, rgb / 3294.6, ((rgb / 255 + 0.055) / 1.055) ** 2.4)
    xyz = linear @ np.array([[0.4339, 0.2126, 0.0177], [0.3762, 0.7152, 0.1095], [0.1899, 0.0722, 0.8728]])
    root = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    x, y, z = root[:, 0], root[:, 1], root[:, 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=1).astype(np.float32)


def _rgb(lab: Floats) -> RGB:
    """One CIELAB colour to sRGB, 0..255."""
    y = (lab[0] + 16) / 116
    root = np.array([y + lab[1] / 500, y, y - lab[2] / 200])
    xyz = np.where(root > 0.2069, root**3, (root - 16 / 116) / 7.787) * np.array([0.95047, 1.0, 1.08883])
    linear = np.clip(
        np.array([[3.2406, -1.5372, -0.4986], [-0.9689, 1.8758, 0.0415], [0.0557, -0.2040, 1.0570]]) @ xyz,
        0,
        1,
    )
    values = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    red, green, blue = (int(value) for value in np.round(values * 255))
    return red, green, blue
