"""Whom a thing is for by age: 'for my 8 year old', '16 and over', 'over 18s', in years or as children and teenagers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from agent.linking.folding import split
from agent.linking.numerals import digits
from retrieval.types import Column, Constraint, Op, Role

if TYPE_CHECKING:
    from agent.linking.fields import Fields

_OLD: Final = r"[ -]?(?:(?P<unit>years?|yrs?|months?|mths?)[ -]?olds?|yos?)"
_AGED: Final = re.compile(rf"\b(?P<low>\d{{1,2}})(?: ?(?:to|-|or|and) ?(?P<high>\d{{1,2}}))?{_OLD}\b")
_AGES: Final = re.compile(
    r"\bage[sd]? (?P<low>\d{1,2})(?: ?(?:to|-|and) ?(?P<high>\d{1,2}))?\b(?!\s*(?:quid|pounds))"
)
_OVER: Final = re.compile(
    r"\bover (?P<low>\d{1,2})s\b|\b(?P<plus>\d{1,2}) ?(?:and|or) (?:over|older)\b|\b(?P<sign>\d{1,2})s?\+"
)
_UPWARDS: Final = re.compile(
    r"(?:ages? )?(?P<low>\d{1,2}) ?(?:plus|\+|(?:and|or) (?:up|upwards|over|above|older))(?: only)?"
)
_UNDER: Final = re.compile(r"\bunder (?P<high>\d{1,2})s\b")
_TURNED: Final = re.compile(
    r"\b(?:turning|turns|just turned|is|aged?|whos) (?P<low>\d{1,2})\b(?! ?(?:quid|pounds|%))$"
)
_YOUNG: Final = re.compile(
    r"\bfor (?:(?:an?|my|our|the|his|her) )?(?:(bab(?:y|ies)|newborns?|infants?)|toddlers?)\b"
)
_STARS: Final = 5
"""'4 and up' are stars."""
_CHILD, _TEENAGER, _GROWN = 2, 13, 20
"""Ages in years from which somebody is no baby, no child and no teenager."""
_CERTIFICATES: Final = frozenset({"pegi", "bbfc", "fsk", "usk", "certificate"})
"""Ratings that are the age from which a thing is allowed."""
_FROM: Final = frozenset({"min", "minimum", "from", "lower", "youngest", "start", "over"})
_UP_TO: Final = frozenset({"max", "maximum", "to", "upper", "oldest", "until", "under"})


def of_age(text: str, fields: Fields) -> tuple[Constraint, ...]:
    """Return the conditions on columns that say from or up to which age a thing is; () where there are none.

    Whom a thing is for is at least as old as the youngest, and at most as old as the oldest, that it is made for.
    """
    low, high = _ages(text)
    if low is None and high is None and (young := _YOUNG.search(digits(text))):
        low = 0.0 if young[1] else 2.0
    if low is None and high is None:
        return ()
    made: list[Constraint] = []
    for column in fields.columns:
        words = set(split(column.label))
        if column.role is not Role.NUMBER or not words & (_CERTIFICATES | {"age", "ages"}):
            continue
        age = low if low is not None else high
        scale = 12.0 if "months" in words else 1.0
        if words & (_FROM | _CERTIFICATES) and age is not None:
            made.append(Constraint(column.name, Op.LE, float(f"{age * scale:.6g}"), text.strip()))
        elif words & _UP_TO and (oldest := high if high is not None else low) is not None:
            made.append(Constraint(column.name, Op.GE, float(f"{oldest * scale:.6g}"), text.strip()))
    return tuple(made)


def people_of_age(text: str, fields: Fields) -> tuple[str, ...]:
    """Return what people of the age in `text` are called, the fittest first; () where a column counts ages itself."""
    low, high = _ages(text)
    ends = [age for age in (low, high) if age is not None]
    age = sum(ends) / len(ends) if ends else None
    if age is None or any(_is_age(column) for column in fields.columns):
        return ()
    if age < _CHILD:
        return "baby", "toddlers", "children"
    if age < _TEENAGER:
        return ("children",)
    return ("teenager",) if age < _GROWN else ("adults",)


def _is_age(column: Column) -> bool:
    return column.role is Role.NUMBER and bool({"age", "ages"} & set(split(column.label)))


def _ages(text: str) -> tuple[float | None, float | None]:
    """Return the youngest and the oldest age in years that a phrase names, None for what it leaves open."""
    said = digits(text)
    if found := _AGED.search(said) or _AGES.search(said) or _TURNED.search(said):
        parts = found.groupdict()
        scale = 1 / 12 if (parts.get("unit") or "").startswith("m") else 1.0
        high = parts.get("high")
        return float(parts["low"]) * scale, float(high) * scale if high else None
    if (found := _UPWARDS.fullmatch(said.strip())) and float(found["low"]) > _STARS:
        return float(found["low"]), None
    if found := _OVER.search(said):
        return float(found["low"] or found["plus"] or found["sign"]), None
    if found := _UNDER.search(said):
        return None, float(found["high"])
    return None, None
