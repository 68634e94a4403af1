"""Weights of the legs from judged queries: coordinate ascent on NDCG@10, with what each leg is worth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from encoders.errors import InputError
from retrieval.search.fusion import best_first
from retrieval.search.weights import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from retrieval.search.fusion import Scores
    from retrieval.search.searcher import Searcher
    from retrieval.types import Query

CUT = 10
"""NDCG is taken over so many places."""
_FACTORS = (0.0, 0.25, 0.5, 0.7, 0.85, 1.2, 1.4, 2.0, 4.0)
"""What a weight is multiplied with in one step of the ascent."""
_LEAST_GAIN = 1e-4
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class LegWorth:
    """One line of the ablation."""

    leg: str
    weight: float
    """Validated weight, all summing to 1."""
    queries: int
    """How many queries have the leg."""
    alone: float
    """NDCG@10 of the leg alone, over those queries."""
    fused: float
    """NDCG@10 of all legs at their weights, over those queries."""
    without: float
    """The same without the leg, the others at the weights that are best then."""


@dataclass(frozen=True, slots=True)
class Validation:
    """What judged queries say of the weights."""

    weights: Mapping[str, float]
    """Leg to weight, summing to 1."""
    before: float
    """NDCG@10 at the weights started from."""
    after: float
    """NDCG@10 at `weights`, which were chosen on the same queries."""
    held_out: float
    """NDCG@10 of each half of the queries at the weights chosen on the other half: what to expect of new queries."""
    error: float
    """Standard error of `held_out`."""
    legs: tuple[LegWorth, ...]
    """By falling weight."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """A query's z-scores and gains over the rows it may return."""

    legs: Mapping[str, Scores]
    gains: Scores
    ideal: float


def validate(
    searcher: Searcher,
    queries: Sequence[Query],
    relevance: Sequence[Mapping[str, float]],
    start: Mapping[str, float] = WEIGHTS,
) -> Validation:
    """Choose the weights that maximise the mean NDCG@10 of the queries.

    `relevance` gives for each query item id to gain (1, or grades; others are 0). Order alone is judged: variety and
    sort play no part. Deterministic. Raises InputError when no query has both a leg and a relevant item that its
    constraints leave.
    """
    judged = [
        found
        for query, gains in zip(queries, relevance, strict=True)
        if (found := _judge(searcher, query, gains)) is not None
    ]
    if not judged:
        raise InputError(
            "The weights can't be validated because no query finds a relevant item; give other queries."
        )
    weights = _ascend(judged, start)
    halves = judged[::2], judged[1::2]
    crossed = [
        _ndcg(query, chosen)
        for chosen, half in (
            (_ascend(halves[1] or judged, start), halves[0]),
            (_ascend(halves[0], start), halves[1]),
        )
        for query in half
    ]
    legs = [_worth(leg, judged, weights, start) for leg in sorted(weights, key=lambda leg: -weights[leg])]
    return Validation(
        weights=weights,
        before=_mean(judged, start),
        after=_mean(judged, weights),
        held_out=float(np.mean(crossed)),
        error=float(np.std(crossed) / np.sqrt(len(crossed))),
        legs=tuple(legs),
    )


def _judge(searcher: Searcher, query: Query, relevance: Mapping[str, float]) -> _Judged | None:
    rows = np.flatnonzero(searcher.allowed(query))
    ids = searcher.snapshot.ids
    gains = np.array([relevance.get(ids[row], 0.0) for row in rows.tolist()], dtype=np.float64)
    legs = {leg: scores[rows] for leg, scores in searcher.legs(query).items()}
    best = np.sort(gains)[::-1][:CUT]
    ideal = float(best @ _discounts(len(best)))
    return _Judged(legs, gains, ideal) if legs and ideal > 0 else None


def _ascend(judged: Sequence[_Judged], start: Mapping[str, float]) -> dict[str, float]:
    present = {leg for query in judged for leg in query.legs}
    known = [weight for leg, weight in start.items() if leg in present and weight > 0]
    weights = {leg: start.get(leg, 0.0) or float(np.mean(known or [1.0])) for leg in sorted(present)}
    best = _mean(judged, weights)
    for _ in range(_ROUNDS):
        before = best
        for leg in weights:
            for tried in [weights | {leg: weights[leg] * factor} for factor in _FACTORS]:
                score = _mean(judged, tried)
                if score > best + _LEAST_GAIN:
                    best, weights = score, tried
        if best == before:
            break
    total = sum(weights.values())
    return {leg: weight / total for leg, weight in weights.items()} if total else weights


def _worth(
    leg: str, judged: Sequence[_Judged], weights: Mapping[str, float], start: Mapping[str, float]
) -> LegWorth:
    having = [query for query in judged if leg in query.legs]
    stripped = [
        replace(query, legs={other: scores for other, scores in query.legs.items() if other != leg})
        for query in having
    ]
    rest = _ascend(stripped, start)
    alone, fused, without = _mean(having, {leg: 1.0}), _mean(having, weights), _mean(stripped, rest)
    return LegWorth(leg, weights[leg], len(having), alone, fused, without)


def _mean(judged: Sequence[_Judged], weights: Mapping[str, float]) -> float:
    return float(np.mean([_ndcg(query, weights) for query in judged]))


def _ndcg(query: _Judged, weights: Mapping[str, float]) -> float:
    """Return the normalised discounted cumulative gain of the first CUT places (Järvelin & Kekäläinen 2002)."""
    total = np.zeros(len(query.gains))
    for leg, scores in query.legs.items():
        total += weights.get(leg, 0.0) * scores
    top = best_first(total, CUT)
    return float(query.gains[top] @ _discounts(len(top))) / query.ideal


def _discounts(count: int) -> NDArray[np.float64]:
    return 1.0 / np.log2(np.arange(2, count + 2))
