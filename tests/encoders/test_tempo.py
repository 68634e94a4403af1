from __future__ import annotations

import numpy as np
import pytest

from encoders.sound import RATE
from encoders.tempo import autocorrelation, onset_strength, tempo
from retrieval.demo.sound.preview import Preview
from retrieval.demo.sound.synthesis import synthesise
from tests.encoders.test_audio import MAJOR, music


@pytest.mark.parametrize("beats", [62.0, 84.0, 107.0, 128.0, 150.0])
@pytest.mark.parametrize("level", [1.0, 0.01])
def test_the_tempo_of_a_beat_is_told_at_any_level(beats: float, level: float) -> None:
    found = tempo(np.float32(level) * music(beats, MAJOR, 220, 5))
    assert found is not None and abs(found / beats - 1) < 0.08


@pytest.mark.parametrize(("ensemble", "beats"), [("rock", 96.0), ("dance", 126.0), ("piano", 80.0)])
def test_of_music_the_tempo_its_half_or_its_double_is_told(ensemble: str, beats: float) -> None:
    found = tempo(synthesise(Preview(beats, "D", False, ensemble, 4711)))
    assert found is not None
    assert min(abs(found / (beats * times) - 1) for times in (0.5, 1.0, 2.0)) < 0.08


def test_what_has_no_beat_has_no_tempo() -> None:
    time = np.arange(6 * RATE) / RATE
    hum = np.asarray(0.3 * np.sin(2 * np.pi * 220 * time), np.float32)
    noise = np.random.default_rng(0).normal(0, 0.1, 6 * RATE).astype(np.float32)
    for samples in (hum, noise, np.zeros(6 * RATE, np.float32), np.zeros(0, np.float32)):
        assert tempo(samples) is None
    assert tempo(music(120, MAJOR, 220, 5, seconds=1.5)) is None


@pytest.mark.parametrize("count", [0, 1, 700, 5000])
def test_short_sounds_have_finite_onsets(count: int) -> None:
    onsets = onset_strength(np.ones(count, np.float32))
    assert np.isfinite(onsets).all() and np.isfinite(autocorrelation(onsets)).all()
