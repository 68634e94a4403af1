from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest

from retrieval.demo.sound.ensembles import ENSEMBLES
from retrieval.demo.sound.ogg import encode, renumber
from retrieval.demo.sound.preview import RATE, SECONDS, TONICS, Preview
from retrieval.demo.sound.synthesis import synthesise
from retrieval.demo.sound.voices import VOICES, note
from retrieval.demo.tables import read_table

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from retrieval.demo.entry import Entry

HOP, WINDOW = 160, 512


def decode(data: bytes) -> NDArray[np.float32]:
    import soundfile

    samples, rate = soundfile.read(io.BytesIO(data), dtype="float32")
    assert (rate, samples.ndim) == (RATE, 1)
    return np.asarray(samples, np.float32)


def tempo_of(samples: NDArray[np.float32]) -> float:
    """Strongest period, 45…200 bpm, in the autocorrelation of the spectral flux."""
    starts = range(0, len(samples) - WINDOW, HOP)
    frames = np.stack([samples[at : at + WINDOW] * np.hanning(WINDOW) for at in starts])
    flux = np.maximum(0, np.diff(np.log1p(30 * np.abs(np.fft.rfft(frames, axis=1))), axis=0)).sum(axis=1)
    flux -= flux.mean()
    strength = np.correlate(flux, flux, "full")[len(flux) - 1 :] / (np.arange(len(flux), 0, -1) + 50)
    tempi = np.arange(45, 200, 0.5)
    lags = 60 / tempi * RATE / HOP
    return float(tempi[np.interp(lags, np.arange(len(strength)), strength).argmax()])


def test_previews_have_the_tempo_that_the_catalogue_says(
    town: tuple[Entry, ...], sampled: dict[str, Path]
) -> None:
    """Up to the octave: half and double time are heard as the same beat."""
    heard = 0
    for item in town:
        path = sampled.get(f"sound {item.id}")
        if path is not None and item.preview is not None:
            ratio = tempo_of(decode(path.read_bytes())) / item.preview.tempo
            assert min(abs(ratio - octave) / octave for octave in (0.5, 1, 2)) < 0.04, (item.id, ratio)
            assert item.preview.tempo == item.cells["tempo"]
            heard += 1
    assert heard >= 10


@pytest.mark.parametrize("minor", [True, False])
def test_the_mode_is_heard_in_the_third(minor: bool) -> None:
    """The first chord has the minor or the major third above the tonic, and not the other."""
    beat = synthesise(Preview(72, "C", minor, "choral", 3))[: int(RATE * 1.2)]
    spectrum = np.abs(np.fft.rfft(beat * np.hanning(len(beat))))

    def level(midi: float) -> float:
        bin_ = 440 * 2 ** ((midi - 69) / 12) * len(beat) / RATE
        return float(spectrum[round(bin_) - 2 : round(bin_) + 3].max())

    low, high = level(63) + level(75), level(64) + level(76)
    assert low > 3 * high if minor else high > 3 * low


def test_previews_are_short_loud_enough_and_small(sampled: dict[str, Path]) -> None:
    sizes = []
    for path in sampled.values():
        if path.suffix == ".ogg":
            samples = decode(path.read_bytes())
            assert abs(len(samples) / RATE - SECONDS) < 0.05
            assert 0.3 < np.abs(samples).max() <= 1.2
            sizes.append(path.stat().st_size)
    assert np.mean(sizes) * 100 < 4e6


def test_encoding_twice_gives_the_same_bytes() -> None:
    samples = synthesise(Preview(100, "A", True, "lullaby", 1))
    assert encode(samples) == encode(samples)


def test_renumbering_refuses_what_is_no_ogg() -> None:
    with pytest.raises(ValueError, match="byte 0"):
        renumber(b"RIFF" + bytes(60))


def test_every_track_has_a_known_key_and_ensemble() -> None:
    for row in read_table("music"):
        tonic, mode = row["key"].rsplit(" ", 1)
        assert tonic in TONICS and mode in ("major", "minor") and row["genre"] in ENSEMBLES, row


@pytest.mark.parametrize("voice", sorted(VOICES))
def test_a_voice_gives_finite_samples_no_longer_than_asked(voice: str) -> None:
    sound = note(voice, 57, 4000)
    assert sound.dtype == np.float32 and 0 < len(sound) <= 4000
    assert np.isfinite(sound).all() and 0.05 < np.abs(sound).max() < 4
