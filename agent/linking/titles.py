"""Titles of a catalogue by exact key, by words and by likeness."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from agent.linking.folding import exact_key, fold, split, stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.snapshot import Snapshot

_YEAR: Final = re.compile(r"\s*\((?:1[89]|20)\d\d\)\s*$")
_LIKENESS: Final = 88.0
_WORD_LIKENESS: Final = 80.0
_SMALL: Final = frozenset({"the", "a", "an", "of", "and", "in", "on", "to", "one"})
_TELLING: Final = 5
"""Letters of a stem that, in the title of one item alone, names it: 'galaxy' of '2018 Ford Galaxy Titanium'."""
_COVERED: Final = 0.5
"""How much of a title must be said before it is found among all titles: 'dark knight' of 'The Dark Knight Rises'."""


def _title_key(title: str) -> str:
    return exact_key(re.sub(r"^(?:the|a|an) ", "", fold(_YEAR.sub("", title))))


class TitleIndex:
    """Finds items by title; a year in brackets and a leading article may be left out."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Index nothing yet."""
        self._snapshot = snapshot

    @cached_property
    def _keys(self) -> dict[str, list[str]]:
        keys: dict[str, list[str]] = {}
        for item, title in zip(self._snapshot.ids, self._snapshot.titles(), strict=True):
            for key in {_title_key(title), exact_key(title)} - {""}:
                keys.setdefault(key, []).append(item)
        return keys

    @cached_property
    def _postings(self) -> dict[str, list[int]]:
        postings: dict[str, list[int]] = {}
        for row, title in enumerate(self._snapshot.titles()):
            for word in _words(title):
                postings.setdefault(word, []).append(row)
        return postings

    def exact(self, phrase: str) -> list[str]:
        """Return the ids of the items of that title, all of them when several share it."""
        return self._keys.get(exact_key(phrase)) or self._keys.get(_title_key(phrase)) or []

    def words(self, item: str) -> frozenset[str]:
        """Return the stems of an item's title."""
        return _words(self._snapshot.titles()[self._snapshot.row(item)])

    def near(self, phrase: str, shown: Sequence[str]) -> str | None:
        """Return the shown item whose title is likest: each word of the phrase nearly one of the title's."""
        from rapidfuzz import fuzz

        wanted = [word for word in split(phrase) if word not in _SMALL and len(word) > 3]
        if not wanted:
            return None
        best, likest = None, 0.0
        for item in shown:
            title = split(self._snapshot.titles()[self._snapshot.row(item)])
            scores = [max((fuzz.ratio(word, other) for other in title), default=0.0) for word in wanted]
            if min(scores) >= _WORD_LIKENESS and sum(scores) / len(scores) > likest:
                best, likest = item, sum(scores) / len(scores)
        return best

    def find(self, phrase: str) -> str | None:
        """Return the item of the whole catalogue whose title is meant, if one stands out."""
        if found := self.exact(phrase):
            return found[0]
        return self._by_words(phrase) or self._by_likeness(phrase)

    def _by_words(self, phrase: str) -> str | None:
        wanted = _words(phrase)
        postings = [self._postings.get(word, []) for word in wanted]
        if not postings or not all(postings):
            return None
        rows = set(postings[0]).intersection(*postings[1:])
        titles = self._snapshot.titles()
        covered = [(len(wanted) / max(len(_words(titles[row])), 1), -row) for row in rows]
        if not covered:
            return None
        share, row = max(covered)
        told = len(rows) == 1 and any(len(word) >= _TELLING for word in wanted)
        return self._snapshot.ids[-row] if share >= _COVERED or told else None

    def _by_likeness(self, phrase: str) -> str | None:
        from rapidfuzz import fuzz, process

        key = _title_key(phrase)
        if len(key) < 5:
            return None
        best = process.extractOne(key, self._keys.keys(), scorer=fuzz.ratio, score_cutoff=_LIKENESS)
        return self._keys[best[0]][0] if best else None


def _words(title: str) -> frozenset[str]:
    return frozenset(stem(word) for word in split(_YEAR.sub("", title)) if word not in _SMALL)
