from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from encoders.sound import RATE
from encoders.tonality import harmony, mode

if TYPE_CHECKING:
    from encoders.protocols import Samples

_SCALES = {"major": (0, 2, 4, 5, 7, 9, 11, 12), "minor": (0, 2, 3, 5, 7, 8, 10, 12)}


def scale(kind: str, tonic: float) -> Samples:
    """A scale up from its tonic, whose triad sounds below it."""
    time = np.arange(RATE // 2) / RATE
    third = 4 if kind == "major" else 3
    chord = sum(np.sin(2 * np.pi * tonic * 2 ** (step / 12) * time) for step in (0, third, 7))
    notes = [np.sin(2 * np.pi * 2 * tonic * 2 ** (step / 12) * time) + chord for step in _SCALES[kind]]
    return np.asarray(0.1 * np.concatenate(notes), np.float32)


@pytest.mark.parametrize("tonic", [130.8, 155.6, 196.0])
@pytest.mark.parametrize("kind", ["major", "minor"])
def test_a_scale_over_its_chord_is_of_its_mode_or_not_sure(kind: str, tonic: float) -> None:
    assert mode(scale(kind, tonic)) in (kind, None)


def test_a_clear_mode_is_told() -> None:
    told = [mode(scale(kind, tonic)) for kind in _SCALES for tonic in (130.8, 155.6, 196.0)]
    assert told.count(None) <= 4 and {"major", "minor"} & set(told)


def test_a_piece_and_its_transposition_have_one_harmony() -> None:
    original, higher, other = (
        harmony(scale(kind, tonic)) for kind, tonic in (("major", 130.8), ("major", 164.8), ("minor", 130.8))
    )
    assert original @ higher > 0.9 and original @ higher > original @ other


def test_silence_and_nothing_have_no_mode() -> None:
    for samples in (np.zeros(RATE, np.float32), np.zeros(0, np.float32)):
        assert mode(samples) is None
        assert np.isfinite(harmony(samples)).all()
