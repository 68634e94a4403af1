from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from agent.conversation import play
from agent.types import ActName, Finished, Phrase, PhraseKind, Reading, Said, Shown, Understood
from encoders.errors import InputError, ModelError, ModelMissing
from retrieval.types import Column, Role, Status
from tests.agent.shop import Shop, about, dozen, ids, limit, recommend, refine, want
from tests.fakes.snapshot import DOZEN_COLUMNS, MemorySnapshot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from agent.types import Event

MORE = Reading(ActName.REFINE)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def close(events: Iterator[Event]) -> None:
    assert isinstance(events, Generator)
    events.close()


def test_a_turn_is_understood_shown_said_and_finished_in_that_order(shop: Shop) -> None:
    shop.script(recommend("boots", limit("under 80")))
    events = list(shop.conversation.say("boots under 80"))
    assert isinstance(events[0], Understood)
    assert isinstance(events[1], Shown)
    assert all(isinstance(event, Said) for event in events[2:-1])
    assert isinstance(events[-1], Finished)
    assert events[-1].turn.items == events[1].items
    assert events[-1].turn.models == {
        "chat": "scripted-chat",
        "text": "hash-64@0",
        "image": None,
        "speech": None,
    }


def test_the_second_one_after_two_screens_is_the_second_of_the_newest(shop: Shop) -> None:
    shop.turn(recommend("boots"))
    newest = shop.turn(recommend("handbag"))
    assert shop.turn(about(ActName.DETAIL, "the second one")).act.items == (newest.items[1].id,)


def test_an_item_of_an_earlier_turn_is_found_by_its_title(shop: Shop) -> None:
    shop.turn(recommend("boots"))
    shop.turn(recommend("handbag"))
    assert shop.turn(about(ActName.DETAIL, "the welly")).act.items == ("b4",)


def test_the_black_one_is_the_black_one_most_recently_shown(shop: Shop) -> None:
    shop.turn(recommend("boots"))
    assert shop.turn(about(ActName.LIKE, "the black one")).act.items == ("b5",)


def test_it_is_the_item_last_talked_about_until_the_screen_changes(shop: Shop) -> None:
    first = shop.turn(recommend("boots"))
    shop.turn(about(ActName.DETAIL, "the third"))
    assert shop.turn(about(ActName.RATE, "it")).act.items == (first.items[2].id,)
    second = shop.turn(recommend("scarf"))
    assert shop.turn(about(ActName.DETAIL, "it")).act.items == (second.items[0].id,)


def test_after_something_similar_is_shown_it_is_no_longer_the_item_it_is_like(shop: Shop) -> None:
    shop.turn(recommend("boots"))
    shown = shop.turn(about(ActName.SIMILAR, "the second"))
    assert shop.turn(about(ActName.DETAIL, "it")).act.items == (shown.items[0].id,)


def test_recommend_starts_afresh_and_refine_keeps(shop: Shop) -> None:
    shop.turn(Reading(ActName.RECOMMEND, "boots", (limit("under 80"),), sort="cheapest", count="two"))
    refined = shop.turn(refine(want("waterproof")))
    assert {c.field for c in refined.act.constraints} == {"kind", "price", "tags"}
    assert (refined.act.query, refined.act.sort, refined.act.count) == ("boots", "price", 2)
    afresh = shop.turn(recommend("scarf"))
    assert [c.field for c in afresh.act.constraints] == ["kind"]
    assert (afresh.act.sort, afresh.act.count) == (None, None)


def test_a_condition_taken_back_is_gone(shop: Shop) -> None:
    shop.turn(recommend("boots", want("green"), limit("under 90")))
    turn = shop.turn(refine(Phrase(PhraseKind.DROP, "any colour")))
    assert {c.field for c in turn.act.constraints} == {"kind", "price"}


def test_like_something_of_another_search_leaves_the_search_in_force_behind(shop: Shop) -> None:
    shop.turn(recommend("boots", limit("under 80")))
    turn = shop.turn(about(ActName.SIMILAR, "Rosalind Scarf"))
    assert turn.act.constraints == ()
    assert "s1" not in ids(turn)


def test_more_shows_others_and_then_says_that_no_more_fit(shop: Shop) -> None:
    first = shop.turn(recommend("boots"))
    second = shop.turn(MORE, "more")
    assert len(first.items) == 4
    assert len(second.items) == 1
    assert not set(ids(first)) & set(ids(second))
    shop.script(MORE)
    events = list(shop.conversation.say("more"))
    assert events[1] == Shown((), "no more that fit")
    assert play(iter(events)).answer == "No more that fit."
    assert ids(second) == list(shop.conversation.dialogue.screen), "what was on screen stays"


