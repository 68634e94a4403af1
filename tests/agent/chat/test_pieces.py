from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.chat.pieces import whole_slots, without_reasoning

if TYPE_CHECKING:
    from collections.abc import Generator


def cut(text: str, size: int) -> Generator[str]:
    yield from (text[start : start + size] for start in range(0, len(text), size))


@given(st.text("<think>/ ab", max_size=60), st.integers(1, 7))
def test_text_without_reasoning_passes_whole_in_any_pieces(text: str, size: int) -> None:
    said = "".join(without_reasoning(cut(text, size)))
    if text.lstrip().startswith("<think>"):
        expected = text.split("</think>", 1)[1].lstrip() if "</think>" in text else ""
        assert said.lstrip() == expected.lstrip()
    else:
        assert said == text


@given(
    st.lists(st.sampled_from(["{1.title}", "{c1}", " is ", "a", "}", "x" * 60]), max_size=12),
    st.integers(1, 9),
)
def test_slots_come_whole_and_nothing_is_lost(parts: list[str], size: int) -> None:
    text = "".join(parts)
    pieces = list(whole_slots(cut(text, size)))
    assert "".join(pieces) == text
    assert all(piece.count("{") <= piece.count("}") for piece in pieces)


@pytest.mark.parametrize("text", ["the {1.ti", "the {", "the {1.title"])
def test_a_slot_that_the_end_cuts_short_is_dropped(text: str) -> None:
    assert "".join(whole_slots(cut(text, 2))) == "the "


def test_a_brace_that_is_no_slot_does_not_hold_a_reply_back_for_ever() -> None:
    assert "".join(whole_slots(cut("a { b" + " c" * 100, 3))) == "a { b" + " c" * 100


def test_closing_closes_the_source() -> None:
    closed = []

    def source() -> Generator[str]:
        try:
            yield from ("one", "two", "three")
        finally:
            closed.append(True)

    running = whole_slots(without_reasoning(source()))
    next(running)
    running.close()
    assert closed == [True]
