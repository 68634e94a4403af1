"""The grammar of a segment: which tokens may come next, so that every reply is valid at the first attempt.

Guaranteed for any model, trained or not: only slots of the brief, each used once, side by side only as label and value;
every required slot named; at most `sentences` sentences and a bounded length; brackets closed; titles in a row joined
by commas and 'and'; an end on a full stop, a question mark or, for a lead, a colon. Words that state a fact of the set
('three', 'cheapest') are open only where the head says that it is so. A vocabulary needs 'and' and all marks for that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agent.nano.writer_classes import PASSAGES
from agent.nano.writer_surface import CLOSE, OPEN, SOFT, TERMINAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from agent.nano.segment import Segment

END = "<end>"
COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_LOW = frozenset({"<low>", "{low}"})
_TOP = frozenset({"<top>", "{top}"})
GATES: Mapping[str, frozenset[str]] = {
    **{word: frozenset({f"<n={number}>"}) for number, word in enumerate(COUNTS) if number > 1},
    **dict.fromkeys(("both", "pair", "neither"), frozenset({"<n=2>"})),
    **dict.fromkeys(("cheapest", "cheaper", "least", "lowest"), _LOW),
    **dict.fromkeys(("best-rated", "highest", "top-rated", "higher-rated"), _TOP),
}
"""Word to the head tokens of which one must stand for the word to be open."""

BEFORE_ONE = frozenset({"like", "that"})
"""Words after which 'one' counts nothing: 'you might like one of these', 'if you like that one'."""

ABOUT_ITEMS = frozenset({"line", "versus", "why", "detail"})
"""The kinds of segment that are over when their facts are told."""

MISS_WORDS = frozenset(
    {"but", "though", "against", "misses", "everything", "respect", "catch", "mind", "other"}
)
"""About an item, these announce what it misses: closed where it misses nothing, and only misses may follow them."""

LINES = frozenset({"line", "versus"})
"""Of these, the kinds that tell all in a sentence, with a quote behind it."""

_SLOT = re.compile(r"\{[^{}]+\}")
_TAIL = 8  # tokens that may follow the last fact: 'over your limit', ', which is what you asked'

STARTERS = frozenset({"{title}", "{first}", "{low}", "{top}", "{next}", "{matching}"})
"""The slots that may begin a sentence; other values may be in lower case."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The tokens of a writer by what the grammar does with them."""

    ids: Mapping[str, int]
    """Every token to its id."""
    words: NDArray[np.bool_]
    """Shape (len(ids),): ordinary words."""

    @classmethod
    def of(cls, ids: Mapping[str, int]) -> Vocabulary:
        """Sort the tokens of a tokeniser; a word is what begins with a letter."""
        words = np.zeros(len(ids), dtype=np.bool_)
        words[[number for token, number in ids.items() if token[0].isalpha()]] = True
        return cls(ids, words)

    def mask(self, tokens: Iterable[str]) -> NDArray[np.bool_]:
        """Return which ids the given tokens have, shape (len(ids),); unknown tokens are left out."""
        mask = np.zeros(len(self.ids), dtype=np.bool_)
        mask[[self.ids[token] for token in tokens if token in self.ids]] = True
        return mask


