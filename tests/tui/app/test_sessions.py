from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eval.transcript import read_transcript
from tui.app.card import CardView
from tui.app.replaying import Replay, Replaying
from tui.pictures.choose import Choice, Protocol
from tui.sessions.store import SessionStore

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.app.conftest import Open

pytestmark = pytest.mark.anyio
BOOTS = "boots that dont leak, 80 tops"


async def test_a_conversation_is_recorded_listed_and_gone_on_with(opened: Open, data: Path) -> None:
    async with opened() as person:
        await person.say(BOOTS)
        await person.say("/rename wet feet")
        assert "this conversation is called “wet feet”" in person.screen
    async with opened() as person:
        await person.say("hello")
        await person.press("f5")
        assert "wet feet" in person.screen
        await person.press("down", "enter")
        assert person.screen.index("boots that dont leak") < person.screen.index("looking for")
        assert "going on with “wet feet”, 1 turn" in person.screen
        assert "boots that dont leak, 80 tops" in person.screen
        await person.say("/like 1")
        assert "noted: you like" in person.screen
    [first, second] = sorted(SessionStore(data, "me").list(), key=lambda info: info.began)
    assert (first.name, first.turns) == ("wet feet", 2)
    assert second.turns == 1


async def test_export_writes_the_conversation(opened: Open, tmp_path: Path) -> None:
    async with opened() as person:
        await person.say(BOOTS)
        await person.say(f"/export {tmp_path / 'page.md'}")
        assert "written to" in person.screen
        await person.say(f"/export {tmp_path / 'page.txt'}")
        assert "Name a file that ends in .md" in person.screen
    assert BOOTS in (tmp_path / "page.md").read_text()


async def test_new_begins_with_an_empty_page_and_another_session(opened: Open, data: Path) -> None:
    async with opened() as person:
        await person.say(BOOTS)
        await person.press("ctrl+l")
        assert BOOTS not in person.screen
        assert "nothing yet: say what" in person.screen
        await person.say("hello")
    assert [info.turns for info in SessionStore(data, "me").list()] == [1, 1]


async def test_a_recording_is_played_turn_by_turn(opened: Open, tmp_path: Path) -> None:
    async with opened() as person:
        await person.say(BOOTS)
        await person.say("/like 2")
        await person.say(f"/export {tmp_path / 'talk.jsonl'}")
    app = Replay(read_transcript(tmp_path / "talk.jsonl"), Choice(Protocol.HALF, "it is a test"))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = app.screen
        assert isinstance(screen, Replaying)
        await pilot.pause(0.2)
        assert len(screen.query("TurnView")) == 1
        await pilot.press("space")
        assert len(screen.query("TurnView")) == 2
        await pilot.pause(0.3)
        for view in screen.query("TurnView"):
            assert view.children[0].has_class("said"), "what was said comes first"
            assert view.children[-1].has_class("prose")
        await pilot.press("tab", "1", "w")
        assert isinstance(screen.focused, CardView)
        await pilot.press("l")
        await pilot.pause(0.2)
        assert any("This is a recording" in str(one.render()) for one in screen.query(".remark"))
        await pilot.press("q")
    assert app.return_code == 0
