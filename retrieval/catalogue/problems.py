"""What is wrong with a catalogue's files: each fault with its file, line and reason, and exact counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from encoders.errors import CatalogueError

if TYPE_CHECKING:
    from pathlib import Path

KEPT = 10_000
"""Faults kept one by one; those after are counted alone, so that a ruined file can't fill the memory."""


class Severity(StrEnum):
    """What became of the faulty part."""

    ROW_SKIPPED = "row-skipped"
    """The row is not in the catalogue."""
    CELL_DROPPED = "cell-dropped"
    """The row is, without this cell."""
    CELL_CHANGED = "cell-changed"
    """The cell is, cut or cleaned of what a terminal would obey."""
    NOTE = "note"
    """Nothing is missing, but the reading rests on an assumption; never stops a strict import."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault."""

    file: Path
    line: int
    """Line where the row begins, or in JSON and Parquet the number of the record, from 1; 0 is the whole file."""
    reason: str
    """What is wrong, in a clause; names the column."""
    severity: Severity

    def __str__(self) -> str:
        """Return 'items.csv line 12: reason (row skipped)'."""
        place = f"{self.file.name} line {self.line}" if self.line else self.file.name
        return f"{place}: {self.reason} ({self.severity.replace('-', ' ')})"


Report = Callable[[int, str, Severity], None]
"""Takes the line, the reason and the severity of a fault in the file it was made for."""


def ignore_report(line: int, reason: str, severity: Severity) -> None:
    """Take a fault and keep nothing: the first of two readings reports nothing, the second everything."""


class ProblemLog:
    """Collects faults; in strict mode the first that costs or changes data raises CatalogueError."""

    def __init__(self, strict: bool) -> None:
        self._strict = strict
        self._kept: list[Problem] = []
        self._counts: Counter[Severity] = Counter()

    def reporter(self, file: Path) -> Report:
        """Return the report function of one file."""

        def report(line: int, reason: str, severity: Severity) -> None:
            problem = Problem(file, line, reason, severity)
            if self._strict and severity is not Severity.NOTE:
                raise CatalogueError(f"{problem}; mend it, or import without --strict.")
            self._counts[severity] += 1
            if len(self._kept) < KEPT:
                self._kept.append(problem)

        return report

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The first faults, at most KEPT, in the order in which they were met."""
        return tuple(self._kept)

    def count(self, severity: Severity) -> int:
        """Return how many faults of a severity there were, kept or not."""
        return self._counts[severity]
