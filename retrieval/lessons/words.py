"""The words that are true of what is drawn, and those that are neither true nor false of a colour."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

NEAR: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "navy": ("blue", "black"),
        "blue": ("teal", "navy"),
        "teal": ("blue", "green"),
        "green": ("teal",),
        "burgundy": ("red", "brown", "purple"),
        "red": ("burgundy", "orange"),
        "orange": ("copper", "red", "tan"),
        "copper": ("brown", "orange", "tan"),
        "brown": ("tan", "copper"),
        "tan": ("brown", "beige", "copper"),
        "beige": ("tan", "cream"),
        "cream": ("beige", "white"),
        "white": ("cream",),
        "grey": ("silver",),
        "silver": ("grey", "white"),
        "gold": ("yellow", "tan"),
        "yellow": ("gold",),
        "pink": ("purple",),
        "purple": ("pink", "burgundy"),
        "black": ("navy", "grey"),
    }
)
"""Colour to those that people would argue about: a picture of the one teaches nothing about the words of the other."""


@cache
def table() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return aspect to what is drawn to its words."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for line in Path(__file__).with_name("words.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        aspect, drawn, words = (part.strip() for part in line.split("|"))
        found.setdefault(aspect, {})[drawn] = tuple(word.strip() for word in words.split(","))
    return found


def words_of(aspect: str, drawn: str) -> tuple[str, ...]:
    """Return the words for what is drawn; itself where the table has none."""
    return table().get(aspect, {}).get(drawn, (drawn,))


def near_words(colour: str) -> tuple[str, ...]:
    """Return the words of the neighbouring colours, those of the colour itself left out."""
    own = words_of("colour", colour)
    words = (word for other in NEAR.get(colour, ()) for word in words_of("colour", other))
    return tuple(word for word in words if word not in own)
