"""How loud a block of samples is, in decibels of full scale, and as a bar."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

QUIETEST = -60.0
"""dB of full scale at which the bar is empty: a quiet room."""

_EIGHTHS = "▏▎▍▌▋▊▉"


@dataclass(frozen=True, slots=True)
class Level:
    """How loud a block is; full scale is 0, silence −inf."""

    peak: float
    """dB of its furthest sample: near 0 it is being cut off."""
    rms: float
    """dB of its root mean square: what the ear takes for loudness; a full-scale sine is at −3."""


SILENT = Level(-math.inf, -math.inf)
"""A block of zeros, and one without samples."""


def level_of(block: NDArray[np.float32]) -> Level:
    """Measure a mono block, shape (n,), in −1…1.

    Its mean does not count: cheap microphones have an offset of a hundredth, which is −40 dB and no sound.
    """
    samples = np.nan_to_num(np.asarray(block, np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    if not samples.size:
        return SILENT
    samples = samples - samples.mean()
    return Level(_decibels(float(np.abs(samples).max())), _decibels(float(np.sqrt(np.mean(samples**2)))))


def level_bar(decibels: float, cells: int) -> str:
    """Draw −60…0 dB on `cells` cells by eighths of a cell; the string has that length whatever the level."""
    part = (min(max(decibels, QUIETEST), 0.0) - QUIETEST) / -QUIETEST
    full, rest = divmod(round(part * cells * 8), 8)
    return ("█" * full + (_EIGHTHS[rest - 1] if rest else "")).ljust(cells)


def write_level(decibels: float) -> str:
    """Write a level for people, four digits and a unit wide: ' −18 dB'; what is below the bar is '<−60 dB'."""
    if decibels < QUIETEST:
        return f"<−{-QUIETEST:.0f} dB"
    number = f"{decibels:.0f}".replace("-", "−")
    return f"{'0' if number == '−0' else number} dB".rjust(7)


def _decibels(amplitude: float) -> float:
    # The offset leaves rounding behind: what is a billionth of full scale is nothing.
    return 20.0 * math.log10(amplitude) if amplitude > 1e-9 else -math.inf
