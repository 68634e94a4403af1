"""The words of a catalogue's facets and lists, indexed by every key that a phrase may come with."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from agent.linking.folding import exact_key, fold, joined, split, stem, stem_key
from agent.linking.spelling import sounded
from retrieval.types import Column, Role

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from agent.linking.fields import Fields
    from retrieval.snapshot import Snapshot

Entry = tuple[Column, str]
"""A column and one of its values, as the catalogue spells it."""

# 'Vegan leather' is no leather and 'gluten free' no gluten: such a value never stands for the word in it.
_PRIVATIVE: Final = frozenset(
    "faux vegan fake imitation mock artificial non not no without un anti semi half demi".split()
)
_PRIVATIVE_AFTER: Final = frozenset({"free", "less", "look", "effect", "style"})
# 'Fast' is not 'fast boil': such a word says something of the one after it only.
_VAGUE: Final = frozenset(
    "fast slow long short new old light heavy easy good best high low small large big extra super full free works "
    "two hot cold soft hard smart quick mini max ultra more less all any".split()
)
# 'Breakfast' is enough of 'breakfast included'.
_OFFERED: Final = frozenset(
    "included available allowed accepted has have is with offers offered provided possible yes well access "
    "accessible friendly needed required ok okay welcome permitted needs need".split()
)
_UNTOLD: Final = frozenset(
    "home open late good new made own only per day all any can for out off not has".split()
)
"""Words of labels that say nothing by themselves."""
_HALVES: Final = re.compile(r"\s+(?:and|or|&)\s+|\s*/\s*")
_HALF: Final = 4
"""Letters of a half of 'finance and accounting' that stands for the whole."""
_SEGMENT: Final = re.compile(r"\s+(?:and|or|with)\s+|[,/;+()]+")
LONGEST_VALUE: Final = 6
"""Words of a value that is matched inside a phrase; a longer one is text."""


@dataclass(frozen=True, slots=True)
class Part:
    """A value that has a word among others."""

    column: Column
    value: str
    head: bool
    """Whether the word is what the value is a kind of: 'boots' of 'ankle boots', 'perfume' of 'perfume and mist'."""


class Vocabulary:
    """Every FACET and LIST value of a snapshot by exact key, stem key, word and surname."""

    def __init__(self, snapshot: Snapshot, fields: Fields) -> None:
        """Index the values; 20,000 names take about 0.2 s, once a generation."""
        self._snapshot = snapshot
        self.fields = fields
        self.exact: dict[str, list[Entry]] = {}
        """exact_key of a whole value."""
        self.stems: dict[str, list[Entry]] = {}
        """stem_key of a whole value; names of people are not stemmed."""
        self._parts: dict[str, list[Part]] = {}
        self._initials: dict[str, list[Entry]] = {}
        """First letters of values of three words or more."""
        self.names: dict[str, list[Entry]] = {}
        """Any word of a name of several words, folded."""
        for column in fields.columns:
            people = fields.is_people(column)
            for value in column.values:
                (self._add_name if people else self._add)(column, value)
        told_once = _told_once(fields)
        for column in fields.columns:
            if (yes := fields.truth(column)) is not None:
                for word in told_once.get(column.name, ()):
                    self.stems.setdefault(stem(word), []).append((column, str(yes)))
                self.stems.setdefault(stem_key(column.label), []).insert(0, (column, str(yes)))
                self.exact.setdefault(exact_key(column.label), []).append((column, str(yes)))
                told = " ".join(word for word in split(column.label) if word not in _OFFERED)
                if told and told != column.label:
                    self.stems.setdefault(stem_key(told), []).append((column, str(yes)))
                    self.exact.setdefault(joined(split(told)), []).append((column, str(yes)))

    def _add(self, column: Column, value: str) -> None:
        words = split(value)
        if not words or len(words) > LONGEST_VALUE or self.fields.truth(column) is not None:
            return
        self.exact.setdefault(joined(words), []).append((column, value))
        self.stems.setdefault(stem_key(value), []).append((column, value))
        if len(words) > 2 and (initials := "".join(word[0] for word in words)) and initials.isalpha():
            self._initials.setdefault(initials, []).append((column, value))
        for half in _HALVES.split(fold(value)) if column.role is Role.FACET else ():
            if half != fold(value) and len(half) >= _HALF:
                self.stems.setdefault(stem_key(half), []).append((column, value))
        if len(words) > 1 and words[0] == "the":
            self.exact.setdefault(joined(words[1:]), []).append((column, value))
        if len(words) == 1:
            return
        for part, head in _parts(value):
            self._parts.setdefault(part, []).append(Part(column, value, head))

    def _add_name(self, column: Column, value: str) -> None:
        words = split(value)
        if not words or len(words) > LONGEST_VALUE:
            return
        self.exact.setdefault(joined(words), []).append((column, value))
        if len(words) > 2 and words[0] in ("the", "a"):
            self.exact.setdefault(joined(words[1:]), []).append((column, value))
        if len(words) > 1:
            for word in set(words):
                if len(word) > 2:
                    self.names.setdefault(word, []).append((column, value))

    def initials(self, word: str) -> list[Entry]:
        """Return the one value whose words begin with the letters of a word: 'edp' of eau de parfum."""
        found = self._initials.get(word, [])
        return found if len({value for _, value in found}) == 1 else []

    def holding(self, words: Collection[str]) -> list[Entry]:
        """Return the values that have all of several stems, wherever: 'gas heating' of gas central heating."""
        found = [
            {(part.column.name, part.value): part for part in self._parts.get(word, [])} for word in words
        ]
        if len(found) < 2 or not all(found):
            return []
        shared = set(found[0]).intersection(*found[1:])
        return [(part.column, part.value) for key, part in found[0].items() if key in shared]

    def parts(self, key: str) -> list[Part]:
        """Return the values that have the words of a stem key among others."""
        return self._parts.get(key, [])

    @cached_property
    def common(self) -> frozenset[str]:
        """Words that the catalogue writes in lower case: 'young' is no surname where a film is about a young man."""
        columns = [column.name for column in self.fields.columns if column.role is Role.TEXT]
        cells = (cell for name in columns for row in self._snapshot.words(name) for cell in row)
        return frozenset(word for cell in cells for word in _LOWER.findall(cell))

    @cached_property
    def spellings(self) -> dict[str, list[Entry]]:
        """Exact keys of values worth a guess at their spelling: four letters or more, no names."""
        return {
            key: kept
            for key, entries in self.exact.items()
            if len(key) >= 4
            and not key.isdigit()
            and (kept := [e for e in entries if not self.fields.is_people(e[0])])
        }

    @cached_property
    def heard(self) -> dict[str, str]:
        """The keys of `spellings` as they sound, for what is spelt by ear."""
        return {key: sounded(key) for key in self.spellings}

    @cached_property
    def full_names(self) -> list[str]:
        """Exact keys of names of people, for a guess at their spelling."""
        return [
            key for key, entries in self.exact.items() if any(self.fields.is_people(e[0]) for e in entries)
        ]


_LOWER: Final = re.compile(r"(?<![\w'])[a-z]{3,}(?![\w'])")


def _told_once(fields: Fields) -> dict[str, list[str]]:
    """Return, by column of yes and no, the words of its label that no other such column has: 'bus' of 'by bus'."""
    labels = {
        column.name: split(column.label) for column in fields.columns if fields.truth(column) is not None
    }
    counts = Counter(word for words in labels.values() for word in set(words))
    return {
        name: [
            word for word in words if counts[word] == 1 and len(word) > 2 and word not in _OFFERED | _UNTOLD
        ]
        for name, words in labels.items()
        if not _PRIVATIVE.intersection(words) and not _PRIVATIVE_AFTER.intersection(words)
    }


def _parts(value: str) -> Iterator[tuple[str, bool]]:
    """Yield the stem keys of stretches of one to three words inside a value, and whether each is a head of it."""
    seen: set[str] = set()
    whole = stem_key(value)
    for segment in _SEGMENT.split(fold(value)):
        words = split(segment)
        for start in range(len(words)):
            for end in range(start + 1, min(start + 3, len(words)) + 1):
                if start and words[start - 1] in _PRIVATIVE:
                    continue
                if end < len(words) and words[end] in _PRIVATIVE_AFTER:
                    continue
                if end - start == 1 and words[start] in (_PRIVATIVE_AFTER if end == len(words) else _VAGUE):
                    continue
                key = joined(stem(word) for word in words[start:end])
                if len(key) > 2 and key != whole and key not in seen:
                    seen.add(key)
                    yield key, end == len(words)