def test_a_bare_number_of_others_is_honoured(shop: Shop) -> None:
    shop.turn(Reading(ActName.RECOMMEND, "boots", count="two"))
    assert len(shop.turn(Reading(ActName.REFINE, count="three")).items) == 3


def test_the_most_expensive_thing_is_that_of_the_whole_catalogue(shop: Shop) -> None:
    shop.turn(recommend("boots", limit("under 50")))
    turn = shop.turn(Reading(ActName.RECOMMEND, "thing you have", sort="most expensive", count="one"))
    assert ids(turn) == ["j2"]


def test_the_cheapest_of_a_kind_is_the_cheapest_of_all_of_that_kind(shop: Shop) -> None:
    turn = shop.turn(Reading(ActName.RECOMMEND, "boots", sort="cheapest"))
    assert ids(turn) == ["b4", "b2", "b1", "b5"]


def test_an_order_among_things_that_are_only_near_keeps_to_those_that_are(shop: Shop) -> None:
    turn = shop.turn(Reading(ActName.RECOMMEND, "waterproof jacket for rain", sort="cheapest"))
    assert turn.items[0].id == "j1"


def test_an_impossible_price_shows_nothing_as_fitting_and_the_nearest_first(shop: Shop) -> None:
    shop.script(recommend("", limit("between 5 and 10 pounds")))
    events = list(shop.conversation.say("something for 5 to 10"))
    turn = play(iter(events))
    assert ids(turn) == ["h3", "s1", "s2", "b4"], "the cheapest of all, cheapest first"
    assert all(card.evidence.missed == ("price ≤ 10",) for card in turn.items)
    assert isinstance(events[1], Shown)
    assert events[1].headline == "nothing is price ≥ 5 and price ≤ 10; nearest, giving up price ≤ 10"
    assert "within £10" in turn.answer


def test_what_can_not_be_checked_ranks_and_is_said_to(shop: Shop) -> None:
    turn = shop.turn(recommend("boots", want("orthopaedic")))
    assert [(c.value, c.status) for c in turn.act.constraints][1:] == [("orthopaedic", Status.RANKED)]
    assert turn.items
    assert "can't check “orthopaedic”" in turn.answer


def test_a_title_that_is_not_here_is_searched_for_and_not_passed_off(shop: Shop) -> None:
    shop.turn(recommend("boots", limit("under 80")))
    turn = shop.turn(about(ActName.SIMILAR, "The Matrix"))
    assert turn.act.constraints == ()
    assert turn.items
    assert turn.answer.endswith("Nothing here is clearly “The Matrix”; these are the nearest.")


@pytest.mark.parametrize(
    "act", [ActName.LIKE, ActName.DETAIL, ActName.SIMILAR, ActName.EXPLAIN, ActName.COMPARE]
)
def test_a_place_beyond_the_list_is_answered_with_how_many_are_shown(shop: Shop, act: ActName) -> None:
    shop.turn(recommend("scarf"))
    turn = shop.turn(about(act, "the ninth"))
    assert turn.act.name is ActName.ASK
    assert "nly 2 items are shown" in turn.answer
    assert "Rosalind Scarf" in turn.answer
    assert turn.items == ()


def test_the_item_named_after_which_one_gets_the_act_that_was_asked_for(shop: Shop) -> None:
    shown = shop.turn(recommend("boots"))
    shop.turn(Reading(ActName.RATE, references=("the ninth",), stars="four stars"))
    turn = shop.turn(about(ActName.DETAIL, "the second"))
    assert (turn.act.name, turn.act.items, turn.act.stars) == (ActName.RATE, (shown.items[1].id,), 4.0)
    again = shop.turn(about(ActName.DETAIL, "the first"))
    assert again.act.name is ActName.DETAIL, "the question was answered"


def test_the_answer_to_a_question_goes_on_with_what_was_said_before_it(shop: Shop) -> None:
    asked = shop.turn(Reading(ActName.ASK, "a present", (limit("under 30"),)), "a present under 30")
    assert asked.act.name is ActName.ASK
    assert shop.conversation.dialogue.asked == "kind"
    turn = shop.turn(recommend("a scarf"), "a scarf")
    assert [(c.field, c.value) for c in turn.act.constraints] == [("price", 30.0), ("kind", "scarf")]
    assert shop.chat.scenes[-1].asked == "kind"
    assert ids(turn) == ["s1"]


