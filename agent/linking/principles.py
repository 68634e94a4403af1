"""Reasons of health or principle: what is not wanted for one is never given up, however little is left."""

from __future__ import annotations

import re
from typing import Final

_DIETS: Final = (
    r"(?:vegans?|veggies?|vegetarians?|coeliacs?|celiacs?|diabetics?|halal|kosher|muslims?|jewish)"
)
_PRINCIPLE: Final = re.compile(
    rf"\b(?:allerg(?:ic|y|ies)|intoleran(?:t|ces?)|anaphyla\w*|haram|{_DIETS}|"
    r"(?:gluten|dairy|lactose|nut|egg|wheat|soya?|shellfish)[ -]free)\b",
    re.IGNORECASE,
)
_ALLERGIC: Final = re.compile(
    r"\b(?:allerg(?:ic|y|ies)|anaphyla\w*|makes? (?:me|him|her|us|them) (?:ill|sick))\b"
)
_INTOLERANT: Final = re.compile(r"\bintoleran(?:t|ces?)\b")
_OF_A_DIET: Final = re.compile(
    rf"\b(?:i|im|am|hes|shes|were|theyre|is|are|as|[a-z]+s) (?:an? |strictly |strict )*({_DIETS})\b"
)
_GIVEN: Final = re.compile(rf"(?:(?:allergic|intolerant) to|{_DIETS}, no)\b ?", re.IGNORECASE)
"""How `with_reason` begins."""


def is_principle(said: str) -> bool:
    """Tell whether a condition, as said, is one of health or principle: 'allergic to wool', 'vegan'."""
    return bool(_PRINCIPLE.search(said))


def with_reason(words: str, said: str) -> str:
    """Return what is not wanted with the reason that the whole, plain request gives: 'wool' as 'allergic to wool'."""
    if is_principle(words):
        return words
    if _ALLERGIC.search(said):
        return f"allergic to {words}"
    if _INTOLERANT.search(said):
        return f"intolerant to {words}"
    diet = _OF_A_DIET.search(said)
    return f"{diet[1]}, no {words}" if diet else words


def without_reason(text: str) -> str | None:
    """Return what is not wanted of 'allergic to wool'; None where no reason comes first."""
    given = _GIVEN.match(text.strip())
    return text.strip()[given.end() :] or None if given else None
