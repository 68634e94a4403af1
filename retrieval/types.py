"""Values that cross the border of this folder: items, columns, constraints, queries and what was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

Value = str | float | tuple[str, ...]
"""A cell: words, a number (also of a rating), an ISO 8601 date as words, or a list of words."""


class Role(StrEnum):
    """What a column of a catalogue is for."""

    ID = "id"
    TITLE = "title"
    TEXT = "text"
    """Free text: searched and quoted, never filtered by equality."""
    FACET = "facet"
    """Few values shared by many items: filtered by equality."""
    LIST = "list"
    """Several facet values a cell: filtered by `contains`."""
    NUMBER = "number"
    DATE = "date"
    """ISO 8601 (YYYY, YYYY-MM, YYYY-MM-DD or with a time), so that order is that of the text."""
    PICTURE = "picture"
    SOUND = "sound"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a catalogue."""

    name: str
    """As the catalogue spells it; this is the `field` of a constraint."""
    role: Role
    label: str
    """For people: 'base colour' for baseColour."""
    unit: str | None = None
    """'£', 'min', 'bpm', 'stars' …; set in the settings file or read off the column's name."""
    values: Mapping[str, int] = field(default_factory=dict)
    """FACET and LIST: each value with the number of items that have it, most frequent first."""
    low: float | str | None = None
    """NUMBER and DATE: the smallest value."""
    high: float | str | None = None
    """NUMBER and DATE: the largest value."""
    filled: int = 0
    """How many items have a value."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be recommended."""

    id: str
    title: str
    fields: Mapping[str, Value]
    """Every filled cell but id, title, picture and sound, by column name, in the order of the columns."""
    picture: str | None = None
    """Absolute path."""
    sound: str | None = None
    """Absolute path."""


class Op(StrEnum):
    """How a field is compared; the contract of the Act."""

    EQ = "=="
    NE = "!="
    IN = "in"
    NOT_IN = "not in"
    LT = "<"
    LE = "<="
    GT = ">"
    GE = ">="
    ABOUT = "~"
    CONTAINS = "contains"

    @property
    def negative(self) -> bool:
        """Whether it says what is not wanted: `!=` and `not in`."""
        return self in (Op.NE, Op.NOT_IN)


class Status(StrEnum):
    """What became of a constraint."""

    ENFORCED = "enforced"
    """Holds for every item shown."""
    RANKED = "ranked"
    """The catalogue can't check it: it ranks, and is said to do so."""
    RELAXED = "relaxed"
    """Given up because nothing fitted, and said so."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """A condition on items, linked to the catalogue."""

    field: str | None
    """Column name; None when no column can check it (then `status` is RANKED)."""
    op: Op
    value: Value
    """A number for NUMBER columns, ISO text for dates, the catalogue's own spelling for facets; a tuple for IN."""
    said: str
    """The person's words; '' where a picture says it and they did not."""
    status: Status = Status.ENFORCED


@dataclass(frozen=True, slots=True)
class Taste:
    """What is known of a person and bears on ranking: items with weights in −1…1, later ones counting more."""

    items: Mapping[str, float] = field(default_factory=dict)
    """Item id to weight, in the order of judging: 1 a like or five stars, −1 a dislike or one star."""


@dataclass(frozen=True, slots=True)
class Term:
    """Something that changes the picture, or the items, that others are to be like: 'but in green', 'not so shiny'."""

    weight: float
    """1 moves towards it, -1 away from it, less moves less."""
    words: str = ""
    """'green handbag'."""
    image: NDArray[np.float32] | None = None
    """Another picture instead of words: a unit vector of the image encoder, shape (dimension,)."""
    checked: bool = False
    """Whether a constraint enforces it too: a smaller step then serves best (`retrieval.search.composition`)."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for."""

    text: str = ""
    """Words that rank."""
    constraints: tuple[Constraint, ...] = ()
    """ENFORCED ones filter; the words of RANKED ones rank; RELAXED ones do nothing."""
    near: Mapping[str, float] = field(default_factory=dict)
    """Item ids to be like (positive) or unlike (negative)."""
    image: NDArray[np.float32] | None = None
    """A unit vector of the image encoder, shape (dimension,)."""
    sound: NDArray[np.float32] | None = None
    """A unit vector of the audio encoder, shape (dimension,)."""
    alike: str | None = None
    """The one modality in which items are like those of `near`: 'audio' of what sounds like them; None for all."""
    terms: tuple[Term, ...] = ()
    """What changes `image` and the items of `near`; without either they do nothing."""
    caption: str = ""
    """What is wanted in the words of what the picture shows: 'green leather handbag'; compared with items' texts."""
    exclude: frozenset[str] = frozenset()
    """Item ids never to return."""
    only: frozenset[str] | None = None
    """Item ids to choose from; None means all."""
    taste: Taste = field(default_factory=Taste)
    sort: str | None = None
    """Column name, or '-' and column name for the largest first."""
    count: int = 4
    variety: float = 0.3
    """0 ranks by relevance alone, 1 by difference from what is already chosen (MMR's 1 − λ)."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An item found."""

    item: Item
    score: float
    """Fused score, 0…1; comparable within one result only."""
    shares: Mapping[str, float]
    """Leg ('words', 'text', 'image', 'similar', 'taste') to its part of the score; sum 1, or {} when unranked."""


@dataclass(frozen=True, slots=True)
class Results:
    """What a query found."""

    hits: tuple[Hit, ...]
    matching: int
    """How many items satisfy the enforced constraints."""
    plan: str
    """How vectors were searched, and why: 'exact scan (12 of 1,104 rows left)'."""
