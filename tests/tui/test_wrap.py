from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.plain.wrap import Wrapped

WORDS = st.lists(st.text("abc", min_size=1, max_size=12), min_size=1, max_size=30)


def wrapped(pieces: list[str], width: int | None) -> str:
    text = Wrapped(width, indent="  ")
    return "".join(text.feed(piece) for piece in pieces)


@given(WORDS, st.integers(20, 60))
def test_no_line_is_wider_and_no_word_is_lost(words: list[str], width: int) -> None:
    text = wrapped([" ".join(words)], width)
    assert text.split() == words
    assert all(len(line) < width for line in text.split("\n"))
    assert all(line.startswith("  ") for line in text.split("\n")[1:])


@given(WORDS, st.integers(20, 60))
def test_pieces_that_end_at_words_make_the_same_lines_as_the_whole(words: list[str], width: int) -> None:
    assert wrapped([f"{word} " for word in words], width) == wrapped([" ".join(words)], width)


@pytest.mark.parametrize("width", [None, 80])
def test_line_ends_of_the_text_stay_and_are_indented(width: int | None) -> None:
    assert wrapped(["One.\n", "Two.\n"], width) == "One.\n  Two."


def test_without_a_width_lines_stay_as_long_as_they_are() -> None:
    assert wrapped(["word " * 100], None) == ("word " * 100).strip()


def test_a_word_wider_than_the_line_stays_whole() -> None:
    assert wrapped(["see " + "x" * 40 + " there"], 20) == "see\n  " + "x" * 40 + "\n  there"
