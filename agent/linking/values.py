"""Words of a phrase to values of the catalogue, the surest way first.

| way | example | |
|---|---|---|
| EXACT | 'navy-blue' → Navy Blue | case, hyphens and spaces folded |
| STEM | 't-shirt' → Tshirts | plurals |
| SYNONYM | 'sneakers' → trainers | when the catalogue has no such word itself |
| PART | 'boots' → ankle boots | the value is a kind of what was said; in colours, it has the word |
| FAMILY | 'shoes' → boots, sandals | when there is neither |
| BROADER | 'crimson' → red | likewise; what was said then ranks beside it |
| SPELLING | 'lether' → leather | one value alone is that near |
| NAME | 'nolan' → Christopher Nolan | a word of a name, after a cue or where the word means nothing else |

A kind of thing that is a value and also part of others means them all: asking for boots accepts ankle boots, because
the longer value is a kind of the shorter. Any other value means itself: 'blue' is not navy blue where there is a blue,
though 'not plastic' is not recycled plastic either (`phrases`). A value that several columns have is taken from
the column that is named, else from the one where most items have it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from agent.linking.folding import STOPWORDS, Token, joined, numbers_of, split, stem, stem_key
from agent.linking.spelling import LEAST, english_words, is_slip, sounded
from agent.linking.synonyms import broader, narrower, single_words, synonyms
from agent.linking.units import SPOKEN
from agent.linking.vocabulary import LONGEST_VALUE, Entry, Vocabulary
from retrieval.types import Column, Role

if TYPE_CHECKING:
    from agent.linking.fields import Fields

MOST_VALUES: Final = 24
"""A word that is part of more values than this says too little to filter by them."""
SPELLING_RATIO: Final = 88.0
_SYNONYM_RATIO: Final = 83.0
"""Five letters of six in place, as in 'hoddie'; a word that English has is never guessed at."""
DOMINANT: Final = 0.6
"""Of several people of one surname, the one with this part of the items is meant."""
_MEANT: Final = STOPWORDS - {"him", "her", "his", "men", "up", "out"}


class How(IntEnum):
    """How a phrase was matched, the surest first."""

    EXACT = 0
    STEM = 1
    SYNONYM = 2
    PART = 3
    NAME = 4
    FAMILY = 5
    BROADER = 6
    SPELLING = 7


@dataclass(frozen=True, slots=True)
class Match:
    """Words of a phrase that are values of one column."""

    start: int
    """First token."""
    end: int
    """One past the last token."""
    column: Column
    values: tuple[str, ...]
    """The catalogue's own spelling, best first; any of them will do."""
    how: How


Weigh = Callable[[Column, str], float]
"""How many items have a value, among those that matter."""


Akin = Callable[[Column, str, str], bool]
"""Whether two values of a column belong together: bags and laptop bags do, bags and sleeping bags don't."""


def filled(column: Column, value: str) -> float:
    """Weigh a value by the items that have it."""
    return float(column.values.get(value, 0))


