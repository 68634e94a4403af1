"""How near two texts are, to tell whether a request that measures was also trained on.

Similarity is the larger of two Jaccard coefficients, over sets of words and over sets of four characters, of folded
texts: the first sees words in another order, the second other spellings. To find all texts at least that near without
comparing with each, only those are looked at that share one of a text's rarest features (prefix filtering, Chaudhuri,
Ganti & Kaushik 2006): of n features all but ⌈t·n⌉ − 1 may be missed, so one of the n − ⌈t·n⌉ + 1 rarest is shared.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from agent.linking.folding import split

if TYPE_CHECKING:
    from collections.abc import Iterable

NEAR: Final = 0.8
_GRAM: Final = 4


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A text that is near another."""

    text: str
    similarity: float
    """0 to 1; 1 when the folded texts are equal, or the same words in another order."""


def folded(text: str) -> str:
    """Return the words of a text in lower case, without accents and marks, one space between them."""
    return " ".join(split(text))


def similarity(one: str, other: str) -> float:
    """Return how near two texts are, 0 to 1."""
    a, b = _features(folded(one)), _features(folded(other))
    return max(_jaccard(x, y) for x, y in zip(a, b, strict=True))


class Texts:
    """Many texts that can be searched for those near another."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Index `texts`; those that fold to the same are kept once."""
        kept = {folded(text): text for text in texts}
        self._texts = list(kept.values())
        self._features = [_features(text) for text in kept]
        self._holders: dict[str, list[int]] = defaultdict(list)
        """Feature to the texts that have it; words begin with ' ' and grams with '='."""
        for number, features in enumerate(self._features):
            for feature in (*features[0], *features[1]):
                self._holders[feature].append(number)

    def __len__(self) -> int:
        return len(self._texts)

    def near(self, text: str, least: float = NEAR) -> list[Neighbour]:
        """Return the texts at least that near to `text`, nearest first."""
        wanted = _features(folded(text))
        numbers = {number for features in wanted for number in self._candidates(features, least)}
        found = [
            Neighbour(self._texts[number], value)
            for number in numbers
            if (value := max(_jaccard(a, b) for a, b in zip(wanted, self._features[number], strict=True)))
            >= least
        ]
        return sorted(found, key=lambda one: (-one.similarity, one.text))

    def _candidates(self, features: frozenset[str], least: float) -> set[int]:
        # A tiny slack keeps 0.8 · 5, which is a little more than 4 in binary, from asking for 5 of 5.
        enough = math.ceil(least * len(features) - 1e-9)
        rarest = sorted(features, key=lambda feature: (len(self._holders.get(feature, ())), feature))
        shared = rarest[: len(features) - enough + 1]
        return {number for feature in shared for number in self._holders.get(feature, ())}


def _features(plain: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words and the runs of four characters of a folded text, marked as what they are."""
    words = frozenset(f" {word}" for word in plain.split())
    last = max(len(plain) - _GRAM + 1, 1)
    return words, frozenset(f"={plain[at : at + _GRAM]}" for at in range(last) if plain)


def _jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared) if a or b else 0.0
