"""New conditions with those in force: what replaces, what adds, what is taken back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from agent.linking.phrases import constraint
from agent.linking.principles import is_principle
from retrieval.types import Column, Constraint, Op, Role, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from agent.linking.fields import Fields

_LOW: Final = frozenset({Op.GT, Op.GE})
_HIGH: Final = frozenset({Op.LT, Op.LE})
_INSTEAD: Final = re.compile(r"\b(?:instead|rather)\b", re.IGNORECASE)
_ORDERED: Final = _LOW | _HIGH | {Op.ABOUT}


def values_of(one: Constraint) -> tuple[str, ...]:
    """Return the values of a constraint as words."""
    if isinstance(one.value, tuple):
        return one.value
    return (one.value,) if isinstance(one.value, str) else (f"{one.value:.10g}",)


def combine(fresh: Iterable[Constraint], fields: Fields) -> tuple[Constraint, ...]:
    """Bring the conditions of one turn together: two colours are alternatives, two features are both wanted."""
    made: list[Constraint] = []
    for one in fresh:
        same = next((place for place, other in enumerate(made) if _alternatives(one, other, fields)), None)
        if same is None:
            made = _added(made, one, fields, frozenset(map(id, made)))
        else:
            made[same] = _united(made[same], one, fields)
    return tuple(one for one in made if not _goes_without_saying(one, made, fields))


def _goes_without_saying(one: Constraint, made: Sequence[Constraint], fields: Fields) -> bool:
    """Tell whether what is not wanted is left out anyway: 'bedroom, not kitchen' of a column with one value a row."""
    column = fields.get(one.field)
    return (
        one.op.negative
        and column is not None
        and column.role is Role.FACET
        and one.status is Status.ENFORCED
        and any(
            other.field == one.field
            and other.op in (Op.EQ, Op.IN)
            and other.status is Status.ENFORCED
            and not set(values_of(other)) & set(values_of(one))
            for other in made
        )
    )


def merge(
    in_force: Sequence[Constraint],
    fresh: Sequence[Constraint],
    fields: Fields,
    compatible: Callable[[Constraint, Constraint], bool],
    applies: Callable[[Constraint, Constraint], bool],
) -> tuple[Constraint, ...]:
    """Put the conditions of a turn on top of those in force.

    On one column the new replaces the old, but: a bound keeps the old bound of the other side unless they
    contradict; what is not wanted adds up; features of a list add up, kinds of a list (genre) replace. A new kind of
    thing also replaces an old one of another column that nothing has together with it: shoes after dresses.
    Conditions that the new kind can't have go with the old one: films are not waterproof. `compatible` tells whether
    any item satisfies both, `applies` whether any item of the second has a value for the first at all.
    """
    merged = list(in_force)
    for one in fresh:
        if one.status is Status.ENFORCED and one.field in fields.categories and not one.op.negative:
            merged = [
                old
                for old in merged
                if old in fresh
                or old.field == one.field
                or (compatible(old, one) if _kind(old, fields) else applies(old, one))
            ]
        merged = _added(merged, one, fields, frozenset(map(id, fresh)))
    return tuple(merged)


def is_kind(one: Constraint, fields: Fields) -> bool:
    """Tell whether a condition that is checked says what kind of thing is wanted."""
    return one.status is Status.ENFORCED and one.field in fields.categories


def is_seen(one: Constraint) -> bool:
    """Tell whether a picture says a condition, and no words of the person."""
    return one.field is not None and not one.said


def without(in_force: Sequence[Constraint], dropped: Sequence[Constraint]) -> tuple[Constraint, ...]:
    """Return the conditions that were not taken back."""
    return tuple(one for one in in_force if one not in dropped)


def _kind(one: Constraint, fields: Fields) -> bool:
    return one.field in fields.categories and not one.op.negative and one.status is not Status.RANKED


def _added(
    old: Sequence[Constraint], one: Constraint, fields: Fields, fresh: frozenset[int] = frozenset()
) -> list[Constraint]:
    """Add one condition, dropping or narrowing what it replaces; those in `fresh` are of the same turn and stay."""
    column = fields.get(one.field)
    if column is None or one.status is Status.RANKED:
        # Of the same words wanted and not wanted the newer holds: 'less sad' after 'sad'.
        others = [
            other
            for other in old
            if (other.field, other.value) != (one.field, one.value)
            or (other.op is not one.op and other.op.negative is one.op.negative)
        ]
        return [*others, one]
    kept: list[Constraint] = []
    new = one
    for other in old:
        if other.field != one.field or other.status is Status.RANKED:
            kept.append(other)
        elif one.op.negative and other.op.negative:
            values = tuple(dict.fromkeys((*values_of(other), *values_of(new))))
            said = f"{other.said}, {new.said}" if is_principle(other.said) else new.said
            new = constraint(column, values, said, avoid=True)
        elif one.op.negative or other.op.negative:
            kept.extend(_less(other, one, column))
        elif _stays(other, one, column, fields, id(other) in fresh):
            kept.append(other)
    return [*kept, new]


def _less(other: Constraint, one: Constraint, column: Column) -> list[Constraint]:
    """Return `other` without the values of `one`: wanting leather takes back 'not leather'."""
    if other.op in _ORDERED or column.role in (Role.NUMBER, Role.DATE):
        return [] if values_of(other) == values_of(one) and other.op not in _LOW | _HIGH else [other]
    left = tuple(value for value in values_of(other) if value not in values_of(one))
    if not left:
        return []
    if left == values_of(other):
        return [other]
    return [constraint(column, left, other.said, avoid=other.op.negative)]


def _stays(other: Constraint, one: Constraint, column: Column, fields: Fields, together: bool) -> bool:
    """Tell whether an older positive condition on the same column holds beside the new one."""
    if one.op in _LOW | _HIGH:
        opposite = _HIGH if one.op in _LOW else _LOW
        return other.op in opposite and not _contradict(other, one)
    if column.role is Role.LIST and one.op in (Op.CONTAINS, Op.IN):
        if (other.op, other.value) == (one.op, one.value) or (not together and _INSTEAD.search(one.said)):
            return False
        if not together and _is_amount(other) and _is_amount(one):
            return False  # a tent for two, after one for four
        return together or column.name not in fields.categories
    return False


def _is_amount(one: Constraint) -> bool:
    """Tell whether all values of a condition have a number in them, as sizes do."""
    return all(any(mark.isdigit() for mark in value) for value in values_of(one))


def _contradict(a: Constraint, b: Constraint) -> bool:
    low, high = (a, b) if a.op in _LOW else (b, a)
    if isinstance(low.value, float | int) and isinstance(high.value, float | int):
        return low.value > high.value or (low.value == high.value and (low.op, high.op) != (Op.GE, Op.LE))
    # '2024' and '2024-05' overlap, so only the length that both have is compared.
    length = min(len(str(low.value)), len(str(high.value)))
    return str(low.value)[:length] > str(high.value)[:length]


def _alternatives(one: Constraint, other: Constraint, fields: Fields) -> bool:
    """Tell whether two conditions of a turn are values of one facet, of which an item has one only."""
    column = fields.get(one.field)
    positive = {Op.EQ, Op.IN}
    return (
        column is not None
        and column.role is Role.FACET
        and one.field == other.field
        and one.op in positive
        and other.op in positive
        and one.status is other.status
        and isinstance(one.value, str | tuple)
    )


def _united(old: Constraint, new: Constraint, fields: Fields) -> Constraint:
    """Unite alternatives; where one is a part of the other, the narrower was meant: 'boots' and 'walking boots'."""
    column = fields.get(old.field)
    first, second = values_of(old), values_of(new)
    if column is None or set(second) == set(first):
        return old
    if set(first) < set(second):
        return old
    if set(second) < set(first):
        return new
    return constraint(column, tuple(dict.fromkeys((*first, *second))), f"{old.said}, {new.said}", avoid=False)
