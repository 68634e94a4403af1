"""Measures of ranked lists, each with the standard error of its mean."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Sequence


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over cases."""

    value: float
    error: float
    """Standard error: sample deviation over √n, or that of clusters; 0 for fewer than two of them."""
    cases: int


def mean(values: Sequence[float], clusters: Sequence[Hashable] | None = None) -> Mean:
    """Return the mean of `values` with its standard error; 0 of no cases is 0.

    `clusters` says which cases belong together (the turns of a dialogue): they are no independent draws, and the error
    is then √(G/(G−1) · Σ (sum of a cluster's residuals)²) / n over the G clusters (Liang & Zeger 1986). With a cluster
    a case this is the plain one.
    """
    n = len(values)
    if not n:
        return Mean(0.0, 0.0, 0)
    average = math.fsum(values) / n
    residuals: dict[Hashable, list[float]] = defaultdict(list)
    for value, cluster in zip(values, range(n) if clusters is None else clusters, strict=True):
        residuals[cluster].append(value - average)
    groups = len(residuals)
    if groups == 1:
        return Mean(average, 0.0, n)
    spread = math.fsum(math.fsum(group) ** 2 for group in residuals.values())
    return Mean(average, math.sqrt(spread * groups / (groups - 1)) / n, n)


def recall_at(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Share of the relevant that stand among the first `k`; 0 when nothing is relevant."""
    if not relevant:
        return 0.0
    return len(set(ranked[:k]) & set(relevant)) / len(set(relevant))


def ndcg_at(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Normalised discounted cumulative gain with binary relevance (Järvelin & Kekäläinen 2002)."""
    wanted = set(relevant)
    if not wanted:
        return 0.0
    gain = sum(1 / math.log2(rank + 1) for rank, item in enumerate(ranked[:k], 1) if item in wanted)
    best = sum(1 / math.log2(rank + 1) for rank in range(1, min(k, len(wanted)) + 1))
    return gain / best
