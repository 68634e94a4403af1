"""Variety: maximal marginal relevance (Carbonell & Goldstein 1998), and one item a title."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retrieval.search.columns import fold
from retrieval.search.fusion import Scores, best_first

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def diversify(
    relevance: Scores, vectors: Sequence[NDArray[np.float32]], count: int, variety: float
) -> list[int]:
    """Return at most `count` positions, each the best by (1 − variety)·relevance − variety·nearness.

    `relevance` is 0…1, shape (n,). Nearness to a row chosen before is the mean cosine over `vectors`, one array (n,
    dimension) a modality, negative ones counted as 0; to several, the largest. The first is always the most
    relevant. Equal ones keep their order; variety 0 is the order of relevance.
    """
    if variety <= 0 or not vectors:
        return [int(position) for position in best_first(relevance, count)]
    left = np.ones(len(relevance), dtype=np.bool_)
    nearness = np.zeros(len(relevance))
    chosen: list[int] = []
    while len(chosen) < min(count, len(relevance)):
        gain = (1 - variety) * relevance - (variety * nearness if chosen else 0.0)
        best = int(np.argmax(np.where(left, gain if chosen else relevance, -np.inf)))
        chosen.append(best)
        left[best] = False
        cosines = np.mean([array @ array[best] for array in vectors], axis=0)
        nearness = np.maximum(nearness, cosines)
    return chosen


def split_repeats(titles: Sequence[str]) -> tuple[list[int], list[int]]:
    """Return the positions of first and of repeated titles, each in their order; case and white space don't count.

    Variants in size or colour that the catalogue calls the same should not fill a list.
    """
    seen: set[str] = set()
    first: list[int] = []
    repeats: list[int] = []
    for position, title in enumerate(titles):
        key = fold(title)
        (repeats if key in seen else first).append(position)
        seen.add(key)
    return first, repeats
