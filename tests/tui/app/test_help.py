from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agent.actions import ACTIONS, Place
from tests.tui.app.test_turn import BOOTS
from tui.app.doing import DOING
from tui.app.help import Help, write_help

if TYPE_CHECKING:
    from tests.tui.app.conftest import Open

anyio = pytest.mark.anyio


def test_the_screen_does_every_action_that_the_engine_does_not_play() -> None:
    assert set(DOING) == {name for name, action in ACTIONS.items() if action.read is None}


@pytest.mark.parametrize("width", [34, 74, 114])
def test_every_action_is_in_it_with_its_keys_and_what_it_does(width: int) -> None:
    told = write_help("", {}, Place.ANYWHERE, width).plain
    for name, action in ACTIONS.items():
        assert f"/{name}" in told
        assert action.help in told
    assert "1–5" in told and "Ctrl+L" in told


@pytest.mark.parametrize("columns", [40, 80, 120])
@anyio
async def test_it_is_readable_at_any_width_and_scrolls_to_its_end(opened: Open, columns: int) -> None:
    async with opened(columns, 24) as person:
        await person.press("f1")
        assert isinstance(person.app.screen, Help)
        assert "Here" in person.screen and "Type what you are after" in person.screen
        await person.press("end")
        assert "Ctrl+P finds any action by name." in person.screen
        await person.press("home")
        await person.pilot.resize_terminal(50, 30)
        assert "Here" in person.screen
        await person.press("escape")
        assert len(person.app.screen_stack) == 1


@anyio
async def test_what_works_where_the_focus_is_comes_first(opened: Open) -> None:
    async with opened(120, 60) as person:
        await person.say(BOOTS)
        await person.press("alt+1", "f1")
        assert person.screen.index("A card is selected") < person.screen.index("On a card")
        assert person.screen.index("/why N") < person.screen.index("Anywhere")
        await person.press("f1", "escape")
        await person.press("f1")
        assert person.screen.index("Anywhere") < person.screen.index("/why N")
