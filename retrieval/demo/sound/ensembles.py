"""Who plays what in each genre: parts with their rhythm, in beats of a bar of four (three in a waltz)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One player."""

    voice: str
    """Key of `voices.VOICES`."""
    role: str
    """'chord', 'bass', 'arpeggio', 'tune' or 'drum'."""
    beats: tuple[float, ...]
    """When it plays within a bar."""
    level: float
    octave: int = 0
    """Octaves above middle C."""
    held: float = 1.0
    """Length of a note in beats."""


_EACH = (0.0, 1.0, 2.0, 3.0)
_HALVES = tuple(step / 2 for step in range(8))
_OFF = (0.5, 1.5, 2.5, 3.5)


def _drum(voice: str, beats: tuple[float, ...], level: float) -> Part:
    return Part(voice, "drum", beats, level)


ENSEMBLES: dict[str, tuple[Part, ...]] = {
    "acoustic": (Part("pluck", "arpeggio", _HALVES, 0.6, 0, 2), Part("pluck", "bass", _EACH, 0.9, -2, 1.0)),
    "folk": (
        Part("pluck", "chord", _EACH, 0.55, 0, 0.9),
        Part("strings", "tune", (0, 1, 2, 3, 3.5), 0.5, 1, 0.9),
        Part("bass", "bass", (0, 2), 0.8, -2, 1.8),
    ),
    "piano": (Part("piano", "arpeggio", _HALVES, 0.5, 0, 2.0), Part("piano", "bass", _EACH, 0.85, -1, 1.5)),
    "jazz": (
        Part("piano", "chord", (0, 1.66, 2), 0.5, 0, 0.6),
        Part("bass", "bass", _EACH, 1.0, -2, 0.95),
        Part("brass", "tune", (0, 0.66, 1, 2, 2.66, 3), 0.32, 1, 0.6),
        _drum("brush", _EACH, 0.7),
        _drum("hat", (1, 1.66, 3, 3.66), 0.35),
    ),
    "classical": (
        Part("strings", "chord", (0, 2), 0.5, 0, 2.0),
        Part("strings", "tune", _EACH, 0.55, 1, 0.95),
        Part("pluck", "bass", _EACH, 0.8, -2, 1),
    ),
    "electronic": (
        Part("pad", "chord", (0,), 0.45, 0, 4.0),
        Part("saw", "arpeggio", _HALVES, 0.28, 1, 0.4),
        Part("bass", "bass", _EACH, 0.8, -2, 0.8),
        _drum("kick", _EACH, 1.0),
        _drum("hat", _OFF, 0.5),
    ),
    "dance": (
        Part("saw", "chord", (0.5, 1.5, 2.5, 3.5), 0.22, 0, 0.3),
        Part("saw", "bass", _OFF, 0.35, -2, 0.4),
        _drum("kick", _EACH, 1.2),
        _drum("snare", (1, 3), 0.5),
        _drum("hat", _OFF, 0.5),
    ),
    "rock": (
        Part("drive", "chord", _EACH, 0.3, -1, 0.95),
        Part("bass", "bass", _HALVES, 0.5, -2, 0.45),
        _drum("kick", (0, 2, 2.5), 1.0),
        _drum("snare", (1, 3), 0.9),
        _drum("hat", _EACH, 0.4),
    ),
    "hip hop": (
        Part("piano", "chord", (0, 2.5), 0.5, 0, 1.5),
        Part("bass", "bass", (0, 1.5, 2), 1.0, -2, 1.2),
        _drum("kick", (0, 2), 1.2),
        _drum("snare", (1, 3), 0.9),
        _drum("hat", _HALVES, 0.25),
    ),
    "ambient": (Part("pad", "chord", (0,), 0.7, 0, 4.0), Part("bell", "arpeggio", _EACH, 0.5, 1, 2.0)),
    "brass band": (
        Part("brass", "chord", _EACH, 0.45, 0, 0.8),
        Part("brass", "tune", (0, 1, 2, 2.5, 3), 0.4, 1, 0.6),
        Part("brass", "bass", (0, 2), 0.6, -2, 0.9),
        _drum("kick", (0, 2), 0.8),
        _drum("snare", _EACH, 0.35),
    ),
    "choral": (
        Part("choir", "chord", (0, 2), 0.6, 0, 2.0),
        Part("choir", "tune", _EACH, 0.6, 1, 1.0),
        Part("organ", "bass", (0, 2), 0.4, -1, 1.9),
    ),
    "reggae": (
        Part("organ", "chord", _OFF, 0.4, 0, 0.25),
        Part("bass", "bass", (0, 1, 2, 3, 3.5), 1.1, -2, 0.8),
        _drum("kick", (0, 2), 0.8),
        _drum("snare", (2,), 0.4),
        _drum("hat", _EACH, 0.4),
    ),
    "lullaby": (Part("bell", "arpeggio", _HALVES, 0.5, 1, 1.5), Part("bell", "bass", _EACH, 0.7, 0, 1.5)),
    "soul": (
        Part("organ", "chord", (0, 2), 0.35, 0, 1.8),
        Part("brass", "chord", (1.5, 3.5), 0.25, 1, 0.3),
        Part("bass", "bass", (0, 1, 1.5, 2, 3), 0.9, -2, 0.7),
        _drum("kick", (0, 2), 1.0),
        _drum("snare", (1, 3), 0.8),
        _drum("hat", _EACH, 0.4),
    ),
}
"""Genre to its players."""