def test_an_order_that_nothing_has_a_value_for_is_said_to_be_none(tmp_path: Path) -> None:
    columns = [column for column in DOZEN_COLUMNS if column.name != "price"] + [
        Column("price", Role.NUMBER, "price")
    ]
    items = [
        replace(item, fields={k: v for k, v in item.fields.items() if k != "price" or item.id != "s1"})
        for item in dozen().items(dozen().ids)
    ]
    shop = Shop(tmp_path, snapshot=MemorySnapshot(items, columns, name="dozen"))
    shop.script(Reading(ActName.RECOMMEND, "scarf", (want("red"),), sort="cheapest"))
    events = list(shop.conversation.say("the cheapest red scarf"))
    assert isinstance(events[1], Shown)
    assert events[1].headline == "none of these has a price to order by"
    assert play(iter(events)).act.sort is None


def test_a_question_leaves_nothing_of_the_search_before_it(shop: Shop) -> None:
    shop.turn(Reading(ActName.RECOMMEND, "boots", (limit("under 80"),), sort="cheapest"))
    shop.turn(Reading(ActName.ASK), "something nice")
    turn = shop.turn(refine(want("silk")))
    assert [c.field for c in turn.act.constraints] == ["material"]
    assert turn.act.sort is None


def test_what_was_read_is_shown_to_the_model_in_the_next_turn(shop: Shop) -> None:
    shop.turn(recommend("scarf"), "a scarf please")
    shop.turn(refine(want("red")), "in red")
    scene = shop.chat.scenes[-1]
    assert (scene.query, scene.last_act, scene.earlier) == ("scarf", ActName.RECOMMEND, ("a scarf please",))
    assert set(scene.screen) == {"Rosalind Scarf", "Tern Silk Scarf"}


def test_closing_a_reply_keeps_the_cards_and_closes_the_model(shop: Shop) -> None:
    shop.script(recommend("boots"))
    events = shop.conversation.say("boots")
    shown = [next(events) for _ in range(3)][1]
    assert isinstance(shown, Shown)
    close(events)
    assert shop.chat.closed == 1
    assert list(shop.conversation.dialogue.screen) == [card.id for card in shown.items]
    assert shop.turn(about(ActName.DETAIL, "the second")).turn == 2


def test_closing_a_turn_before_its_cards_leaves_no_trace(shop: Shop) -> None:
    shop.turn(recommend("scarf"))
    before = shop.conversation.dialogue.copy()
    shop.script(recommend("boots"))
    events = shop.conversation.say("boots")
    next(events)
    close(events)
    assert shop.conversation.dialogue == before


def test_a_model_that_fails_to_write_leaves_the_cards_and_the_conversation(tmp_path: Path) -> None:
    shop = Shop(tmp_path, replies=[ModelError("The server is gone; start it."), "{1.title} it is."])
    shop.script(recommend("boots"))
    events = shop.conversation.say("boots")
    assert isinstance(next(events), Understood)
    assert isinstance(shown := next(events), Shown)
    with pytest.raises(ModelError):
        next(events)
    assert list(shop.conversation.dialogue.screen) == [card.id for card in shown.items]
    turn = shop.turn(about(ActName.DETAIL, "the second"))
    assert turn.act.items == (shown.items[1].id,)


def test_a_model_that_fails_to_read_changes_nothing(shop: Shop) -> None:
    shop.turn(recommend("scarf"))
    before = shop.conversation.dialogue.copy()
    with pytest.raises(ModelError):
        shop.turn(ModelError("The server is gone; start it."))
    assert shop.conversation.dialogue == before


@pytest.mark.parametrize("text", ["", "  \n", "\x1b\x00\u202e", "x" * 5000])
def test_a_message_that_can_not_be_used_is_refused_in_a_sentence(shop: Shop, text: str) -> None:
    with pytest.raises(InputError, match="message"):
        list(shop.conversation.say(text))
    assert shop.conversation.dialogue.turn == 0


def test_a_picture_without_an_image_model_is_refused_before_anything_changes(
    shop: Shop, tmp_path: Path
) -> None:
    with pytest.raises(ModelMissing):
        list(shop.conversation.say("like this", [tmp_path / "bag.png"]))
    assert shop.conversation.dialogue.turn == 0


def test_a_new_conversation_forgets_the_screen_but_not_the_person(shop: Shop) -> None:
    shop.turn(recommend("boots"))
    shop.turn(about(ActName.LIKE, "the first"))
    shop.conversation.new()
    assert shop.conversation.dialogue.screen == ()
    assert shop.people.likings("me")


