from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.claims import ClaimChecker, Vocabulary
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
