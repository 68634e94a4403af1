from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoders.lanes import MOST, Lanes, even


@given(count=st.integers(0, 300), lanes=st.integers(1, MOST), least=st.integers(1, 8))
def test_pieces_are_even_and_hold_all_in_order(count: int, lanes: int, least: int) -> None:
    pieces = even(range(count), lanes, least)
    assert [one for piece in pieces for one in piece] == list(range(count))
    sizes = {len(piece) for piece in pieces}
    assert not sizes or (min(sizes) >= min(least, count) and max(sizes) - min(sizes) <= 1)
    assert len(pieces) <= lanes
    if count >= lanes * least:
        assert len(pieces) == lanes  # none stands idle


def test_a_few_pictures_stay_together() -> None:
    assert [len(piece) for piece in even(range(7), 2, 4)] == [7]
    assert [len(piece) for piece in even(range(33), 2, 4)] == [16, 17]


def test_batches_run_side_by_side_and_come_in_their_order() -> None:
    both = threading.Barrier(2, timeout=20)

    def work(one: int) -> int:
        both.wait()  # passes only with another beside it
        return one * one

    assert Lanes(2).map(work, range(6)) == [0, 1, 4, 9, 16, 25]


def test_each_lane_has_its_share_of_the_cores_and_other_threads_keep_theirs() -> None:
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(4)
    try:
        lanes = Lanes(4)
        assert lanes.count == min(4, MOST)
        assert lanes.map(lambda _: torch.get_num_threads(), range(8)) == [1] * 8
        wide = Lanes(3 * MOST)
        assert wide.map(lambda _: torch.get_num_threads(), range(8)) == [3] * 8
        other: list[int] = []
        thread = threading.Thread(target=lambda: other.append(torch.get_num_threads()))
        thread.start()
        thread.join()
        assert (torch.get_num_threads(), other) == (4, [4])
    finally:
        torch.set_num_threads(before)


def test_one_core_or_one_batch_begins_no_thread() -> None:
    here = threading.get_ident()
    for lanes, inputs in ((Lanes(1), range(3)), (Lanes(4), range(1))):
        assert set(lanes.map(lambda _: threading.get_ident(), inputs)) == {here}
    assert Lanes(2).map(str, []) == []


def test_what_a_batch_raises_is_raised_and_the_rest_is_dropped() -> None:
    done: list[int] = []

    def work(one: int) -> None:
        if one == 0:
            raise ValueError("no such picture")
        done.append(one)

    lanes = Lanes(2)
    with pytest.raises(ValueError, match="no such picture"):
        lanes.map(work, range(5000))
    assert len(done) < 4999
    assert lanes.map(str, range(3)) == ["0", "1", "2"]  # and they can be used again