def test_a_fork_is_another_person_with_the_same_catalogue(shop: Shop) -> None:
    shop.turn(recommend("boots"))
    other = shop.conversation.fork(shop.people, "you")
    assert other.catalogue is shop.conversation.catalogue
    assert other.dialogue.screen == ()


def test_a_command_is_played_without_reading(shop: Shop) -> None:
    shop.turn(recommend("boots"))
    turn = play(shop.conversation.do(about(ActName.LIKE, "1"), "/like 1"))
    assert turn.request.text == "/like 1"
    assert len(shop.chat.scenes) == 1


def test_warming_up_loads_what_the_first_turn_needs(shop: Shop) -> None:
    shop.conversation.warm().join(timeout=20)
    assert shop.conversation.models.names()["chat"] == "scripted-chat"
    assert shop.turn(recommend("boots")).items


def test_a_new_kind_of_thing_takes_the_place_of_the_query(shop: Shop) -> None:
    shop.turn(recommend("boots", want("leather")))
    turn = shop.turn(refine(want("handbag")), "what about a handbag")
    assert turn.act.query == "handbag"
    assert {card.facets["kind"] for card in turn.items} == {"handbag"}


def test_what_is_here_stays_so_however_it_is_refined(shop: Shop) -> None:
    shop.turn(recommend("something for the market"))
    shop.script(refine(want("red")))
    shown = next(event for event in shop.conversation.say("in red") if isinstance(event, Shown))
    assert "clearly" not in (shown.headline or "")


def test_starting_over_forgets_the_search_and_asks(shop: Shop) -> None:
    shop.turn(recommend("boots", limit("under 80")))
    turn = shop.turn(refine(Phrase(PhraseKind.DROP, "start over")), "start over")
    assert turn.act.name is ActName.ASK
    assert not (shop.conversation.dialogue.query or shop.conversation.dialogue.constraints)


def test_what_is_known_of_a_person_is_told_when_they_ask_and_not_kept_as_a_fact(shop: Shop) -> None:
    shop.turn(Reading(ActName.REMEMBER, note="I take a size 9"), "remember that I take a size 9")
    shop.turn(recommend("boots"))
    shop.turn(about(ActName.LIKE, "1"), "I like the first")
    title = shop.conversation.snapshot.item(shop.conversation.dialogue.screen[0]).title
    turn = shop.turn(
        Reading(ActName.REMEMBER, note="what do you know about me"), "what do you know about me?"
    )
    assert "I take a size 9" in turn.answer
    assert title in turn.answer
    assert len(shop.people.notes("me")) == 1


def test_forget_that_takes_back_the_fact_said_last(shop: Shop) -> None:
    shop.turn(Reading(ActName.REMEMBER, note="I take a size 9"), "I take a size 9")
    shop.turn(Reading(ActName.REMEMBER, note="I'm vegan"), "I'm vegan")
    shop.turn(MORE, "forget that")
    assert [note.text for note in shop.people.notes("me")] == ["I take a size 9"]


def test_an_allergy_is_never_given_up(shop: Shop) -> None:
    shop.turn(Reading(ActName.REMEMBER, note="I'm allergic to leather"), "I'm allergic to leather")
    turn = shop.turn(recommend("handbag", want("black"), want("leather")), "a black leather handbag")
    assert turn.items
    again = shop.turn(recommend("handbag", want("red")), "a red handbag")
    assert all(card.facets["material"] != "leather" for card in again.items)


def test_what_is_said_of_an_attribute_rates_no_item(shop: Shop) -> None:
    shop.turn(recommend("boots"))
    turn = shop.turn(about(ActName.DISLIKE, "leather"), "not a fan of leather")
    assert turn.act.name is ActName.REFINE
    assert all(card.facets["material"] != "leather" for card in turn.items)
    assert not shop.people.likings("me")


def test_an_order_that_the_catalogue_lacks_is_said_to_be_lacking(shop: Shop) -> None:
    shop.script(Reading(ActName.RECOMMEND, "boots", sort="lightest"))
    shown = next(event for event in shop.conversation.say("the lightest boots") if isinstance(event, Shown))
    assert "“lightest”" in (shown.headline or "")


def test_a_kind_that_the_reading_left_out_is_searched_for(shop: Shop) -> None:
    turn = shop.turn(refine(limit("under 50")), "boots under 50")
    assert {card.facets["kind"] for card in turn.items} == {"boots"}
