from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events

from tests.fakes.microphone import FakeMicrophone, tone
from tests.tui.app.test_turn import BOOTS
from tui.app.chips import Chips
from tui.app.correct import Correction
from tui.app.turn import TurnView

if TYPE_CHECKING:
    from tests.tui.app.conftest import Open, Person

pytestmark = pytest.mark.anyio
IN_FORCE = ["boots", "waterproof", "price ≤ 80"]


def force(person: Person) -> Chips:
    return person.chat.side.query_one("#force", Chips)


def in_force(person: Person) -> list[str]:
    return [chip.text for chip in force(person).chips]


def looked_for(person: Person, turn: int = 0) -> Chips:
    """The 'looking for' of a turn."""
    view = list(person.chat.talk.query(TurnView))[turn]
    return next(chips for chips in view.query(Chips) if chips.label == "looking for")


async def correct(person: Person, chips: Chips, number: int, words: str | None, *keys: str) -> None:
    """Write `words` in the place of a chip's, None to leave them, and press keys."""
    person.chat.set_focus(chips)
    chips.current = number
    await person.press("enter")
    if words is not None:
        await person.press("delete", *words)
    await person.press(*keys)


async def test_words_and_conditions_are_corrected_where_they_stand(opened: Open) -> None:
    async with opened() as person:
        await person.say(BOOTS)
        await correct(person, looked_for(person), 0, "shoes", "enter")
        assert in_force(person)[0] == "shoes"
        assert "boots → shoes" in person.screen
        await correct(person, force(person), 2, "under 70", "enter")
        assert in_force(person) == ["shoes", "waterproof", "price ≤ 70"]
        assert person.chat.composer.prompt.has_focus
        assert person.chat.composer.prompt.text == ""


async def test_escape_leaves_a_part_as_it_was(opened: Open) -> None:
    async with opened() as person:
        await person.say(BOOTS)
        await correct(person, force(person), 2, "under 7", "escape")
        assert not person.chat.query(Correction)
        assert person.chat.composer.prompt.has_focus
        assert in_force(person) == IN_FORCE
        assert not person.chat.engine.busy and "→" not in person.screen


async def test_a_part_that_is_left_unchanged_changes_nothing(opened: Open) -> None:
    async with opened() as person:
        await person.say(BOOTS)
        await correct(person, force(person), 2, None, "enter")
        assert not person.chat.query(Correction)
        assert len(person.chat.talk.query(TurnView)) == 1


async def test_an_empty_correction_takes_the_part_away(opened: Open) -> None:
    async with opened() as person:
        await person.say(BOOTS)
        await correct(person, force(person), 1, "", "enter")
        assert in_force(person) == ["boots", "price ≤ 80"]
        assert "− waterproof" in person.screen


async def test_going_elsewhere_leaves_a_part_but_another_window_does_not(opened: Open) -> None:
    async with opened() as person:
        await person.say(BOOTS)
        await correct(person, force(person), 2, "under 7")
        person.app.post_message(events.AppBlur())
        await person.pilot.pause()
        person.app.post_message(events.AppFocus())
        await person.pilot.pause()
        assert person.chat.query_one(Correction).has_focus
        assert person.chat.query_one(Correction).value == "under 7"
        await person.pilot.click("#prompt")
        await person.idle()
        assert not person.chat.query(Correction)
        assert in_force(person) == IN_FORCE


async def test_a_space_without_its_character_is_a_space_here_too(opened: Open) -> None:
    async with opened() as person:
        await person.say(BOOTS)
        await correct(person, force(person), 2, "under")
        field = person.chat.query_one(Correction)
        field.post_message(events.Key("space", None))
        await person.press("7", "0")
        assert field.value == "under 70"


async def test_a_correction_that_nothing_here_says_is_told_and_loses_nothing_else(opened: Open) -> None:
    async with opened() as person:
        await person.say(BOOTS)
        await correct(person, force(person), 2, "qwertz", "enter")
        assert in_force(person)[:2] == ["boots", "waterproof"]
        assert "qwertz" in person.screen
        assert "can't be checked" in " ".join(person.screen.split())
        assert person.chat.composer.prompt.text == ""


async def test_likeness_and_order_can_only_be_taken_away_and_enter_says_so(opened: Open) -> None:
    async with opened() as person:
        await person.say(BOOTS)
        await person.press("alt+2", "m")
        chips = looked_for(person, 1)
        assert chips.chips[0].text.startswith("like ")
        before = in_force(person)
        await correct(person, chips, 0, None)
        assert "can't say something else; Delete" in " ".join(person.screen.split())
        assert in_force(person) == before
        await person.press("delete")
        assert not any(text.startswith("like ") for text in in_force(person))


async def test_a_part_of_an_earlier_turn_is_the_one_that_it_names(opened: Open) -> None:
    async with opened() as person:
        await person.say(BOOTS)
        await correct(person, force(person), 1, "", "enter")
        assert in_force(person) == ["boots", "price ≤ 80"]
        first = looked_for(person)
        assert [chip.text for chip in first.chips] == IN_FORCE
        person.chat.set_focus(first)
        first.current = 2
        await person.press("delete")
        assert in_force(person) == ["boots"]
        first.current = 1
        person.chat.set_focus(first)
        await person.press("delete")
        assert "is of an earlier search and not in force" in " ".join(person.screen.split())
        assert in_force(person) == ["boots"]


async def test_a_search_that_goes_on_while_one_writes_does_not_change_which_part_is_meant(
    opened: Open,
) -> None:
    async with opened() as person:
        await person.say(BOOTS)
        await correct(person, force(person), 2, "under 70")
        person.chat.start("drop", "waterproof")
        await person.idle()
        assert in_force(person) == ["boots", "price ≤ 80"]
        await person.press("enter")
        assert in_force(person) == ["boots", "price ≤ 70"]


async def test_what_was_heard_goes_back_to_the_prompt_as_speech(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRIPTED_HEARS", BOOTS)
    async with opened(microphone=FakeMicrophone([(tone(0.5), 16_000)])) as person:
        prompt = person.chat.composer.prompt
        await person.press("f2")
        await person.until(lambda: "● recording" in person.screen)
        await person.press("enter")
        await person.until(lambda: prompt.text == BOOTS)
        await person.press("enter")
        heard = next(chips for chips in person.chat.talk.query(Chips) if chips.label == "heard")
        person.chat.set_focus(heard)
        await person.press("enter")
        assert prompt.text == BOOTS and prompt.has_focus
        await person.press("enter")
        assert sum(chips.label == "heard" for chips in person.chat.talk.query(Chips)) == 2


async def test_a_suggestion_is_taken(opened: Open) -> None:
    async with opened() as person:
        await person.say(BOOTS)
        await person.press("alt+1", "w")
        critiques = person.chat.side.query_one("#critiques", Chips)
        words = critiques.chips[0].text
        person.chat.set_focus(critiques)
        await person.press("enter")
        assert f"+ {words}" in person.screen
