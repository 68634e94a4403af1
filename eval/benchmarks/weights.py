"""Weights for a sum of legs, chosen on some dialogues and measured on others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

_GRID = (0.0, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0)
_ROUNDS = 2


def cross_validated(
    legs: Mapping[str, NDArray[np.float32]],
    wanted: Sequence[Sequence[int]],
    groups: NDArray[np.int64],
    folds: int,
) -> tuple[NDArray[np.float32], list[str]]:
    """Return the weighted sum of `legs`, each group scored with weights chosen on the other folds' groups.

    Legs have the shape (cases, candidates), −inf for a candidate that is excluded. The choice maximises the mean
    reciprocal rank by coordinate ascent; of equally good weights the smallest is taken.
    """
    fold_of = groups % folds
    total = np.zeros_like(next(iter(legs.values())))
    spelled = []
    for fold in range(folds):
        train, test = np.flatnonzero(fold_of != fold), np.flatnonzero(fold_of == fold)
        weights = _choose(
            {name: leg[train] for name, leg in legs.items()}, [wanted[case] for case in train.tolist()]
        )
        spelled.append(", ".join(f"{name} {weight:g}" for name, weight in weights.items()))
        total[test] = _sum({name: leg[test] for name, leg in legs.items()}, weights)
    return total, spelled


def rank_of(row: NDArray[np.float32], candidate: int) -> int:
    """Rank of a candidate in a row of scores, ties counted against it; an excluded one ranks last."""
    if not np.isfinite(row[candidate]):
        return len(row)
    return int((row >= row[candidate]).sum())


def _choose(legs: Mapping[str, NDArray[np.float32]], wanted: Sequence[Sequence[int]]) -> dict[str, float]:
    weights = dict.fromkeys(legs, 0.5)
    for _ in range(_ROUNDS):
        for name, leg in legs.items():
            others = _sum(legs, {**weights, name: 0.0})
            scored = [(_reciprocal_rank(_plus(others, leg, weight), wanted), -weight) for weight in _GRID]
            weights[name] = -max(scored)[1]
    return weights


def _sum(legs: Mapping[str, NDArray[np.float32]], weights: Mapping[str, float]) -> NDArray[np.float32]:
    total = np.zeros_like(next(iter(legs.values())))
    for name, weight in weights.items():
        total = _plus(total, legs[name], weight)
    return total


def _plus(total: NDArray[np.float32], leg: NDArray[np.float32], weight: float) -> NDArray[np.float32]:
    # 0 · −inf is not a number.
    return total + np.float32(weight) * leg if weight else total


def _reciprocal_rank(scores: NDArray[np.float32], wanted: Sequence[Sequence[int]]) -> float:
    ranks = [rank_of(row, one) for row, some in zip(scores, wanted, strict=True) for one in some]
    return sum(1 / rank for rank in ranks) / max(len(ranks), 1)
