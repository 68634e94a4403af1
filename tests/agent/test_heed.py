"""Cues of plain English that a reading must not go against."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent.heed import asks_what_is_known, heed
from agent.types import ActName, Phrase, PhraseKind, Reading, Scene
from retrieval.types import Constraint, Op

W, A, L, D = PhraseKind.WANT, PhraseKind.AVOID, PhraseKind.LIMIT, PhraseKind.DROP
REFINE = Reading(ActName.REFINE)
IN_FORCE = Scene(
    "",
    screen=("Kelda Trail Boot", "Harbour Welly"),
    query="boots",
    constraints=(Constraint("kind", Op.EQ, "boots", "boots"),),
)


def heard(text: str, reading: Reading, scene: Scene = IN_FORCE) -> Reading:
    return heed(reading, replace(scene, text=text))


@pytest.mark.parametrize(
    "text", ["start over", "ok, let's start again please", "Reset everything", "new search"]
)
def test_a_wish_to_begin_afresh_asks_what_for(text: str) -> None:
    assert heard(text, Reading(ActName.REFINE, phrases=(Phrase(D, text),))) == Reading(ActName.ASK)


@pytest.mark.parametrize(
    "text",
    [
        "what do you know about me?",
        "What have you remembered about me",
        "who am I",
        "what did i say about wool",
    ],
)
def test_a_question_about_oneself_is_no_fact_to_keep(text: str) -> None:
    assert heard(text, Reading(ActName.REMEMBER, note=text)) == Reading(ActName.REMEMBER)
    assert asks_what_is_known(text)


def test_forget_that_takes_back_what_was_just_remembered_and_nothing_else() -> None:
    after = replace(IN_FORCE, last_act=ActName.REMEMBER)
    assert heard("forget that", REFINE, after).act is ActName.FORGET
    assert heard("forget that", REFINE).act is ActName.REFINE


@pytest.mark.parametrize("text", ["seen it", "I've already watched the first one", "i have that already"])
def test_what_the_person_has_had_is_left_out_rather_than_liked(text: str) -> None:
    assert heard(text, Reading(ActName.LIKE, references=("it",))) == REFINE
    assert heard("read it to me", Reading(ActName.DETAIL, references=("it",))).act is ActName.DETAIL


@pytest.mark.parametrize(
    "text",
    [
        "i'm not in the mood for leather",
        "I don't like leather",
        "i can't stand anything in leather",
        "sick of leather",
    ],
)
@pytest.mark.parametrize("kind", [W, D])
def test_a_dislike_of_an_attribute_is_to_be_avoided(text: str, kind: PhraseKind) -> None:
    assert heard(text, replace(REFINE, phrases=(Phrase(kind, "leather"),))).phrases == (Phrase(A, "leather"),)


def test_a_dislike_said_within_a_search_bears_on_it_at_once() -> None:
    fact = Reading(ActName.REMEMBER, note="i hate leather")
    assert heard("i hate leather", fact) == replace(REFINE, phrases=(Phrase(A, "leather"),))
    assert heard("i hate leather", fact, Scene("")) == fact
    allergy = Reading(ActName.REMEMBER, note="I'm allergic to wool")
    assert heard("I'm allergic to wool", allergy) == allergy


def test_a_wish_that_a_dislike_does_not_govern_stays() -> None:
    both = replace(REFINE, phrases=(Phrase(W, "red"), Phrase(A, "leather")))
    assert heard("red but I don't like leather", both) == both


@pytest.mark.parametrize("text", ["what's the most expensive thing you have", "the dearest item in the shop"])
def test_the_extreme_of_all_things_is_a_new_search(text: str) -> None:
    assert heard(text, replace(REFINE, sort="most expensive")).act is ActName.RECOMMEND
    assert heard("the most expensive", replace(REFINE, sort="most expensive")).act is ActName.REFINE


def test_the_extreme_of_these_is_one_of_those_shown() -> None:
    similar = Reading(ActName.SIMILAR, references=("these",), sort="cheapest")
    assert heard("cheapest of these", similar) == Reading(ActName.DETAIL, references=("the cheapest",))


def test_conditions_alone_keep_the_search_in_force() -> None:
    cheap = Reading(ActName.RECOMMEND, phrases=(Phrase(L, "under 50"),))
    assert heard("under 50 please", cheap).act is ActName.REFINE
    assert heard("under 50 please", cheap, Scene("")).act is ActName.RECOMMEND
    named = replace(cheap, query="scarves")
    assert heard("scarves under 50", named) == named


def test_make_it_changes_the_search_in_force() -> None:
    for act in (ActName.RECOMMEND, ActName.REFINE):
        for query in ("thriller", "make it a thriller"):
            made = heard("make it a thriller", Reading(act, query))
            assert made == replace(REFINE, phrases=(Phrase(W, "thriller"),))


def test_words_left_unread_are_a_wish_and_more_is_more() -> None:
    assert heard("idk, something fun", REFINE).phrases == (Phrase(W, "fun"),)
    for text in ("more", "show me others", "anything else?", "ok"):
        assert heard(text, REFINE) == REFINE
    assert heard("another one", Reading(ActName.DETAIL)) == REFINE


def test_a_question_loses_its_frame_and_the_shop_is_no_item() -> None:
    asked = heard(
        "do they have it in size 10", Reading(ActName.DETAIL, "have it in size 10", references=("they",))
    )
    assert (asked.query, asked.references) == ("size 10", ("it",))
    assert (
        heard("does it come in a 14?", Reading(ActName.DETAIL, "come in a 14", references=("it",))).query
        == "14"
    )
    assert heard("do they come in blue?", Reading(ActName.DETAIL, references=("they",))).references == (
        "they",
    )
    assert (
        heard("what's it made of", Reading(ActName.DETAIL, "made of", references=("it",))).query == "made of"
    )


def test_the_shop_is_no_condition_and_him_is_no_item() -> None:
    shop = Reading(ActName.RECOMMEND, "boots", (Phrase(W, "in the shop"),), sort="best rated")
    assert heard("best rated boots in the shop", shop).phrases == ()
    him = heard("for him", replace(REFINE, references=("him",)))
    assert (him.phrases, him.references) == ((Phrase(W, "for him"),), ())


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("cheaper than the second one", ActName.REFINE),
        ("like the second but cheaper than the first", ActName.SIMILAR),
    ],
)
def test_a_comparison_with_an_item_changes_the_search_unless_it_asks_for_its_like(
    text: str, act: ActName
) -> None:
    read = Reading(ActName.SIMILAR, phrases=(Phrase(L, "cheaper"),), references=("the second one",))
    assert heard(text, read).act is act


@pytest.mark.parametrize("text", ["a boot, money's no object", "boots please, price is no object"])
def test_what_is_no_object_is_taken_back(text: str) -> None:
    heard_now = heard(text, Reading(ActName.REFINE, phrases=(Phrase(W, "money object"),)))
    assert Phrase(D, "price") in heard_now.phrases


def test_a_query_that_is_denied_is_not_wanted() -> None:
    read = Reading(ActName.REFINE, "cartoon", (Phrase(L, "funnier"),))
    told = heard("funnier, and not a cartoon", read)
    assert told.query == ""
    assert Phrase(A, "cartoon") in told.phrases


@pytest.mark.parametrize(("text", "kind"), [("not a cardigan", A), ("a cardigan", W)])
def test_words_that_a_refinement_left_unread_keep_their_denial(text: str, kind: PhraseKind) -> None:
    assert heard(text, REFINE).phrases == (Phrase(kind, "cardigan"),)
