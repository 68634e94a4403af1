"""When a refinement is a search of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agent.types import ActName
from tests.agent.linking.catalogues import shop as town
from tests.agent.shop import Shop, ids, recommend, refine, want

if TYPE_CHECKING:
    from pathlib import Path

    from agent.types import Phrase


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path, snapshot=town())


@pytest.mark.parametrize(
    ("before", "wish", "text"),
    [
        ("jumper", want("on wednesday"), "something on wednesday"),
        ("jumper", want("on wednesday"), "anything on wednesday?"),
        ("sofa", want("silk"), "I need something in silk"),
    ],
)
def test_what_the_kind_in_force_can_not_be_is_a_new_search_and_said_to_be(
    shop: Shop, before: str, wish: Phrase, text: str
) -> None:
    shop.turn(recommend(before), before)
    turn = shop.turn(refine(wish), text)
    assert turn.act.name is ActName.RECOMMEND
    assert before not in turn.act.query
    assert all(constraint.field != "kind" for constraint in shop.conversation.dialogue.constraints)
    assert ids(turn)


@pytest.mark.parametrize(
    ("before", "wish", "text"),
    [
        ("jumper", want("navy"), "something navy"),
        ("jumper", want("on wednesday"), "for wednesday"),
        ("jumper", want("silk"), "something in silk instead"),
        ("jumper", want("silk"), "anything in silk"),
        ("jumper", want("nothing anyone ever heard of"), "something nobody ever heard of"),
    ],
)
def test_a_change_of_the_search_goes_on_with_it(shop: Shop, before: str, wish: Phrase, text: str) -> None:
    shop.turn(recommend(before), before)
    turn = shop.turn(refine(wish), text)
    assert turn.act.name is ActName.REFINE
    assert any(constraint.field == "kind" for constraint in shop.conversation.dialogue.constraints)


def test_what_is_left_is_told(shop: Shop) -> None:
    shop.turn(recommend("jumper"), "a jumper")
    shop.script(refine(want("on wednesday")))
    shown = [event for event in shop.conversation.say("something on wednesday") if hasattr(event, "headline")]
    assert [one.headline for one in shown] == ["a new search, no longer for “jumper”"]


def test_a_search_that_found_nothing_of_what_it_named_is_left(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    assert shop.turn(recommend("unicycle"), "a unicycle").items
    assert shop.conversation.dialogue.foreign
    assert shop.turn(refine(want("waterproof")), "something waterproof").act.name is ActName.RECOMMEND
