"""Columns laid out for filtering and sorting: numbers as arrays, words as codes of their distinct values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from retrieval.search.analysis import terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Mask = NDArray[np.bool_]
"""One truth value a row."""

ABOUT_SHARE = 0.15
"""'About 80' is 68 to 92, unless the column is much narrower or wider than its numbers are large."""
_ABOUT_SPREAD = (0.01, 0.15)
"""'About' reaches at least and at most these parts of the span of the middle 90 % of a column: 'about 1995' is some
years and not ±299, and 'about 0' is not 0 alone."""
_SAME = 1e-9
"""Numbers are equal when they differ by less than this part of the larger one: 0.1 + 0.2 is 0.3."""


def fold(value: str) -> str:
    """Return a facet value as it is compared: case folded, white space single."""
    return " ".join(value.casefold().split())


class NumberColumn:
    """A NUMBER column: NaN where empty, and no comparison holds for NaN."""

    def __init__(self, values: NDArray[np.float64]) -> None:
        """Keep `values`, shape (rows,)."""
        self.values = values
        present = values[np.isfinite(values)]
        low, high = np.quantile(present, (0.05, 0.95)) if len(present) else (0.0, 0.0)
        self._span = float(high - low)

    def equal(self, numbers: Iterable[float]) -> Mask:
        """Return where the value is one of `numbers`."""
        mask = np.zeros(len(self.values), dtype=np.bool_)
        for number in numbers:
            mask |= np.abs(self.values - number) <= _SAME * np.maximum(np.abs(self.values), abs(number))
        return mask

    def compare(self, op: Callable[[NDArray[np.float64], float], Mask], number: float) -> Mask:
        """Return where op(value, number) holds."""
        with np.errstate(invalid="ignore"):
            return op(self.values, number)

    def reach(self, number: float) -> float:
        """Return how far 'about `number`' goes either side: 15 %, kept within 1–15 % of the column's span."""
        near = ABOUT_SHARE * abs(number)
        if self._span == 0:
            return near
        least, most = _ABOUT_SPREAD
        return min(max(near, least * self._span), most * self._span)

    def about(self, number: float) -> Mask:
        """Return where the value is within `reach` of `number`."""
        return np.abs(self.values - number) <= self.reach(number) * (1 + _SAME)


class CodedColumn:
    """A FACET, LIST or DATE column: each distinct folded value once, and which rows have it."""

    def __init__(self, cells: Sequence[tuple[str, ...]], fold: Callable[[str], str] = fold) -> None:
        """Code `cells`, one tuple of values a row."""
        codes: dict[str, int] = {}
        pairs = [
            (row, codes.setdefault(fold(value), len(codes)))
            for row, cell in enumerate(cells)
            for value in cell
        ]
        self.values: tuple[str, ...] = tuple(codes)
        """Distinct values, folded."""
        self._code = codes
        self._rows, self._codes = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        self._length = len(cells)

    def having(self, chosen: Mask) -> Mask:
        """Return the rows with any value that is `chosen`, shape (len(values),)."""
        mask = np.zeros(self._length, dtype=np.bool_)
        mask[self._rows[chosen[self._codes]]] = True
        return mask

    def equal(self, values: Iterable[str]) -> Mask:
        """Return the rows with any of the values, already folded."""
        chosen = np.zeros(len(self.values), dtype=np.bool_)
        chosen[[self._code[value] for value in values if value in self._code]] = True
        return self.having(chosen)


class TextColumn:
    """A TEXT or TITLE column: the terms of each row, with an inverted index."""

    def __init__(self, cells: Sequence[tuple[str, ...]]) -> None:
        """Split `cells` into terms."""
        self._terms = [terms(" ".join(cell)) for cell in cells]
        self._rows: dict[str, list[int]] = {}
        for row, found in enumerate(self._terms):
            for term in set(found):
                self._rows.setdefault(term, []).append(row)

    def containing(self, phrase: str) -> Mask:
        """Return the rows with the words of `phrase` side by side and in order, stems compared; none for ''."""
        mask = np.zeros(len(self._terms), dtype=np.bool_)
        wanted = terms(phrase)
        postings = [self._rows.get(term, []) for term in wanted]
        rows = set.intersection(*map(set, postings)) if postings else set()
        mask[[row for row in rows if len(wanted) == 1 or self._adjacent(row, wanted)]] = True
        return mask

    def _adjacent(self, row: int, wanted: list[str]) -> bool:
        found = self._terms[row]
        starts = [start for start, term in enumerate(found) if term == wanted[0]]
        return any(found[start : start + len(wanted)] == wanted for start in starts)


_FIRST, _LAST = "0000-01-01T00:00:00", "9999-12-31T23:59:59~"
"""Completions of a date's prefix to its first and last instant as text; '~' sorts after fractions and zones."""


def fold_date(value: str) -> str:
    """Return a date as it is compared: 'T' before the time."""
    return value.strip().replace(" ", "T", 1).upper()


class DateColumn:
    """A DATE column; a date cut short ('1995', '1995-06') stands for all instants it covers.

    A comparison holds when it holds for every instant of the row's date: '1995' is not known to be before June 1995.
    """

    def __init__(self, cells: Sequence[tuple[str, ...]]) -> None:
        """Code `cells`, one date a row or ()."""
        self._column = CodedColumn(cells, fold_date)
        spans = [span(value) for value in self._column.values]
        self._first = np.array([first for first, _ in spans], dtype=np.str_)
        self._last = np.array([last for _, last in spans], dtype=np.str_)

    def within(self, first: str, last: str) -> Mask:
        """Return where the whole date lies in first…last, instants as text, both included."""
        return self._column.having((first <= self._first) & (self._last <= last))

    def before(self, instant: str) -> Mask:
        """Return where the whole date lies before `instant`."""
        return self._column.having(self._last < instant)

    def after(self, instant: str) -> Mask:
        """Return where the whole date lies after `instant`."""
        return self._column.having(self._first > instant)


def span(date: str) -> tuple[str, str]:
    """Return the first and last instant of a folded date, as text."""
    return date + _FIRST[len(date) :], date + _LAST[len(date) :]


def sort_keys(cells: Sequence[tuple[str, ...]]) -> NDArray[np.float64]:
    """Return the place of each row's words in the order of the column's words, NaN where empty."""
    distinct = sorted({cell for cell in cells if cell})
    places = {cell: float(place) for place, cell in enumerate(distinct)}
    return np.array([places.get(cell, np.nan) for cell in cells], dtype=np.float64)