class SegmentGrammar:
    """The state of one segment while it is spelled."""

    def __init__(self, segment: Segment, vocabulary: Vocabulary) -> None:
        self._segment = segment
        self._vocabulary = vocabulary
        self._left = {token: list(names) for token, names in segment.slots.items()}
        self._last = ""
        self._length = 0
        self._limit = segment.limit
        self._sentences = 0
        self._open = False
        self._row = ""  # what has to come next in a row of titles
        self._label = ""  # the typed slot whose label was said last and whose value comes next
        head = frozenset(segment.head)
        small_talk = segment.kind == "chat"  # it speaks of no set
        shut = vocabulary.mask(word for word, keys in GATES.items() if not (small_talk or keys & head))
        self._words = vocabulary.words & ~shut
        self._against = False  # the sentence tells what the item misses
        if segment.kind in ABOUT_ITEMS and not any(token.startswith("{!") for token in head):
            self._words = self._words & ~vocabulary.mask(MISS_WORDS)

    @property
    def closed(self) -> bool:
        """Whether the segment is complete."""
        return self._last == END

    def allowed(self) -> NDArray[np.bool_]:
        """Return which ids may come next, shape (len(vocabulary),); at least one until the segment is closed."""
        named = self._named()
        if self._row:
            return self._vocabulary.mask((self._row,))
        if self._length >= self._limit:
            return self._vocabulary.mask(self._closing(named))
        inside = self._last and self._last not in SOFT and self._last != OPEN and self._last not in TERMINAL
        marks: list[str] = []
        if inside:
            marks += [OPEN] if not self._open else [CLOSE] if not self._label else []
            marks += SOFT if not self._open and self._length < self._limit - 1 else ()
            if not self._open and not self._label and self._may_end(frozenset()):
                marks += TERMINAL
        if self._length == self._limit - 1 and OPEN in marks:
            marks.remove(OPEN)  # nothing could stand inside
        if named and self._ended():
            marks.append(END)
        spent = self._segment.kind in ABOUT_ITEMS and named and self._ended() and not any(self._left.values())
        if self._sentences >= self._segment.sentences or spent:
            return self._vocabulary.mask(marks)
        if self._label or not self._last.startswith("{"):
            start = not self._last or self._last in TERMINAL
            marks += [token for token in self._slots() if token in STARTERS or not start]
        return self._words & ~self._vocabulary.mask(self._misplaced()) | self._vocabulary.mask(marks)

    def _misplaced(self) -> Iterator[str]:
        """Yield words that make no sense here: one that was just said, and 'one' for a set of several."""
        yield self._last
        head = self._segment.head
        several = self._segment.kind == "lead" and not {"<n=0>", "<n=1>"} & set(head)
        if several and self._last not in BEFORE_ONE:
            yield "one"

    def advance(self, token: str) -> str:
        """Take `token`; return what it stands for: the word itself, or the slot that a typed slot is resolved to."""
        self._row = self._next_in_row(token)
        if self._segment.kind in ABOUT_ITEMS:
            self._against = (self._against or token in MISS_WORDS) and token not in TERMINAL
        self._last = token
        self._length += 1
        self._sentences += token in TERMINAL
        self._open = token == OPEN or (self._open and token != CLOSE)
        if token in self._left:
            self._label = ""
            slot = self._left[token].pop(0)
            if self._segment.kind in ABOUT_ITEMS and not any(self._left.values()):
                self._limit = min(self._limit, self._length + _TAIL)
            return slot
        value = token.replace(".label}", "}")
        if value != token and value in self._left:
            self._label = value
            found = _SLOT.search(self._left[value][0])
            assert found is not None, "what stands for a typed slot holds one"
            return found[0].replace("}", ".label}")
        return token

    def _next_in_row(self, token: str) -> str:
        """Return what comes after `token` in a row of titles: 'a, b and c'; '' outside of one."""
        left = len(self._left.get("{next}", ()))
        if token == "{next}":
            return "" if left < 2 else "," if left > 2 else "and"
        return "{next}" if self._row == token else ""

    def can(self, token: str, spent: str) -> bool:
        """Tell whether `token` can come some words after `spent`, which comes next, as far as is known."""
        if token == END or token in TERMINAL:
            return not self._owed() - {spent} or (token != END and self._may_end(frozenset({spent})))
        if token[0] != "{":
            number = self._vocabulary.ids.get(token)
            return number is not None and (not token[0].isalpha() or bool(self._words[number]))
        value = token.replace(".label}", "}")
        if token in PASSAGES and not self._may_quote(frozenset({spent})):
            return False
        fits = value == token or value in self._segment.labels
        return fits and len(self._left.get(value, ())) > (value == spent)

    def _may_end(self, spent: frozenset[str]) -> bool:
        """Tell whether a sentence may end with something still to be named.

        About an item the title comes in the first sentence and every miss in the one that announces them, and a line
        tells all but a quote in one. Elsewhere options and conditions of one sort stay together: 'red or blue?'.
        """
        owed = self._owed() - spent
        if not owed or self._sentences + 1 >= self._segment.sentences:
            return not owed
        if self._segment.kind in LINES:
            return bool(owed) and owed <= PASSAGES
        if self._segment.kind in ABOUT_ITEMS:
            missed = any(token.startswith("{!") for token in owed)
            return "{title}" not in owed and not (self._against and missed)
        return not any(len(self._left[token]) < len(self._segment.slots[token]) for token in owed)

    def _may_quote(self, spent: frozenset[str]) -> bool:
        """Tell whether the catalogue's words may come: in a line they come last."""
        return self._segment.kind not in LINES or not self._owed() - spent - PASSAGES

    def accepts(self, tokens: Sequence[str]) -> bool:
        """Tell whether `tokens`, without their end, are a whole segment; spends this state."""
        for token in (*tokens, END):
            number = self._vocabulary.ids.get(token)
            if number is None or not self.allowed()[number]:
                return False
            self.advance(token)
        return True

    def _owed(self) -> frozenset[str]:
        return frozenset(token for token in self._segment.required if self._left[token])

    def _named(self) -> bool:
        return not self._label and not self._owed()

    def _slots(self) -> list[str]:
        """Return the typed slots that are open: after a label its value alone, a bare value only after its label."""
        if self._label:
            return [self._label]
        left = [token for token, names in self._left.items() if names]
        if not self._may_quote(frozenset()):
            left = [token for token in left if token not in PASSAGES]
        if self._against:
            left = [token for token in left if token.startswith("{!") or token == "{title}"]
        values = [token for token in left if "bare}" not in token]
        return values + [token.replace("}", ".label}") for token in left if token in self._segment.labels]

    def _ended(self) -> bool:
        return self._last in TERMINAL or (
            self._last == ":" and self._segment.kind == "lead" and "<cant>" not in self._segment.head
        )

    def _closing(self, named: bool) -> Iterable[str]:
        """Return what is open once the length is used up: what has to be named, then the shortest way to an end."""
        if not named and self._last.startswith("{"):
            return (",",)
        if not named:
            left = [token for token in self._segment.required if self._left[token]]
            bare = [token.replace("}", ".label}") for token in left if "bare}" in token]
            return [self._label] if self._label else [token for token in left if "bare}" not in token] or bare
        if self._open:
            return (CLOSE,)
        return (END,) if self._ended() else (".",)
