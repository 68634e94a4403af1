from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.nano.reader_score import load, score
from agent.types import ActName, Phrase, PhraseKind, Reading, Scene
from eval.readers.rules import RuleReader
from retrieval.types import Constraint, Op, Status

HAND = Path(__file__).parents[2] / "data" / "readings.jsonl"
SCREEN = ("Oakley Oak Desk", "Mira Standing Desk", "Tolvan Writing Desk")
READER = RuleReader()


def want(text: str) -> Phrase:
    return Phrase(PhraseKind.WANT, text)


def avoid(text: str) -> Phrase:
    return Phrase(PhraseKind.AVOID, text)


def limit(text: str) -> Phrase:
    return Phrase(PhraseKind.LIMIT, text)


def drop(text: str) -> Phrase:
    return Phrase(PhraseKind.DROP, text)


def shown(text: str) -> Scene:
    budget = Constraint(None, Op.CONTAINS, "under 200", "under 200", Status.RANKED)
    return Scene(text, screen=SCREEN, query="desk", constraints=(budget,), last_act=ActName.RECOMMEND)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (
            "I'm looking for a green linen shirt with long sleeves for under £45",
            Reading(
                ActName.RECOMMEND,
                "shirt",
                (want("green"), want("linen"), want("long sleeves"), limit("under £45")),
            ),
        ),
        (
            "size 7 walking boots no leather",
            Reading(ActName.RECOMMEND, "boots", (want("size 7"), want("walking"), avoid("leather"))),
        ),
        ("the newest sci-fi films", Reading(ActName.RECOMMEND, "films", (want("sci-fi"),), sort="newest")),
        ("two cheap candles", Reading(ActName.RECOMMEND, "candles", (limit("cheap"),), count="two")),
        ("a book about sailing", Reading(ActName.RECOMMEND, "book about sailing")),
        ("films like Winter Light", Reading(ActName.SIMILAR, "films", references=("Winter Light",))),
        ("hiya, who made you?", Reading(ActName.CHAT)),
        ("remember my budget is 50", Reading(ActName.REMEMBER, note="my budget is 50")),
        ("forget my birthday please", Reading(ActName.FORGET, note="my birthday")),
        ("can you help me", Reading(ActName.ASK)),
        ("slightly bigger", Reading(ActName.ASK, phrases=(limit("slightly bigger"),))),
    ],
)
def test_a_turn_with_nothing_on_screen(text: str, right: Reading) -> None:
    assert READER.read(Scene(text)) == right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("and under 150?", Reading(ActName.REFINE, phrases=(limit("under 150"),))),
        ("not metal, any brand", Reading(ActName.REFINE, phrases=(avoid("metal"), drop("brand")))),
        ("sort by price", Reading(ActName.REFINE, sort="by price")),
        (
            "the oakley one but in walnut",
            Reading(ActName.SIMILAR, phrases=(want("walnut"),), references=("the oakley one",)),
        ),
        (
            "does the second one have drawers?",
            Reading(ActName.DETAIL, "have drawers", references=("the second one",)),
        ),
        ("how deep is it", Reading(ActName.DETAIL, "how deep", references=("it",))),
        ("why is mira on top", Reading(ActName.EXPLAIN, references=("mira",))),
        ("compare 1 and 3", Reading(ActName.COMPARE, references=("1", "3"))),
        (
            "i'd give number 2 three stars",
            Reading(ActName.RATE, references=("number 2",), stars="three stars"),
        ),
        ("i love the mira", Reading(ActName.LIKE, references=("the mira",))),
        ("nah don't like any of these", Reading(ActName.DISLIKE, references=("these",))),
        ("i need a lamp", Reading(ActName.RECOMMEND, "lamp")),
    ],
)
def test_a_turn_with_items_on_screen(text: str, right: Reading) -> None:
    assert READER.read(shown(text)) == right


def test_a_value_of_the_catalogue_is_an_attribute() -> None:
    colours = {"colour": ("gunmetal", "puce")}
    assert READER.read(Scene("puce gadget", columns=colours)) == Reading(
        ActName.RECOMMEND, "gadget", (want("puce"),)
    )


def test_an_answer_that_waves_a_question_away_changes_nothing() -> None:
    scene = Scene("don't mind", query="film", asked="Old or new?", last_act=ActName.REFINE)
    assert READER.read(scene) == Reading(ActName.REFINE)


def test_it_is_no_straw_man() -> None:
    made = score(READER.read, load(HAND))
    assert made.acts > 0.95 and made.phrases > 0.9


WORDS = (
    "boots not no any red the second one it like than under 80 £ 4/5 stars forget remember i'm that's with for "
    "cheaper but and or mira desk two compare why love hate | Salt in a tenner between 2 hours sort by , . ? 🙂 x́"
).split()
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(st.sampled_from([*WORDS, "y" * 300]), max_size=25).map(" ".join)
)


@settings(deadline=None, max_examples=150)
@given(text=TEXTS, on_screen=st.booleans())
def test_whatever_is_said_its_strings_are_words_of_the_request(text: str, on_screen: bool) -> None:
    reading = READER.read(shown(text) if on_screen else Scene(text))
    assert isinstance(reading.act, ActName)
    singles = (reading.sort, reading.count, reading.stars, reading.note)
    said = [
        *(phrase.text for phrase in reading.phrases),
        *reading.references,
        *(one for one in singles if one),
    ]
    assert all(one and one == one.strip() for one in said)
    assert all(one in text for one in (*said, reading.query))


@pytest.mark.parametrize(
    "word", ["great", "not", "the", "8", "mira", "a bit", "i ", "x", "my", "and", ",", "film that"]
)
def test_a_page_is_read_in_no_time(word: str) -> None:
    for joint in (" ", ""):
        begun = time.perf_counter()
        READER.read(shown((joint.join([word] * 400) + " q")[:2_000]))
        assert time.perf_counter() - begun < 1.0
