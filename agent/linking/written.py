"""Conditions as this program writes them, read back exactly: 'price ≤ 80', 'not leather', 'colour blue or navy blue'.

The inverse of `agent.linking.describe`, with the signs that a keyboard has ('price <= 80', 'colour != red') and units
in the place of labels ('≥ 4 stars'). What it can't read as a whole it leaves to the linker of phrases.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property
from math import isfinite
from typing import TYPE_CHECKING, Final

from agent.linking.folding import LONGEST
from agent.linking.phrases import constraint
from agent.linking.units import SPOKEN, convert, is_money
from retrieval.types import Column, Constraint, Op, Role

if TYPE_CHECKING:
    from agent.linking.fields import Fields

SIGNED: Final = re.compile(r"[≤≥≠≈<>=~]")
"""A sign that only a written condition has."""
_SIGNS: Final = {
    "≤": Op.LE, "<=": Op.LE, "=<": Op.LE, "≥": Op.GE, ">=": Op.GE, "=>": Op.GE, "≠": Op.NE, "!=": Op.NE,
    "<>": Op.NE, "not": Op.NE, "==": Op.EQ, "=": Op.EQ, "<": Op.LT, ">": Op.GT, "~": Op.ABOUT, "≈": Op.ABOUT,
    "about": Op.ABOUT,
}  # fmt: skip
_WRITTEN: Final = {Op.LT: "<", Op.LE: "<=", Op.GT: ">", Op.GE: ">=", Op.ABOUT: "~"}
_SIGN: Final = re.compile(r"(≤|<=|=<|≥|>=|=>|≠|!=|<>|==?|<|>|~|≈|(?:not|about)(?=\s))\s*", re.IGNORECASE)
_AMOUNT: Final = re.compile(
    r"(?P<before>[£$€¥₹])?\s?(?P<number>-?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,10})?(?:e[+-]?\d{1,3})?)"
    r"\s?(?P<after>[^\d\s.,-][^\d\s]{0,11})?",
    re.IGNORECASE,
)
_ISO: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:[T ][\d:.]{2,15}Z?)?)?)?")
_SEVERAL: Final = re.compile(r"\s*[·;\n]\s*|,\s+")
_OR: Final = " or "
_CHOOSING: Final = frozenset({Op.EQ, Op.NE})


class Written:
    """Reads conditions over the columns of one catalogue."""

    def __init__(self, fields: Fields) -> None:
        """Keep the columns; their values are laid out on first use."""
        self._fields = fields
        self._own: dict[str, dict[str, str]] = {}

    def read(self, text: str) -> Constraint | None:
        """Return the condition that `text` writes; None when it is not wholly one."""
        said = " ".join(text.split())
        if not said or len(said) > LONGEST:
            return None
        for column in self._labels:
            label = _plain(column.label)
            if _plain(said).startswith(label):
                rest = said[len(label) :]
                if (not rest or not rest[0].isalnum()) and (made := self._of(column, rest.strip(), said)):
                    return made
        return self._bare(said)

    def parts(self, text: str) -> tuple[str, ...]:
        """Split a text at its marks into conditions; one that reads as it stands is not split: 'star Hall, Rebecca'."""
        whole = text.strip()
        if not whole or self.read(whole):
            return (whole,) if whole else ()
        return tuple(part for part in _SEVERAL.split(whole) if part.strip())

    def is_all(self, text: str) -> bool:
        """Tell whether a text is nothing but written conditions, one of them at least with a sign."""
        return bool(SIGNED.search(text[:LONGEST])) and all(map(self.read, self.parts(text)))

    @cached_property
    def _labels(self) -> list[Column]:
        """Columns that conditions are about; 'colour family' before 'colour'."""
        roles = (Role.FACET, Role.LIST, Role.NUMBER, Role.DATE)
        told = [column for column in self._fields.columns if column.role in roles and column.label]
        return sorted(told, key=lambda column: -len(column.label))

    @cached_property
    def _values(self) -> dict[str, list[tuple[Column, str]]]:
        """Each value with the columns that have it: kinds first, then features, as conditions without a label are."""
        found: dict[str, list[tuple[Column, str]]] = {}
        kinds = self._fields.categories
        columns = sorted(
            (column for column in self._fields.columns if column.role in (Role.FACET, Role.LIST)),
            key=lambda column: (column.name not in kinds, column.role is not Role.LIST),
        )
        for column in columns:
            for value in column.values:
                found.setdefault(_plain(value), []).append((column, value))
        return found

    def _of(self, column: Column, rest: str, said: str) -> Constraint | None:
        """Read what follows a label."""
        yes = self._fields.truth(column)
        if yes is not None and not rest:
            return Constraint(column.name, Op.EQ, yes, said)
        op, value = _signed(rest)
        if not value:
            return None
        if column.role in (Role.NUMBER, Role.DATE) or (op or Op.EQ) not in _CHOOSING:
            return self._measure(column, op or Op.EQ, value, said)
        return self._choice(column, op is Op.NE, value, said)

    def _measure(self, column: Column, op: Op, text: str, said: str) -> Constraint | None:
        """Read amounts or dates: '80', '1995 or 1996', '£80', '2024-03'."""
        if column.role not in (Role.NUMBER, Role.DATE) and self._fields.span(column)[0] is None:
            return None  # colours have no order
        parts = text.split(_OR)
        if len(parts) > 1 and op not in _CHOOSING:
            return None
        if column.role is Role.DATE:
            dates = tuple(part for part in parts if _is_date(part))
            return _any_of(column, op, dates, said) if len(dates) == len(parts) else None
        numbers = [self._number(part, column) for part in parts]
        known = tuple(number for number in numbers if number is not None)
        if len(known) < len(numbers):
            return None
        if len(known) == 1:
            return Constraint(column.name, op, known[0], said)
        return _any_of(column, op, tuple(f"{number:.10g}" for number in known), said)

    def _number(self, text: str, column: Column) -> float | None:
        match = _AMOUNT.fullmatch(text)
        if match is None:
            return None
        value, word = float(match["number"].replace(",", "")), match["before"] or match["after"]
        unit = self._fields.unit(column)
        if not isfinite(value):
            return None
        if word is None or word == unit:
            return value
        spoken = SPOKEN.get(word.casefold())
        return convert(value, spoken, unit) if spoken and unit else None

    def _choice(self, column: Column, avoid: bool, text: str, said: str) -> Constraint | None:
        """Read values of one column: 'blue', 'blue or navy blue'."""
        own = self._of_column(column)
        values = (own[_plain(text)],) if _plain(text) in own else _all(own, text)
        return constraint(column, values, said, avoid) if values else None

    def _of_column(self, column: Column) -> dict[str, str]:
        if column.name not in self._own:
            self._own[column.name] = {_plain(value): value for value in column.values}
        return self._own[column.name]

    def _bare(self, said: str) -> Constraint | None:
        """Read a condition without a label: 'not leather', '≥ 4 stars', 'waterproof', 'not organic'."""
        op, text = _signed(said)
        if op is Op.ABOUT and said.casefold().startswith("about"):
            return None  # 'about a boy' is no amount
        if op not in (None, Op.EQ, Op.NE):
            column = self._of_unit(text)
            return self._measure(column, op, text, said) if column else None
        for column in self._labels if op is Op.NE else ():
            yes = self._fields.truth(column)
            if yes is not None and _plain(text) == _plain(column.label):
                return Constraint(column.name, Op.NE, yes, said)
        parts = (text,) if _plain(text) in self._values else tuple(text.split(_OR))
        for column, _ in self._values.get(_plain(parts[0]), ()):
            if made := self._choice(column, op is Op.NE, text, said):
                return made
        return None

    def _of_unit(self, text: str) -> Column | None:
        """Return the one column that an amount with a unit can be of: '4 stars', '£80', '90 min'."""
        match = _AMOUNT.fullmatch(text)
        word = (match["before"] or match["after"] or "") if match else ""
        unit = SPOKEN.get(word.casefold())
        if not word or unit is None:
            return None
        if unit.money or is_money(word):
            return self._fields.price
        if unit.name == "stars":
            return self._fields.rating
        told = [column for column in self._labels if self._fields.unit(column) in (word, unit.name)]
        return told[0] if len(told) == 1 else None


def write_exactly(one: Constraint, fields: Fields) -> str:
    """Write a condition with its label and sign, so that `Written.read` gives it back whatever else has its value.

    A condition without a column is its own words.
    """
    column = fields.get(one.field)
    if column is None:
        return one.said
    values = one.value if isinstance(one.value, tuple) else (one.value,)
    words = _OR.join(value if isinstance(value, str) else f"{value:.10g}" for value in values)
    sign = "!=" if one.op.negative else _WRITTEN.get(one.op, "=")
    return f"{column.label} {sign} {words}"


def _signed(text: str) -> tuple[Op | None, str]:
    """Split a sign off the beginning of a text."""
    match = _SIGN.match(text)
    return (_SIGNS[match[1].casefold()], text[match.end() :]) if match else (None, text)


def _all(own: dict[str, str], text: str) -> tuple[str, ...]:
    """Return the values that 'a or b or c' names; a value may have 'or' in it. () when a part is no value."""
    parts = text.split(_OR)
    values: list[str] = []
    start = 0
    while start < len(parts):
        for end in range(len(parts), start, -1):
            if (value := own.get(_plain(_OR.join(parts[start:end])))) is not None:
                values.append(value)
                start = end
                break
        else:
            return ()
    return tuple(values)


def _any_of(column: Column, op: Op, values: tuple[str, ...], said: str) -> Constraint:
    if len(values) == 1:
        return Constraint(column.name, op, values[0], said)
    return Constraint(column.name, Op.NOT_IN if op is Op.NE else Op.IN, values, said)


def _is_date(text: str) -> bool:
    """Tell whether a text is an ISO 8601 date that there is: 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD', and a time."""
    if not _ISO.fullmatch(text):
        return False
    try:
        date.fromisoformat(f"{text[:10]}-01-01"[:10])
    except ValueError:
        return False
    return True


def _plain(text: str) -> str:
    """Fold case and white space alone: accents and marks tell values apart."""
    return " ".join(text.casefold().split())
