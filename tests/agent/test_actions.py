from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.actions import ACTIONS, check_on_screen, parse
from agent.types import ActName, Phrase, PhraseKind, Reading
from encoders.errors import UsageError
from encoders.sanitise import sanitise_line


def read(line: str) -> Reading:
    action, words = parse(line)
    assert action.read is not None
    return action.read(words)


@pytest.mark.parametrize(
    ("line", "reading"),
    [
        ("/why 2", Reading(ActName.EXPLAIN, references=("2",))),
        ("/why #2", Reading(ActName.EXPLAIN, references=("2",))),
        ("/WHY\t2", Reading(ActName.EXPLAIN, references=("2",))),
        ("/ like  1 3 ", Reading(ActName.LIKE, references=("1", "3"))),
        ("/rate 2 4", Reading(ActName.RATE, references=("2",), stars="4 stars")),
        ("/rate 2 3.5", Reading(ActName.RATE, references=("2",), stars="3.5 stars")),
        ("/compare 1 2", Reading(ActName.COMPARE, references=("1", "2"))),
        ("/drop the price", Reading(ActName.REFINE, phrases=(Phrase(PhraseKind.DROP, "the price"),))),
        ("/remember it's what I'd like", Reading(ActName.REMEMBER, note="it's what I'd like")),
        ('/remember I say "no"', Reading(ActName.REMEMBER, note='I say "no"')),
        ("/forget", Reading(ActName.FORGET)),
        ("/forget 2", Reading(ActName.FORGET, references=("2",))),
        ("/forget that I'm vegan", Reading(ActName.FORGET, note="that I'm vegan")),
        ("/more", Reading(ActName.REFINE)),
    ],
)
def test_a_command_becomes_the_reading_that_the_engine_plays(line: str, reading: Reading) -> None:
    assert read(line) == reading


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("/rate 2 nine", "not “nine”"),
        ("/rate 2 6", "not “6”"),
        ("/rate 2 0.5", "not “0.5”"),
        ("/rate 2 nan", "not “nan”"),
        ("/rate 2", "/rate N STARS"),
        ("/rate two 4", "/rate N STARS"),
        ("/why", "/why N"),
        ("/why ²", "/why N"),
        ("/compare 1", "/compare N M"),
        ("/drop", "/drop price"),
        ("/remember", "/remember I take"),
        ("/", "/help lists them."),
        ("/hlep", "did you mean /help?"),
        ("/zzz", "/help lists them."),
    ],
)
def test_a_command_that_makes_no_sense_gets_one_sentence_that_shows_how(line: str, sentence: str) -> None:
    with pytest.raises(UsageError) as refused:
        read(line)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("/image my pictures/red  bag.png", "my pictures/red  bag.png"),
        ("/image 'my bag.png'", "my bag.png"),
        ('/image "my bag.png" ', "my bag.png"),
        (r"/image my\ bag\ \(1\).png", "my bag (1).png"),
        (r"/image C:\Users\me\bag.png", r"C:\Users\me\bag.png"),
        ("/voice cafe\u0301.wav", "cafe\u0301.wav"),
        ("/export my talk.md", "my talk.md"),
        ("/image caf\udce9.png", "caf\udce9.png"),
    ],
)
def test_a_path_is_one_argument_as_terminals_paste_it(line: str, path: str) -> None:
    assert parse(line)[1] == [path]


@given(st.text(max_size=60))
def test_any_line_is_a_command_or_a_usage_error_without_anything_a_terminal_obeys(text: str) -> None:
    try:
        action, words = parse("/" + text)
        if action.read is not None:
            action.read(words)
    except UsageError as error:
        assert str(error) == sanitise_line(str(error))


@pytest.mark.parametrize(
    ("shown", "said"), [(0, "nothing is on screen"), (1, "only item 1"), (4, "items 1 to 4")]
)
def test_a_number_that_is_not_on_screen_is_refused(shown: int, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        check_on_screen(read("/why 99"), shown)


def test_numbers_on_screen_are_let_through() -> None:
    check_on_screen(read("/compare 1 4"), 4)
    check_on_screen(read("/forget"), 0)


def test_every_action_is_described() -> None:
    assert all(action.help and action.name == name for name, action in ACTIONS.items())
