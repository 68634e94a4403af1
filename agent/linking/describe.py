"""Constraints in words for people: 'price ≤ 80', 'not leather', 'colour blue or navy blue', 'waterproof'."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from agent.linking.units import is_money
from retrieval.types import Column, Constraint, Op, Role, Status, Value

if TYPE_CHECKING:
    from agent.linking.fields import Fields

_SIGNS: Final = {
    Op.LT: "<", Op.LE: "≤", Op.GT: ">", Op.GE: "≥", Op.ABOUT: "about", Op.NE: "not", Op.NOT_IN: "not",
}  # fmt: skip
_NAMED: Final = 4
"""Alternatives that are written out; of more, the rest is counted."""


def describe(constraint: Constraint, fields: Fields) -> str:
    """Say a constraint in a few words; one that only ranks is said in the person's own."""
    column = fields.get(constraint.field)
    negative = constraint.op.negative
    if column is None:
        words = _value(constraint.value)
        return f"not {words}" if negative else words
    if constraint.status is Status.RANKED:
        return constraint.said or _value(constraint.value)
    if (yes := fields.truth(column)) is not None:
        wanted = (str(constraint.value) == str(yes)) is not negative
        return column.label if wanted else f"not {column.label}"
    if column.role in (Role.NUMBER, Role.DATE) or constraint.op in (Op.LT, Op.LE, Op.GT, Op.GE, Op.ABOUT):
        return _measure(constraint, column)
    words = _value(constraint.value)
    if negative:
        return f"not {words}"
    brief = len(words) <= 3 or words[0].isdigit()  # '9' and 'M' need their label
    plain = column.role is Role.LIST and not fields.is_people(column) and not brief
    return words if plain or column.name in fields.categories else f"{column.label} {words}"


def _measure(constraint: Constraint, column: Column) -> str:
    unit = column.unit if column.unit and not is_money(column.unit) and column.unit != "stars" else None
    parts = [column.label, _SIGNS.get(constraint.op), _value(constraint.value), unit]
    return " ".join(part for part in parts if part)


def _value(value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        shown = " or ".join(value[:_NAMED])
        return shown if len(value) <= _NAMED else f"{shown} or {len(value) - _NAMED} more"
    return f"{value:.10g}"
