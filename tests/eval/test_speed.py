from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoders.errors import VitrineError
from eval.speed import REQUESTS, spread, summarise

PHASES = ("decide", "retrieve", "first_card", "first_token", "total")


def turn(total: float, *, items: bool = True, first_card: float = 5.0) -> dict[str, Any]:
    times = dict.fromkeys(PHASES, 1.0) | {"total": total, "first_card": first_card}
    return {"items": [{"id": "b1"}] if items else [], "timings_ms": times, "models": {"chat": "nano"}}


def test_the_spread_is_median_ninety_fifth_percentile_and_largest() -> None:
    assert spread([float(value) for value in range(101)]) == {"p50": 50.0, "p95": 95.0, "max": 100.0}
    assert spread([1.0, 2.0]) == {"p50": 1.5, "p95": 1.9, "max": 2.0}  # 1.95 rounds to even


@pytest.mark.parametrize(("values", "value"), [([], 0.0), ([7.0], 7.0)])
def test_the_spread_of_fewer_than_two_is_that_value(values: list[float], value: float) -> None:
    assert spread(values) == {"p50": value, "p95": value, "max": value}


@given(st.lists(st.floats(0, 1e5), min_size=2, max_size=40))
def test_the_spread_is_in_order(values: list[float]) -> None:
    found = spread(values)
    assert min(values) - 0.1 <= found["p50"] <= found["p95"] <= found["max"] + 0.1


def test_the_turns_that_warm_up_are_not_counted() -> None:
    turns = [turn(90_000.0), turn(50_000.0), *(turn(10.0) for _ in REQUESTS[2:])]
    found = summarise(turns)
    assert found["turns"] == len(REQUESTS) - 2
    assert found["phases_ms"]["total"] == {"p50": 10.0, "p95": 10.0, "max": 10.0}
    assert found["models"] == {"chat": "nano"}


def test_first_cards_are_those_of_turns_that_show_some() -> None:
    turns = [
        turn(10.0, items=number % 2 == 0, first_card=8.0 - 7 * (number % 2))
        for number in range(len(REQUESTS))
    ]
    assert summarise(turns)["phases_ms"]["first_card"]["p50"] == 8.0
    assert summarise(turns)["phases_ms"]["total"]["p50"] == 10.0


def test_a_conversation_with_refused_turns_is_not_measured() -> None:
    with pytest.raises(VitrineError, match=f"Only 3 of {len(REQUESTS)} turns"):
        summarise([turn(1.0)] * 3)
