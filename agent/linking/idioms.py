"""Set phrases that bound a column none of their words names: 'in stock', 'free', 'for four', 'for a three year old'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from agent.linking.numerals import digits
from retrieval.types import Constraint, Op, Role

if TYPE_CHECKING:
    from agent.linking.fields import Fields

_STOCKED: Final = re.compile(
    r"(?:that(?: i|')s |currently |still )?(?:(?:in )?stock|available(?: now)?)", re.IGNORECASE
)
_FREE: Final = re.compile(r"(?:for |completely |totally )?free(?: of charge)?", re.IGNORECASE)
_FOR_PEOPLE: Final = re.compile(
    r"(?:it )?(?:for|serves?|serving|feeds?|feeding) (?:us )?(\d{1,3})(?: (?:people|persons|of us|guests))?"
)
_AGED: Final = re.compile(r"\b(\d{1,2})[ -]?(years?|yrs?|months?)[ -]?olds?\b")
_CHILD, _TEENAGER, _GROWN = 2, 13, 20
"""Ages in years from which somebody is no baby, no child and no teenager."""


def idiom(text: str, avoid: bool, fields: Fields) -> Constraint | None:
    """Read a set phrase; None when it is none, or when no column counts what it is about.

    'In stock' is of what is left, 'free' of the price, 'for four' of portions.
    """
    said = text.strip()
    if _STOCKED.fullmatch(said):
        column, op, value = fields.named("stock"), Op.LE if avoid else Op.GT, 0.0
    elif _FREE.fullmatch(said):
        column, op, value = fields.price, Op.GT if avoid else Op.LE, 0.0
    elif counted := _FOR_PEOPLE.fullmatch(digits(said).strip()):
        column, op, value = fields.named("servings"), Op.EQ, float(counted[1])
    else:
        return None
    if column is None or column.role is not Role.NUMBER:
        return None
    return Constraint(column.name, op, value, said)


def people_of_age(text: str, fields: Fields) -> tuple[str, ...]:
    """Return what people of the age in `text` are called, the fittest first; () where a column has ages itself."""
    old = _AGED.search(digits(text))
    if old is None or fields.named("age") is not None:
        return ()
    age = float(old[1]) / (12 if old[2].startswith("month") else 1)
    if age < _CHILD:
        return "baby", "children"
    if age < _TEENAGER:
        return ("children",)
    return ("teenager",) if age < _GROWN else ()
