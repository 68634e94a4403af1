"""The closed classes of facts and conditions, so that wording is grammatical for any label and value.

A catalogue's labels are open, wording isn't: 'brown' goes with 'in', 'Ridley Scott' with 'by', '4.6 stars' with
'rated'. The class says which; rules over label and value decide it, and 'other' is safe for whatever no rule knows.
"""

from __future__ import annotations

import re

from agent.roles import is_adjectival, is_offered, role_of
from agent.types import Fact, FactKind

CLASSES = (
    "price", "rating", "count", "number", "duration", "date", "colour", "material", "maker", "writer", "cast", "venue",
    "room", "area", "origin", "day", "season", "kind", "genre", "genres", "list", "extra", "purpose", "size", "style",
    "key", "bare", "quote", "review", "other",
)  # fmt: skip
"""Every class. 'list' is what a thing is called ('waterproof'), 'extra' what it has ('long battery'), 'genres' are
several; 'bare' is a value that means nothing without its label: 'yes', or '4' of 'seats'."""

QUOTED = frozenset({"quote", "review"})
"""The classes of passages: the catalogue's own words, and those of its reviewers."""

PASSAGES = frozenset(f"{{{name}}}" for name in QUOTED)
"""Their typed slots."""

_REVIEW = re.compile(r"review|comment|opinion|verdict", re.IGNORECASE)
_NUMBER = re.compile(r"[^\w]{0,2}\d[\d.,:]*")
_DATE = re.compile(r"\d{4}(?:-\d{2}){1,2}|\d{1,2} \w+ \d{4}|\w+ \d{4}")
_DAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?", re.IGNORECASE)
_COUNTED = re.compile(r"[\d.,]+ (?:in stock|[a-z ]*[a-z])")
_LASTING = re.compile(r"\d+(?:[.,]\d+)? ?(?:min|minutes?|h|hours?|s|sec|seconds?|days?)|\d+:\d\d(?::\d\d)?")
_NUMERIC = frozenset({"price", "rating", "date", "size", "duration"})
_QUOTE_LENGTH = 60  # a longer value is a passage, not an attribute
_NOT = re.compile(r"≠|!=|^(?:not|no|without|except)\b", re.IGNORECASE)
_BOUND = re.compile(
    r"[<>≤≥~≈–]|\d|\b(?:under|over|below|above|between|about|from|up to|at least|at most)\b", re.IGNORECASE
)


def fact_class(fact: Fact) -> str:
    """Return the class of a fact, one of CLASSES."""
    value = fact.value.strip()
    if fact.kind is FactKind.QUOTE or value[:1] in {'"', "“", "‘"} or len(value) > _QUOTE_LENGTH:
        return "review" if _REVIEW.search(fact.label) else "quote"
    if value.lower() in {"yes", "no", "true", "false", "none"}:
        return "bare"
    if value.casefold() in {f"{turn}{fact.label.casefold()}" for turn in ("", "not ", "no ")}:
        return "extra" if is_offered(fact.label) else "list"
    if _DAY.fullmatch(value):
        return "day"
    if value.lower().startswith("size "):
        return "number"  # it brings its own word
    role = role_of(fact.label)
    if _DATE.fullmatch(value):
        return "date"
    counted = fact.label.casefold().removesuffix("s")
    if _COUNTED.fullmatch(value) and (role == "count" or counted in value.casefold()):
        return "count"  # '539 reviews', '10 in stock', '46 members'
    if _NUMBER.match(value) and len(value) <= 14:
        told = role in _NUMERIC and (role != "duration" or _LASTING.fullmatch(value))
        return role if told else "bare" if value.isdigit() else "number"
    return _worded(role, fact.label, value)


def _worded(role: str, label: str, value: str) -> str:
    """Return the class of a value in words."""
    if role == "rating":
        return "cast" if "star" in label.casefold() else "other"  # 'star' of a film, and no '4.6 stars'
    several = ", " in value or " and " in value
    if role == "genre":
        return "genres" if several else "genre"
    if role == "list" or (role == "other" and ", " in value):
        parts = re.split(r", | and ", value)
        return "list" if role == "list" and all(map(is_adjectival, parts)) else "extra"
    if role == "devices":
        return "extra"
    return role if role in CLASSES and role not in {"price", "count", "duration"} else "other"


def condition_class(text: str) -> str:
    """Return 'not' for what is ruled out, 'with' for what a thing has, 'bound' for an amount, else 'word'."""
    if _NOT.search(text):
        return "not"
    if text.startswith("with "):
        return "with"  # four with Meg Ryan, for they are not with her
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
