"""When two conditions say the same: each is taken apart into atoms, and atoms are compared.

'==', 'in' and 'contains' are one form; '!=' and 'not in' another, one atom a value. A date stands for the first or last
day of the time it names, so that '> 2012' is '>= 2013-01-01'; a year has no fractions, so that '> 2012' is '>= 2013'.
'Not yes' of a column of yes and no is 'no'. An open and a closed bound on any other number are the same, because people
say 'less than', 'under' and 'tops' of both and the labels were written by four hands.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from retrieval.types import Column, Constraint, Op, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agent.linking.fields import Fields

ONE_OF, NONE_OF = "in", "not in"
LOWER: Final = frozenset({Op.GT.value, Op.GE.value})
UPPER: Final = frozenset({Op.LT.value, Op.LE.value})
_EQUAL: Final = frozenset({Op.EQ, Op.IN, Op.CONTAINS})
_CLOSED: Final = {Op.LT: Op.LE, Op.GT: Op.GE}
_TOLERANCE: Final = 1e-6
_DATE: Final = re.compile(r"^(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


@dataclass(frozen=True, slots=True)
class Atom:
    """A part of a condition that holds or not by itself."""

    field: str
    form: str
    """ONE_OF, NONE_OF or the sign of a bound."""
    values: tuple[str | float, ...]
    """Folded, in an order of their own; several of ONE_OF only."""
    several: bool = False
    """Whether an item may have several values of the field."""


def atoms(constraints: Iterable[Constraint], fields: Fields) -> tuple[Atom, ...]:
    """Take constraints apart; those without a column are left out."""
    return tuple(atom for one in constraints if one.field is not None for atom in _atoms(one, fields))


def same(one: Atom, other: Atom) -> bool:
    """Tell whether two atoms say the same, numbers within one part in a million."""
    if (one.field, one.form, len(one.values)) != (other.field, other.form, len(other.values)):
        return False
    return all(_equal(a, b) for a, b in zip(one.values, other.values, strict=True))


def stands_for(one: Atom, other: Atom) -> bool:
    """Tell whether an atom can stand in the place of another: a bound on the same side, an overlapping choice.

    Another value of a facet can, because an item has one value only; of a list both could be wanted.
    """
    if one.field != other.field:
        return False
    for side in (LOWER, UPPER):
        if {one.form, other.form} <= side | {Op.ABOUT.value}:
            return True
    if one.form != other.form:
        return Op.ABOUT.value in (one.form, other.form) and ONE_OF in (one.form, other.form)
    return not one.several or any(_equal(a, b) for a in one.values for b in other.values)


def _equal(one: str | float, other: str | float) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=_TOLERANCE)
    return one == other


def _atoms(one: Constraint, fields: Fields) -> list[Atom]:
    name, column = str(one.field), fields.get(one.field)
    if column is not None and column.role is Role.DATE and one.op is not Op.ABOUT:
        return _dates(one, column)
    values = _folded(one)
    several = column is not None and column.role is Role.LIST
    if one.op.negative:
        truth = fields.truth(column) if column is not None else None
        if truth is not None and column is not None and values == (_fold(truth),):
            other = tuple(sorted(_fold(v) for v in column.values if _fold(v) != _fold(truth)))
            return [Atom(name, ONE_OF, other or (0.0,))]
        return [Atom(name, NONE_OF, (value,), several) for value in values]
    if one.op in _EQUAL:
        return [Atom(name, ONE_OF, values, several)]
    if column is not None and column is fields.year and isinstance(values[0], float):
        return [_year(name, one.op, values[0])]
    return [Atom(name, _CLOSED.get(one.op, one.op).value, values)]


def _year(name: str, op: Op, value: float) -> Atom:
    if op is Op.GT:
        return Atom(name, Op.GE.value, (value + 1,))
    if op is Op.LT:
        return Atom(name, Op.LE.value, (value - 1,))
    return Atom(name, op.value, (value,))


def _dates(one: Constraint, column: Column) -> list[Atom]:
    words = one.value if isinstance(one.value, tuple) else (one.value,)
    days = sorted(_span(word if isinstance(word, str) else f"{word:.10g}") for word in words)
    first, last = days[0]
    match one.op:
        case Op.GE:
            return [Atom(column.name, Op.GE.value, (first.isoformat(),))]
        case Op.GT:
            return [Atom(column.name, Op.GE.value, (_shifted(last, 1).isoformat(),))]
        case Op.LE:
            return [Atom(column.name, Op.LE.value, (last.isoformat(),))]
        case Op.LT:
            return [Atom(column.name, Op.LE.value, (_shifted(first, -1).isoformat(),))]
        case Op.NE | Op.NOT_IN:
            return [Atom(column.name, NONE_OF, (f"{a}/{b}",)) for a, b in days]
        case _ if len(days) == 1:
            bounds = ((Op.GE, first), (Op.LE, last))
            return [Atom(column.name, op.value, (day.isoformat(),)) for op, day in bounds]
        case _:
            return [Atom(column.name, ONE_OF, tuple(f"{a}/{b}" for a, b in days))]


def _span(word: str) -> tuple[date, date]:
    """Return the first and last day of 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD', with or without a time."""
    year, month, day = (int(part) if part else None for part in _DATE.findall(word)[0])
    first = date(year or 1, month or 1, day or 1)
    if day:
        return first, first
    after = date(first.year + (first.month if month else 12) // 12, first.month % 12 + 1 if month else 1, 1)
    return first, _shifted(after, -1)


def _shifted(day: date, by: int) -> date:
    return date.fromordinal(day.toordinal() + by)


def _folded(one: Constraint) -> tuple[str | float, ...]:
    values = one.value if isinstance(one.value, tuple) else (one.value,)
    folded = {_fold(value) for value in values}
    return tuple(sorted(folded, key=lambda value: (isinstance(value, str), value)))


def _fold(value: str | float) -> str | float:
    """Fold case and spaces; a word that is a number is one, as '9' of a facet of sizes is."""
    word = " ".join(str(value).split()).casefold()
    try:
        number = float(word)
    except ValueError:
        return word
    return number if math.isfinite(number) else word
