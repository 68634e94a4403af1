"""How fast music is, by how its onsets repeat: onset strength, its autocorrelation, and the tempo that explains it.

Onset strength is the rise of log-mel energy (Dixon 2006); the tempo is where its autocorrelation, weighted by a
log-Gaussian around 120 beats a minute, is greatest (Ellis 2007), since of a tempo and its half and double, which repeat
alike, people tap the one nearest to that.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from encoders.sound import RATE

if TYPE_CHECKING:
    from encoders.protocols import Samples

_WINDOW, _HOP = 1024, 160
"""64 ms windows every 10 ms: at 180 beats a minute one frame is 3 % of a beat."""
_MELS = 40
_FLOOR = 1e-6
"""Of the loudest band: 60 dB below it nothing is heard, and silence must not rise."""
_FRAMES_A_MINUTE = 60.0 * RATE / _HOP
_DRIFT = 101
"""Frames of the moving mean that is taken off onset strength: what swells over a second is no beat."""
_CENTRE, _SPREAD = 120.0, 1.2
"""Beats a minute, and octaves. Of the demo's 96 previews .93 come out within 8 % and all within 8 % of the tempo, its
half or its double; of 150 others, synthesised with tempi of 58 to 150, .87 and all. 1.0 octave around 100: .85, .82."""
_SLOWEST, _FASTEST, _STEPS = 40.0, 220.0, 256
_SLACK = (0.99, 1.0, 1.01)
"""A player's beat wanders by a hundredth."""
_SHORTEST = 2.5
"""Seconds from which on a beat can be told from chance."""
_CLEAR = 0.3
"""Least autocorrelation of a beat."""

Frames = NDArray[np.float64]


def tempo(samples: Samples) -> float | None:
    """Return the beats a minute of mono 16 kHz samples, shape (n,); None where none can be told.

    Of music with its beat on every note the half or the double may come out: both repeat as the beat does.
    """
    if len(samples) < _SHORTEST * RATE or not np.any(samples):
        return None
    correlation = autocorrelation(onset_strength(samples))
    candidates = np.geomspace(_SLOWEST, _FASTEST, _STEPS)
    lags = _FRAMES_A_MINUTE / candidates
    found = strengths(correlation, candidates)
    found[lags >= len(correlation) / 2] = 0.0
    weighted = found * np.exp(-0.5 * (np.log2(candidates / _CENTRE) / _SPREAD) ** 2)
    best = int(np.argmax(weighted))
    return float(candidates[best]) if found[best] >= _CLEAR else None


def onset_strength(samples: Samples) -> Frames:
    """Return how much begins in each 10 ms frame of mono 16 kHz samples, less its moving mean; shape (frames,)."""
    from transformers.audio_utils import spectrogram, window_function

    if len(samples) < 2 * _WINDOW:
        samples = np.pad(samples, (0, 2 * _WINDOW - len(samples)))
    power = spectrogram(samples, window_function(_WINDOW, "hann"), _WINDOW, _HOP, power=2.0, mel_filters=None)
    mels = _mel_filters().T @ power
    logarithms = np.log(mels + max(_FLOOR * float(mels.max()), 1e-12))
    rises = np.maximum(np.diff(logarithms, axis=1), 0.0).mean(axis=0)
    if len(rises) < _DRIFT:
        return np.asarray(rises - rises.mean(), np.float64)
    return np.asarray(rises - np.convolve(rises, np.ones(_DRIFT) / _DRIFT, "same"), np.float64)


def autocorrelation(onsets: Frames) -> Frames:
    """Return how much onset strength is like itself some frames later, 1 at none; shape (frames,)."""
    count = len(onsets)
    size = 1 << (2 * count - 1).bit_length()
    spectrum = np.fft.rfft(onsets, size)
    correlation = np.fft.irfft(spectrum * np.conj(spectrum), size)[:count]
    # Fewer frames overlap at a longer lag; the mean over them does not fall with it.
    correlation *= count / np.maximum(count - np.arange(count), 1)
    return np.asarray(correlation / max(float(correlation[0]), 1e-12), np.float64)


def strengths(correlation: Frames, candidates: Frames) -> Frames:
    """Return how strongly onsets repeat at each of `candidates`, beats a minute; 0 where the sound is too short."""
    lags = _FRAMES_A_MINUTE / candidates
    frames = np.arange(len(correlation))
    near = [np.interp(lags * slack, frames, correlation, right=0.0) for slack in _SLACK]
    return np.asarray(np.max(near, axis=0), np.float64)


@lru_cache(maxsize=1)
def _mel_filters() -> Frames:
    from transformers.audio_utils import mel_filter_bank

    bank = mel_filter_bank(_WINDOW // 2 + 1, _MELS, 30.0, RATE / 2, RATE, norm="slaney", mel_scale="slaney")
    return np.asarray(bank, np.float64)
