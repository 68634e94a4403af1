from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.search.mmr import diversify, split_repeats
from tests.retrieval.search.catalogues import cloud


@given(
    st.integers(0, 12),
    st.integers(0, 15),
    st.sampled_from([0.0, 0.3, 0.7, 1.0]),
    st.integers(0, 2),
    st.integers(0, 99),
)
def test_positions_are_distinct_and_the_best_is_first(
    rows: int, count: int, variety: float, modalities: int, seed: int
) -> None:
    relevance = np.random.default_rng(seed).uniform(size=rows)
    chosen = diversify(relevance, [cloud(rows, 4, seed + at) for at in range(modalities)], count, variety)
    assert len(chosen) == len(set(chosen)) == min(count, rows)
    if chosen:
        assert chosen[0] == int(np.argmax(relevance))


def test_without_variety_the_order_is_that_of_relevance() -> None:
    relevance = np.array([0.2, 0.9, 0.5])
    assert diversify(relevance, [cloud(3, 4, 0)], 3, 0.0) == [1, 2, 0]


def test_variety_passes_over_the_twin_of_what_is_chosen() -> None:
    vectors = np.array([[1, 0], [1, 0], [0, 1]], dtype=np.float32)
    relevance = np.array([1.0, 0.95, 0.7])
    assert diversify(relevance, [vectors], 2, 0.0) == [0, 1]
    assert diversify(relevance, [vectors], 2, 0.5) == [0, 2]


def test_each_step_takes_the_largest_marginal_gain() -> None:
    relevance, vectors, variety = np.random.default_rng(1).uniform(size=9), cloud(9, 3, 2), 0.4
    expected = [int(np.argmax(relevance))]
    while len(expected) < 9:
        left = [at for at in range(9) if at not in expected]
        gains = [
            (1 - variety) * relevance[at]
            - variety * max(0.0, *(float(vectors[at] @ vectors[to]) for to in expected))
            for at in left
        ]
        expected.append(left[int(np.argmax(gains))])
    assert diversify(relevance, [vectors], 9, variety) == expected


def test_titles_that_differ_in_case_and_space_are_one() -> None:
    assert split_repeats(["Boot", "Scarf", "boot ", "Bag", "BOOT", "scarf"]) == ([0, 1, 3], [2, 4, 5])
