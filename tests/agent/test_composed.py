"""A picture and words, over the twelve items whose colours stand in for their pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agent.conversation import play
from agent.types import ActName, Phrase, PhraseKind, Reading, Shown
from retrieval.types import Op
from tests.agent.shop import Shop, about, ids, limit, recommend, refine, want
from tests.agent.test_perceive import painted, with_pictures
from tests.fakes.encoders import HashImageEncoder, ScriptedRecogniser

if TYPE_CHECKING:
    from pathlib import Path

    from agent.types import Turn
    from tests.fakes.chat import Answer


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(
        tmp_path, snapshot=with_pictures(), image=HashImageEncoder(), speech=ScriptedRecogniser("in blue")
    )


def show(shop: Shop, folder: Path, words: str, answer: Answer | None, *colours: str) -> Turn:
    if answer is not None:
        shop.script(answer)
    return play(shop.conversation.say(words, [painted(folder, colour) for colour in colours]))


def colours(turn: Turn) -> list[object]:
    return [card.facets["colour"] for card in turn.items]


def test_a_colour_beside_a_picture_is_enforced_and_the_pictures_own_does_not_pull(
    shop: Shop, tmp_path: Path
) -> None:
    turn = show(shop, tmp_path, "like this but in blue", recommend("", want("blue")), "red")
    assert turn.act.pictured
    assert [(one.field, one.value) for one in turn.act.constraints] == [("colour", "blue")]
    assert colours(turn) == ["blue"]
    assert turn.items[0].evidence.shares == {"image": 1.0}


def test_a_spoken_remark_counts_as_words(shop: Shop, tmp_path: Path) -> None:
    shop.script(recommend("", want("blue")))
    sound = tmp_path / "say.wav"
    sound.touch()
    turn = play(shop.conversation.say("", [painted(tmp_path, "red")], sound))
    assert shop.chat.scenes[-1].text == "in blue"
    assert colours(turn) == ["blue"]


def test_a_later_wish_keeps_the_picture_and_a_new_subject_drops_it(shop: Shop, tmp_path: Path) -> None:
    show(shop, tmp_path, "like this", None, "red")
    assert shop.conversation.dialogue.sees == ("red",)
    later = shop.turn(recommend("", want("green")), "in green instead")
    assert later.act.name is ActName.REFINE
    assert later.act.pictured
    assert set(colours(later)) == {"green"}
    assert not shop.turn(recommend("boots"), "boots").act.pictured
    assert shop.conversation.dialogue.image is None


@pytest.mark.parametrize("words", ["forget the picture", "never mind the photo"])
def test_a_picture_is_taken_back_in_words(shop: Shop, tmp_path: Path, words: str) -> None:
    show(shop, tmp_path, "a handbag like this", recommend("handbag"), "red")
    read = len(shop.chat.scenes)
    turn = play(shop.conversation.say(words))
    assert len(shop.chat.scenes) == read
    assert not turn.act.pictured
    assert {card.facets["kind"] for card in turn.items} == {"handbag"}


def test_with_the_picture_gone_and_nothing_else_asked_for_it_is_asked_back(
    shop: Shop, tmp_path: Path
) -> None:
    show(shop, tmp_path, "", None, "red")
    drop = Reading(ActName.REFINE, phrases=(Phrase(PhraseKind.DROP, "picture"),))
    assert play(shop.conversation.do(drop, "/drop picture")).act.name is ActName.ASK
    assert shop.conversation.dialogue.image is None


def test_the_colour_of_one_picture_is_a_condition_on_the_shape_of_the_other(
    shop: Shop, tmp_path: Path
) -> None:
    said = "the shape of the first, the colour of the second"
    turn = show(shop, tmp_path, said, None, "red", "green")
    assert shop.chat.scenes == []
    assert [(one.field, one.op, one.value) for one in turn.act.constraints] == [("colour", Op.EQ, "green")]
    assert shop.conversation.dialogue.sees == ("red",)


def test_the_colour_of_a_picture_changes_the_search_in_force(shop: Shop, tmp_path: Path) -> None:
    shop.turn(recommend("boots"), "boots")
    turn = show(shop, tmp_path, "in this colour", None, "green")
    assert turn.act.name is ActName.REFINE
    assert ids(turn) == ["b3"]
    assert not turn.act.pictured


def test_another_colour_is_any_but_the_pictures(shop: Shop, tmp_path: Path) -> None:
    turn = show(shop, tmp_path, "this in a different colour", None, "green")
    assert [(one.field, one.op, one.value) for one in turn.act.constraints] == [("colour", Op.NE, "green")]
    assert "green" not in colours(turn)


def test_an_aspect_that_is_not_seen_is_said_to_be_untold(shop: Shop, tmp_path: Path) -> None:
    events = list(
        shop.conversation.say("the pattern of the second", [painted(tmp_path, c) for c in ("red", "blue")])
    )
    shown = next(event for event in events if isinstance(event, Shown))
    assert shown.headline is not None
    assert "doesn't tell its pattern" in shown.headline


def test_cheaper_than_a_picture_is_cheaper_than_the_item_nearest_to_it(shop: Shop, tmp_path: Path) -> None:
    shop.script(recommend("", limit("cheaper")))
    events = list(shop.conversation.say("this, cheaper", [painted(tmp_path, "green")]))
    shown = next(event for event in events if isinstance(event, Shown))
    near, price = ("Kelda Trail Boot Moss", 84.5)
    assert shown.headline == f"cheaper than the {near}, £{price:.2f}, the nearest to your picture"
    assert all(card.price is not None and card.price < price for card in shown.items)


def test_nothing_near_a_picture_is_said_and_cheap_ones_are_found(shop: Shop, tmp_path: Path) -> None:
    shop.script(recommend("", limit("cheaper")))
    events = list(shop.conversation.say("this, cheaper", [painted(tmp_path, "yellow")]))
    shown = next(event for event in events if isinstance(event, Shown))
    assert shown.headline is not None
    assert shown.headline.startswith("nothing here is near enough to your picture to be “cheaper” than")
    assert shown.items


def test_an_item_is_changed_as_a_picture_is(shop: Shop) -> None:
    shop.turn(recommend("handbag"), "handbags")
    shop.conversation.dialogue.screens = [("h1",)]
    shop.conversation.dialogue.seen = {"h1"}
    answer = Reading(ActName.SIMILAR, phrases=(want("blue"),), references=("the first one",))
    turn = shop.turn(answer, "like the first one but in blue")
    assert turn.act.items == ("h1",)
    assert ids(turn) == ["h2"]


def test_what_says_what_is_shown_needs_a_picture(shop: Shop) -> None:
    shop.turn(recommend("boots"), "boots")
    assert not shop.turn(refine(want("waterproof")), "waterproof").act.pictured
    assert not shop.turn(about(ActName.SIMILAR, "the first"), "like the first").act.pictured
