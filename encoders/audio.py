"""Sounds of items to vectors, without a trained model: timbre, harmony and rhythm from log-mel statistics.

Meant for finding previews that sound alike; words can't be encoded into this space.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from encoders.sound import RATE, clean
from encoders.vectors import unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from encoders.protocols import Samples, Vectors

_WINDOW, _HOP = 1024, 256
"""64 ms windows every 16 ms."""
_MELS, _CEPSTRA, _CHROMA, _TEMPI = 64, 20, 12, 24
_MAX_SECONDS = 60
_FRAMES_A_SECOND = RATE / _HOP

# Krumhansl and Kessler (1982): how well each degree fits a major and a minor key.
_MAJOR = np.array([6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88], np.float32)
_MINOR = np.array([6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17], np.float32)

Frames = NDArray[np.float32]


class LogMelStatistics:
    """An AudioEncoder of fixed statistics: 20 means and 20 deviations of cepstra, 12 chroma, 24 tempi.

    Each block is centred or relative, of length 1 and weighted, so that no block drowns another, and loudness
    and key don't matter: cepstra without the zeroth ignore level (Davis and Mermelstein, 1980), chroma are
    turned to the key that fits best, and rhythm is the autocorrelation of onset strength.
    """

    weights = (1.0, 0.7, 0.6, 0.8)
    """Of timbre, its variation, harmony and rhythm."""

    @property
    def id(self) -> str:
        """Name and version of the statistics."""
        return "log-mel-statistics@1"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return 2 * _CEPSTRA + _CHROMA + _TEMPI

    def encode_sounds(self, sounds: Sequence[Samples]) -> Vectors:
        """Encode mono 16 kHz sounds, shape (len(sounds), dimension); the first minute of each is read."""
        if not sounds:
            return np.zeros((0, self.dimension), np.float32)
        return unit(np.stack([self._encode(clean(sound)[: _MAX_SECONDS * RATE]) for sound in sounds]))

    def _encode(self, samples: Samples) -> Frames:
        from transformers.audio_utils import spectrogram, window_function

        if len(samples) < 2 * _WINDOW:
            samples = np.pad(samples, (0, 2 * _WINDOW - len(samples)))
        if not np.any(samples):
            return np.zeros(self.dimension, np.float32)
        power = spectrogram(
            samples, window_function(_WINDOW, "hann"), _WINDOW, _HOP, power=2.0, mel_filters=None
        ).astype(np.float32)
        mels = np.log(self._mel_filters.T @ power + 1e-8)
        cepstra = self._cosines @ mels
        blocks = (
            cepstra.mean(axis=1),
            cepstra.std(axis=1),
            _in_its_key(self._chroma_filters @ np.sqrt(power)),
            _tempi(mels),
        )
        scaled = (
            weight * block / max(float(np.linalg.norm(block)), 1e-9)
            for weight, block in zip(self.weights, blocks, strict=True)
        )
        return np.concatenate(list(scaled)).astype(np.float32)

    @cached_property
    def _mel_filters(self) -> Frames:
        from transformers.audio_utils import mel_filter_bank

        bank = mel_filter_bank(
            _WINDOW // 2 + 1, _MELS, 40.0, RATE / 2, RATE, norm="slaney", mel_scale="slaney"
        )
        return np.asarray(bank, np.float32)

    @cached_property
    def _chroma_filters(self) -> Frames:
        from transformers.audio_utils import chroma_filter_bank

        return np.asarray(chroma_filter_bank(_WINDOW, _CHROMA, RATE), np.float32)

    @cached_property
    def _cosines(self) -> Frames:
        """Rows 1 to 20 of the discrete cosine transform (DCT-II), which turn log-mels into cepstra."""
        rows = np.arange(1, _CEPSTRA + 1)[:, None]
        columns = np.arange(_MELS)[None, :] + 0.5
        return np.cos(np.pi / _MELS * rows * columns).astype(np.float32)


def _in_its_key(chroma: Frames) -> Frames:
    """Return the mean chroma, centred and turned so that its best-fitting key comes first; shape (12,)."""
    mean = chroma.mean(axis=1)
    mean = np.asarray(mean - mean.mean(), np.float32)
    profiles = [profile - profile.mean() for profile in (_MAJOR, _MINOR)]
    fits = [max(float(np.roll(mean, -tonic) @ profile) for profile in profiles) for tonic in range(_CHROMA)]
    tonic = int(np.argmax(fits))
    return np.concatenate([mean[tonic:], mean[:tonic]])


def _tempi(mels: Frames) -> Frames:
    """Return how strongly onsets repeat at 24 tempi from 50 to 200 a minute, centred; shape (24,)."""
    onsets = np.maximum(np.diff(mels, axis=1), 0).mean(axis=0)
    onsets = onsets - onsets.mean()
    size = 1 << (2 * len(onsets) - 1).bit_length()
    spectrum = np.fft.rfft(onsets, size)
    correlation = np.fft.irfft(spectrum * np.conj(spectrum), size)[: len(onsets)]
    lags = 60.0 * _FRAMES_A_SECOND / np.geomspace(50, 200, _TEMPI)
    strengths = np.interp(lags, np.arange(len(correlation)), correlation, right=0.0)
    centred: Frames = np.asarray(strengths - strengths.mean(), np.float32)
    return centred
