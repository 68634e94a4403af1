from __future__ import annotations

import gc

import pytest

from tui.app import collector


class Cycle:
    def __init__(self) -> None:
        self.itself = self


def test_what_is_loaded_is_never_searched_again() -> None:
    before = gc.get_freeze_count()
    with collector.kept():
        assert not gc.isenabled()
        loaded = [Cycle() for _ in range(1000)]
    assert gc.isenabled()
    assert gc.get_freeze_count() >= before + len(loaded)
    gc.unfreeze()


def test_long_work_inside_is_searched() -> None:
    with collector.kept():
        collector.search()
        assert gc.isenabled()
    gc.unfreeze()


def test_it_is_searched_again_after_a_failure() -> None:
    with pytest.raises(ZeroDivisionError), collector.kept():
        raise ZeroDivisionError
    assert gc.isenabled()
    gc.unfreeze()
