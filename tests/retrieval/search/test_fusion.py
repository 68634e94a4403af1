from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from retrieval.search.fusion import Scale, best_first, fuse, relative

FINITE = st.floats(-1e6, 1e6, width=32)


@given(arrays(np.float32, st.integers(1, 40), elements=FINITE))
def test_z_scores_keep_the_order_and_have_no_mean(
    scores: np.ndarray[tuple[int], np.dtype[np.float32]],
) -> None:
    standard = Scale.of(scores).apply(scores)
    assert abs(standard.mean()) < 1e-3
    order = np.argsort(scores, kind="stable")
    assert np.all(np.diff(standard[order]) >= 0)


def test_a_leg_without_spread_or_opinion_says_nothing() -> None:
    flat = np.full(5, 0.3, dtype=np.float32)
    assert Scale.of(flat).apply(flat).tolist() == [0.0] * 5
    unknown = np.full(3, np.nan, dtype=np.float32)
    assert Scale.of(unknown).apply(unknown).tolist() == [0.0] * 3
    partly = np.array([1.0, np.nan, 3.0], dtype=np.float32)
    assert Scale.of(partly).apply(partly).tolist() == [-1.0, 0.0, 1.0]


@given(
    st.dictionaries(
        st.sampled_from(["words", "text", "similar.text", "similar.image", "taste.people"]),
        arrays(np.float64, 4, elements=st.floats(-30, 30)),
        min_size=1,
    )
)
def test_shares_are_parts_of_one(legs: dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]]) -> None:
    fused = fuse(np.arange(4), legs, dict.fromkeys(legs, 0.5))
    for at in range(4):
        shares = fused.shares(at)
        assert sum(shares.values()) == pytest.approx(1.0)
        assert all(0 <= share <= 1 for share in shares.values())
        assert set(shares) <= {"words", "text", "similar", "taste"}
        assert list(shares.values()) == sorted(shares.values(), reverse=True)


def test_a_leg_is_worth_its_weight_and_nothing_without_one() -> None:
    legs = {"words": np.array([2.0, 0.0]), "text": np.array([1.0, 3.0]), "spare": np.array([9.0, 9.0])}
    fused = fuse(np.arange(2), legs, {"words": 0.6, "text": 0.4, "spare": 0.0})
    assert fused.total.tolist() == pytest.approx([1.6, 1.2])
    assert fused.shares(0) == pytest.approx({"words": 0.75, "text": 0.25})
    assert fuse(np.arange(2), {}, {}).shares(0) == {}


@given(
    arrays(np.float64, st.integers(0, 60), elements=st.sampled_from([0.0, 1.0, 2.0, -1.0])),
    st.integers(0, 70),
)
def test_best_first_is_a_stable_sort_cut_short(
    totals: np.ndarray[tuple[int], np.dtype[np.float64]], count: int
) -> None:
    whole = np.argsort(-totals, kind="stable")
    assert best_first(totals, count).tolist() == whole[:count].tolist()
    assert best_first(totals).tolist() == whole.tolist()


def test_relative_totals_are_parts_of_the_best() -> None:
    assert relative(np.array([4.0, 1.0, -2.0])).tolist() == [1.0, 0.25, 0.0]
    assert relative(np.array([-1.0, -2.0])).tolist() == [0.0, 0.0]
