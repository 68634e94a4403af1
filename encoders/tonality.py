"""The key that music is in, by its pitch classes: chroma, held against the profiles of Krumhansl and Kessler (1982)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from encoders.sound import RATE

if TYPE_CHECKING:
    from encoders.protocols import Samples

PITCHES = 12
_WINDOW, _HOP = 4096, 1024
"""256 ms, 4 Hz a bin: neighbouring semitones are 4 Hz apart at 65 Hz."""
_TUNE, _BASS = (65.0, 2100.0), (40.0, 260.0)
"""Hz. Above, partials stand for other pitch classes than the notes they belong to; a bass plays the root more often
than anything else."""
_BASS_WEIGHT = 0.15
_SURE = 0.2
"""Least margin of the better mode. Over the demo's 96 previews .35 reach it and .82 of those are right, over 150 others
.37 and .87; without a margin .56 and .65 are right, since five seconds seldom tell a key from its relative."""

# How well each degree fits a major and a minor key, by listeners' ratings.
_MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
_MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)

Profile = NDArray[np.float64]


def mode(samples: Samples) -> str | None:
    """Return 'major' or 'minor' of mono 16 kHz samples, shape (n,); None where it is not clear."""
    fits = _fits(_chroma(samples, _TUNE), _chroma(samples, _BASS))
    major, minor = float(fits[:PITCHES].max()), float(fits[PITCHES:].max())
    if abs(major - minor) < _SURE:
        return None
    return "major" if major > minor else "minor"


def harmony(samples: Samples) -> Profile:
    """Return the pitch classes of mono 16 kHz samples, centred and counted from the tonic of the best key; shape (12,).

    So a piece and its transposition are alike.
    """
    tune = _chroma(samples, _TUNE)
    return np.roll(tune, -int(np.argmax(_fits(tune, _chroma(samples, _BASS)))) % PITCHES)


def _fits(tune: Profile, bass: Profile) -> Profile:
    """Return how well each of 12 major and 12 minor keys fits, shape (24,)."""
    return np.asarray(_profiles() @ tune + _BASS_WEIGHT * np.concatenate([bass, bass]), np.float64)


@lru_cache(maxsize=1)
def _profiles() -> Profile:
    """Return the profile of each key, centred and of length 1; shape (24, 12)."""
    rows = [
        np.roll(profile, tonic)
        for profile in (np.array(_MAJOR), np.array(_MINOR))
        for tonic in range(PITCHES)
    ]
    return np.stack([_centred(row) for row in rows])


def _chroma(samples: Samples, between: tuple[float, float]) -> Profile:
    """Return the mean log energy of each pitch class from C in a band of Hz, centred, length 1; zeros for silence."""
    from transformers.audio_utils import spectrogram, window_function

    if len(samples) < 2 * _WINDOW:
        samples = np.pad(samples, (0, 2 * _WINDOW - len(samples)))
    power = spectrogram(samples, window_function(_WINDOW, "hann"), _WINDOW, _HOP, power=2.0, mel_filters=None)
    frequencies = np.linspace(0.0, RATE / 2, _WINDOW // 2 + 1)
    power[(frequencies <= between[0]) | (frequencies >= between[1])] = 0.0
    # Relative to the loudest bin and compressed, so that one loud note does not stand for the whole.
    heard = np.log1p(1000.0 * power / max(float(power.max()), 1e-12))
    return _centred((_chroma_filters() @ heard).mean(axis=1))


def _centred(values: Profile) -> Profile:
    centred = np.asarray(values - values.mean(), np.float64)
    length = float(np.linalg.norm(centred))
    return centred / length if length > 1e-12 else np.zeros(len(centred))


@lru_cache(maxsize=1)
def _chroma_filters() -> Profile:
    from transformers.audio_utils import chroma_filter_bank

    return np.asarray(chroma_filter_bank(_WINDOW, PITCHES, RATE), np.float64)
