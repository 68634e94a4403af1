from __future__ import annotations

import math
from statistics import stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics import mean, ndcg_at, recall_at


def test_the_mean_carries_its_standard_error() -> None:
    found = mean([1.0, 0.0, 0.0, 1.0])
    assert found.value == 0.5
    assert found.error == pytest.approx(math.sqrt((1 / 3) / 4))
    assert found.cases == 4


@pytest.mark.parametrize(("values", "value"), [([], 0.0), ([0.25], 0.25)])
def test_means_of_fewer_than_two_cases_have_no_error(values: list[float], value: float) -> None:
    assert (mean(values).value, mean(values).error) == (value, 0.0)


def test_recall_counts_the_relevant_that_are_near_the_top() -> None:
    assert recall_at(["a", "b", "c"], {"b", "z"}, 2) == 0.5
    assert recall_at(["a"], (), 1) == 0.0


def test_ndcg_of_the_second_place_is_one_over_log_three() -> None:
    assert ndcg_at(["a", "b"], {"b"}, 10) == pytest.approx(1 / math.log2(3))


@given(st.permutations(list("abcdef")), st.sets(st.sampled_from("abcdef"), min_size=1), st.integers(1, 8))
def test_measures_lie_between_nought_and_one_and_the_ideal_order_is_one(
    ranked: list[str], relevant: set[str], k: int
) -> None:
    assert 0 <= recall_at(ranked, relevant, k) <= 1
    assert 0 <= ndcg_at(ranked, relevant, k) <= 1 + 1e-12
    ideal = sorted(ranked, key=lambda item: item not in relevant)
    assert ndcg_at(ideal, relevant, k) == pytest.approx(1)


def test_cases_that_belong_together_are_one_draw() -> None:
    values = [1.0, 1.0, 0.0, 0.0]
    # Two dialogues of two turns each that agree: residual sums 1 and −1, G = 2, so √(2 · 2) / 4.
    assert mean(values, ["a", "a", "b", "b"]).error == pytest.approx(0.5)
    # Two that disagree within: the residuals cancel.
    assert mean(values, ["a", "b", "a", "b"]).error == 0
    assert mean(values, ["a"] * 4).error == 0
    assert mean(values, ["a", "a", "b", "b"]).cases == 4


@given(st.lists(st.floats(0, 1), min_size=2, max_size=20))
def test_a_cluster_a_case_is_the_plain_error(values: list[float]) -> None:
    assert mean(values, [str(number) for number in range(len(values))]) == mean(values)
    assert mean(values).error == pytest.approx(stdev(values) / math.sqrt(len(values)), abs=1e-9)
