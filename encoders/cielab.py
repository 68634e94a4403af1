"""CIELAB under D65 (CIE 15:2004), in which equal distances look about equally large."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
RGB = tuple[int, int, int]


def to_lab(rgb: Floats) -> Floats:
    """Return rows of sRGB, 0..255, in CIELAB, shape (n, 3)."""
    linear = np.where(rgb <= 10.31475, rgb / 3294.6, ((rgb / 255 + 0.055) / 1.055) ** 2.4)
    xyz = linear @ np.array([[0.4339, 0.2126, 0.0177], [0.3762, 0.7152, 0.1095], [0.1899, 0.0722, 0.8728]])
    root = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    x, y, z = root[:, 0], root[:, 1], root[:, 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=1).astype(np.float32)


def to_rgb(lab: Floats) -> RGB:
    """Return one CIELAB colour, shape (3,), in sRGB, 0..255."""
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


def difference(lab: Floats, shades: Floats) -> Floats:
    """Return the CIE94 difference (CIE 116-1995) of one colour to rows of shades, lightness weighing less, shape (n,).

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
