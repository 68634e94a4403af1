"""Weights for a sum of legs, chosen on some dialogues and measured on others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

_GRID = (0.0, 0.1, 0.25, 0.5, 1.0, 2.0)
_ROUNDS = 2


def cross_validated(
    legs: Mapping[str, NDArray[np.float32]],
    wanted: Sequence[Sequence[int]],
    groups: NDArray[np.int64],
    folds: int,
) -> tuple[NDArray[np.float32], list[str]]:
    """Return the weighted sum of `legs`, each group scored with weights chosen on the other folds' groups.

    Legs have the shape (cases, candidates). The choice maximises the mean reciprocal rank by coordinate ascent.
    """
    fold_of = groups % folds
    total = np.zeros_like(next(iter(legs.values())))
    spelled = []
    for fold in range(folds):
        train, test = np.flatnonzero(fold_of != fold), np.flatnonzero(fold_of == fold)
        weights = _choose(legs, wanted, train)
        spelled.append(", ".join(f"{name} {weight:g}" for name, weight in weights.items()))
        total[test] = _sum(legs, weights, test)
    return total, spelled


def _choose(
    legs: Mapping[str, NDArray[np.float32]], wanted: Sequence[Sequence[int]], cases: NDArray[np.int64]
) -> dict[str, float]:
    weights = dict.fromkeys(legs, 0.5)
    for _ in range(_ROUNDS):
        for name in legs:
            scored = [
                (_reciprocal_rank(_sum(legs, {**weights, name: w}, cases), wanted, cases), w) for w in _GRID
            ]
            weights[name] = max(scored)[1]
    return weights


def _sum(
    legs: Mapping[str, NDArray[np.float32]], weights: Mapping[str, float], cases: NDArray[np.int64]
) -> NDArray[np.float32]:
    total = np.zeros((len(cases), next(iter(legs.values())).shape[1]), np.float32)
    for name, weight in weights.items():
        if weight:
            total += np.float32(weight) * legs[name][cases]
    return total


def _reciprocal_rank(
    scores: NDArray[np.float32], wanted: Sequence[Sequence[int]], cases: NDArray[np.int64]
) -> float:
    total, count = 0.0, 0
    for row, case in zip(scores, cases, strict=True):
        for film in wanted[case]:
            count += 1
            if np.isfinite(row[film]):
                total += 1.0 / float((row >= row[film]).sum())
    return total / max(count, 1)
