"""A preview as samples: chords of the key, a tune over them, each part in its rhythm."""

from __future__ import annotations

from random import Random

import numpy as np

from retrieval.demo.sound.ensembles import ENSEMBLES, Part
from retrieval.demo.sound.preview import RATE, SECONDS, TONICS, Preview
from retrieval.demo.sound.voices import Sound, note

_MAJOR, _MINOR = (0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10)
_MAJOR_TURNS = ((0, 4, 5, 3), (0, 3, 4, 0), (0, 5, 3, 4))
_MINOR_TURNS = ((0, 5, 2, 6), (0, 3, 6, 0), (0, 6, 5, 6))
"""Degrees of the scale that the chords stand on; each turn starts at home, so that the mode is heard at once."""
_BAR = 4
_OFF_BEAT = 0.5
"""Level of a note off the beat: a listener, and an autocorrelation, should find the beat itself."""


def synthesise(preview: Preview) -> Sound:
    """Return a preview, shape (RATE · SECONDS,), peak 0.8, faded at the end."""
    random = Random(preview.seed)
    scale = _MINOR if preview.minor else _MAJOR
    turn = random.choice(_MINOR_TURNS if preview.minor else _MAJOR_TURNS)
    beat = 60 / preview.tempo * RATE
    total = int(RATE * SECONDS)
    mix = np.zeros(total + RATE * 6, np.float32)
    base = 60 + (TONICS[preview.tonic] + 5) % 12 - 5
    bars = int(total / (beat * _BAR)) + 1
    for bar in range(bars):
        # Two chords a bar below 84 bpm: else a slow preview would end on the chord it began with.
        for part in ENSEMBLES[preview.ensemble]:
            for place, when in enumerate(part.beats):
                half = int(when >= 2) if preview.tempo < 84 else 0
                degree = turn[(bar * (2 if preview.tempo < 84 else 1) + half) % len(turn)]
                start = round((bar * _BAR + when) * beat)
                if start >= total:
                    break
                level = part.level * (1.0 if when == int(when) else _OFF_BEAT)
                for pitch in _pitches(part, place, degree, scale, base, random):
                    sound = note(part.voice, pitch, max(64, int(part.held * beat)))
                    mix[start : start + len(sound)] += np.float32(level) * sound
    mix = mix[:total]
    fade = RATE // 2
    mix[-fade:] *= np.linspace(1, 0, fade, dtype=np.float32)
    return (mix / max(float(np.abs(mix).max()), 1e-6) * 0.8).astype(np.float32)


def _pitches(
    part: Part, place: int, degree: int, scale: tuple[int, ...], base: int, random: Random
) -> tuple[int, ...]:
    """Return the MIDI notes that a part plays at its `place`-th beat over the chord on `degree`."""

    def step(above: int) -> int:
        octave, index = divmod(degree + above, len(scale))
        return base + 12 * (octave + part.octave) + scale[index]

    match part.role:
        case "chord":
            return step(0), step(2), step(4)
        case "bass":
            return (step(0 if place % 2 == 0 else 4) - (12 if place % 2 else 0),)
        case "arpeggio":
            return (step((0, 4, 2, 4, 7, 4, 2, 4)[place % 8]),)
        case "tune":
            return (step(random.choice((0, 2, 4, 4, 7))),)
        case _:
            return (0,)
