"""What the rows of a catalogue tell about conditions: which go together, and which columns matter among them."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from encoders.errors import InputError
from retrieval.types import Column, Constraint, Op, Role, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retrieval.search.filters import Filters
    from retrieval.snapshot import Snapshot

Mask = NDArray[np.bool_]


class Rows:
    """Counts rows by condition; a condition that can't be checked holds for all of them."""

    def __init__(self, snapshot: Snapshot, filters: Filters, kinds: frozenset[str]) -> None:
        """Lay out columns on first use; `kinds` are the names of the columns that say what an item is."""
        self._snapshot = snapshot
        self._kinds = kinds
        self._filters = filters
        self._filled = lru_cache(maxsize=256)(self._fill)

    def mask(self, constraint: Constraint) -> Mask:
        """Return which rows satisfy a condition."""
        try:
            return self._filters.mask(constraint)
        except InputError:
            return np.ones(len(self._snapshot), dtype=np.bool_)

    def all_of(self, constraints: Iterable[Constraint]) -> Mask:
        """Return which rows satisfy every enforced condition."""
        mask = np.ones(len(self._snapshot), dtype=np.bool_)
        for constraint in constraints:
            if constraint.status is Status.ENFORCED:
                mask = mask & self.mask(constraint)
        return mask

    def only(self, items: Iterable[str]) -> Mask:
        """Return a mask of the rows of some items; of an id that the catalogue lacks there is no row."""
        mask = np.zeros(len(self._snapshot), dtype=np.bool_)
        for item in items:
            with suppress(KeyError):
                mask[self._snapshot.row(item)] = True
        return mask

    def together(self, a: Constraint, b: Constraint) -> bool:
        """Tell whether any row satisfies both."""
        return bool((self.mask(a) & self.mask(b)).any())

    def akin(self, column: Column, value: str, other: str) -> bool:
        """Tell whether two kinds share a value of every coarser kind that nearly all items have, such as a shelf."""
        if column.name not in self._kinds:
            return True
        rows = self.mask(Constraint(column.name, Op.EQ, value, value))
        others = self.mask(Constraint(column.name, Op.EQ, other, other))
        for coarser in self._snapshot.columns:
            few = 0 < len(coarser.values) < len(column.values) and coarser.filled >= 0.9 * len(self._snapshot)
            if few and coarser.role is Role.FACET and coarser.name in self._kinds:
                words = self._snapshot.words(coarser.name)
                mine = {words[row] for row in np.flatnonzero(rows).tolist()}
                theirs = {words[row] for row in np.flatnonzero(others).tolist()}
                if mine and theirs and not mine & theirs:
                    return False
        return True

    def applies(self, old: Constraint, kind: Constraint) -> bool:
        """Tell whether any row of a kind has a value in the column of another condition."""
        column = next((column for column in self._snapshot.columns if column.name == old.field), None)
        return column is None or self.filled(column, self.mask(kind)) > 0

    def filled(self, column: Column, among: Mask | None) -> float:
        """Count the rows of `among` that have a value in a column; of all rows where that is None."""
        return float(
            column.filled if among is None else (self._filled(column.name, column.role) & among).sum()
        )

    def having(self, column: Column, value: str, among: Mask | None) -> float:
        """Count the rows of `among` that have a value, ties broken by all rows; of all rows where that is None."""
        everywhere = float(column.values.get(value, 0))
        if among is None:
            return everywhere
        own = float((self.mask(Constraint(column.name, Op.EQ, value, value)) & among).sum())
        return own + everywhere / (len(self._snapshot) + 1)

    def quantile(self, column: Column, share: float, among: Mask | None) -> float | str | None:
        """Return the value below which `share` of the rows of `among` lie; None when none has a value."""
        rows = np.ones(len(self._snapshot), dtype=np.bool_) if among is None else among
        if column.role is Role.DATE:
            words = self._snapshot.words(column.name)
            dates = sorted(words[row][0] for row in np.flatnonzero(rows).tolist() if words[row])
            return dates[min(int(share * len(dates)), len(dates) - 1)][:10] if dates else None
        numbers = self._numbers(column)[rows]
        numbers = numbers[np.isfinite(numbers)]
        if not len(numbers):
            return None
        return float(f"{np.quantile(numbers, share, method='lower'):.6g}")

    def values(self, column: Column, items: Iterable[str]) -> list[float | str]:
        """Return the numbers or dates of items, those without one left out."""
        rows = np.flatnonzero(self.only(items)).tolist()
        if column.role is Role.DATE:
            words = self._snapshot.words(column.name)
            return [words[row][0][:10] for row in rows if words[row]]
        numbers = self._numbers(column)
        return [float(numbers[row]) for row in rows if np.isfinite(numbers[row])]

    def dates(self, column: Column, among: Mask | None) -> list[str]:
        """Return the days of a DATE column in the rows of `among`; of all rows where that is None."""
        cells = self._snapshot.words(column.name)
        rows = range(len(cells)) if among is None else np.flatnonzero(among).tolist()
        return [cells[row][0][:10] for row in rows if cells[row]]

    def words(self, column: Column, items: Iterable[str]) -> tuple[str, ...]:
        """Return the values that items have in a FACET or LIST column, each once."""
        cells = self._snapshot.words(column.name)
        rows = np.flatnonzero(self.only(items)).tolist()
        return tuple(dict.fromkeys(value for row in rows for value in cells[row]))

    def _numbers(self, column: Column) -> NDArray[np.float64]:
        if column.role is Role.NUMBER:
            return self._snapshot.numbers(column.name)
        return np.array([_number(cell) for cell in self._snapshot.words(column.name)], dtype=np.float64)

    def _fill(self, name: str, role: Role) -> Mask:
        if role is Role.NUMBER:
            return np.isfinite(self._snapshot.numbers(name))
        return np.array([bool(cell) for cell in self._snapshot.words(name)], dtype=np.bool_)


def _number(cell: tuple[str, ...]) -> float:
    try:
        return float(cell[0])
    except (IndexError, ValueError):
        return float("nan")