class ValueIndex:
    """Finds the values that the words of a phrase name."""

    def __init__(self, vocabulary: Vocabulary, akin: Akin | None = None) -> None:
        """Search `vocabulary`; `akin` tells whether a longer value is a kind of a shorter one, else any is."""
        self._vocabulary = vocabulary
        self._akin = akin
        self._fields: Fields = vocabulary.fields

    def find(
        self,
        words: Sequence[Token],
        hinted: Collection[str] = (),
        weigh: Weigh = filled,
        least: How = How.SPELLING,
        spent: Collection[int] = (),
    ) -> tuple[Match, ...]:
        """Return the matches in a phrase, longest first taken, in the order of the words.

        `hinted` are names of columns that the phrase mentions; `least` is the weakest way that counts, and `spent`
        are places of words that name columns: they are values only as they stand.
        """
        taken: list[Match] = []
        # Misspellings come last: 'navy blue t' is nearly 'navy blue', but the t belongs to the shirt.
        for spelling in (False, True) if least is How.SPELLING else (False,):
            for length in range(min(LONGEST_VALUE, len(words)), 0, -1):
                for start in range(len(words) - length + 1):
                    end = start + length
                    if any(start < match.end and match.start < end for match in taken):
                        continue
                    weakest = How.SPELLING if spelling else min(least, How.BROADER)
                    if all(place in spent for place in range(start, end)):
                        weakest = min(weakest, How.STEM)
                    match = self._window(words, start, end, hinted, weigh, weakest)
                    if match and not self._plainer(words, match, hinted, weigh):
                        taken.append(match)
        return tuple(sorted(taken, key=lambda match: match.start))

    def _plainer(self, words: Sequence[Token], match: Match, hinted: Collection[str], weigh: Weigh) -> bool:
        """Tell whether the last of several words is a value as it stands: 'walking boots' are boots before shoes."""
        if match.how is not How.BROADER or match.end - match.start == 1:
            return False
        return self._window(words, match.end - 1, match.end, hinted, weigh, How.STEM) is not None

    def _window(
        self, words: Sequence[Token], start: int, end: int, hinted: Collection[str], weigh: Weigh, least: How
    ) -> Match | None:
        window = words[start:end]
        edges = (window[0].text, window[-1].text)
        if all(word.text in _MEANT for word in window):
            return None
        known = joined(word.text for word in window) in self._vocabulary.exact  # 'A minor' is a key,
        known = known and not (end < len(words) and words[end].text == "key")  # 'a minor key' is any
        if len(window) > 1 and any(e in _ARTICLES for e in edges) and not known:
            return None
        beside = any(word.text in _BESIDE for word in words)
        alone = len(window) == sum(word.text not in _MEANT for word in words) or len(window) == len(words)
        if not hinted and not alone and joined(w.text for w in window).isdigit():
            return None  # '9' of 'under 9 and red' is no size
        ways = (
            self._guesses(window, hinted, alone)
            if least is How.SPELLING
            else self._ways(window, hinted, alone and not (beside and self._shared(window)))
        )
        for how, entries in ways:
            if how > least:
                return None
            if entries and (chosen := self._choose(entries, hinted, weigh)):
                column, values = chosen
                if how is How.PART and column.role is Role.LIST:
                    values = _nearest(words, values)
                return Match(start, end, column, self._with_parts(window, column, values, how, weigh), how)
        return None

    def _shared(self, window: Sequence[Token]) -> bool:
        """Tell whether several columns have words as a value: a cat, and what gets on with cats."""
        forms = numbers_of(window[-1].text)
        start = joined(w.text for w in window[:-1])
        return (
            len({entry[0].name for last in forms for entry in self._vocabulary.exact.get(start + last, [])})
            > 1
        )

    def _ways(
        self, window: Sequence[Token], hinted: Collection[str], alone: bool
    ) -> Sequence[tuple[How, list[Entry]]]:
        vocabulary = self._vocabulary
        start, key = joined(w.text for w in window[:-1]), joined(w.stem for w in window)
        forms = (vocabulary.exact.get(start + last, []) for last in numbers_of(window[-1].text))
        exact = [entry for form in forms for entry in form if self._meant(entry, window, hinted)]
        itself = {
            entry[0].name for entry in vocabulary.exact.get(start + window[-1].text, []) if entry in exact
        }
        if (
            alone and itself & self._fields.categories
        ):  # 'a cat' is the kind before it is what gets on with cats
            exact = [entry for entry in exact if entry[0].name in itself | self._fields.categories]
        ways = [
            (How.EXACT, exact),
            (How.STEM, vocabulary.stems.get(key, [])),
            (How.SYNONYM, [e for other in synonyms(key) for e in vocabulary.stems.get(other, [])]),
            (How.PART, self._parts(key, hinted) or vocabulary.holding([word.stem for word in window])),
        ]
        if not any(entries for _, entries in ways) and len(window) == 1 and alone:
            ways.append((How.PART, vocabulary.initials(window[0].text)))
        if not any(entries for _, entries in ways):
            ways.append((How.NAME, self._name(window, hinted, alone)))
            ways.append((How.FAMILY, [e for other in narrower(key) for e in vocabulary.stems.get(other, [])]))
            ways.append((How.BROADER, [e for other in broader(key) for e in vocabulary.stems.get(other, [])]))
        return ways

    def _guesses(
        self, window: Sequence[Token], hinted: Collection[str], alone: bool
    ) -> Sequence[tuple[How, list[Entry]]]:
        return [(How.SPELLING, self._spelling(window, joined(w.text for w in window), hinted, alone))]

    def wider(self, column: Column, values: Collection[str]) -> frozenset[str]:
        """Return the values that have one of some values in them: whoever avoids onion avoids spring onion.

        Colours are not widened: off white is no white.
        """
        if self._fields.is_colour(column) or self._fields.truth(column) is not None:
            return frozenset()
        parts = (part for value in values for part in self._vocabulary.parts(stem_key(value)))
        return frozenset(part.value for part in parts if part.column is column and part.head)

    def names_part(self, words: Sequence[Token], columns: Collection[str]) -> bool:
        """Tell whether words are a part of a value of some of these columns: 'coffee' of coffee machines."""
        parts = self._vocabulary.parts(joined(word.stem for word in words))
        return any(part.column.name in columns for part in parts)

    def is_common(self, word: str) -> bool:
        """Tell whether the catalogue's own text uses a word in lower case, so that it is no mere name."""
        return word in self._vocabulary.common

    def _meant(self, entry: Entry, window: Sequence[Token], hinted: Collection[str]) -> bool:
        """Tell whether a value of one word that may be a name is meant: 'Hope' after 'with', not 'hope' at large."""
        column, value = entry
        if len(window) > 1 or column.name in hinted or not self._fields.is_people(column):
            return True
        return window[0].text not in self._vocabulary.common and len(value) > 2

    def _parts(self, key: str, hinted: Collection[str]) -> list[Entry]:
        parts = [part for part in self._vocabulary.parts(key) if part.head or self._loose(part.column)]
        counts: dict[str, int] = {}
        for part in parts:
            counts[part.column.name] = counts.get(part.column.name, 0) + 1
        return [
            (p.column, p.value)
            for p in parts
            if counts[p.column.name] <= MOST_VALUES or p.column.name in hinted
        ]

    def _loose(self, column: Column) -> bool:
        """Tell whether any word of a value describes it: 'grey melange' is grey, 'shoe accessories' are no shoes."""
        return column.name not in self._fields.categories

    def _name(self, window: Sequence[Token], hinted: Collection[str], alone: bool) -> list[Entry]:
        if len(window) != 1:
            return []
        word = window[0]
        entries = self._vocabulary.names.get(word.text, [])
        if not entries:
            return []
        if synonyms(word.stem) and not word.said[:1].isupper():
            return []  # 'french' is what comes from France before it is French Stewart
        cued = [entry for entry in entries if entry[0].name in hinted]
        if not cued and (not (alone or word.said[:1].isupper()) or word.text in self._vocabulary.common):
            return []
        entries = cued or entries
        last = [entry for entry in entries if entry[1].casefold().endswith(word.text)]
        entries = last or entries
        counts: dict[str, int] = {}
        for column, value in entries:
            counts[value] = counts.get(value, 0) + column.values.get(value, 0)
        best = max(counts, key=lambda value: counts[value])
        if counts[best] >= DOMINANT * sum(counts.values()):
            return [entry for entry in entries if entry[1] == best]
        return entries if len(counts) <= (8 if cued else 3) else []

    def _negated(self, window: Sequence[Token]) -> bool:
        """Tell whether a word is the opposite of a value, no slip of it: 'unfurnished' of 'furnished'."""
        word = window[0].text
        bare = next((word.removeprefix(un) for un in ("un", "non", "in", "dis") if word.startswith(un)), word)
        if (
            any(f"{un}{word}" in self._vocabulary.exact for un in ("un", "non", "in", "dis"))
            or word in SPOKEN
        ):
            return True  # 'pasteurised' where there is 'unpasteurised', five francs where there is France
        return (
            bare != word
            and len(bare) >= LEAST
            and (joined([bare]) in self._vocabulary.exact or stem(bare) in self._vocabulary.stems)
        )

    def _spelling(
        self, window: Sequence[Token], exact: str, hinted: Collection[str], alone: bool
    ) -> list[Entry]:
        from rapidfuzz import fuzz, process

        if len(exact) < 4 or exact.isdigit() or any(word.stop for word in window):
            return []
        known = self._vocabulary.spellings
        if len(window) == 1 and self._negated(window):
            return []
        if len(window) == 1 and (
            exact in self._vocabulary.common or (not alone and exact in english_words())
        ):
            return []  # a word that the catalogue or English itself uses is spelt as it is meant: range is no orange
        near = process.extract(exact, known.keys(), scorer=fuzz.ratio, score_cutoff=SPELLING_RATIO, limit=3)
        if not near and sounded(exact) != exact:  # 'headfones', 'jakit' are spelt by ear
            heard = process.extract(
                sounded(exact),
                self._vocabulary.heard,
                scorer=fuzz.ratio,
                score_cutoff=SPELLING_RATIO,
                limit=3,
            )
            near = [(key, score, 0) for _, score, key in heard]
        if not near and len(window) == 1 and exact.endswith("s"):  # 'beginers' is nearer to beginner as one
            single = exact.removesuffix("s")
            near = process.extract(
                single, known.keys(), scorer=fuzz.ratio, score_cutoff=SPELLING_RATIO, limit=3
            )
        if near:
            best = [key for key, score, _ in near if score == near[0][1]]
            return known[best[0]] if len(best) == 1 else []
        if meant := self._misspelt_synonym(exact) if len(window) == 1 else []:
            return meant
        slips = [key for key in known if is_slip(exact, key)] if len(window) == 1 else []
        if len(slips) == 1:
            return known[slips[0]]
        # 'decaf' for decaffeinated: of five letters or more, and the beginning of one value only.
        longer = (
            [key for key in known if key.startswith(exact) and not key.endswith("free")]
            if len(window) == 1 and len(exact) >= 5
            else []
        )
        if len(longer) == 1:
            return known[longer[0]]
        if (alone or hinted) and len(exact) >= 6 and exact not in english_words():
            return self._name_spelling(window, exact)
        return []

    def _misspelt_synonym(self, exact: str) -> list[Entry]:
        """Return what a misspelt synonym of values stands for: 'hoddie', where hoodies are sweatshirts."""
        from rapidfuzz import fuzz, process

        if len(exact) < LEAST or exact in english_words():
            return []  # plants are no pants
        near = process.extract(exact, single_words(), scorer=fuzz.ratio, score_cutoff=_SYNONYM_RATIO, limit=2)
        if not near or (len(near) > 1 and near[1][1] == near[0][1]):
            return []
        key = stem_key(near[0][0])
        stems = self._vocabulary.stems
        return list(stems.get(key, ())) or [one for other in synonyms(key) for one in stems.get(other, [])]

    def _name_spelling(self, window: Sequence[Token], exact: str) -> list[Entry]:
        from rapidfuzz import fuzz, process

        vocabulary = self._vocabulary
        near = process.extract(
            exact, vocabulary.full_names, scorer=fuzz.ratio, score_cutoff=SPELLING_RATIO, limit=2
        )
        if near and (len(near) == 1 or near[0][1] > near[1][1]):
            return vocabulary.exact[near[0][0]]
        if len(window) == 1:
            near = process.extract(
                exact, vocabulary.names.keys(), scorer=fuzz.ratio, score_cutoff=SPELLING_RATIO, limit=2
            )
            if near and (len(near) == 1 or near[0][1] > near[1][1]):
                entries = vocabulary.names[near[0][0]]
                return entries if len({value for _, value in entries}) == 1 else []
        return []

    def _choose(
        self, entries: Sequence[Entry], hinted: Collection[str], weigh: Weigh
    ) -> tuple[Column, tuple[str, ...]] | None:
        """Choose one column among entries, and its values."""
        pool = [entry for entry in entries if entry[0].name in hinted] or list(entries)
        column = pool[0][0]
        if any(owner is not column for owner, _ in pool):
            weights: dict[str, float] = {}
            for owner, value in pool:
                # A bare name is more often that of who made it than of who wrote or played in it.
                bias = 1.5 if owner is self._fields.maker else 1.0
                weights[owner.name] = weights.get(owner.name, 0.0) + bias * weigh(owner, value)
            # Of two columns with the same items under the same word, the finer says more: article type before category.
            column = max(
                (owner for owner, _ in pool), key=lambda owner: (weights[owner.name], len(owner.values))
            )
        return column, tuple(dict.fromkeys(value for owner, value in pool if owner is column))

    def _with_parts(
        self, window: Sequence[Token], column: Column, values: tuple[str, ...], how: How, weigh: Weigh
    ) -> tuple[str, ...]:
        """Add the kinds of what was said: to 'jackets', rain jackets; a colour as it stands means itself alone."""
        if how >= How.PART or (how <= How.STEM and column.name not in self._fields.categories):
            return values
        key = joined(word.stem for word in window)
        more = [
            value
            for owner, value in self._parts(key, ())
            if owner is column and (how > How.STEM or not self._akin or self._akin(column, values[0], value))
        ]
        return tuple(dict.fromkeys((*values, *more)))


def _nearest(words: Sequence[Token], values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the values that have most of the words of a phrase: 'fast charging' alone of 'charges fast'."""
    said = {word.stem for word in words}
    shared = [len(said & {stem(word) for word in split(value)}) for value in values]
    return tuple(value for value, count in zip(values, shared, strict=True) if count == max(shared))


_BESIDE: Final = frozenset({"with", "around", "near"})
_ARTICLES: Final = frozenset(
    {"a", "an", "the", "of", "and", "or", "in", "on", "for", "with", "to", "by", "from"}
)
