from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agent.conversation import play
from agent.types import ActName, Reading
from tests.agent.shop import Shop, about, recommend, refine, want

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def weights(shop: Shop, *, whole: bool = False) -> dict[str, float]:
    return {one.value: one.weight for one in shop.conversation.taste(whole=whole)}


def test_nothing_is_known_of_a_stranger(shop: Shop) -> None:
    shop.turn(recommend("boots"))
    assert shop.conversation.taste() == ()
    assert shop.conversation.taste(whole=True) == ()


def test_one_like_teaches_little(shop: Shop) -> None:
    shop.turn(about(ActName.LIKE, "Rosalind Scarf"))
    taste = shop.conversation.taste()
    assert 0 < len(taste) <= 2
    assert all(0 < one.weight < 0.3 and one.items == ("s1",) for one in taste)


def test_what_likes_share_weighs_most_and_grows_with_them(shop: Shop) -> None:
    seen = []
    for title in ("Peregrine Rain Jacket", "Kelda Trail Boot", "Kelda Trail Boot Moss"):
        shop.turn(about(ActName.LIKE, title))
        seen.append(weights(shop).get("synthetic", 0.0))
    assert seen == sorted(seen)
    first = shop.conversation.taste()[0]
    assert (first.field, first.value) == ("material", "synthetic")
    assert set(first.items) == {"b2", "b3", "j1"}
    assert len(shop.conversation.taste()) <= 6


def test_what_all_on_screen_have_is_not_what_was_disliked(shop: Shop) -> None:
    shop.turn(recommend("boots"))
    shop.turn(about(ActName.DISLIKE, "Ashby Chelsea"))
    told = weights(shop)
    assert "boots" not in told
    assert told
    assert all(weight < 0 for weight in told.values())


def test_a_taste_of_the_whole_profile_outlives_the_conversation(shop: Shop) -> None:
    shop.turn(about(ActName.LIKE, "Rosalind Scarf"))
    shop.conversation.new()
    assert shop.conversation.taste() == ()
    assert weights(shop, whole=True)
    shop.people.forget("me", catalogue="dozen", item="s1")
    assert shop.conversation.taste(whole=True) == ()


def test_a_forgotten_liking_is_forgotten_here_too(shop: Shop) -> None:
    shop.turn(about(ActName.LIKE, "Rosalind Scarf"))
    shop.people.erase("me")
    assert shop.conversation.taste() == ()


def test_what_a_changed_search_asks_for_counts_but_less_than_a_like(shop: Shop) -> None:
    shop.turn(recommend("boots"))
    shop.turn(refine(want("green")))
    play(shop.conversation.amend(add="not leather"))
    told = weights(shop)
    assert set(told) == {"green", "leather"}
    assert 0 < told["green"] < 0.2
    assert told["leather"] < 0
    assert shop.conversation.taste(whole=True) == ()
    shop.turn(about(ActName.LIKE, "Kelda Trail Boot Moss"))
    assert weights(shop)["green"] > told["green"]


def test_a_first_search_is_no_critique(shop: Shop) -> None:
    shop.turn(recommend("boots", want("green")))
    assert shop.conversation.taste() == ()


def test_a_person_is_counted(shop: Shop) -> None:
    assert shop.conversation.person().likings == 0
    shop.turn(about(ActName.LIKE, "Rosalind Scarf"))
    shop.turn(Reading(ActName.RATE, references=("Tern Silk Scarf",), stars="4 stars"))
    shop.people.remember("me", "I take a size 9")
    known = shop.conversation.person()
    assert (known.name, known.notes, known.ratings, known.likings) == ("me", 1, 1, 1)
