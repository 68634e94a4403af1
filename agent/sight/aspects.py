"""The sides of things that a picture shows, and a catalogue's own values for each: kind, colour, pattern, material."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from retrieval.types import Role

if TYPE_CHECKING:
    from agent.linking.fields import Fields
    from retrieval.types import Column


class Aspect(StrEnum):
    """A side of a thing, in the order its words are read: 'red striped cotton shirt'."""

    COLOUR = "colour"
    PATTERN = "pattern"
    MATERIAL = "material"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class View:
    """An aspect in one catalogue."""

    aspect: Aspect
    column: Column
    """Where its values stand."""
    values: tuple[str, ...]
    """The catalogue's own values, most frequent first."""


PLAIN: Final = "plain"
_PATTERNS: Final = {
    "striped": "stripes? stripe?y pinstripes? pinstriped striped",
    "checked": "checks? checked checkered plaid tartan gingham",
    "spotted": "spots? spotted spotty dots? dotted polka(?:.dots?)?",
    "floral": "floral florals flowery flowered",
    "patterned": "patterned printed prints?",
    "geometric": "geometric",
    "paisley": "paisley",
    "animal print": "(?:leopard|zebra|animal)(?:.print)?",
    "camouflage": "camouflage camo",
    PLAIN: "plain solid unpatterned",
}
_PATTERN_RULES: Final = {
    name: re.compile(rf"\b(?:{'|'.join(words.split())})\b", re.IGNORECASE)
    for name, words in _PATTERNS.items()
}
_PATTERN_LABEL: Final = re.compile(r"\b(?:pattern|print|design)s?\b", re.IGNORECASE)
_WIDE: Final = 40
"""Values of a column of wide kinds: more of them are no shelves but names."""
_MOST: Final = 160
"""Values of an aspect that are tried: in three wordings each they take a small text tower about a second, once."""


def pattern_of(text: str) -> str | None:
    """Return our name for the pattern that words name: 'striped' of 'stripy', 'plain' of 'solid'."""
    return next((name for name, rule in _PATTERN_RULES.items() if rule.search(text)), None)


def views_of(fields: Fields) -> dict[Aspect, View]:
    """Return the aspects that a catalogue has values for."""
    found = {
        Aspect.COLOUR: _column([c for c in fields.columns if fields.is_colour(c)]),
        Aspect.PATTERN: _patterns(fields),
        Aspect.MATERIAL: _column(
            [c for c in fields.columns if fields.is_look(c) and not fields.is_colour(c)]
        ),
        Aspect.KIND: _column([c for c in fields.columns if c.name in fields.categories]),
    }
    return {
        aspect: View(aspect, column, values[:_MOST])
        for aspect, (column, values) in ((aspect, pair) for aspect, pair in found.items() if pair)
        if values
    }


def coarser_kinds(fields: Fields) -> tuple[View, ...]:
    """Return the columns that say what a thing is in wider words than its kind, narrowest first: 'apparel'."""
    kinds = [c for c in fields.columns if c.name in fields.categories and c.role is Role.FACET]
    wide = sorted((c for c in kinds if 1 < len(c.values) <= _WIDE), key=lambda c: -len(c.values))
    finest = _column(kinds)
    return tuple(View(Aspect.KIND, c, tuple(c.values)) for c in wide if finest is None or c is not finest[0])


def _column(columns: list[Column]) -> tuple[Column, tuple[str, ...]] | None:
    """Choose the column that says it most closely: 'handbags' of kind, not 'shoes and bags' of shelf."""
    listed = [c for c in columns if c.role in (Role.FACET, Role.LIST) and len(c.values) > 1]
    if not listed:
        return None
    best = max(listed, key=lambda c: (c.role is Role.FACET, len(c.values)))
    return best, tuple(best.values)


def _patterns(fields: Fields) -> tuple[Column, tuple[str, ...]] | None:
    """Choose the column with most patterns among its values: one called so, or features with 'striped' in them."""
    best: tuple[Column, tuple[str, ...]] | None = None
    for column in fields.columns:
        if column.role not in (Role.FACET, Role.LIST):
            continue
        named = bool(_PATTERN_LABEL.search(column.label))
        values = tuple(
            value
            for value in column.values
            if named or any(rule.fullmatch(value.strip()) for rule in _PATTERN_RULES.values())
        )
        if named and values:
            return column, values
        if column.name not in fields.categories and len(values) > len(best[1] if best else ()):
            best = column, values
    return best
