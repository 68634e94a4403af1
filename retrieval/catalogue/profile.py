"""The first of two readings: how often each column is filled, and a sample of its cells to judge it by."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from encoders.errors import CatalogueError
from retrieval.catalogue.cells import is_empty

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SAMPLE = 4_000
"""Cells kept of a column: a share of 10 % is then known to ±1 % (95 %), at any length of file."""
_CELL = 2_000
"""Characters kept of a sampled cell."""
_MOST_COLUMNS = 1_000


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """What is known of a column before its role is."""

    name: str
    filled: int
    """Rows in which it holds something."""
    sample: tuple[object, ...]
    """Filled cells, drawn evenly from the whole table, at most SAMPLE; the first stays that of the first row."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a table."""

    rows: int
    columns: tuple[ColumnProfile, ...]
    """In the order in which they were met."""


def profile(rows: Iterable[tuple[int, Mapping[str, object]]]) -> Profile:
    """Read a table once. Memory is bounded by the columns, not by the rows (Vitter's reservoir, algorithm R, 1985).

    Raises CatalogueError when there are over 1,000 columns: an object with ids for keys was then taken for a row.
    """
    draw = random.Random(0)  # the same file gives the same roles
    filled: dict[str, int] = {}
    samples: dict[str, list[object]] = {}
    count = 0
    for _, row in rows:
        count += 1
        for name, cell in row.items():
            seen = filled.get(name)
            if seen is None:
                if len(filled) == _MOST_COLUMNS:
                    raise CatalogueError(
                        f"The items have over {_MOST_COLUMNS:,} columns; give one object or row to each item."
                    )
                seen, samples[name] = 0, []
                filled[name] = 0
            if is_empty(cell):
                continue
            filled[name] = seen + 1
            kept = cell[:_CELL] if isinstance(cell, str) else cell
            if seen < SAMPLE:
                samples[name].append(kept)
            elif 0 < (place := int(draw.random() * (seen + 1))) < SAMPLE:
                samples[name][place] = kept
    return Profile(
        count, tuple(ColumnProfile(name, number, tuple(samples[name])) for name, number in filled.items())
    )
