"""The legs of a search in words: what a share is called on a bar, and what is left out in 'third without …'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class LegWords:
    """What people read of one leg."""

    share: str
    """Before its bar: 'its meaning'."""
    reason: str
    """After 'without': 'the picture'."""


LEGS: Mapping[str, LegWords] = {
    "taste": LegWords("your taste", "your taste"),
    "similar": LegWords("like what you pointed at", "the item you pointed at"),
    "image": LegWords("the picture", "the picture"),
    "audio": LegWords("sounds like your clip", "its sound"),
    "sound": LegWords("how it sounds", "how it sounds"),
    "text": LegWords("its meaning", "its meaning"),
    "words": LegWords("its words", "its words"),
    "popularity": LegWords("liked by many", "its popularity"),
}
"""By the names that `Hit.shares` has."""


def share_words(leg: str) -> str:
    """Return what the share of a leg is called; a leg that has no words keeps its name."""
    return LEGS[leg].share if leg in LEGS else leg
