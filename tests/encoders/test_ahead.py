from __future__ import annotations

import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encoders.ahead import ahead


@settings(max_examples=30, deadline=None)
@given(count=st.integers(0, 20), depth=st.integers(1, 5), threads=st.integers(1, 4))
def test_all_come_in_their_order(count: int, depth: int, threads: int) -> None:
    assert list(ahead(lambda one: one * one, range(count), depth=depth, threads=threads)) == [
        one * one for one in range(count)
    ]


@pytest.mark.parametrize("depth", [1, 3])
def test_no_more_than_the_depth_is_made_before_it_is_asked_for(depth: int) -> None:
    made: list[int] = []

    def make(one: int) -> int:
        made.append(one)
        return one

    ready = ahead(make, range(100), depth=depth, threads=2)
    for used in range(10):
        assert next(ready) == used
        time.sleep(0.01)
        assert len(made) <= used + 1 + depth
    ready.close()
    assert len(made) <= 10 + depth


def test_the_next_is_made_while_one_is_used() -> None:
    second = threading.Event()
    ready = ahead(lambda one: second.set() if one else None, [0, 1])
    next(ready)
    assert second.wait(5)
    ready.close()


def test_an_error_comes_at_its_place_and_the_threads_end() -> None:
    before = threading.active_count()
    ready = ahead(lambda one: 1 // one, [1, 1, 0, 1], depth=2)
    assert [next(ready), next(ready)] == [1, 1]
    with pytest.raises(ZeroDivisionError):
        next(ready)
    assert threading.active_count() == before


def test_a_depth_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        next(ahead(str, [1], depth=0))
