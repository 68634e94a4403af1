from __future__ import annotations

import numpy as np
import pytest

from encoders.audio import LogMelStatistics
from encoders.protocols import AudioEncoder, Samples
from encoders.sound import RATE

MAJOR, MINOR = (0, 4, 7), (0, 3, 7)


def music(tempo: float, chord: tuple[int, ...], root: float, harmonics: int, seconds: float = 8.0) -> Samples:
    """A chord struck in time; more harmonics are a brighter timbre."""
    time = np.arange(int(seconds * RATE)) / RATE
    since_beat = np.mod(time, 60 / tempo)
    sound = np.zeros_like(time)
    for step in chord:
        pitch = root * 2 ** (step / 12)
        for harmonic in range(1, harmonics + 1):
            sound += np.sin(2 * np.pi * pitch * harmonic * time) / harmonic
    return np.asarray(0.2 * np.exp(-6 * since_beat) * sound / len(chord), np.float32)


def test_vectors_are_unit_finite_and_as_long_as_said() -> None:
    encoder = LogMelStatistics()
    assert isinstance(encoder, AudioEncoder)
    sounds = [
        music(120, MAJOR, 220, 4),
        np.zeros(RATE, np.float32),
        np.ones(10, np.float32),
        np.zeros(0, np.float32),
    ]
    vectors = encoder.encode_sounds(sounds)
    assert vectors.shape == (4, encoder.dimension) and vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert encoder.encode_sounds([]).shape == (0, encoder.dimension)


def test_loudness_does_not_matter_and_key_hardly_does() -> None:
    original = music(100, MAJOR, 220, 6)
    quiet = 0.1 * original
    transposed = music(100, MAJOR, 220 * 2 ** (3 / 12), 6)
    other = music(160, MINOR, 220, 1)
    vectors = LogMelStatistics().encode_sounds([original, quiet, transposed, other])
    near_quiet, near_transposed, far = vectors[0] @ vectors[1:].T
    assert near_quiet > 0.95 and near_transposed > far and near_quiet > far


@pytest.mark.parametrize("changed", ["tempo", "timbre"])
def test_the_same_kind_of_music_is_nearer_than_another(changed: str) -> None:
    def variant(kind: int, root: float) -> Samples:
        tempo = (70, 150)[kind] if changed == "tempo" else 100
        harmonics = (1, 14)[kind] if changed == "timbre" else 5
        # Music moves; of one chord held for eight seconds its partials are its timbre.
        chords = [music(tempo, MAJOR, root * step, harmonics, seconds=3) for step in (1, 4 / 3, 3 / 2, 9 / 8)]
        return np.concatenate(chords)

    vectors = LogMelStatistics().encode_sounds(
        [variant(kind, root) for kind in (0, 1) for root in (196, 233)]
    )
    likeness = vectors @ vectors.T
    within = min(likeness[0, 1], likeness[2, 3])
    between = max(likeness[0, 2], likeness[0, 3], likeness[1, 2], likeness[1, 3])
    assert within > between
