from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agent.acts.remembering import means_everything
from agent.types import ActName, Reading
from tests.agent.shop import Shop, about, ids, limit, recommend, refine

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def remember(note: str) -> Reading:
    return Reading(ActName.REMEMBER, note=note)


def forget(note: str | None = None) -> Reading:
    return Reading(ActName.FORGET, note=note)


def notes(shop: Shop) -> list[str]:
    return [note.text for note in shop.people.notes("me")]


def test_a_fact_is_kept_once(shop: Shop) -> None:
    turn = shop.turn(remember("I take a size 9"))
    shop.turn(remember("i take a size 9"))
    assert notes(shop) == ["I take a size 9"]
    assert "I take a size 9" in turn.answer


def test_the_fact_that_is_named_is_forgotten_and_no_other(shop: Shop) -> None:
    for note in ("I'm vegan", "I'm allergic to wool", "my jeans are size 32"):
        shop.turn(remember(note))
    turn = shop.turn(forget("that I'm allergic to wool"))
    assert notes(shop) == ["I'm vegan", "my jeans are size 32"]
    assert turn.answer == "Forgotten: I'm allergic to wool."


def test_what_was_never_said_can_not_be_forgotten_and_nothing_else_is(shop: Shop) -> None:
    shop.turn(remember("I'm vegan"))
    assert shop.turn(forget("my address")).answer == "Nothing was kept about “my address”."
    assert notes(shop) == ["I'm vegan"]


def test_forgetting_an_item_forgets_what_was_thought_of_it(shop: Shop) -> None:
    first = shop.turn(recommend("boots"))
    shop.turn(about(ActName.DISLIKE, "the first"))
    shop.turn(about(ActName.FORGET, first.items[0].title))
    assert shop.people.likings("me") == []
    assert first.items[0].id in ids(shop.turn(Reading(ActName.RECOMMEND, "boots", count="10")))


def test_an_item_that_can_not_be_made_out_is_asked_about_and_nothing_is_forgotten(shop: Shop) -> None:
    shop.turn(remember("I'm vegan"))
    shop.turn(recommend("scarf"))
    turn = shop.turn(about(ActName.FORGET, "the seventh"))
    assert turn.act.name is ActName.ASK
    assert "only 2 items" in turn.answer.casefold()
    assert notes(shop) == ["I'm vegan"]


def test_everything_is_forgotten_when_that_is_said(shop: Shop) -> None:
    shop.turn(remember("I'm vegan"))
    shop.turn(recommend("boots"))
    shop.turn(about(ActName.DISLIKE, "the first"))
    shop.turn(forget(), "forget everything you know about me")
    assert notes(shop) == []
    assert shop.people.likings("me") == []
    assert shop.conversation.dialogue.refused == set()


@pytest.mark.parametrize(
    ("said", "everything"),
    [
        ("/forget", True),
        ("everything", True),
        ("all about me", True),
        ("forget everything you know about me", True),
        ("forget me", True),
        ("forget", False),
        ("forget it", False),
        ("that it is for me", False),
        ("all I said about wool", False),
        ("the price", False),
        ("", False),
    ],
)
def test_everything_is_only_meant_when_nothing_else_is_named(said: str, everything: bool) -> None:
    assert means_everything(said) is everything


def test_what_is_forgotten_no_longer_bears_on_the_search_in_force(shop: Shop) -> None:
    shop.turn(remember("I'm allergic to wool"))
    assert ids(shop.turn(recommend("scarf"))) == ["s2"]
    shop.turn(forget("wool"))
    assert set(ids(shop.turn(refine(limit("under 200"))))) == {"s1", "s2"}
