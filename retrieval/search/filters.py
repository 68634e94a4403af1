"""Constraints to masks: which rows of a catalogue satisfy a condition, vectorised over columns.

| column | `==` `in` | `!=` `not in` | `<` `<=` `>` `>=` | `~` | `contains` |
|---|---|---|---|---|---|
| NUMBER | equal | not equal | by value | within 15 %, see NumberColumn.reach | as `==` |
| DATE | inside the named time | not inside | whole date before or after | years ±2, months ±2, days ±7 | as `==` |
| FACET, LIST, ID | any value equal | no value equal | values that are numbers | values that are numbers | as `==` |
| TEXT, TITLE | as `contains` | not as `contains` | – | – | the phrase, stems compared |

A row without the value fails every condition but `!=` and `not in`, which it passes. Facet values are compared whole,
case and white space folded.
"""

from __future__ import annotations

import operator
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from encoders.errors import InputError
from retrieval.search.columns import (
    CodedColumn,
    DateColumn,
    Mask,
    NumberColumn,
    TextColumn,
    fold,
    fold_date,
    sort_keys,
    span,
)
from retrieval.types import Column, Constraint, Op, Role, Status, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from retrieval.snapshot import Snapshot

_ORDER: dict[Op, Callable[..., Mask]] = {
    Op.LT: operator.lt,
    Op.LE: operator.le,
    Op.GT: operator.gt,
    Op.GE: operator.ge,
}
_POSITIVE = {Op.NE: Op.EQ, Op.NOT_IN: Op.IN}
_EQUAL = frozenset({Op.EQ, Op.IN, Op.CONTAINS})


class Filters:
    """The masks of one generation of a catalogue; columns are laid out on first use and kept."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Read nothing yet."""
        self._snapshot = snapshot
        self._columns = {column.name: column for column in snapshot.columns}
        self._numbers: dict[str, NumberColumn] = {}
        self._coded: dict[str, CodedColumn] = {}
        self._dates: dict[str, DateColumn] = {}
        self._texts: dict[str, TextColumn] = {}
        self._masks = lru_cache(maxsize=256)(self._compute)
        self._keys = lru_cache(maxsize=16)(self._compute_keys)

    def enforced(self, constraints: Iterable[Constraint]) -> Mask:
        """Return the rows that satisfy every ENFORCED constraint, shape (rows,).

        Raises InputError when one of them can't be checked.
        """
        mask = np.ones(len(self._snapshot), dtype=np.bool_)
        for constraint in constraints:
            if constraint.status is Status.ENFORCED:
                mask &= self.mask(constraint)
        return mask

    def mask(self, constraint: Constraint) -> Mask:
        """Return the rows that satisfy a constraint, whatever its status, shape (rows,), read-only.

        Raises InputError when its column is unknown or can't be compared in that way.
        """
        return self._masks(constraint.field, constraint.op, constraint.value, constraint.said)

    def checkable(self, constraint: Constraint) -> bool:
        """Return whether `mask` would answer."""
        try:
            self.mask(constraint)
        except InputError:
            return False
        return True

    def sort_keys(self, name: str) -> NDArray[np.float64]:
        """Return a column as numbers in its order, NaN where empty: its own, or places in the order of its words.

        Read-only. Raises InputError when the column is unknown.
        """
        return self._keys(name)

    def _compute_keys(self, name: str) -> NDArray[np.float64]:
        column = self._column(name, f"sort by {name}")
        if column.role is Role.NUMBER:
            keys = self._number(column).values.copy()
        elif column.role is Role.TITLE:
            keys = sort_keys([(fold(title),) for title in self._snapshot.titles()])
        elif column.role is Role.ID:
            keys = sort_keys([(item_id,) for item_id in self._snapshot.ids])
        else:
            keys = sort_keys([tuple(map(fold, cell)) for cell in self._snapshot.words(name)])
        keys.flags.writeable = False  # they are kept and shared
        return keys

    def _compute(self, field: str | None, op: Op, value: Value, said: str) -> Mask:
        column = self._column(field, said)
        positive = _POSITIVE.get(op, op)
        mask = self._holds(column, positive, value, said)
        if positive is not op:
            mask = ~mask
        mask.flags.writeable = False  # it is kept and shared
        return mask

    def _holds(self, column: Column, op: Op, value: Value, said: str) -> Mask:
        match column.role:
            case Role.NUMBER:
                return self._holds_number(column, op, value, said)
            case Role.DATE:
                return self._holds_date(column, op, value, said)
            case Role.FACET | Role.LIST | Role.ID:
                return self._holds_facet(column, op, value, said)
            case Role.TEXT | Role.TITLE if op in _EQUAL:
                text = self._text(column)
                return self._any(text.containing(phrase) for phrase in _words(value))
            case _:
                raise _unfit(column, op, said)

    def _holds_number(self, column: Column, op: Op, value: Value, said: str) -> Mask:
        numbers = self._number(column)
        wanted = _numbers(value, column, said)
        if op in _EQUAL:
            return numbers.equal(wanted)
        if len(wanted) != 1:
            raise _unfit(column, op, said)
        return numbers.about(wanted[0]) if op is Op.ABOUT else numbers.compare(_ORDER[op], wanted[0])

    def _holds_date(self, column: Column, op: Op, value: Value, said: str) -> Mask:
        dates = self._date(column)
        wanted = [fold_date(word) for word in _words(value)]
        if op in _EQUAL:
            return self._any(dates.within(*span(day)) for day in wanted)
        if len(wanted) != 1:
            raise _unfit(column, op, said)
        first, last = span(wanted[0])
        match op:
            case Op.LT:
                return dates.before(first)
            case Op.LE:
                return dates.within("", last)
            case Op.GT:
                return dates.after(last)
            case Op.GE:
                return dates.within(first, "\U0010ffff")
            case _:
                return dates.within(*_around(wanted[0], column, said))

    def _holds_facet(self, column: Column, op: Op, value: Value, said: str) -> Mask:
        facet = self._facet(column)
        if op in _EQUAL:
            return facet.equal(map(fold, _words(value)))
        # Years and sizes are often facets: those values that are numbers can be compared as such.
        values = NumberColumn(np.array([_number(word) for word in facet.values], dtype=np.float64))
        wanted = _numbers(value, column, said)
        if len(wanted) != 1 or not np.isfinite(values.values).any():
            raise _unfit(column, op, said)
        chosen = values.about(wanted[0]) if op is Op.ABOUT else values.compare(_ORDER[op], wanted[0])
        return facet.having(chosen)

    def _any(self, masks: Iterable[Mask]) -> Mask:
        """Return the rows of any mask; none of no masks."""
        together = np.zeros(len(self._snapshot), dtype=np.bool_)
        for mask in masks:
            together |= mask
        return together

    def _column(self, name: str | None, said: str) -> Column:
        if name is None or name not in self._columns:
            raise InputError(
                f"'{said}' can't be checked because this catalogue has no column for it; leave it out."
            )
        return self._columns[name]

    def _number(self, column: Column) -> NumberColumn:
        if column.name not in self._numbers:
            self._numbers[column.name] = NumberColumn(self._snapshot.numbers(column.name))
        return self._numbers[column.name]

    def _facet(self, column: Column) -> CodedColumn:
        if column.name not in self._coded:
            ids = [(item_id,) for item_id in self._snapshot.ids] if column.role is Role.ID else None
            self._coded[column.name] = CodedColumn(ids or self._snapshot.words(column.name))
        return self._coded[column.name]

    def _date(self, column: Column) -> DateColumn:
        if column.name not in self._dates:
            self._dates[column.name] = DateColumn(self._snapshot.words(column.name))
        return self._dates[column.name]

    def _text(self, column: Column) -> TextColumn:
        if column.name not in self._texts:
            title = column.role is Role.TITLE
            cells = (
                [(title,) for title in self._snapshot.titles()]
                if title
                else self._snapshot.words(column.name)
            )
            self._texts[column.name] = TextColumn(cells)
        return self._texts[column.name]


