"""The dominant colours of a picture, measured: what they are called and how much of the subject each covers.

Pixels are compared in CIELAB. What the border
is made of, as far as it reaches inwards without a break, is background and left out; the rest counts the more the
nearer it lies to the middle. Nothing is learned: a colour is the nearest of a few shades that people call by its name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from encoders.cielab import RGB, Floats, to_lab, to_rgb
from encoders.colour_names import SHADES, nearest

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class ColourShare:
    """One colour of a picture."""

    name: str
    """In plain English: 'navy', 'light grey'."""
    rgb: RGB
    """Its mean, 0..255 each."""
    share: float
    """Part of the subject, 0..1, pixels near the middle counting more."""


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
    lab = to_lab(np.asarray(small, np.float32).reshape(-1, 3)).reshape(_SIDE, _SIDE, 3)
    subject = _subject(lab)
    weights = _centre_weights() * subject
    if subject.mean() > _FULL:
        weights = weights * _apart_from_rim(lab)
    flat, heavy = lab.reshape(-1, 3), weights.reshape(-1)
    found: dict[str, tuple[float, Floats]] = {}
    for share, centre in _gather(flat[heavy > 0], heavy[heavy > 0], _REACH, _LIGHT):
        name = nearest(centre, tuple(SHADES))
        held, mean = found.get(name, (0.0, centre))
        merged = (mean * held + centre * share) / (held + share)
        found[name] = held + share, merged.astype(np.float32)
    ordered = sorted(found.items(), key=lambda pair: -pair[1][0])
    kept = [pair for pair in ordered if pair[1][0] >= _LEAST] or ordered[:1]
    return tuple(
        ColourShare(name, to_rgb(mean), round(float(share), 3)) for name, (share, mean) in kept[:most]
    )


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
