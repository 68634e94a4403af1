import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.catalogue.lists import array_of, find_separator, parse_list


def test_parts_are_cleaned_and_kept_once_in_order() -> None:
    assert parse_list(["b", " a ", "b", None, "", 3, True], None) == ("b", "a", "3", "yes")


def test_json_and_python_spellings_of_a_list() -> None:
    assert parse_list('["a", "b"]', None) == ("a", "b")
    assert parse_list("['a', \"b's\", 'c\\'d']", None) == ("a", "b's", "c'd")


def test_words_in_brackets_are_a_list_of_one_and_prose_is_none() -> None:
    assert array_of("[sic]") == ["sic"]
    assert array_of("[no list, I think!]") is None
    assert array_of("plain") is None


def test_of_objects_the_name_is_taken() -> None:
    assert parse_list([{"id": 28, "name": "Action"}], None) == ("Action",)
    with pytest.raises(ValueError, match="without names"):
        parse_list([{"x": 1}], None)


def test_parts_between_separators() -> None:
    assert parse_list("a| b |a", "|") == ("a", "b")
    assert parse_list("a|b", None) == ("a|b",)


@pytest.mark.parametrize(
    ("cells", "separator"),
    [
        (["red|blue", "blue|green", "red"], "|"),
        (["a; b", "b; c", "a"], ";"),
        (["Dramas, Comedies", "Comedies, Dramas", "Dramas, Action", "Action, Comedies"], ","),
        (["London, UK", "Paris", "Rome", "Oslo", "Bern"], None),
        (
            [
                "First, the hero leaves home; then he returns.",
                "A cat; a dog; and a long tale about both of them.",
            ],
            None,
        ),
        (["one", "two"], None),
        ([], None),
    ],
)
def test_a_separator_shows_in_short_parts_that_come_again(cells: list[str], separator: str | None) -> None:
    assert find_separator(cells) == separator


@settings(max_examples=200)
@given(st.text(alphabet="[]'\",\\ab{}\n ", max_size=60))
def test_any_brackets_and_quotes_are_read_without_evaluating_them(text: str) -> None:
    assert all(part == part.strip() != "" for part in parse_list(text, None))
