"""Which column is meant: the price, the rating, the year …, or the column whose label a person says."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from agent.linking import labels
from agent.linking.aliases import ALIASES
from agent.linking.folding import Token, joined, split, stem, tokens
from agent.linking.units import SPANS, is_money
from retrieval.catalogue.units import is_time
from retrieval.types import Column, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Said before a name: which columns it points at.
CUES: Final = {
    "directed": "director", "direct": "director", "starring": "star", "star": "star", "featuring": "star",
    "played": "star", "acted": "star", "written": "writer", "wrote": "writer", "author": "writer",
    "sung": "artist", "performed": "artist", "with": "star", "by": "writer director artist brand",
    "brand": "brand", "from": "brand artist",
}  # fmt: skip
"""Folded word to the alias groups that it points at, in order."""

_PER = re.compile(r" per \w+$")
"""A price per night is no number of nights."""
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def _words(column: Column) -> frozenset[str]:
    return frozenset((*split(column.label), *split(_CAMEL.sub(" ", column.name))))


def _is_rating(column: Column) -> bool:
    words = _words(column)
    scored = any(word.endswith(("score", "rating")) for word in words)
    graded = words & labels.RATING or words >= labels.RATING_PAIR or scored
    return column.unit == "stars" or bool(graded and not (words & labels.COUNT and "vote" not in words))


def _is_away(column: Column) -> bool:
    words = _words(column)
    told = words & labels.AWAY
    if told <= {"to", "from"} and not words & {"km", "miles", "min", "mins", "minutes", "metres"}:
        return False
    return bool(told) and not words & (labels.DOING | {"age", "ages"})


def _is_count(words: frozenset[str]) -> bool:
    return bool(words & {"vote", "rating", "review"}) and bool(words & {"count", "number", "num"})


def _spelt(words: Iterable[str]) -> frozenset[str]:
    return frozenset("colour" if word in ("color", "colors", "colours") else word for word in words)


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    return joined(stem(word) for word in split(text) if word not in labels.NOISE)


_GROUPS: Final = {group.split("|")[0]: frozenset(map(_key, group.split("|"))) for group in ALIASES}


class Fields:
    """The columns of one catalogue by what people call them."""

    def __init__(self, columns: Sequence[Column], size: int) -> None:
        """Look at the columns; `size` is the number of items."""
        self.columns = tuple(columns)
        self.size = size
        self._by_name = {column.name: column for column in columns}
        self._keys: dict[str, Column] = {}
        # 'Episode' of 'episode_minutes' lost its unit: it gives way to a column of episodes.
        for column in sorted(columns, key=lambda one: split(one.label) != split(_CAMEL.sub(" ", one.name))):
            if column.role not in (Role.ID, Role.PICTURE, Role.SOUND, Role.IGNORE):
                for text in (column.name, _CAMEL.sub(" ", column.name), column.label):
                    self._keys.setdefault(_key(text), column)
        for column in columns:
            told = " ".join(
                word for word in split(column.label) if word not in labels.SUFFIXES | SPANS.keys()
            )
            if told and told != column.label and column.role in (Role.NUMBER, Role.DATE):
                self._keys.setdefault(_key(told), column)
        self._keys.pop("", None)
        self._aliases: dict[str, list[Column]] = {}
        for group in ALIASES:
            keys = [_key(name) for name in group.split("|")]
            owners = [self._keys[key] for key in keys if key in self._keys]
            for key in keys:
                self._aliases[key] = _distinct([*self._aliases.get(key, []), *owners])

    def get(self, name: str | None) -> Column | None:
        """Return the column of that name."""
        return self._by_name.get(name) if name is not None else None

    def _numbers(self) -> list[Column]:
        return [column for column in self.columns if column.role is Role.NUMBER]

    @cached_property
    def price(self) -> Column | None:
        """The price: by label or currency, without 'shipping' or 'original' where there is a choice."""
        named = [c for c in self._numbers() if _words(c) & labels.PRICE]
        named.sort(key=lambda c: (bool(_words(c) & labels.NOT_PRICE), len(split(c.label))))
        priced = [c for c in self._numbers() if is_money(c.unit)]
        priced.sort(key=lambda c: bool(_words(c) & labels.NOT_PRICE))
        return next(iter([*named, *priced]), None)

    @cached_property
    def ratings(self) -> tuple[Column, ...]:
        """All columns that grade a thing: a hotel has stars and what its guests thought."""
        return tuple(column for column in self._numbers() if _is_rating(column))

    @cached_property
    def rating(self) -> Column | None:
        """What people thought of it, on a scale; before stars that are a class, where both are there."""
        thought = (column for column in self.ratings if not _words(column) <= {"stars", "star"})
        return next(thought, next(iter(self.ratings), None))

    @cached_property
    def popularity(self) -> Column | None:
        """How many know, buy or rate it."""
        counted = (c for c in self._numbers() if c is not self.rating)
        return next((c for c in counted if _words(c) & labels.POPULAR or _is_count(_words(c))), None)

    @cached_property
    def duration(self) -> Column | None:
        """How long it takes."""
        numbers = self._numbers()
        numbers = [c for c in numbers if not _is_away(c)]
        labelled = [c for c in numbers if _words(c) & labels.DURATION and (c.unit is None or is_time(c.unit))]
        timed = [c for c in numbers if is_time(c.unit)]
        counted = [c for c in numbers if _words(c) <= labels.SPANS]
        return next(iter([*(c for c in labelled if c in timed), *labelled, *timed, *counted]), None)

    @cached_property
    def distance(self) -> Column | None:
        """How far away it is, in miles or minutes: 'walk min', 'miles to pub', 'distance'."""
        return next((c for c in self._numbers() if _is_away(c)), None)

    @cached_property
    def age(self) -> Column | None:
        """How old the thing itself is; not from which age on it is made for somebody."""
        aged = (c for c in self._numbers() if _words(c) & {"age"} and not _words(c) & labels.AGE_RANGE)
        return next(aged, None)

    @cached_property
    def pays(self) -> bool:
        """Whether the price is what is earned, so that more is better."""
        return self.price is not None and bool(_words(self.price) & labels.EARNED)

    @cached_property
    def date(self) -> Column | None:
        """When it was made or published: a DATE column, the most filled."""
        dates = [column for column in self.columns if column.role is Role.DATE]
        return max(dates, key=lambda column: column.filled, default=None)

    @cached_property
    def year(self) -> Column | None:
        """The year as a number, or as a facet of numbers."""
        for column in self.columns:
            low, high = self.span(column)
            if (
                low is not None
                and high is not None
                and 1000 <= low <= high <= 2200
                and _words(column) & labels.YEAR
            ):
                return column
        return None

    @cached_property
    def when(self) -> Column | None:
        """Where a year is looked up: the year column or else the dates."""
        return self.year or self.date

    @cached_property
    def everyone(self) -> dict[str, tuple[str, ...]]:
        """By column that says whom a thing is for, the values that leave nobody out: 'everyone'."""
        columns = (
            c for c in self.columns if c.role in (Role.FACET, Role.LIST) and _words(c) & labels.AUDIENCE
        )
        return {
            c.name: tuple(value for value in c.values if value.casefold() in labels.EVERYONE) for c in columns
        }

    @cached_property
    def tempo(self) -> Column | None:
        """How fast it is, in beats."""
        return next((c for c in self._numbers() if _words(c) & labels.TEMPO or c.unit == "bpm"), None)

    @cached_property
    def weight(self) -> Column | None:
        """How heavy it is."""
        numbers = self._numbers()
        heavy = (c for c in numbers if _words(c) & labels.WEIGHT or c.unit in ("g", "kg", "lb", "oz"))
        return next(heavy, None)

    @cached_property
    def weekday(self) -> Column | None:
        """The facet whose values are days of the week."""
        for column in self.columns:
            if self.is_barred(column):
                continue
            if column.values and sum(
                value.casefold() in labels.WEEKDAYS for value in column.values
            ) * 10 >= 7 * len(column.values):
                return column
        return None

    @cached_property
    def maker(self) -> Column | None:
        """Who made it: director, artist or author."""
        people = [column for column in self.columns if self.is_people(column)]
        return next(
            (c for word in ("director", "artist", "author") for c in people if word in _words(c)), None
        )

    @cached_property
    def categories(self) -> frozenset[str]:
        """Names of the facets that say what a thing is: by label, or else few values on nearly all items."""
        named = frozenset(column.name for column in self.columns if self._is_category(column))
        return named or frozenset(column.name for column in self.columns if self._sorts_all(column))

    def _sorts_all(self, column: Column) -> bool:
        few = column.role is Role.FACET and 1 < len(column.values) <= 60 and column.filled >= 0.8 * self.size
        other = (
            self.is_colour(column)
            or self.is_people(column)
            or column is self.weekday
            or bool(self.truth(column))
        )
        return few and not other and self.span(column)[0] is None

    def _is_category(self, column: Column) -> bool:
        if column.role not in (Role.FACET, Role.LIST) or self.is_people(column):
            return False
        words = _words(column)
        if self.truth(column) is not None or words & labels.NO_KIND:
            return False
        return bool(words & labels.KIND) or any(word.endswith(("category", "type")) for word in words)

    def is_people(self, column: Column) -> bool:
        """Tell whether a column holds names: by label, or thousands of values of two to four words."""
        if column.role not in (Role.FACET, Role.LIST):
            return False
        if _words(column) & labels.PEOPLE:
            return True
        return len(column.values) > 2000

    def is_barred(self, column: Column) -> bool:
        """Tell whether a column says what a thing is not for: 'closed on', 'not suitable for'."""
        return column.role in (Role.FACET, Role.LIST) and bool(_words(column) & labels.BARRED)

    def is_colour(self, column: Column) -> bool:
        """Tell whether a column holds colours."""
        return bool(_spelt(_words(column)) & labels.COLOUR)

    def is_look(self, column: Column) -> bool:
        """Tell whether a column holds colours or materials: what a thing looks like, whatever it is."""
        return self.is_colour(column) or bool(_words(column) & labels.MATERIAL)

    def truth(self, column: Column) -> str | float | None:
        """Return the value that means yes in a column of yes and no; None for other columns."""
        if column.role is Role.NUMBER:
            return (
                1.0
                if (column.low, column.high) == (0.0, 1.0) and not _words(column) & labels.RATING
                else None
            )
        values = {value.casefold(): value for value in column.values} if len(column.values) <= 3 else {}
        if values and values.keys() <= labels.TRUE | labels.FALSE and column.role is Role.FACET:
            return next((value for folded, value in values.items() if folded in labels.TRUE), None)
        return None

    def span(self, column: Column) -> tuple[float | None, float | None]:
        """Return the smallest and largest number of a NUMBER column or of a facet of numbers."""
        if (
            column.role is Role.NUMBER
            and isinstance(column.low, float | int)
            and isinstance(column.high, float | int)
        ):
            return float(column.low), float(column.high)
        if column.role in (Role.FACET, Role.LIST) and 0 < len(column.values) <= 1000:
            numbers = [
                float(value) for value in column.values if re.fullmatch(r"\d{1,9}(?:\.\d{1,4})?", value)
            ]
            if len(numbers) >= 0.9 * len(column.values):
                return min(numbers), max(numbers)
        return None, None

    def unit(self, column: Column) -> str | None:
        """Return the unit of a column: its own, or what its label takes for granted."""
        if column.unit is not None:
            return column.unit
        if column is self.rating:
            return "stars"
        if column.role is Role.NUMBER and (last := split(column.label)[-1:]) and last[0] in SPANS:
            return last[0]  # 'aged (weeks)', 'warranty months'
        return "min" if column is self.duration and not _words(column) <= labels.SPANS else None

    def small_first(self, column: Column) -> bool:
        """Tell whether an order by a column that names no end begins with its smallest values."""
        if column.role is not Role.NUMBER:
            return column.role is not Role.DATE
        special = column in (self.price, self.duration, self.weight, self.distance) and not (
            column is self.price and self.pays
        )
        return special or (bool(_words(column) & labels.SMALL_FIRST) and column is not self.rating)

    def kind(self, hint: str) -> Column | None:
        """Return the column of a kind of amount: 'price', 'rating', 'duration', 'date', 'weight', 'tempo'."""
        kinds = {
            "price": self.price, "rating": self.rating, "duration": self.duration, "date": self.when,
            "weight": self.weight, "tempo": self.tempo,
        }  # fmt: skip
        return kinds.get(hint)

    def named(self, text: str, *, near: bool = True) -> Column | None:
        """Return the column that `text` names: its label, an alias, a part of its label, or nearly its spelling.

        A guess at the spelling is made only where `near`.
        """
        key = _key(text)
        if not key:
            return None
        if key in self._keys:
            return self._keys[key]
        if owners := self._aliases.get(key):
            return owners[0]
        if column := self._by_group(key):
            return column
        words = {stem(word) for word in split(text) if word not in labels.NOISE}
        if words <= labels.LINKS:
            return None
        parts = [
            c for c in self._labelled() if words <= {stem(word) for word in split(_PER.sub("", c.label))}
        ]
        if len(parts) == 1:
            return parts[0]
        return self._nearly(key) if near else None

    def _by_group(self, key: str) -> Column | None:
        """Return the price, rating or other special column that a word of its group means, whatever its label."""
        kinds = {"price": self.price, "rating": self.rating, "runtime": self.duration, "year": self.year}
        for name, column in kinds.items():
            if column and key in _GROUPS.get(name, ()):
                return column
        return None

    def _labelled(self) -> list[Column]:
        return _distinct(self._keys.values())

    def _nearly(self, key: str) -> Column | None:
        from rapidfuzz import fuzz, process

        if len(key) < 4:
            return None
        best = process.extractOne(key, list(self._keys), scorer=fuzz.ratio, score_cutoff=88)
        return self._keys[best[0]] if best else None

    def mentioned(self, text: str) -> tuple[Column, ...]:
        """Return the columns whose label or alias stands somewhere in `text`, in the order of the words."""
        words = tokens(text)
        found: dict[int, Column] = {}
        taken: set[int] = set()
        for length in range(min(4, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                places = set(range(start, start + length))
                column = None if places & taken else self.labelled(words[start : start + length])
                if column:
                    taken |= places
                    found[start] = column
        return tuple(_distinct(found[start] for start in sorted(found)))

    def labelled(self, window: Sequence[Token]) -> Column | None:
        """Return the column whose label or alias is exactly these words."""
        key = joined(token.stem for token in window if token.text not in labels.NOISE)
        if key in self._keys:
            return self._keys[key]
        owners = self._aliases.get(key)
        return owners[0] if owners else None

    def pointed(self, word: str) -> tuple[Column, ...]:
        """Return the columns that a word before a name points at: 'directed' → director."""
        found: list[Column] = []
        for name in CUES.get(word, "").split():
            found.extend(column for column in self._aliases.get(_key(name), ()) if column.values)
        return tuple(_distinct(found))


def _distinct(columns: Iterable[Column]) -> list[Column]:
    return list({column.name: column for column in columns}.values())