def _words(value: Value) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    if isinstance(value, str):
        return (value,)
    return (str(int(value)) if float(value).is_integer() else str(value),)  # 1995.0 asks for '1995'


def _number(word: str | float) -> float:
    try:
        return float(word)
    except ValueError:
        return float("nan")


def _numbers(value: Value, column: Column, said: str) -> list[float]:
    numbers = [_number(word) for word in (value if isinstance(value, tuple) else (value,))]
    if not all(np.isfinite(numbers)):
        raise InputError(
            f"'{said}' can't be checked because {column.label} is a number; name one, or leave it out."
        )
    return numbers


def _around(day: str, column: Column, said: str) -> tuple[str, str]:
    """Return the first and last instant of 'about' a date: two years, two months or seven days either side."""
    try:
        if len(day) == len("YYYY"):
            return span(f"{int(day) - 2:04}")[0], span(f"{int(day) + 2:04}")[1]
        if len(day) == len("YYYY-MM"):
            month = int(day[:4]) * 12 + int(day[5:]) - 1
            first, last = (f"{m // 12:04}-{m % 12 + 1:02}" for m in (month - 2, month + 2))
            return span(first)[0], span(last)[1]
        middle = date.fromisoformat(day[:10])
        week = timedelta(days=7)
        return span((middle - week).isoformat())[0], span((middle + week).isoformat())[1]
    except (ValueError, OverflowError):
        raise InputError(
            f"'{said}' can't be checked because '{day}' is no date for {column.label}; write it as YYYY-MM-DD."
        ) from None


def _unfit(column: Column, op: Op, said: str) -> InputError:
    return InputError(
        f"'{said}' can't be checked because {column.label} can't be compared with {op}; leave it out."
    )
