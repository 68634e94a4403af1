from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import pytest

from agent.types import ActName, Reading
from agent.why import State
from retrieval.snapshot import Triple
from retrieval.types import Status
from tests.agent.shop import ENCODER, Shop, about, limit, recommend, want
from tests.fakes.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from pathlib import Path

    from agent.why import Why


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def states(why: Why) -> dict[str, State]:
    return {one.words: one.state for one in why.conditions}


def test_the_evidence_is_that_of_the_card(shop: Shop) -> None:
    turn = shop.turn(recommend("waterproof boots", limit("under 80")))
    for card in turn.items:
        why = shop.conversation.why(card.id)
        assert (why.id, why.title, why.rank, why.shown) == (card.id, card.title, card.rank, len(turn.items))
        assert {share.leg: share.part for share in why.shares} == pytest.approx(dict(card.evidence.shares))
        assert [share.part for share in why.shares] == sorted((s.part for s in why.shares), reverse=True)
        assert [one.words for one in why.conditions if one.state is State.MET] == list(card.evidence.met)
        assert [quote.text for quote in why.quotes] == [quote.text for quote in card.evidence.quotes]
        assert not why.moved_on
    assert len(shop.chat.scenes) == 1, "no model was asked"
    assert len(shop.chat.briefs) == 1


def test_each_leg_has_the_place_without_it_and_the_decisive_one_a_sentence(shop: Shop) -> None:
    turn = shop.turn(recommend("boot sealed at the seams"))
    why = shop.conversation.why(turn.items[0].id)
    assert [one.leg for one in why.without] == [share.leg for share in why.shares]
    worst = max(why.without, key=lambda one: one.rank)
    if worst.rank > 1:
        assert why.counterfactual is not None
        assert why.counterfactual.startswith("without ")
    else:
        assert why.counterfactual is None
    explained = shop.turn(about(ActName.EXPLAIN, "the first"))
    assert explained.act.items == (why.id,)
    assert (shop.brief.note is None) is (why.counterfactual is None)


def test_a_condition_is_met_given_up_or_beyond_checking(shop: Shop) -> None:
    turn = shop.turn(recommend("boots", limit("under 40"), want("elegant")))
    assert any(one.status is Status.RELAXED for one in turn.act.constraints)
    told = states(shop.conversation.why(turn.items[0].id))
    assert told == {"boots": State.MET, "price ≤ 40": State.GIVEN_UP, "elegant": State.UNKNOWN}


def test_an_item_that_was_never_shown_misses_what_it_misses(shop: Shop) -> None:
    shop.turn(recommend("boots", limit("under 80")))
    why = shop.conversation.why("j2")
    assert states(why) == {"boots": State.MISSED, "price ≤ 80": State.MISSED}
    assert why.rank is None
    with pytest.raises(KeyError):
        shop.conversation.why("no such item")


def test_an_item_of_an_older_screen_is_held_against_the_search_that_showed_it(shop: Shop) -> None:
    boots = shop.turn(recommend("boots", limit("under 80")))
    shop.turn(recommend("scarf"))
    why = shop.conversation.why(boots.items[1].id)
    assert why.moved_on
    assert why.rank == 2
    assert states(why) == {"boots": State.MET, "price ≤ 80": State.MET}


def test_more_of_the_same_search_has_not_moved_on(shop: Shop) -> None:
    first = shop.turn(Reading(ActName.RECOMMEND, "boots", count="two"))
    shop.turn(Reading(ActName.REFINE))
    assert not shop.conversation.why(first.items[0].id).moved_on
    shop.conversation.new()
    assert shop.conversation.why(first.items[0].id).rank is None


def test_what_the_search_asks_of_all_joins_nothing_and_what_they_share_besides_does(shop: Shop) -> None:
    shop.people.like("me", "dozen", "b2")
    shop.turn(recommend("boots"))
    path = shop.conversation.why("b3").path
    assert path is not None
    assert path.words == "you liked Kelda Trail Boot — made of synthetic — this one"
    assert shop.conversation.why("b4").path is not None
    assert shop.conversation.why("b5").path is None, "a Chelsea boot shares only that it is a boot"
    assert shop.conversation.why("b2").path is None, "no path from a thing to itself"


def test_what_was_pointed_at_comes_first_and_what_is_not_liked_is_no_source(shop: Shop) -> None:
    shop.people.dislike("me", "dozen", "b2")
    shop.turn(recommend("boots"))
    assert shop.conversation.why("b3").path is None
    shop.people.rate("me", "dozen", "h1", 5.0)
    path = shop.conversation.why("h2").path
    assert path is not None
    assert path.words.startswith("you gave 5 stars to Marlow Handbag — ")
    shop.turn(about(ActName.SIMILAR, "Marlow Handbag Mini"))
    path = shop.conversation.why("h3").path
    assert path is not None
    assert path.source.because == "you pointed at"


def test_the_catalogues_own_triples_join_items(tmp_path: Path) -> None:
    triples = (
        Triple("h3", "goes-with", "s2"),
        Triple("j2", "sequel of", "h3"),
        Triple("s1", "knitted by", "Ada"),
        Triple("h3", "knitted by", "Ada"),
        Triple("nothing here", "goes-with", "h3"),
    )
    shop = Shop(tmp_path, snapshot=MemorySnapshot.from_csv(text=ENCODER, triples=triples))
    shop.people.like("me", "dozen", "h3")
    told = {item: shop.conversation.why(item).path for item in ("s2", "j2", "s1", "b5")}
    words = {item: path.words if path else None for item, path in told.items()}
    assert words == {
        "s2": "you liked Canvas Tote — goes with — this one",
        "j2": "you liked Canvas Tote — this one: sequel of it",
        "s1": "you liked Canvas Tote — by Ada — this one",
        "b5": "you liked Canvas Tote — goes with — Tern Silk Scarf — formal — this one",
    }


def test_it_takes_no_longer_than_a_frame(shop: Shop) -> None:
    turn = shop.turn(recommend("boots"))
    shop.conversation.why(turn.items[0].id)
    began = perf_counter()
    for _ in range(10):
        shop.conversation.why(turn.items[0].id)
    assert (perf_counter() - began) / 10 < 0.1
