"""Instruments: each gives one note as samples, −1…1, at `RATE`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from retrieval.demo.sound.preview import RATE

Sound = NDArray[np.float32]
Voice = Callable[[int, int], Sound]
"""(MIDI note, length in samples) to a note of that length; a4 is 69."""


def _time(length: int) -> Sound:
    return np.asarray((np.arange(length) / RATE), np.float32)


def _pitch(note: int) -> float:
    return float(440.0 * 2.0 ** ((note - 69) / 12))


def _partials(note: int, length: int, weights: tuple[float, ...], stretch: float = 0.0) -> Sound:
    """Sum harmonics below 7 kHz; `stretch` sharpens the upper ones, as stiff strings do."""
    time, pitch = _time(length), _pitch(note)
    wave = np.zeros(length, np.float32)
    for number, weight in enumerate(weights, start=1):
        frequency = pitch * number * np.sqrt(1 + stretch * number * number)
        if weight and frequency < 7000:
            wave += np.float32(weight) * np.sin(np.float32(2 * np.pi * frequency) * time)
    return wave / np.float32(sum(abs(weight) for weight in weights))


def _swell(length: int, attack: float, release: float) -> Sound:
    rise, fall = min(int(attack * RATE), length // 2), min(int(release * RATE), length // 2)
    shape = np.ones(length, np.float32)
    shape[:rise] = np.linspace(0, 1, rise, dtype=np.float32)
    shape[length - fall :] *= np.linspace(1, 0, fall, dtype=np.float32)
    return shape


def _decay(length: int, half: float) -> Sound:
    return np.asarray((np.exp2(-_time(length) / np.float32(half)) * _swell(length, 0.003, 0.01)), np.float32)


def piano(note: int, length: int) -> Sound:
    """Play a struck string: bright at first, stretched partials, a long decay."""
    body = _partials(note, length, (1, 0.55, 0.35, 0.2, 0.12, 0.07), stretch=0.0004) * _decay(length, 0.45)
    knock = _partials(note + 24, length, (1, 0.6)) * _decay(length, 0.03)
    return np.asarray((body * 1.5 + knock * 0.2), np.float32)


def pluck(note: int, length: int) -> Sound:
    """Play a plucked string by Karplus and Strong (1983), a period at a time."""
    period = max(2, round(RATE / _pitch(note)))
    burst = np.random.default_rng(note).uniform(-1, 1, period).astype(np.float32)
    rows = [np.convolve(burst, np.array([0.5, 0.5], np.float32), "same")]
    for _ in range(length // period):
        rows.append(0.4985 * (rows[-1] + np.roll(rows[-1], 1)))
    return np.concatenate(rows)[:length] * _swell(length, 0.001, 0.02) * np.float32(1.3)


def bell(note: int, length: int) -> Sound:
    """Play a music box: two inharmonic partials above the tone."""
    time, pitch = _time(length), _pitch(note)
    tone = np.sin(np.float32(2 * np.pi * pitch) * time)
    upper = np.sin(np.float32(2 * np.pi * pitch * 2.76) * time) * _decay(length, 0.08)
    return np.asarray(((tone + 0.5 * upper) * _decay(length, 0.3)), np.float32)


def pad(note: int, length: int) -> Sound:
    """Play two detuned soft saws that swell."""
    time, pitch = _time(length), _pitch(note)
    wave = np.zeros(length, np.float32)
    for detune in (0.996, 1.004):
        for number in range(1, 6):
            wave += np.sin(np.float32(2 * np.pi * pitch * detune * number) * time) / np.float32(number**1.6)
    return wave * _swell(length, 0.25, 0.3) * np.float32(0.3)


def strings(note: int, length: int) -> Sound:
    """Play a bowed string: many partials and a slow vibrato."""
    time = _time(length)
    phase = np.float32(2 * np.pi * _pitch(note)) * time + np.float32(0.25) * np.sin(
        np.float32(2 * np.pi * 5.2) * time
    )
    wave = np.zeros(length, np.float32)
    for number in range(1, 8):
        wave += np.sin(phase * number) / np.float32(number**1.15)
    return wave * _swell(length, 0.07, 0.1) * np.float32(0.35)


def brass(note: int, length: int) -> Sound:
    """Play a horn, bright and quick to speak."""
    return (
        _partials(note, length, (1, 0.9, 0.75, 0.5, 0.35, 0.2, 0.1))
        * _swell(length, 0.035, 0.06)
        * np.float32(1.3)
    )


def organ(note: int, length: int) -> Sound:
    """Play an organ with drawbars at octaves and a fifth."""
    return _partials(note, length, (1, 0.7, 0.4, 0.4, 0, 0.2, 0, 0.2)) * _swell(length, 0.01, 0.04)


def choir(note: int, length: int) -> Sound:
    """Play voices on an open vowel, with a slow start."""
    return _partials(note, length, (1, 0.45, 0.5, 0.2, 0.06)) * _swell(length, 0.16, 0.2) * np.float32(1.1)


def saw(note: int, length: int) -> Sound:
    """Play a buzzing synthesiser."""
    wave = _partials(note, length, tuple(1 / number for number in range(1, 14)))
    return np.tanh(wave * 5) * _swell(length, 0.004, 0.03) * np.float32(0.7)


def drive(note: int, length: int) -> Sound:
    """Play an electric guitar with the fifth, overdriven."""
    both = pluck(note, length) + pluck(note + 7, length)
    return np.asarray(np.tanh(both * 4) * _swell(length, 0.002, 0.03) * 0.7, np.float32)


def bass(note: int, length: int) -> Sound:
    """Play a round low string."""
    return _partials(note, length, (1, 0.5, 0.2, 0.08)) * _decay(length, 0.35) * np.float32(1.6)


def kick(note: int, length: int) -> Sound:
    """Play a bass drum: a falling sine. The note is not heard."""
    time = _time(min(length, int(0.22 * RATE)))
    wave = np.sin(2 * np.pi * (48 * time + 5.5 * (1 - np.exp(-time * 28)))) * np.exp(-time * 16)
    return np.asarray((wave * 1.5), np.float32)


def snare(note: int, length: int) -> Sound:
    """Play a snare drum: noise over a short tone."""
    size = min(length, int(0.16 * RATE))
    noise = np.random.default_rng(7).normal(0, 0.5, size)
    time = _time(size)
    return np.asarray(((noise + 0.4 * np.sin(2 * np.pi * 190 * time)) * np.exp(-time * 26)), np.float32)


def hat(note: int, length: int) -> Sound:
    """Play a closed hi-hat: thin noise."""
    size = min(length, int(0.05 * RATE))
    noise = np.diff(np.random.default_rng(9).normal(0, 0.5, size + 1))
    return np.asarray((noise * np.exp(-_time(size) * 80)), np.float32)


def brush(note: int, length: int) -> Sound:
    """Play a soft sweep on a drum."""
    size = min(length, int(0.12 * RATE))
    noise = np.random.default_rng(11).normal(0, 0.3, size)
    return np.asarray((noise * np.exp(-_time(size) * 30)), np.float32)


VOICES: dict[str, Voice] = {
    "piano": piano, "pluck": pluck, "bell": bell, "pad": pad, "strings": strings, "brass": brass, "organ": organ,
    "choir": choir, "saw": saw, "drive": drive, "bass": bass, "kick": kick, "snare": snare, "hat": hat, "brush": brush,
}  # fmt: skip


@cache
def note(voice: str, pitch: int, length: int) -> Sound:
    """Return a note; the same one is made once."""
    return VOICES[voice](pitch, length)
