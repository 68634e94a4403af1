from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agent.types import ActName, Reading
from agent.wording import write_list
from tests.agent.shop import Shop, about, ids, recommend, refine, want

if TYPE_CHECKING:
    from pathlib import Path

    from agent.types import Turn


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def rate(item: str, stars: str) -> Reading:
    return Reading(ActName.RATE, references=(item,), stars=stars)


def shares(turn: Turn, leg: str) -> float:
    return sum(card.evidence.shares.get(leg, 0.0) for card in turn.items)


def test_a_disliked_item_leaves_the_screen_at_once_and_never_comes_back(shop: Shop) -> None:
    first = shop.turn(recommend("boots"))
    gone = first.items[0].id
    again = shop.turn(about(ActName.DISLIKE, "the first"))
    assert again.act.items == (gone,)
    assert gone not in ids(again)
    for reading in (
        Reading(ActName.REFINE),
        refine(want("waterproof")),
        recommend("boots"),
        recommend("welly"),
    ):
        assert gone not in ids(shop.turn(reading))
    assert shop.people.likings("me")[0].value == -1


def test_after_a_dislike_it_is_not_the_item_disliked(shop: Shop) -> None:
    shop.turn(recommend("boots"))
    shown = shop.turn(about(ActName.DISLIKE, "the first"))
    assert shop.turn(about(ActName.DETAIL, "it")).act.items == (shown.items[0].id,)


def test_an_item_liked_after_all_may_come_back(shop: Shop) -> None:
    first = shop.turn(recommend("boots"))
    shop.turn(about(ActName.DISLIKE, "the first"))
    shop.turn(about(ActName.LIKE, first.items[0].title))
    assert first.items[0].id in ids(shop.turn(Reading(ActName.RECOMMEND, "boots", count="10")))


@pytest.mark.parametrize(
    "reading", [about(ActName.LIKE, "Rosalind Scarf"), rate("Rosalind Scarf", "5 stars")]
)
def test_what_is_liked_bears_on_the_very_next_result(shop: Shop, reading: Reading) -> None:
    before = shop.turn(recommend("something warm"))
    assert shares(before, "taste") == 0
    shop.turn(reading)
    assert shares(shop.turn(recommend("something warm")), "taste") > 0


def test_a_rating_is_kept_in_the_persons_words(shop: Shop) -> None:
    shown = shop.turn(recommend("boots"))
    turn = shop.turn(rate("the second", "four stars"), "four stars for the second")
    assert (turn.act.name, turn.act.stars) == (ActName.RATE, 4.0)
    (kept,) = shop.people.ratings("me")
    assert (kept.item, kept.value, kept.said) == (shown.items[1].id, 4.0, "four stars for the second")


@pytest.mark.parametrize("stars", [None, "six", "0"])
def test_without_stars_from_one_to_five_they_are_asked_for_and_the_next_word_counts(
    shop: Shop, stars: str | None
) -> None:
    shown = shop.turn(recommend("boots"))
    asked = shop.turn(Reading(ActName.RATE, references=("the second",), stars=stars))
    assert asked.act.name is ActName.ASK
    assert shop.people.ratings("me") == []
    if stars:
        assert f"not “{stars}”" in asked.answer
    shop.turn(Reading(ActName.RATE, stars="three"), "three")
    (kept,) = shop.people.ratings("me")
    assert (kept.item, kept.value) == (shown.items[1].id, 3.0)


def test_of_one_item_on_screen_that_one_is_meant_and_of_several_it_is_asked(shop: Shop) -> None:
    shop.turn(recommend("boots", want("black")))
    assert shop.turn(Reading(ActName.LIKE)).act.items == ("b5",)
    shown = shop.turn(recommend("boots"))
    turn = shop.turn(Reading(ActName.LIKE))
    assert turn.act.name is ActName.ASK
    assert turn.answer == f"Which one: {write_list([card.title for card in shown.items], 'or')}?"


def test_with_nothing_on_screen_it_says_so(shop: Shop) -> None:
    turn = shop.turn(about(ActName.LIKE, "the second"))
    assert turn.act.name is ActName.ASK
    assert turn.answer.startswith("Nothing is shown yet")


def test_several_items_are_liked_at_once(shop: Shop) -> None:
    shown = shop.turn(recommend("boots"))
    turn = shop.turn(about(ActName.LIKE, "the first two"))
    assert list(turn.act.items) == ids(shown)[:2]
    assert len(shop.people.likings("me")) == 2
