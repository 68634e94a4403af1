"""How well the bundled statistics hear, on any catalogue with sounds: itself through changes, its like, its tempo.

A clip finds its own item; the nearest others share its facets more than any others do; and the tempo told of it is the
catalogue's. The second column is what guessing comes to: any item, or the median tempo for all.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from encoders.audio import LogMelStatistics
from encoders.errors import InputError
from encoders.sound import SoundLimits, decode_sound
from encoders.tempo import tempo
from encoders.tonality import mode
from eval.benchmarks.changed_sounds import changes
from eval.benchmarks.protocol import Table
from eval.metrics import mean
from retrieval.opening import read_catalogue
from retrieval.types import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from encoders.protocols import Samples, TextEncoder, Vectors
    from eval.metrics import Mean
    from retrieval.types import Column, Item

_NEAREST = 3
_FEWEST = 4
"""Sounds below which nearest ones say nothing."""
_TOLERANCE = 0.08
"""Of a tempo, twice the usual 4 % (Gouyon et al. 2006): previews are a few seconds long."""
_MOST_VALUES = 0.5
"""A facet with a value for every other sound is a name, which no ear can tell."""
_SECONDS = 30.0


class SoundLikeness:
    """The benchmark `sound`."""

    name = "sound"
    about = (
        "clips find their own item through codecs, cuts and noise; nearest share facets; tempo and mode told"
    )

    def run(self, data: Path, text: TextEncoder, say: Callable[[str], None]) -> Table:
        """Measure on the items with sounds of the catalogue at `data`; words play no part.

        Raises InputError when it has fewer than four sounds that can be decoded.
        """
        with tempfile.TemporaryDirectory(prefix="vitrine-bench-") as folder:
            imported = read_catalogue(str(data), Path(folder))
        items, sounds = _decoded(imported.items)
        if len(items) < _FEWEST:
            raise InputError(f"{data} has {len(items)} sounds that can be read, and {_FEWEST} are needed.")
        say(f"encoding {len(items):,} sounds")
        encoder = LogMelStatistics()
        vectors = encoder.encode_sounds(sounds)
        rows: dict[str, list[Mean]] = {}
        for name, change in changes().items():
            say(name)
            rows[f"own sound first: {name}"] = own_first(
                encoder.encode_sounds([change(one) for one in sounds]), vectors
            )
        for column in _told_by_ear(imported.columns, items):
            rows[f"{_NEAREST} nearest share {column.label}"] = sharing(
                vectors, [item.fields.get(column.name) for item in items]
            )
        rows |= _tempi(imported.columns, items, sounds)
        rows |= _modes(imported.columns, items, sounds)
        return Table(
            f"Sounds of {imported.name}", ["measured", "by guessing"], rows, {"sounds": str(len(items))}
        )


def own_first(changed: Vectors, vectors: Vectors) -> list[Mean]:
    """Return how many changed sounds are nearest to what they were."""
    right = np.argmax(changed @ vectors.T, axis=1) == np.arange(len(vectors))
    return [mean(right.astype(float).tolist()), mean([1 / len(vectors)] * len(vectors))]


def sharing(vectors: Vectors, values: Sequence[object]) -> list[Mean]:
    """Return how many of the nearest others have the same value, and how many of all others do."""
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, -np.inf)
    nearest = np.argsort(-likeness, axis=1)[:, :_NEAREST]
    near, anywhere = [], []
    for row, value in enumerate(values):
        if value is not None:
            near.append(float(np.mean([values[other] == value for other in nearest[row]])))
            others = [other == value for place, other in enumerate(values) if place != row]
            anywhere.append(float(np.mean(others)))
    return [mean(near), mean(anywhere)]


def within_tolerance(
    told: NDArray[np.float64], true: NDArray[np.float64], times: Sequence[float]
) -> list[float]:
    """Return 1 for each tempo told within 8 % of one of `times` the true one; NaN, nothing told, is wrong."""
    ratios = told[:, None] / (true[:, None] * np.asarray(times)[None, :])
    with np.errstate(invalid="ignore"):
        right = np.any(np.abs(ratios - 1) <= _TOLERANCE, axis=1)
    return [float(one) for one in right]


def _decoded(items: Sequence[Item]) -> tuple[list[Item], list[Samples]]:
    kept: list[Item] = []
    sounds: list[Samples] = []
    for item in items:
        if item.sound is not None:
            try:
                samples = decode_sound(Path(item.sound), SoundLimits(max_seconds=_SECONDS, cut=True))
            except InputError:
                continue
            kept.append(item)
            sounds.append(samples)
    return kept, sounds


def _told_by_ear(columns: Sequence[Column], items: Sequence[Item]) -> list[Column]:
    found = []
    for column in columns:
        values = {item.fields[column.name] for item in items if column.name in item.fields}
        if column.role is Role.FACET and 1 < len(values) <= _MOST_VALUES * len(items):
            found.append(column)
    return found


def _tempi(
    columns: Sequence[Column], items: Sequence[Item], sounds: Sequence[Samples]
) -> dict[str, list[Mean]]:
    column = next((one for one in columns if one.role is Role.NUMBER and _is_tempo(one)), None)
    if column is None:
        return {}
    pairs = [
        (tempo(samples) or np.nan, float(str(item.fields[column.name])))
        for item, samples in zip(items, sounds, strict=True)
        if column.name in item.fields
    ]
    told, true = np.asarray(pairs, np.float64).reshape(-1, 2).T
    median = np.full(len(true), np.median(true)) if len(true) else true
    return {
        label: [mean(within_tolerance(one, true, times)) for one in (told, median)]
        for label, times in (
            ("tempo within 8 %", (1.0,)),
            ("tempo, its half or its double within 8 %", (0.5, 1.0, 2.0)),
        )
    }


def _is_tempo(column: Column) -> bool:
    return column.unit == "bpm" or column.label.casefold() in ("tempo", "bpm")


def _modes(
    columns: Sequence[Column], items: Sequence[Item], sounds: Sequence[Samples]
) -> dict[str, list[Mean]]:
    column = next((one for one in columns if {"major", "minor"} <= set(one.values)), None)
    if column is None:
        return {}
    pairs = [
        (mode(samples), item.fields.get(column.name)) for item, samples in zip(items, sounds, strict=True)
    ]
    told = [(said, true) for said, true in pairs if said is not None and true is not None]
    most = max([true for _, true in told].count(value) for value in ("major", "minor")) / max(len(told), 1)
    return {
        "mode is told": [mean([float(said is not None) for said, _ in pairs]), mean([1.0] * len(pairs))],
        "mode is right where told": [
            mean([float(said == true) for said, true in told]),
            mean([most] * len(told)),
        ],
    }
