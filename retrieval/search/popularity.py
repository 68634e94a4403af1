"""What to show when nothing was asked: items that many took to, equal ones by their rating."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from retrieval.search.ease import positives
from retrieval.types import Role

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retrieval.snapshot import Snapshot

_RATING = re.compile(r"(?<![a-z])(rating|ratings|stars?|score|vote_average)(?![a-z])", re.IGNORECASE)


def popularity(snapshot: Snapshot) -> NDArray[np.float32] | None:
    """Return each row's place by interactions, then by the rating column, 0 (least) to 1, shape (rows,).

    Rows that are equal in both share a place. None when the catalogue has neither.
    """
    taken = Counter(row for rows in positives(snapshot).values() for row in rows)
    ratings = _ratings(snapshot)
    if not len(snapshot) or (not taken and ratings is None):
        return None
    counts = np.array([taken[row] for row in range(len(snapshot))], dtype=np.float64)
    stars = np.full(len(snapshot), -np.inf) if ratings is None else np.nan_to_num(ratings, nan=-np.inf)
    _, places = np.unique(np.stack([counts, stars], axis=1), axis=0, return_inverse=True)
    return np.asarray(places.ravel() / max(places.max(), 1), dtype=np.float32)


def _ratings(snapshot: Snapshot) -> NDArray[np.float64] | None:
    """Return the first NUMBER column that is named like a rating or counted in stars."""
    for column in snapshot.columns:
        named = _RATING.search(column.name) or _RATING.search(column.label) or column.unit == "stars"
        if column.role is Role.NUMBER and named:
            return snapshot.numbers(column.name)
    return None
