from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.understanding.near import Texts, folded, similarity

WORDS = st.lists(st.sampled_from("a red boots under 80 the second please cheaper".split()), max_size=6)
TEXTS = WORDS.map(" ".join)


def test_folding_forgets_case_marks_and_accents() -> None:
    assert folded("  Don't show me CAFÉ-boots, under £80!! ") == "dont show me cafe boots under 80"


@pytest.mark.parametrize(
    ("one", "other", "value"),
    [
        ("Red boots!", "red boots", 1.0),
        ("boots red", "red boots", 1.0),
        ("a b c d e", "a b c d", 0.8),
        ("waterproof", "waterprof", 5 / 8),
        ("red boots", "ten songs", 0.0),
        ("", "", 0.0),
        ("…", "red", 0.0),
    ],
)
def test_similarity(one: str, other: str, value: float) -> None:
    assert similarity(one, other) == pytest.approx(value)


@given(st.lists(TEXTS, max_size=12), TEXTS, st.sampled_from((0.3, 0.5, 0.6, 0.75, 0.8, 1.0)))
def test_the_search_misses_nothing(others: list[str], text: str, least: float) -> None:
    expected = {folded(other) for other in others if similarity(text, other) >= least}
    assert {folded(one.text) for one in Texts(others).near(text, least)} == expected


def test_the_nearest_comes_first_and_equal_texts_once() -> None:
    texts = Texts(["red boots under 80 please", "Red boots under 80", "red boots under 80", "ten songs"])
    assert len(texts) == 3
    found = texts.near("red boots, under 80")
    assert [(one.text, one.similarity) for one in found] == [
        ("red boots under 80", 1.0),
        ("red boots under 80 please", 0.8),
    ]
