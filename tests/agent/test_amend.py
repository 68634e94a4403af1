from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agent.amend import Edit, Held
from agent.conversation import play
from agent.types import ActName, Finished, Phrase, PhraseKind, Reading, Shown, Turn, Understood
from encoders.errors import UsageError
from retrieval.types import Constraint, Op, Status
from tests.agent.shop import Shop, about, ids, limit, recommend, want
from tests.agent.test_perceive import painted, with_pictures
from tests.fakes.encoders import HashImageEncoder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def conditions(turn: Turn) -> list[tuple[str | None, Op, object]]:
    return [(one.field, one.op, one.value) for one in turn.act.constraints]


def test_a_condition_is_taken_away_and_results_follow_at_once(shop: Shop) -> None:
    first = shop.turn(recommend("boots", limit("under 70")))
    bound = next(one for one in first.act.constraints if one.field == "price")
    events = list(shop.conversation.amend(drop=[bound]))
    assert isinstance(events[0], Understood)
    assert isinstance(events[1], Shown)
    assert isinstance(events[-1], Finished)
    turn = events[-1].turn
    assert turn.act.name is ActName.REFINE
    assert conditions(turn) == [("kind", Op.EQ, "boots")]
    assert set(ids(first)) < set(ids(turn))
    assert turn.request.text == "without price ≤ 70"
    assert len(shop.chat.scenes) == 1, "no model read it"


def test_conditions_are_added_as_people_and_as_cards_write_them(shop: Shop) -> None:
    shop.turn(recommend("boots"))
    turn = play(shop.conversation.amend(add="price <= 80 · not leather, ≥ 4.3 stars"))
    assert conditions(turn)[1:] == [
        ("price", Op.LE, 80.0), ("material", Op.NE, "leather"), ("rating", Op.GE, 4.3),
    ]  # fmt: skip
    assert set(ids(turn)) == {"b2", "b4"}
    assert play(shop.conversation.amend(add="under 50")).act.constraints[-1].value == 50.0


def test_what_the_catalogue_can_not_check_only_ranks(shop: Shop) -> None:
    shop.turn(recommend("boots"))
    turn = play(shop.conversation.amend(add="elegant"))
    assert turn.act.constraints[-1].status is Status.RANKED


def test_the_query_is_replaced_and_a_new_kind_takes_the_place_of_the_old(shop: Shop) -> None:
    shop.turn(recommend("boots"))
    turn = play(shop.conversation.amend(query="scarf"))
    assert turn.act.query == "scarf"
    assert conditions(turn) == [("kind", Op.EQ, "scarf")]
    assert set(ids(turn)) == {"s1", "s2"}


def test_words_of_a_wish_that_is_taken_away_no_longer_rank(shop: Shop) -> None:
    first = shop.turn(recommend("waterproof boots", want("waterproof")))
    kind = next(one for one in first.act.constraints if one.field == "kind")
    turn = play(shop.conversation.amend(drop=[kind]))
    assert turn.act.query == "waterproof"
    assert "j1" in ids(turn)


def test_with_everything_taken_away_something_is_shown_and_that_is_said(shop: Shop) -> None:
    first = shop.turn(recommend("boots", limit("under 80")))
    events = list(shop.conversation.amend(drop=first.act.constraints, query=""))
    shown = next(event for event in events if isinstance(event, Shown))
    assert shown.items
    assert shown.headline == "nothing is asked for any more; some of what is here"
    assert not shop.conversation.dialogue.constraints


def test_a_condition_that_was_given_up_is_the_one_in_force(shop: Shop) -> None:
    first = shop.turn(recommend("boots", limit("under 10")))
    (given_up,) = (one for one in first.act.constraints if one.status is Status.RELAXED)
    turn = play(shop.conversation.amend(drop=[given_up]))
    assert conditions(turn) == [("kind", Op.EQ, "boots")]


def test_what_is_not_in_force_can_not_be_taken_away(shop: Shop) -> None:
    shop.turn(recommend("boots"))
    before = shop.conversation.dialogue
    with pytest.raises(UsageError, match="“price ≤ 5” can't be taken away"):
        play(shop.conversation.amend(drop=[Constraint("price", Op.LE, 5.0, "under 5")], query=""))
    assert shop.conversation.dialogue is before
    assert before.query == "boots"


def test_a_remembered_wish_is_waived_for_this_search_alone(shop: Shop) -> None:
    shop.people.remember("me", "allergic to leather")
    first = shop.turn(recommend("boots"))
    wish = next(one for one in first.act.constraints if one.field == "material")
    turn = play(shop.conversation.amend(drop=[wish]))
    assert wish not in turn.act.constraints
    assert play(shop.conversation.amend(add="price < 200")).act.constraints[-1].field == "price"
    assert wish not in shop.conversation.dialogue.constraints
    assert wish in shop.turn(recommend("boots")).act.constraints


def test_likeness_and_order_are_forgotten(shop: Shop) -> None:
    shop.turn(recommend("boots"))
    shop.turn(about(ActName.SIMILAR, "the first"))
    shop.turn(Reading(ActName.REFINE, sort="cheapest first"))
    turn = play(shop.conversation.amend(forget=[Held.ITEMS, Held.ORDER]))
    assert turn.act.sort is None
    assert not shop.conversation.dialogue.near
    assert turn.request.text == "without the items and the order"


def test_it_never_asks_for_more_of_the_same(shop: Shop) -> None:
    first = shop.turn(recommend("boots"))
    again = play(shop.conversation.amend(forget_picture=True))
    assert ids(again) == ids(first)


def test_signs_that_are_typed_need_no_model(shop: Shop) -> None:
    shop.turn(recommend("boots"))
    turn = play(shop.conversation.say("price <= 80, material != leather"))
    assert conditions(turn)[1:] == [("price", Op.LE, 80.0), ("material", Op.NE, "leather")]
    assert len(shop.chat.scenes) == 1


def test_a_sign_inside_what_the_model_read_is_understood(shop: Shop) -> None:
    turn = shop.turn(Reading(ActName.RECOMMEND, "boots", (Phrase(PhraseKind.LIMIT, "price ≤ 80"),)))
    assert ("price", Op.LE, 80.0) in conditions(turn)


def test_an_edit_of_nothing_is_false() -> None:
    assert not Edit()
    assert Edit(query="")
    assert Edit(forget=frozenset({Held.PICTURE}))


def test_a_picture_is_taken_back_and_its_leg_with_it(tmp_path: Path) -> None:
    shop = Shop(tmp_path, snapshot=with_pictures(), image=HashImageEncoder())
    shop.script(recommend("boots"))
    first = play(shop.conversation.say("boots like this", [painted(tmp_path, "green")]))
    assert first.act.pictured
    assert "image" in [share.leg for share in shop.conversation.why("b3").shares]
    turn = play(shop.conversation.amend(forget_picture=True))
    assert not turn.act.pictured
    assert shop.conversation.dialogue.image is None
    assert turn.act.query == "boots"
    assert turn.items
    assert "image" not in [share.leg for share in shop.conversation.why("b3").shares]


def test_an_item_that_was_not_wanted_is_found_again(shop: Shop) -> None:
    first = shop.turn(recommend("boots"))
    unwanted = ids(first)[0]
    gone = shop.turn(about(ActName.DISLIKE, "the first"), "not the first")
    assert unwanted not in ids(gone)
    back = play(shop.conversation.apply(Edit(admit=(unwanted,))))
    assert unwanted in ids(back)
    assert back.request.text == f"with {shop.conversation.snapshot.item(unwanted).title} again"
    assert not shop.conversation.people.likings(shop.conversation.user)
