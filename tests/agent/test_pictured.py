from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.pictured import (
    Aspect,
    Pointed,
    dropping,
    drops_picture,
    pointed,
    unnamed,
    with_picture_in_force,
    with_pictures,
)
from agent.types import ActName, Phrase, PhraseKind, Reading

COLOUR, SHAPE, MATERIAL = Aspect.COLOUR, Aspect.SHAPE, Aspect.MATERIAL
RED = Phrase(PhraseKind.WANT, "red")


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("like this but in red", "like this but in red"),
        ("the shoes in this photo", "the shoes"),
        ("not so shiny as this", "not so shiny"),
        ("cheaper than this one", "cheaper"),
        ("same as in the photo but larger", "same but larger"),
        ("I like the shoes from the picture but in blue", "I like the shoes but in blue"),
        ("something in the style of the 60s", "something in the style of the 60s"),
        ("the colour of the second one, in leather", "the colour of the second one, in leather"),
        ("a picture frame", "a picture frame"),
        ("this", ""),
    ],
)
def test_what_only_points_at_a_picture_is_not_read(words: str, left: str) -> None:
    assert pointed(words, 1) == Pointed(left, (0,))


@pytest.mark.parametrize(
    ("words", "left", "bases", "taken"),
    [
        ("the shape of the first, the colour of the second", "", (0,), ((COLOUR, 1),)),
        ("the colour of the first and the shape of the other", "", (1,), ((COLOUR, 0),)),
        ("this bag in the colour of that one", "this bag", (0,), ((COLOUR, 1),)),
        ("the first one's shape in the colour of the second under 50", "under 50", (0,), ((COLOUR, 1),)),
        ("the colour and material of the second", "", (0,), ((COLOUR, 1), (MATERIAL, 1))),
        ("the first but in the colour of the second", "", (0,), ((COLOUR, 1),)),
        ("a mix of both", "", (0, 1), ()),
        ("something like these two pictures", "something", (0, 1), ()),
    ],
)
def test_of_two_pictures_each_gives_what_is_said_of_it(
    words: str, left: str, bases: tuple[int, ...], taken: tuple[tuple[Aspect, int], ...]
) -> None:
    assert pointed(words, 2) == Pointed(left, bases, taken)


def test_an_aspect_alone_leaves_what_is_sought_to_the_search_in_force() -> None:
    assert pointed("in this colour", 1) == Pointed("", (), ((COLOUR, 0),), subject=False)
    assert pointed("the second one in this colour", 1).words == "the second one"
    assert not pointed("those but more like this", 1).subject


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("same style, different colour", "same style"),
        ("not this colour", ""),
        ("like this in any colour but this", "like this"),
        ("this in another colour under 50", "this under 50"),
    ],
)
def test_an_aspect_may_be_wanted_other_than_the_pictures(words: str, left: str) -> None:
    assert pointed(words, 1) == Pointed(left if left != "like this" else "", (0,), barred=(COLOUR,))


def test_a_question_about_a_picture_is_left_as_it_is() -> None:
    assert pointed("what is in this picture?", 1).words == "what is in this picture?"


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("forget the picture", ""),
        ("ok drop the image please", ""),
        ("never mind the photo, show me boots", "show me boots"),
    ],
)
def test_a_picture_is_taken_back(words: str, left: str) -> None:
    assert pointed(words, 0) == Pointed(left, drops=True)
    assert drops_picture(dropping(None))
    assert drops_picture(dropping(Reading(ActName.RECOMMEND, "boots")))
    assert not drops_picture(Reading(ActName.REFINE, phrases=(Phrase(PhraseKind.DROP, "the price"),)))


@given(st.text(max_size=60), st.integers(0, 3))
def test_no_words_are_added_and_no_picture_invented(words: str, pictures: int) -> None:
    found = pointed(words, pictures)
    assert set(found.words) <= set(words) | {" "}
    assert len(found.words) <= len(words)
    assert all(index < pictures for index in (*found.bases, *(index for _, index in found.taken)))


def test_a_picture_called_by_its_own_kind_asks_for_no_other() -> None:
    assert unnamed(Pointed("this bag under 50", (0,)), ["handbag"]).words == "this under 50"
    assert unnamed(Pointed("this bag", (0,)), ["dress"]).words == "this bag"
    assert unnamed(Pointed("the shoes", (0,)), ["shoes"]).words == "the shoes"


def test_with_a_picture_there_is_always_something_to_look_for() -> None:
    about = Pointed("this in red", (0,))
    lost = Reading(ActName.ASK, phrases=(RED,), references=("this",))
    assert with_pictures(lost, about, (), going_on=True) == Reading(ActName.RECOMMEND, phrases=(RED,))
    refined = Reading(ActName.REFINE)
    assert with_pictures(refined, about, (RED,), going_on=True).act is ActName.RECOMMEND
    aspect = Pointed("", (), ((COLOUR, 0),), subject=False)
    assert with_pictures(refined, aspect, (RED,), going_on=True) == Reading(ActName.REFINE, phrases=(RED,))
    second = Reading(ActName.SIMILAR, references=("the second one",))
    assert with_pictures(second, aspect, (RED,), going_on=True).references == ("the second one",)
    named = Reading(ActName.DETAIL, references=("the second one",))
    assert with_pictures(named, aspect, (RED,), going_on=True).act is ActName.SIMILAR


def test_wishes_alone_change_the_search_by_picture_and_a_new_subject_does_not() -> None:
    assert with_picture_in_force(Reading(ActName.RECOMMEND, phrases=(RED,))).act is ActName.REFINE
    boots = Reading(ActName.RECOMMEND, "boots", (RED,))
    assert with_picture_in_force(boots) == boots
