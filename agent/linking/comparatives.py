"""'Cheaper', 'a bit longer', 'newer than the second': bounds against items that were shown.

Against which item: the one named ('cheaper than the second'), else the ones the turn refers to ('like the third but
cheaper'), else the one in focus. Where nothing is singled out, 'cheaper' is said of all that is shown, and the bound is
the lowest price on screen, though nothing may be below it: then there is nothing cheaper, and the search says so.
'Longer', 'newer' and the rest likewise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import median_low
from typing import TYPE_CHECKING, Final

from agent.linking.amounts import Amount, amounts
from agent.linking.folding import fold
from agent.linking.numerals import digits
from agent.linking.orders import Degree, Leaning, leaning
from agent.linking.units import convert
from retrieval.types import Op

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.linking.fields import Fields

_THAN: Final = re.compile(
    r"(?:\b(?:half|twice) as [a-z]+ as|(?<!half )(?<!twice )(?<!double )\b(?:than|as|compared (?:to|"
    r"with)))\b (?!possible)(.+)$"
)
_FURTHER: Final = re.compile(r",|\b(?:and|but|please)\b")
"""What follows the item compared with is another wish."""
_PRICED: Final = re.compile(r"\b(?:price|cost|money|dear|expensive|pricey|cheap)\b")
_OF_ITS_NOUN: Final = re.compile(r"\b(?:half|twice|double) the [a-z]+")
_MUCH: Final = re.compile(
    r"\b(?:much|a lot|lots|way|(?<!too )(?<!so )far|considerably|significantly|a great deal|loads)\b"
)
_HALF: Final = re.compile(r"\bhalf (?:the|as|that)\b")
_TWICE: Final = re.compile(r"\b(?:twice|double) (?:the|as|that)\b")
_SAME: Final = re.compile(r"\b(?:the )?(?:same|similar|comparable|that) ([a-z ]+?)(?: range)?(?: as (.+))?$")
_STEP: Final = re.compile(r"\s*(?!or\b|and\b)(?:\w+ )?(?:\w+er|more|less|off)\b")
_OR_LESS: Final = re.compile(r"\b(?:no|not|nothing|never|isnt) (?:any )?(?:much )?(?=\w+er\b|more\b|less\b)")
MUCH: Final = 0.3
"""'Much cheaper' is 30 % off at least."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared with what."""

    leaning: Leaning
    reference: str | None
    """The item compared with, as said: 'the second'; None when it goes without saying."""
    share: float | None = None
    """'Half the price' is 0.5 of it, 'much cheaper' 0.7."""
    amount: Amount | None = None
    """'10 pounds cheaper'."""
    inclusive: bool = False
    """'No more expensive than'."""
    same: bool = False
    """'About the same price'."""


def comparison(text: str, fields: Fields) -> Comparison | None:
    """Read a comparative; None when `text` has none, or compares with a number ('cheaper than 50')."""
    said = fold(text)
    if same := _SAME.search(said):
        column = fields.named(same[1])
        if column and fields.span(column)[0] is not None:
            return Comparison(Leaning(column, False, Degree.MORE), same[2], same=True)
    than = _THAN.search(said)
    reference = _FURTHER.split(than[1], maxsplit=1)[0].strip() if than else None
    if (
        reference
        and amounts(digits(reference))
        and not re.search(r"\b(?:number|item|option|no\.?|#)\s*\w+", reference)
    ):
        return None
    head = said[: than.start()] if than else said
    negated = _OR_LESS.search(head)
    found = leaning(_OR_LESS.sub(" ", head), fields)
    half, twice = _HALF.search(said), _TWICE.search(said)
    if half or twice:
        column = (found.column if found else None) or next(iter(fields.mentioned(said)), None)
        if column is None and (_PRICED.search(said) or not _OF_ITS_NOUN.search(said)):
            column = fields.price
        if column is None:
            return None
        return Comparison(
            Leaning(column, bool(twice), Degree.MORE), reference, share=2.0 if twice else 0.5, inclusive=True
        )
    if found is None or (found.degree is not Degree.MORE and not reference):
        return None
    if found.degree is Degree.MOST:
        return None
    if negated:
        return Comparison(Leaning(found.column, not found.up, Degree.MORE), reference, inclusive=True)
    plain = digits(head)
    stated = [amount for amount in amounts(plain) if _STEP.match(plain[amount.end :])]
    share = (
        1 + (MUCH if found.up else -MUCH) if _MUCH.search(head) and found.column is not fields.when else None
    )
    return Comparison(found, reference, share, stated[0] if stated else None)


def bound(
    compared: Comparison,
    values: Sequence[float | str],
    unit: str | None,
) -> tuple[Op, float | str] | None:
    """Return the comparison and the value that `compared` asks for.

    `values` are those of the items compared with, in the column's `unit`. None without values.
    """
    if not values:
        return None
    up = compared.leaning.up
    ordered: list[float | str] = sorted(values, reverse=up, key=lambda value: (isinstance(value, str), value))
    if compared.same:
        return Op.ABOUT, ordered[0] if len(ordered) == 1 else _middle(ordered)
    op = (Op.GE if up else Op.LE) if compared.inclusive or compared.amount else (Op.GT if up else Op.LT)
    return op, _moved(ordered[0], compared, unit)


def _middle(ordered: Sequence[float | str]) -> float | str:
    numbers = [value for value in ordered if isinstance(value, float)]
    return median_low(numbers) if numbers else ordered[len(ordered) // 2]


def _moved(value: float | str, compared: Comparison, unit: str | None) -> float | str:
    """Move the reference by the share or amount that was said; dates stay."""
    if isinstance(value, str):
        return value
    if compared.share is not None:
        return float(f"{value * compared.share:.6g}")
    if compared.amount is not None:
        step = convert(compared.amount.value, compared.amount.unit, unit)
        if step is not None:
            return float(f"{value + (step if compared.leaning.up else -step):.10g}")
    return value
