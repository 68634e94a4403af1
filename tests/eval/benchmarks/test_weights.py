from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.benchmarks.weights import cross_validated, rank_of

FOLDS = 3
RNG = np.random.default_rng(7)
GROUPS = np.repeat(np.arange(12), 2)
CASES, CANDIDATES = len(GROUPS), 9
WANTED = [[int(film)] for film in RNG.integers(0, CANDIDATES, CASES)]
NOISE = RNG.normal(size=(CASES, CANDIDATES)).astype(np.float32)
TRUTH = np.zeros((CASES, CANDIDATES), np.float32)
TRUTH[np.arange(CASES), [wanted[0] for wanted in WANTED]] = 5.0


def test_a_leg_that_knows_is_weighed_above_one_that_does_not() -> None:
    fused, spelled = cross_validated({"noise": NOISE, "truth": TRUTH}, WANTED, GROUPS, FOLDS)
    assert len(spelled) == FOLDS
    assert all(spell.startswith("noise 0, truth ") for spell in spelled)
    assert [rank_of(row, wanted[0]) for row, wanted in zip(fused, WANTED, strict=True)] == [1] * CASES


@given(st.integers(0, FOLDS - 1), st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_the_weights_of_a_fold_never_see_it(fold: int, seed: int) -> None:
    legs = {"noise": NOISE, "truth": TRUTH}
    _, before = cross_validated(legs, WANTED, GROUPS, FOLDS)
    rng = np.random.default_rng(seed)
    own = np.flatnonzero(GROUPS % FOLDS == fold)
    wanted = [[int(rng.integers(CANDIDATES))] if case in own else WANTED[case] for case in range(CASES)]
    changed = {name: leg.copy() for name, leg in legs.items()}
    for leg in changed.values():
        leg[own] = rng.normal(size=(len(own), CANDIDATES))
    _, after = cross_validated(changed, wanted, GROUPS, FOLDS)
    assert after[fold] == before[fold]


def test_the_weights_of_a_fold_do_see_the_others() -> None:
    turned = {"noise": NOISE, "truth": -TRUTH}
    _, before = cross_validated({"noise": NOISE, "truth": TRUTH}, WANTED, GROUPS, FOLDS)
    _, after = cross_validated(turned, WANTED, GROUPS, FOLDS)
    assert before != after


def test_a_group_is_never_split() -> None:
    # Each case alone would be found by its twin in the other fold; whole groups give that away to none.
    fused, _ = cross_validated({"truth": TRUTH}, WANTED, GROUPS, FOLDS)
    for group in range(12):
        one, other = np.flatnonzero(GROUPS == group)
        assert fused[one].max() == fused[other].max()


def test_an_excluded_candidate_stays_excluded_and_ranks_last() -> None:
    legs = {"noise": NOISE.copy(), "truth": TRUTH.copy()}
    for leg in legs.values():
        leg[:, 0] = -np.inf
    fused, _ = cross_validated(legs, WANTED, GROUPS, FOLDS)
    assert np.isneginf(fused[:, 0]).all()
    assert np.isfinite(fused[:, 1:]).all()
    assert rank_of(fused[0], 0) == CANDIDATES


@pytest.mark.parametrize(("candidate", "rank"), [(0, 1), (1, 3), (2, 3), (3, 4)])
def test_ties_count_against(candidate: int, rank: int) -> None:
    assert rank_of(np.array([0.9, 0.5, 0.5, 0.1], np.float32), candidate) == rank
