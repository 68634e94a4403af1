from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from agent.kinship import Path, Source, Step
from agent.types import Act, ActName, Card, Evidence, Quote
from tests.fakes.snapshot import MemorySnapshot
from tui.words.card import card_words
from tui.words.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDING = Wording.of_snapshot(MemorySnapshot.from_csv())
WORDS = Evidence({"words": 0.7, "text": 0.3}, ("boots",))
SEARCH = Act(ActName.RECOMMEND, "rainy evening")
LIKED = Path(Source("b2", "you liked"), "Kelda Trail Boot", (Step("in green"),), 2)


def card(number: int, price: float | None = 50.0, evidence: Evidence = WORDS, **facets: str | float) -> Card:
    return Card(
        number, f"x{number}", f"Boot {number}", price, {"kind": "boots", **facets}, None, 1.0, evidence
    )


def legs(**shares: float) -> Evidence:
    return Evidence(shares, ("boots",))


def reason(one: Card, *others: Card, act: Act = SEARCH, path: Path | None = None) -> str:
    return card_words(one, (one, *others), WORDING, act, path).reason


def test_a_card_is_put_in_parts_that_make_its_line() -> None:
    evidence = Evidence({}, (), ("price ≤ 80", "green"))
    words = card_words(card(1, 84.5, evidence, colour="green", rating=4.3), [], WORDING)
    assert (words.title, words.price, words.stars) == ("Boot 1", "£84.50", "4.3 stars")
    assert words.misses == "price ≤ 80 and green"
    assert words.line == "Boot 1, £84.50, 4.3 stars, misses price ≤ 80 and green"
    assert words.reason == ""


def test_without_price_and_stars_nothing_stands_for_them() -> None:
    one = card(1, None, colour="green")
    assert card_words(one, [one], WORDING).line == "Boot 1, green, boots"


@pytest.mark.parametrize(
    ("shares", "act", "told"),
    [
        ({"image": 0.6, "text": 0.4}, replace(SEARCH, pictured=True), "looks like your picture"),
        ({"similar": 0.9}, Act(ActName.SIMILAR, items=("b2",)), "like Kelda Trail Boot"),
        ({"similar": 0.9}, Act(ActName.REFINE), "like what you pointed at"),
        ({"audio": 0.9}, Act(ActName.REFINE), "sounds like your clip"),
        ({"popularity": 1.0}, Act(ActName.RECOMMEND), "liked by many"),
        ({"taste": 0.5, "words": 0.5}, SEARCH, "close to what you like"),
        ({"words": 0.6, "text": 0.4}, SEARCH, "closest to “rainy evening”"),
        ({}, SEARCH, ""),
    ],
)
def test_the_leg_that_leads_is_the_reason(shares: Mapping[str, float], act: Act, told: str) -> None:
    assert reason(card(1, evidence=legs(**shares)), card(2), act=act) == told


def test_an_image_leg_of_words_alone_is_no_picture_of_theirs() -> None:
    assert "picture" not in reason(card(1, evidence=legs(image=0.9, text=0.1)), card(2))


def test_only_the_first_is_the_closest() -> None:
    assert reason(card(2), card(1)) == ""


def test_what_the_others_lack_comes_first() -> None:
    green = replace(WORDS, met=("boots", "colour green"))
    assert reason(card(1, evidence=green), card(2), card(3)) == "the only one that is colour green"
    assert reason(card(1, evidence=green), card(2, evidence=green)) == "closest to “rainy evening”"


def test_a_taste_is_told_by_what_was_liked_where_that_is_known() -> None:
    assert reason(card(1, evidence=legs(taste=1.0)), path=LIKED) == "like Kelda Trail Boot, which you liked"


def test_the_head_of_an_order_is_said_only_where_it_stands_alone() -> None:
    cheapest = Act(ActName.REFINE, "boots", sort="price")
    assert reason(card(1, 40.0), card(2, 50.0), act=cheapest) == "lowest price here"
    assert reason(card(2, 50.0), card(1, 40.0), act=cheapest) == ""
    assert reason(card(1, 40.0), card(2, 40.0), act=cheapest) == ""
    assert reason(card(1, 40.0), card(2, None), act=cheapest) == ""
    rated = Act(ActName.REFINE, "boots", sort="-rating")
    assert reason(card(1, rating=4.9), card(2, rating=4.1), act=rated) == "highest rating here"


def test_without_another_reason_what_leads_the_cards_is_said() -> None:
    assert reason(card(2, 40.0), card(1, 50.0)) == "the cheapest of these"
    assert reason(card(2, rating=4.9), card(1, rating=4.1)) == "the best rated of these"
    assert reason(card(2, 40.0), card(1, None)) == ""
    assert reason(card(2, 40.0)) == ""


def test_a_short_quote_is_a_reason_and_a_long_one_is_not() -> None:
    for text, told in (("Dry all day.", "“Dry all day”"), ("dry " * 30, "")):
        quoted = replace(WORDS, quotes=(Quote("description", text),))
        assert reason(card(2, evidence=quoted), card(1)) == told
