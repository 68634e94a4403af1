from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agent.conversation import play
from retrieval.types import Op
from tests.agent.shop import Shop, limit, recommend, want

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def test_critiques_say_what_sets_an_item_apart_and_play_as_they_say(shop: Shop) -> None:
    turn = shop.turn(recommend("boots"))
    for card in turn.items:
        offered = shop.conversation.critiques(card.id)
        assert len(offered) <= 6
        assert len({one.words for one in offered}) == len(offered)
    (cheaper,) = [one for one in shop.conversation.critiques("b1") if one.words.startswith("cheaper")]
    assert cheaper.words == "cheaper: price < 74"
    shown = play(shop.conversation.apply(cheaper.edit))
    bound = shown.act.constraints[-1]
    assert (bound.field, bound.op, bound.value) == ("price", Op.LT, 74.0)
    assert shown.items
    assert all(card.price is not None and card.price < 74 for card in shown.items)


def test_a_critique_that_leaves_nothing_is_not_offered(shop: Shop) -> None:
    shop.turn(recommend("scarf"))
    words = [one.words for one in shop.conversation.critiques("s1")]
    assert not any(one.startswith("cheaper") for one in words), "it is the cheapest scarf"
    assert "not wool" in words
    assert "made of wool" not in words, "no other scarf is"


def test_nothing_that_was_asked_for_is_offered_to_be_left_out(shop: Shop) -> None:
    shop.turn(recommend("handbag", want("red or blue")))
    words = [one.words for one in shop.conversation.critiques("h1")]
    assert "cheaper: price < 95" in words
    assert not {"not red", "not handbag", "more in red"} & set(words)


def test_what_was_given_up_for_an_item_does_not_bar_its_critiques(shop: Shop) -> None:
    shop.turn(recommend("boots", limit("under 10")))
    assert shop.conversation.critiques(shop.conversation.dialogue.screen[0])


def test_every_critique_leaves_something_else_to_show(shop: Shop) -> None:
    for query in ("boots", "handbag", "jacket", "something warm"):
        shop.conversation.new()
        shop.turn(recommend(query))
        before = shop.conversation.dialogue
        for item in before.screen:
            for one in shop.conversation.critiques(item):
                shop.conversation.dialogue = before
                shown = play(shop.conversation.apply(one.edit))
                assert {card.id for card in shown.items} - {item}, one.words
                assert not any(each.status == "relaxed" for each in shown.act.constraints[-1:])
            shop.conversation.dialogue = before


def test_what_was_refused_or_pointed_at_is_not_counted_on(shop: Shop) -> None:
    shop.turn(recommend("scarf"))
    assert "not wool" in [one.words for one in shop.conversation.critiques("s1")]
    shop.conversation.dialogue.refused.add("s2")
    assert "not wool" not in [one.words for one in shop.conversation.critiques("s1")]
