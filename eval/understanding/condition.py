"""Conditions as they are written in case files: 'price <= 80', 'colour in red | burgundy', 'date >= 2026-05'."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from retrieval.types import Constraint, Op, Value

_FORM: Final = re.compile(
    r"(?P<field>[^\s=<>!~|](?:[^=<>!~|]*?[^\s=<>!~|])??)"
    r"\s*(?P<op>==|!=|<=|>=|<|>|~|(?<=\s)(?:not\s+in|\"not in\"|in|contains)(?=\s)(?!\s+[=<>!~]))"
    r"\s*(?P<value>[^\s=<>~].*)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_DATE: Final = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
_SEVERAL: Final = frozenset({Op.IN, Op.NOT_IN})
_ORDERED: Final = frozenset({Op.LT, Op.LE, Op.GT, Op.GE, Op.ABOUT})


def parse_condition(text: str) -> Constraint:
    """Return the constraint that 'field op value' says, without words of a person.

    Raises ValueError with a clause that says what is wrong and what to write.
    """
    form = _FORM.fullmatch(text.strip())
    if form is None:
        ops = " ".join(op.value for op in Op)
        raise ValueError(f"“{text}” is no condition; write 'field op value' with one of {ops}")
    op = Op(" ".join(form["op"].strip('"').lower().split()))
    parts = [part.strip() for part in form["value"].split("|")]
    if not all(parts):
        raise ValueError(f"“{text}” has an empty value; write 'a | b' between values")
    if len(parts) > 1 and op not in _SEVERAL:
        raise ValueError(f"“{text}” has several values; write 'in' or 'not in' for those")
    values = [_value(part, text) for part in parts]
    if op in _ORDERED and not (isinstance(values[0], float) or _DATE.fullmatch(str(values[0]))):
        raise ValueError(f"“{text}” compares with no amount; write a plain number or an ISO date")
    value: Value = tuple(parts) if op in _SEVERAL else values[0]
    return Constraint(form["field"], op, value, "")


def write_condition(constraint: Constraint) -> str:
    """Write a constraint so that `parse_condition` reads it again; status and the person's words are left out."""
    values = constraint.value if isinstance(constraint.value, tuple) else (constraint.value,)
    return f"{constraint.field} {constraint.op.value} {' | '.join(map(_spelt, values))}"


def _value(part: str, text: str) -> str | float:
    if _NUMBER.fullmatch(part):
        return float(part)
    if day := _DATE.fullmatch(part):
        try:
            date(int(day[1]), int(day[2]), int(day[3] or 1))
        except ValueError as error:
            raise ValueError(f"“{text}” has a date that is none ({error}); write YYYY-MM-DD") from error
    return part


def _spelt(value: str | float) -> str:
    if isinstance(value, str):
        return value
    return str(int(value)) if value.is_integer() else f"{Decimal(repr(value)):f}"
