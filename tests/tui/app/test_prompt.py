from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from textual import events

from agent.perceive import LONGEST_MESSAGE
from tui.app.prompt import LONGEST
from tui.app.turn import TurnView

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.app.conftest import Open, Person

pytestmark = pytest.mark.anyio


def test_a_paste_may_have_what_a_message_may_have() -> None:
    assert LONGEST == LONGEST_MESSAGE


async def paste(person: Person, text: str) -> None:
    person.chat.composer.prompt.post_message(events.Paste(text))
    await person.idle()


async def test_a_message_has_lines_and_grows_to_eight_rows(opened: Open) -> None:
    async with opened() as person:
        prompt = person.chat.composer.prompt
        await person.press("a", "ctrl+j", "b", "shift+enter", "c", "alt+enter", "d")
        assert prompt.text == "a\nb\nc\nd"
        assert prompt.size.height == 4
        await person.press(*["ctrl+j"] * 12)
        assert prompt.size.height == 8
        assert not person.chat.engine.busy


async def test_a_new_line_takes_the_place_of_what_is_selected(opened: Open) -> None:
    async with opened() as person:
        prompt = person.chat.composer.prompt
        prompt.put("red boots")
        await person.press("ctrl+shift+left", "ctrl+j", "x")
        assert prompt.text == "red \nx"


async def test_arrows_go_through_what_was_said_and_back_to_the_draft(opened: Open) -> None:
    async with opened() as person:
        prompt = person.chat.composer.prompt
        await person.say("hello")
        await person.say("/more")
        await person.press(*"dra", "up")
        assert prompt.text == "/more"
        assert not person.chat.composer.menu.display
        await person.press("up")
        assert prompt.text == "hello"
        await person.press("down", "down")
        assert prompt.text == "dra"


async def test_arrows_go_through_the_rows_of_a_long_line_before_they_leave_it(opened: Open) -> None:
    async with opened(40, 30) as person:
        prompt = person.chat.composer.prompt
        await person.say("hello")
        prompt.put("word " * 20)
        await person.pilot.pause()
        rows = prompt.size.height
        assert rows > 2
        for _ in range(rows - 1):
            await person.press("up")
            assert prompt.text == "word " * 20
        await person.press("up")
        assert prompt.text == "hello"


async def test_what_was_said_is_there_in_the_next_session(opened: Open, tmp_path: Path) -> None:
    path = tmp_path / "prompt.history"
    async with opened(history=path) as person:
        await person.say("hello")
    async with opened(history=path) as person:
        await person.press("up")
        assert person.chat.composer.prompt.text == "hello"


async def test_a_completion_and_a_recalled_message_can_be_undone(opened: Open) -> None:
    async with opened() as person:
        prompt = person.chat.composer.prompt
        await person.say("hello")
        await person.press(*"my draft", "up")
        assert prompt.text == "hello"
        await person.press("ctrl+z")
        assert prompt.text == "my draft"


async def test_what_was_sent_does_not_come_back_by_undo(opened: Open) -> None:
    async with opened() as person:
        await person.say("hello")
        await person.press("ctrl+z")
        assert person.chat.composer.prompt.text == ""


@pytest.mark.parametrize("key", ["space", "shift+space"])
async def test_a_space_without_its_character_is_a_space(opened: Open, key: str) -> None:
    async with opened() as person:
        prompt = person.chat.composer.prompt
        await person.press("a")
        prompt.post_message(events.Key(key, None))
        await person.press("b")
        assert prompt.text == "a b"


async def test_xterm_s_name_of_shift_enter_begins_a_line(opened: Open) -> None:
    async with opened() as person:
        prompt = person.chat.composer.prompt
        await person.press("a")
        prompt.post_message(events.Key("shift+\r", "\r"))
        await person.press("b")
        assert prompt.text == "a\nb"


async def test_a_megabyte_that_is_pasted_is_cut_and_the_screen_goes_on(opened: Open) -> None:
    async with opened() as person:
        prompt = person.chat.composer.prompt
        for text in ("word " * 200_000, "x" * 1_000_000, "a\n" * 500_000):
            prompt.begin()
            began = time.monotonic()
            await paste(person, text)
            await person.press("!")
            assert time.monotonic() - began < 3.0
            assert prompt.text == text[:LONGEST] + "!"
        assert "has 1,000,000 characters and a message may have 4,000" in person.screen.replace("\n", " ")


async def test_what_a_terminal_would_obey_is_taken_out_of_a_paste(opened: Open) -> None:
    async with opened() as person:
        await paste(person, "red\x1b]52;c;eA==\x07 \u202eboots\x9b2J [/b]")
        assert person.chat.composer.prompt.text == "red boots [/b]"
        assert "red boots [/b]" in person.screen


async def test_what_is_typed_behind_a_paste_stays_behind_it(opened: Open) -> None:
    async with opened() as person:
        prompt = person.chat.composer.prompt
        prompt.post_message(events.Paste("/no/such/file.png and"))
        prompt.post_message(events.Key("!", "!"))
        await person.idle()
        assert prompt.text == "/no/such/file.png and!"


@pytest.mark.parametrize("text", ["日本語の靴", "e\u0301té", "👟👟 boots", "שלום נעליים", "ก็ดี"])
async def test_any_script_is_typed_moved_through_and_deleted(opened: Open, text: str) -> None:
    async with opened() as person:
        prompt = person.chat.composer.prompt
        for character in text:
            prompt.post_message(events.Key(character, character))
        await person.idle()
        assert prompt.text == text
        await person.press("left", "right", "home", "end", *["backspace"] * len(text))
        assert prompt.text == ""


async def test_text_that_was_copied_here_is_pasted_where_the_clipboard_has_no_picture(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    async with opened() as person:
        prompt = person.chat.composer.prompt
        prompt.put("boots")
        prompt.select_all()
        await person.press("ctrl+c", "end", "ctrl+v")
        await person.until(lambda: prompt.text == "bootsboots")
        person.app.copy_to_clipboard("")
        await person.press("ctrl+v")
        await person.until(lambda: "/image PATH" in person.screen)
        assert prompt.text == "bootsboots"


async def test_keys_act_in_their_order_however_fast_they_come(opened: Open) -> None:
    async with opened() as person:
        prompt = person.chat.composer.prompt
        # As a terminal hands over a line that was typed while the screen was busy: all keys at once.
        for key in ("r", "e", "x", "backspace", "d", "ctrl+j", "b", "o", "left", "x"):
            character = key if len(key) == 1 else None
            prompt.post_message(events.Key(key, character))
        await person.idle()
        assert prompt.text == "red\nbxo"


async def test_two_messages_sent_at_once_are_two(opened: Open) -> None:
    async with opened() as person:
        prompt = person.chat.composer.prompt
        for key in (*"hello", "enter", *"a present", "enter", *"later"):
            name = {" ": "space"}.get(key, key)
            prompt.post_message(events.Key(name, key if len(key) == 1 else None))
        await person.idle()
        await person.until(lambda: not person.chat.engine.busy)
        assert [view.said for view in person.chat.talk.query(TurnView)] == ["hello", "a present"]
        assert prompt.text == "later"
