from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.claims import ClaimChecker
from agent.prose import Vocabulary
from agent.types import ActName, Brief, BriefItem, Fact, FactKind
from tests.fakes.snapshot import MemorySnapshot

SNAPSHOT = MemorySnapshot.from_csv()
VOCABULARY = Vocabulary(SNAPSHOT)


def checker(query: str = "boots", conditions: tuple[str, ...] = ("price ≤ £80",)) -> ClaimChecker:
    items = tuple(
        BriefItem(
            item.id,
            item.title,
            (Fact("price", FactKind.MET, "price", f"£{float(str(item.fields['price'])):.2f}"),),
        )
        for item in SNAPSHOT.items(["b1", "b4"])
    )
    brief = Brief(ActName.RECOMMEND, query, conditions, (), (), items, matching=2)
    return ClaimChecker(brief, SNAPSHOT, VOCABULARY)


@pytest.mark.parametrize(
    "sentence",
    [
        "{1.title} at {1.price} is made for walking.",
        "{1.title} is brown leather.",
        "Both keep to {c1}.",
        "Two fit.",
        "Nothing over 80 here.",
        "The Harbour Welly is rubber.",
        "I'd take {2.title}.",
        "It scores 4.6, the Fellside Mid Boot.",
    ],
)
def test_what_the_record_or_the_request_says_is_kept(sentence: str) -> None:
    checked = checker().check(sentence)
    assert checked.text
    assert checked.removed == 0


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("{1.title} is navy.", "another item's colour"),
        ("{2.title} is real leather.", "another item's material"),
        ("{3.title} is nice.", "there is no third item"),
        ("{1.weight} only.", "there is no such slot"),
        ("It weighs 900 grams.", "no such number"),
        ("Seven fit.", "not the count"),
        ("The Wren Wool Coat is better.", "a title that is not shown"),
        ("It is made by Gucci.", "an invented name"),
        ("{1.title} Gucci edition.", "an invented name behind a slot"),
        ("A stray { brace.", "a broken slot"),
    ],
)
def test_what_can_not_be_traced_is_not_shown(sentence: str, why: str) -> None:
    checked = checker().check(sentence)
    assert checked.text == "", why
    assert checked.removed >= 1


def test_values_the_person_asked_for_may_be_named() -> None:
    assert checker(query="navy wool boots").check("Nothing in navy wool.").text


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_no_text_breaks_the_check_and_what_is_shown_has_no_slot(text: str) -> None:
    checked = checker().check(text)
    assert "{" not in checked.text
    assert (checked.removed > 0) == (checked.text == "" and text != "") or not checked.removed


@given(st.integers(min_value=100, max_value=10**6))
def test_a_number_that_is_nowhere_is_never_shown(number: int) -> None:
    assert checker().check(f"It costs {number} pounds.").text == ""


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("{1.title} is £42.00.", "another item's price"),
        ("The Harbour Welly is £74.00.", "another item's price beside a title in words"),
        ("The second costs £74.", "another item's price beside a place"),
        ("{1.title} costs £80.", "the limit is not the price"),
        ("{1.title} costs {2.price}.", "another item's slot"),
        ("{1.title} is £4.60.", "its rating is no price"),
        ("{1.title} has 74 stars.", "its price is no rating"),
        ("{1.title} weighs 2 kilos.", "a measure is no count of items"),
        ("It costs 2 pounds.", "a price is no count of items"),
        ("Both are leather.", "only one is"),
        ("They are all brown.", "only one is"),
        ("{1.title} is not leather.", "it is"),
        ("{1.title} isn't waterproof.", "it is"),
        ("Gucci makes {1.title}.", "an invented name at the head"),
        ("Gucci's best is {1.title}.", "an invented name at the head"),
    ],
)
def test_what_is_said_of_an_item_must_be_so_of_that_item(sentence: str, why: str) -> None:
    checked = checker().check(sentence)
    assert checked.text == "", why
    assert checked.removed >= 1


def test_a_wish_is_no_attribute_of_the_item_shown() -> None:
    wished = checker(query="navy wool boots")
    assert wished.check("{1.title} is a navy boot.").text == ""
    assert wished.check("Nothing is both navy and wool.").text
    assert wished.check("Nothing in wool; nearest is {1.title}.").text


@pytest.mark.parametrize(
    "sentence",
    [
        "{1.title} is £74.00, under your 80.",
        "{1.title} has 4.6 stars.",
        "Both are waterproof.",
        "{1.title} is not rubber.",
        "The Fellside's price is £74.",
        "The first two fit.",
        "All two are boots.",
        "{1.title} is the work of a patient hand.",
        "Good news: two fit.",
        "It is kept in your profile.",
    ],
)
def test_true_words_in_other_shapes_are_kept(sentence: str) -> None:
    assert checker().check(sentence).text


def test_it_is_the_item_of_the_sentence_before() -> None:
    one = checker()
    assert one.check("{2.title} is {2.price}.").text
    assert one.check("It is rubber.").text
    assert one.check("It is leather.").text == ""
    assert one.check("It is £74.").text == ""
