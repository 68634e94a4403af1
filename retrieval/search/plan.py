"""How vectors are searched: an exact scan of the rows left, or the index with its candidates rescored.

What is guaranteed. A scan is exact. Up to 100,000 rows, or wherever the filter leaves so few of them that an
unfiltered index would have to return a tenth of the catalogue, vectors are scanned: 25 ms for 100,000 rows of
512 numbers, where a filter pushed into Chroma costs 30–96 ms at half that size. Above it the index proposes
candidates, and

1. every candidate is scored exactly by every leg, so no score shown is the index's;
2. a row that no list has can at best be as near as the last row of each list (Fagin, Lotem & Naor 2003, threshold
   algorithm); all rows that could so reach the wanted places are scored too;
3. the index is disbelieved, and the scan done, when it does not answer, returns fewer rows than asked for, or
   when a row scored for another reason turns out nearer than the last of its list and is not on it.

So the result equals the exact one if the index returned its true nearest rows. An HNSW graph can lose rows
(1–2 % of random vectors, none seen on clustered ones), and rule 3 finds a lost row only when some other leg,
or the audit, comes across it: `AUDIT` rows spread over the catalogue are scored with every request. A lost
row that nothing else finds is missed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from retrieval.search.fusion import Scale, Scores, best_first

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.search.columns import Mask
    from retrieval.search.vectors import Probe
    from retrieval.snapshot import Snapshot

EXACT_ROWS = 100_000
"""Up to this many rows in the catalogue, or left by the filter, scanning is exact and quick enough."""
AUDIT = 2_048
"""Rows whose scores give a leg's mean and spread, and which the index is checked on; all of them in smaller
catalogues."""
_OVER_FETCH = 1.5
_DEEPER = 4
"""Lists that leave too many rows possible are asked for again, so many times longer."""
_LARGEST_PART = 0.1
"""The index is not asked for more than this part of the catalogue, and no more than it is rescored."""
_ROUNDING = 1e-5
"""Two ways to add up a cosine in float32 differ by less."""


@dataclass(frozen=True, slots=True)
class Found:
    """Rows scored by every probe."""

    rows: NDArray[np.int64]
    """Ascending, shape (n,)."""
    scores: Sequence[Scores]
    """One array of z-scores a probe, shape (n,) each."""
    reason: str
    """Which way, and why, for people."""


@dataclass(frozen=True, slots=True)
class _Sought:
    """What the index is to find."""

    probes: Sequence[Probe]
    weights: NDArray[np.float64]
    others: Scores
    allowed: Mask
    wanted: int


class Planner:
    """Searches the vectors of one generation, exactly or through its index."""

    def __init__(self, snapshot: Snapshot, exact_rows: int = EXACT_ROWS, audit: int = AUDIT) -> None:
        """Read nothing yet."""
        self._audit = audit
        self._snapshot = snapshot
        self._exact_rows = exact_rows
        self._present = lru_cache(maxsize=None)(self._find_present)
        self._sample = lru_cache(maxsize=None)(self._take_sample)

    def search(
        self,
        probes: Sequence[Probe],
        weights: Sequence[float],
        others: Scores,
        allowed: Mask,
        wanted: int | None,
    ) -> Found:
        """Return rows with their z-scores: the `wanted` best of `allowed` by the fused total are among them.

        `weights` (positive) go with the probes, `others` is what the other legs say of every row, shape
        (rows,); `wanted` None asks for every allowed row.
        """
        left, total = int(np.count_nonzero(allowed)), len(allowed)
        plainly = f"{left:,} of {total:,} rows left"
        if not probes:
            return Found(np.flatnonzero(allowed), [], f"no vectors needed ({plainly})")
        if wanted is None or left <= self._exact_rows:
            return self._scan(probes, allowed, plainly)
        sought = _Sought(probes, np.asarray(weights), others, allowed, wanted)
        fetch = int(np.ceil(_OVER_FETCH * wanted * total / left))
        if fetch > _LARGEST_PART * total:
            return self._scan(probes, allowed, f"{plainly}, too few for the index")
        while fetch <= _LARGEST_PART * total:
            lists = self._listed(probes, fetch)
            if isinstance(lists, str):
                return self._scan(probes, allowed, lists)
            candidates = self._candidates(sought, lists)
            if isinstance(candidates, str):
                return self._scan(probes, allowed, candidates)
            if candidates is not None:
                scores = [self._standard(probe, self._exactly(probe, candidates)) for probe in probes]
                reason = f"index ({len(candidates):,} candidates of {total:,} rows, rescored exactly)"
                return Found(candidates, scores, reason)
            fetch *= _DEEPER
        return self._scan(probes, allowed, "the index could not rule enough rows out")

    def _scan(self, probes: Sequence[Probe], allowed: Mask, reason: str) -> Found:
        rows = np.flatnonzero(allowed)
        scores = [self._standard(probe, self._exactly(probe, rows)) for probe in probes]
        return Found(rows, scores, f"exact scan ({reason})")

    def _listed(self, probes: Sequence[Probe], fetch: int) -> list[NDArray[np.int64]] | str:
        """Return the rows that the index holds nearest to each probe, or why it is not believed."""
        lists = []
        for probe in probes:
            answer = self._snapshot.nearest(probe.modality, probe.vector, fetch)
            if answer is None:
                return "the index did not answer"
            if len(answer) < fetch:
                return f"the index returned {len(answer):,} of {fetch:,}"
            lists.append(np.array([row for row, _ in answer], dtype=np.int64))
        return lists

    def _candidates(
        self, sought: _Sought, lists: Sequence[NDArray[np.int64]]
    ) -> NDArray[np.int64] | str | None:
        """Return all rows that can be among the best, ascending; None when too many can; or why the index is wrong."""
        allowed, others, total = sought.allowed, sought.others, len(sought.allowed)
        leading = np.flatnonzero(allowed)[best_first(others[allowed], sought.wanted)]
        rows = np.unique(np.concatenate([*lists, leading, _spread(total, self._audit)]))
        totals = others[rows]
        unseen = 0.0
        for probe, weight, listed in zip(sought.probes, sought.weights, lists, strict=True):
            exact = self._exactly(probe, rows)
            on_list = np.isin(rows, listed)
            last = np.nanmin(exact[on_list], keepdims=True)
            if np.any(exact[~on_list] > last + _ROUNDING):
                return "the index has lost rows"
            totals += weight * self._standard(probe, exact)
            # A row without a vector stands at 0, the mean, even where the list ends below.
            unseen += weight * max(self._standard(probe, last).item(), 0.0)
        kept = allowed[rows]
        if np.count_nonzero(kept) < sought.wanted:
            return None
        bar = float(np.partition(totals[kept], -sought.wanted)[-sought.wanted])
        possible = allowed & (others + unseen >= bar - _ROUNDING)
        possible[rows] = kept & (totals >= bar - _ROUNDING)
        return np.flatnonzero(possible) if np.count_nonzero(possible) <= _LARGEST_PART * total else None

    def _exactly(self, probe: Probe, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the cosine of each row, NaN where it has no vector."""
        vectors = self._snapshot.vectors(probe.modality)
        assert vectors is not None
        # Copying rows out of the array costs about as much as multiplying twice as many where they lie.
        scores = (
            (vectors @ probe.vector)[rows] if 2 * len(rows) > len(vectors) else vectors[rows] @ probe.vector
        )
        return np.where(self._present(probe.modality)[rows], scores, np.float32(np.nan))

    def _standard(self, probe: Probe, scores: NDArray[np.float32]) -> Scores:
        return Scale.of(self._sample(probe.modality) @ probe.vector).apply(scores)

    def _find_present(self, modality: str) -> Mask:
        """Return the rows that have a vector; absent ones are stored as zeros."""
        vectors = self._snapshot.vectors(modality)
        assert vectors is not None
        return np.asarray(np.any(vectors, axis=1))

    def _take_sample(self, modality: str) -> NDArray[np.float32]:
        """Return vectors spread over those that are there, shape (at most audit, dimension)."""
        vectors = self._snapshot.vectors(modality)
        assert vectors is not None
        rows = np.flatnonzero(self._present(modality))
        return np.ascontiguousarray(vectors[rows[_spread(len(rows), self._audit)]])


def _spread(total: int, count: int) -> NDArray[np.int64]:
    """Return at most `count` numbers evenly over 0…total−1."""
    return np.unique(np.linspace(0, total - 1, min(total, count)).astype(np.int64))
