from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.app.card import CardView
from tui.app.chips import Chips
from tui.app.earlier import Earlier
from tui.app.turn import TurnView

if TYPE_CHECKING:
    from tests.tui.app.conftest import Open

pytestmark = pytest.mark.anyio
BOOTS = "boots that dont leak, 80 tops"


async def test_a_turn_shows_what_was_understood_the_cards_and_the_reply(opened: Open) -> None:
    async with opened() as person:
        await person.say(BOOTS)
        assert "you         boots that dont leak, 80 tops" in person.screen
        assert "looking for [boots ×] [waterproof ×] [price ≤ 80 ×]" in person.screen
        cards = person.chat.talk.query(CardView)
        assert [card.card.rank for card in cards] == list(range(1, len(cards) + 1))
        assert all(card.card.title.split(",")[0].split()[0] in person.screen for card in cards)
        assert "vitrine  " in person.screen
        assert person.chat.composer.prompt.text == ""


async def test_what_is_in_force_stands_in_the_panel_and_a_cross_takes_it_away(opened: Open) -> None:
    async with opened() as person:
        await person.say(BOOTS)
        force = person.chat.side.query_one("#force", Chips)
        assert [chip.text for chip in force.chips] == ["boots", "waterproof", "price ≤ 80"]
        person.chat.set_focus(force)
        await person.press("down", "down", "delete")
        assert [chip.text for chip in force.chips] == ["boots", "waterproof"]
        assert "− price ≤ 80" in person.screen


async def test_a_part_is_corrected_in_its_place(opened: Open) -> None:
    async with opened() as person:
        await person.say(BOOTS)
        force = person.chat.side.query_one("#force", Chips)
        person.chat.set_focus(force)
        await person.press("up", "enter", *"price < 70", "enter")
        assert [chip.text for chip in force.chips] == ["boots", "waterproof", "price < 70"]
        prices = [card.card.price for card in person.chat.talk.row.views] if person.chat.talk.row else []
        assert prices and all(price is not None and price < 70 for price in prices)


async def test_letters_on_a_selected_card_act_on_it(opened: Open) -> None:
    async with opened() as person:
        await person.say(BOOTS)
        await person.press("tab", "2")
        focused = person.chat.focused
        assert isinstance(focused, CardView) and focused.card.rank == 2
        title = focused.card.title
        assert "▶2" in person.screen
        await person.press("4")
        assert "/rate 2 4" in person.screen
        assert f"noted: {title}, 4 of 5 stars" in " ".join(person.screen.split())
        await person.press("alt+1")
        await person.press("w")
        assert "Why 1" in person.screen
        assert "✓ waterproof" in person.screen


async def test_text_typed_on_a_card_goes_to_the_prompt(opened: Open) -> None:
    async with opened() as person:
        await person.say(BOOTS)
        await person.press("tab", "1", "h", "e", "y")
        assert person.chat.composer.prompt.text == "hey"
        assert person.chat.focused is person.chat.composer.prompt


async def test_a_command_that_cannot_be_done_is_told_in_a_sentence(opened: Open) -> None:
    async with opened() as person:
        await person.say("/like 9")
        assert "There is no item 9 on screen: nothing is on screen yet." in person.screen
        await person.say("/lik 1")
        assert "did you mean /like?" in person.screen


async def test_turns_of_long_ago_are_text_that_keeps_what_was_said(opened: Open) -> None:
    async with opened() as person:
        talk = person.chat.talk
        await person.say(BOOTS)
        for number in range(26):
            talk.remark(f"remark {number}")
            await person.say("hello")
        assert len(talk.query(TurnView)) == 24
        earlier = talk.query_one(Earlier)
        assert talk.children[0] is earlier
        talk.scroll_home(animate=False)
        await person.idle()
        assert f"you  {BOOTS}" in person.screen
        assert "looking for boots · waterproof · price ≤ 80" in person.screen
        assert "2 Fellside Mid Boot" in person.screen
        assert person.screen.index("remark 0") < person.screen.index("you  hello")
        assert talk.view(1) is None
        assert len(list(talk.children)) == 1 + 2 * 24


async def test_what_is_not_wanted_stands_in_the_panel_and_is_taken_back_there(opened: Open) -> None:
    async with opened() as person:
        await person.say(BOOTS)
        await person.press("tab", "1")
        focused = person.chat.focused
        assert isinstance(focused, CardView)
        title = focused.card.title
        await person.press("x")
        force = person.chat.side.query_one("#force", Chips)
        assert force.chips[-1].text == f"not {title}"
        assert person.chat.talk.row is not None
        assert title not in [view.card.title for view in person.chat.talk.row.views]
        person.chat.set_focus(force)
        await person.press("up", "delete")
        assert [chip.text for chip in force.chips] == ["boots", "waterproof", "price ≤ 80"]
        assert title in [view.card.title for view in person.chat.talk.row.views]
