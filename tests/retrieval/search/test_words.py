from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.search.analysis import content_terms, stop_words, terms, words
from retrieval.search.words import WordIndex
from retrieval.types import Item
from tests.fakes.snapshot import MemorySnapshot
from tests.retrieval.search.catalogues import COLUMNS, dozen


@given(st.text())
def test_words_are_folded_and_stay_so(text: str) -> None:
    found = words(text)
    assert words(" ".join(found)) == found
    assert len(terms(text)) == len(found)
    assert len(content_terms(text)) <= len(found)


@pytest.mark.parametrize(
    ("one", "other"), [("Café", "cafe"), ("boots", "Boot"), ("women’s", "women's"), ("ＡＢＣ", "abc")]
)
def test_forms_of_a_word_are_one_term(one: str, other: str) -> None:
    assert terms(one) == terms(other)


def test_the_best_row_has_the_rarer_words() -> None:
    scores = WordIndex(dozen()).scores("green rain jacket")
    assert scores is not None
    assert dozen().ids[int(np.argmax(scores))] == "j1"
    assert scores[dozen().row("s2")] == 0


def test_a_title_counts_more_than_the_same_words_in_a_text() -> None:
    rows = [
        Item("text", "plain thing", {"about": "red moon"}),
        Item("title", "red moon", {"about": "plain thing"}),
    ]
    scores = WordIndex(MemorySnapshot(rows, COLUMNS)).scores("moon")
    assert scores is not None
    assert scores[1] > scores[0] > 0


@pytest.mark.parametrize("text", ["", "the and of", " ".join(sorted(stop_words())), "zyzzyva", "?!…"])
def test_nothing_to_look_for_is_no_leg(text: str) -> None:
    assert WordIndex(dozen()).scores(text) is None


@pytest.mark.parametrize("rows", [[], [Item("a", "", {}), Item("b", "the", {})]])
def test_a_catalogue_without_words_has_no_leg(rows: list[Item]) -> None:
    assert WordIndex(MemorySnapshot(rows, COLUMNS)).scores("boots") is None


def test_building_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    WordIndex(dozen()).build()
    assert capfd.readouterr() == ("", "")
