import pytest

from retrieval.catalogue.cells import CELL_LIMIT, has_control, is_empty, line_cell, text_cell, truth, words_of


@pytest.mark.parametrize(
    "raw", [None, "", "  ", "NaN", "null", "N/A", "NA", "None", float("nan"), [], {}, [None, ""]]
)
def test_missing_in_any_spelling_is_empty(raw: object) -> None:
    assert is_empty(raw)


@pytest.mark.parametrize("raw", [0, 0.0, False, "0", "no", [0]])
def test_zero_and_no_are_not_empty(raw: object) -> None:
    assert not is_empty(raw)


def test_a_title_may_be_none_or_na() -> None:
    assert not is_empty("None", name=True)
    assert not is_empty("NA", name=True)
    assert is_empty("NaN", name=True)


def test_numbers_and_truths_become_the_words_a_person_would_write() -> None:
    assert [words_of(raw) for raw in (3.0, 3, 2.5, True, False)] == ["3", "3", "2.5", "yes", "no"]


def test_bytes_and_endless_numbers_are_refused() -> None:
    for raw in (b"x", 10**5000):
        with pytest.raises(ValueError, match=r"bytes|digits"):
            words_of(raw)


def test_truth_reads_words_but_not_numbers() -> None:
    assert [truth(raw) for raw in ("TRUE", "n", True, "1", "maybe")] == [True, False, True, None, None]


def test_line_ends_stay_in_text_and_go_from_lines() -> None:
    assert text_cell(" a\r\nb ") == "a\nb"
    assert line_cell(" a\r\nb ") == "a b"


def test_long_text_is_cut_to_the_limit() -> None:
    assert len(text_cell("word " * CELL_LIMIT)) <= CELL_LIMIT


def test_control_characters_are_told_from_harmless_invisible_ones() -> None:
    assert has_control("a\x1b[2Jb")
    assert has_control("a\u202eb")
    assert not has_control("a\tb\r\nc\u00adé")
