"""The closed classes of facts and conditions, so that wording is grammatical for any label and value.

A catalogue's labels are open, wording isn't: 'brown' goes with 'in', 'Ridley Scott' with 'by', '4.6 stars' with
'rated'. The class says which; rules over label and value decide it, and 'other' is safe for whatever no rule knows.
"""

from __future__ import annotations

import re

from agent.types import Fact, FactKind

CLASSES = (
    "price", "rating", "number", "date", "colour", "material", "maker", "cast", "venue", "area", "day", "season",
    "kind", "list", "purpose", "size", "style", "bare", "quote", "other",
)  # fmt: skip
"""Every class; 'bare' is a value that means nothing without its label: 'yes', or '4' of 'seats'."""

_LABELS: tuple[tuple[str, str], ...] = (
    ("price", r"price|cost|fee|rent|fare"),
    ("rating", r"ratings?|stars?|score|reviewed"),
    ("colour", r"colou?rs?|shade|hue"),
    ("material", r"materials?|fabric|upper|lining|made of"),
    (
        "maker",
        r"brand|maker|author|artist|director|directed|designer|writer|composer|by|label|publisher|manufacturer",
    ),
    ("cast", r"cast|starring|actors?|actress"),
    ("venue", r"venue|place|where|hall|address"),
    ("area", r"room|city|town|country|location|region|area|origin"),
    ("season", r"seasons?|time|when|month"),
    ("day", r"day|weekday|days"),
    ("date", r"date|released?|year|published|issued|added|out"),
    ("list", r"tags?|features?|devices|ingredients|topics?|keywords?|includes|materials used"),
    ("size", r"sizes?|fit"),
    ("purpose", r"occasions?|usage|use|purpose|audience|gender|ages?|for|suits|activity"),
    ("kind", r"kind|type|category|subcategory|genres?|section|shelf|department|class"),
    ("style", r"styles?|mood|feel|finish|pattern|character|tone|look|tempo|level|pace|strength|effect"),
)
_LABEL_RULES = tuple(
    (name, re.compile(rf"(?:^|\W)(?:{words})(?:\W|$)", re.IGNORECASE)) for name, words in _LABELS
)
_NUMBER = re.compile(r"[^\w]{0,2}\d[\d.,:]*")
_DATE = re.compile(r"\d{4}(?:-\d{2}){1,2}|\d{1,2} \w+ \d{4}|\w+ \d{4}")
_DAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?", re.IGNORECASE)
_NUMERIC = frozenset({"price", "rating", "date", "size"})
_QUOTE_LENGTH = 60  # a longer value is a passage, not an attribute
_NOT = re.compile(r"≠|!=|^(?:not|no|without|except)\b", re.IGNORECASE)
_BOUND = re.compile(
    r"[<>≤≥~≈–]|\d|\b(?:under|over|below|above|between|about|from|up to|at least|at most)\b", re.IGNORECASE
)


def fact_class(fact: Fact) -> str:
    """Return the class of a fact, one of CLASSES."""
    value = fact.value.strip()
    if fact.kind is FactKind.QUOTE or value[:1] in {'"', "“", "‘"} or len(value) > _QUOTE_LENGTH:
        return "quote"
    if value.lower() in {"yes", "no", "true", "false", "none"}:
        return "bare"
    if _DAY.fullmatch(value):
        return "day"
    if value.lower().startswith("size "):
        return "number"  # it brings its own word
    named = next((name for name, rule in _LABEL_RULES if rule.search(fact.label)), "other")
    if _DATE.fullmatch(value):
        return "date"
    if _NUMBER.match(value) and len(value) <= 14:
        return named if named in _NUMERIC else "bare" if value.isdigit() else "number"
    if named in {"price", "rating"}:
        return "other"  # 'good value' under a column named price score
    return "list" if "," in value and named not in {"colour", "cast", "maker", "kind", "material"} else named


def condition_class(text: str) -> str:
    """Return 'not' for what is ruled out, 'bound' for an amount ('price ≤ 80'), 'word' for an attribute."""
    if _NOT.search(text):
        return "not"
    return "bound" if _BOUND.search(text) else "word"


def gap_class(gap: str) -> str:
    """Return how a gap is worded: 'over' and 'short' by its last word, else 'gap'."""
    last = gap.split()[-1].lower() if gap.split() else ""
    return {"over": "over", "above": "over", "short": "short", "under": "short", "below": "short"}.get(
        last, "gap"
    )


def amount(fact: Fact) -> float | None:
    """Read the number of a price or rating; None where it has none."""
    found = re.search(r"\d[\d,]*(?:\.\d+)?", fact.value)
    return float(found.group().replace(",", "")) if found else None
