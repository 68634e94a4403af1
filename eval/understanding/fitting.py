"""Cases as one catalogue spells them: its columns and values, ids in place of '#2'."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from agent.linking.phrases import constraint as linked_constraint
from encoders.errors import InputError
from eval.understanding.condition import write_condition
from retrieval.types import Column, Constraint, Op, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.linking.fields import Fields
    from eval.understanding.case import Case
    from retrieval.snapshot import Snapshot

_BOUNDS: Final = {Op.LT: "under", Op.LE: "up to", Op.GT: "over", Op.GE: "from", Op.ABOUT: "around"}
_EQUAL: Final = frozenset({Op.EQ, Op.IN, Op.CONTAINS})
_NUMBERED: Final = re.compile(r"#([1-9]\d*)")


def fitted(case: Case, snapshot: Snapshot, fields: Fields) -> Case:
    """Return the case with columns and values as the catalogue spells them, and all references as ids.

    Constraints in force get words as a person may have said them.

    Raises InputError naming the case and the key when a column, a value or an id is not in the catalogue.
    """
    given, ids = case.given, frozenset(snapshot.ids)
    asked = _column(given.asked, fields, case, "asked").label if given.asked else None
    items = None if case.items is None else _ids(case.items, given.screen, ids, case, "items")
    return replace(
        case,
        where=tuple(_fit(one, fields, case, "where") for one in case.where),
        may=tuple(_fit(one, fields, case, "may") for one in case.may),
        items=items,
        sort=_sort(case, fields),
        given=replace(
            given,
            where=tuple(_fit(one, fields, case, "given.where") for one in given.where),
            screen=_ids(given.screen, (), ids, case, "given.screen"),
            asked=asked,
        ),
    )


def _sort(case: Case, fields: Fields) -> str | None:
    if case.sort is None:
        return None
    falls = "-" if case.sort.startswith("-") else ""
    return falls + _column(case.sort.removeprefix("-"), fields, case, "sort").name


def _column(name: str, fields: Fields, case: Case, key: str) -> Column:
    found = fields.get(name) or next(
        (c for c in fields.columns if c.name.casefold() == name.casefold()), None
    )
    if found is None:
        names = ", ".join(column.name for column in fields.columns)
        raise InputError(f"In {case.place} `{key}` names “{name}”, which is no column: use one of {names}.")
    return found


def _ids(
    names: Sequence[str], screen: Sequence[str], ids: frozenset[str], case: Case, key: str
) -> tuple[str, ...]:
    found: list[str] = []
    for name in names:
        numbered = _NUMBERED.fullmatch(name)
        if numbered and int(numbered[1]) <= len(screen):
            name = screen[int(numbered[1]) - 1]
        if name not in ids:
            raise InputError(f"In {case.place} `{key}` has {name}, which is no item: correct it.")
        found.append(name)
    return tuple(found)


def _fit(one: Constraint, fields: Fields, case: Case, key: str) -> Constraint:
    column = _column(str(one.field), fields, case, key)
    wrong = f"In {case.place} `{key}` has “{write_condition(one)}”"
    if column.role in (Role.FACET, Role.LIST) and (one.op in _EQUAL or one.op.negative):
        spelt = {value.casefold(): value for value in column.values}
        told = _words(one)
        if unknown := [value for value in told if value.casefold() not in spelt]:
            raise InputError(f"{wrong}, but {column.name} has no value “{unknown[0]}”: correct it.")
        values = tuple(spelt[value.casefold()] for value in told)
        return linked_constraint(column, values, _said(one, column, values), avoid=one.op.negative)
    if column.role is Role.DATE:
        if any(not re.match(r"\d{4}(?:-|$)", word) for word in _words(one)):
            raise InputError(f"{wrong}, but {column.name} holds dates: write an ISO date.")
        value = _words(one) if isinstance(one.value, tuple) else _words(one)[0]
        return replace(one, field=column.name, value=value, said=_said(one, column, _words(one)))
    numeric = column.role is Role.NUMBER or fields.span(column)[0] is not None
    if not numeric and one.op is not Op.CONTAINS:
        raise InputError(f"{wrong}, but {column.name} is no column to compare like that: correct it.")
    if numeric and not isinstance(one.value, float | tuple):
        raise InputError(f"{wrong}, but {column.name} holds numbers: write a plain one.")
    return replace(one, field=column.name, said=_said(one, column, _words(one)))


def _words(one: Constraint) -> tuple[str, ...]:
    values = one.value if isinstance(one.value, tuple) else (one.value,)
    return tuple(value if isinstance(value, str) else f"{value:.10g}" for value in values)


def _said(one: Constraint, column: Column, values: Sequence[str]) -> str:
    """Say a condition as a person would have: 'walking boots', 'not brown', 'under 80', 'year from 1990'."""
    words = " or ".join(values)
    if one.op.negative:
        return f"not {words}"
    if one.op not in _BOUNDS:
        return words
    money = column.unit is not None and column.unit in "£$€¥₹"
    unit = f" {column.unit}" if column.unit and not money else ""
    label = "" if money or unit else f"{column.label} "
    return f"{label}{_BOUNDS[one.op]} {words}{unit}"
