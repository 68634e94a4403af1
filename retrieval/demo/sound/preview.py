"""What a preview is made from, in the words of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

RATE = 16_000
"""Samples a second: what recognisers and audio encoders of this size take."""
SECONDS = 5.5

TONICS = {
    "C": 0, "C sharp": 1, "D flat": 1, "D": 2, "E flat": 3, "E": 4, "F": 5, "F sharp": 6, "G": 7, "A flat": 8,
    "A": 9, "B flat": 10, "B": 11,
}  # fmt: skip
"""Name of a key to semitones above C."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A track's sound."""

    tempo: float
    """Beats a minute."""
    tonic: str
    """Key of TONICS."""
    minor: bool
    ensemble: str
    """Key of `retrieval.demo.sound.ensembles.ENSEMBLES`."""
    seed: int
    """Chooses the chords and the tune."""
