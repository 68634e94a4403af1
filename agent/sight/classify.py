"""Which of a catalogue's values a picture shows, from words and from pictures whose values are known.

Words: zero-shot classification as in CLIP (Radford et al. 2021), each value in several wordings, the softmax at the
model's own scale. Pictures: the nearest items vote for their values, as in Tip-Adapter (Zhang et al. 2022), which needs
no training. How much each counts, and how sure an answer must be to be said, is measured on the catalogue itself,
each item judged by the others; a picture unlike all of them is judged by words alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_NEIGHBOURS: Final = 12
_RIGHT: Final = 0.8
"""How many of the answers that are said must be right on the catalogue's own items."""
_CERTAIN: Final = 0.95
"""How many must be of those that leave all else out of a search."""
_UNCHECKED: Final = 0.6
"""Chance from which words alone are believed where there is nothing to measure them on."""
_ERRORS: Final = 1.5
"""Standard errors by which a measurement must be better: twenty that happen to be right prove little."""
_FEWEST: Final = 20
"""Answers that a measurement needs."""
_NEVER: Final = 1.1
"""A chance that none reaches."""
_SAMPLE: Final = 400
_GALLERY: Final = 4000
"""Items that are judged and that vote: evenly spaced ones of a large catalogue, so that it takes under a second."""
_MIXES: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Parts of the votes tried; the rest is the words'."""
_FAR: Final = 5.0
"""Percentile of the items' likeness to their nearest under which a picture is like none of them."""


@dataclass(frozen=True, slots=True)
class Guess:
    """The best value for a picture."""

    value: str
    chance: float
    sure: bool
    """Whether answers with this chance are right often enough to be said."""
    certain: bool = False
    """Whether they are right often enough to leave all else out."""


class Classifier:
    """Chooses among the values of one aspect."""

    def __init__(
        self,
        values: Sequence[str],
        words: Floats,
        scale: float,
        gallery: Floats | None = None,
        labels: NDArray[np.bool_] | None = None,
    ) -> None:
        """Measure on a gallery, if there is one.

        `words` are unit vectors of the values, shape (values, dimension); `gallery` those of pictures, shape
        (pictures, dimension), and `labels` which values each has, shape (pictures, values).
        """
        self.values = tuple(values)
        self._words, self._scale = words, scale
        self._gallery: Floats | None = None
        self._mix, self._far = 0.0, 0.0
        self._certain = _NEVER
        self._enough = self._enough_words = np.full(len(self.values), _UNCHECKED, np.float32)
        if gallery is not None and labels is not None and len(gallery) >= 2 * _FEWEST:
            step = -(-len(gallery) // _GALLERY)
            self._gallery, self._labels = gallery[::step], labels[::step].astype(np.float32)
            self._measure()

    def guess(self, vector: Floats) -> Guess:
        """Return the best value for a picture, a unit vector of shape (dimension,)."""
        chances, far = self.chances(vector)
        best = int(chances.argmax())
        enough = self._enough_words if far else self._enough
        chance = float(chances[best])
        return Guess(
            self.values[best], chance, bool(chance >= enough[best]), not far and chance >= self._certain
        )

    def nearest_has(self, value: str, vector: Floats) -> bool:
        """Tell whether the nearest picture whose values are known has a value; without any it has none."""
        if self._gallery is None:
            return False
        return bool(self._labels[int((self._gallery @ vector).argmax()), self.values.index(value)])

    def chances(self, vector: Floats) -> tuple[Floats, bool]:
        """Return the chance of each value, and whether the picture is unlike all items that have them."""
        spoken = self._by_words(vector[None])[0]
        if self._gallery is None:
            return spoken, True
        alike = self._gallery @ vector
        if float(alike.max()) < self._far:
            return spoken, True
        return self._mix * self._by_votes(alike[None])[0] + (1 - self._mix) * spoken, False

    def _by_words(self, vectors: Floats) -> Floats:
        return _softmax(self._scale * (vectors @ self._words.T))

    def _by_votes(self, alike: Floats) -> Floats:
        """Return the votes of the nearest, shape (pictures, values), for likenesses of shape (pictures, gallery)."""
        count = min(_NEIGHBOURS, alike.shape[1])
        nearest = np.argpartition(-alike, count - 1, axis=1)[:, :count]
        weights = _softmax(self._scale / 2 * np.take_along_axis(alike, nearest, axis=1))
        # An item of two values gives each half a vote, so that votes sum to one as chances do.
        shares = self._labels / np.maximum(self._labels.sum(axis=1, keepdims=True), 1)
        votes: Floats = np.einsum("pk,pkv->pv", weights, shares[nearest])
        return votes

    def _measure(self) -> None:
        """Set the mix and what is enough from items judged by the others."""
        assert self._gallery is not None
        rows = np.arange(0, len(self._gallery), -(-len(self._gallery) // _SAMPLE))
        alike = self._gallery[rows] @ self._gallery.T
        alike[np.arange(len(rows)), rows] = -1
        self._far = float(np.percentile(alike.max(axis=1), _FAR))
        spoken, votes, true = self._by_words(self._gallery[rows]), self._by_votes(alike), self._labels[rows]
        right = [_right(mix * votes + (1 - mix) * spoken, true) for mix in _MIXES]
        self._mix = _MIXES[int(np.argmax(right))]
        chances = self._mix * votes + (1 - self._mix) * spoken
        self._enough = _enough(chances, true)
        held = true[np.arange(len(true)), chances.argmax(axis=1)] > 0
        self._certain = _level(chances.max(axis=1), held, _CERTAIN)
        # Pictures like none of the items are stranger still: what is enough for items is not less for them.
        self._enough_words = np.maximum(_enough(spoken, true), _UNCHECKED)


def _right(chances: Floats, true: Floats) -> float:
    return float(true[np.arange(len(true)), chances.argmax(axis=1)].mean())


def _enough(chances: Floats, true: Floats) -> Floats:
    """Return for each value the lowest chance at and above which enough answers are right, shape (values,).

    The commonest value is judged apart from the others: most things are plain, so 'plain' is right most of the time
    whatever is seen, and has to be right more often than that.
    """
    best, sure = chances.argmax(axis=1), chances.max(axis=1)
    right = true[np.arange(len(true)), best] > 0
    common = int(true.mean(axis=0).argmax())
    base = float(true[:, common].mean())
    rare = best != common
    levels = np.full(chances.shape[1], _level(sure[rare], right[rare], _RIGHT), np.float32)
    levels[common] = _level(sure[~rare], right[~rare], max(_RIGHT, (1 + base) / 2))
    return levels


def _level(sure: Floats, right: NDArray[np.bool_], wanted: float) -> float:
    """Return the lowest chance from which on `wanted` of the answers are right; above 1 where there is none."""
    order = np.argsort(-sure, kind="stable")
    count = np.arange(1, len(order) + 1)
    luck = _ERRORS * np.sqrt(wanted * (1 - wanted) / count)
    enough = np.cumsum(right[order]) / count - luck >= wanted
    enough[: _FEWEST - 1] = False
    return float(sure[order][np.flatnonzero(enough)[-1]]) if enough.any() else _NEVER


def _softmax(logits: Floats) -> Floats:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    chances: Floats = powers / powers.sum(axis=1, keepdims=True)
    return chances
