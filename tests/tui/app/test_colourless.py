"""NO_COLOR: not one colour code goes to the terminal, and what is selected is still seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.app.card import CardView
from tui.app.chips import Chips
from tui.app.picture import Picture

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.app.conftest import Open, Person

pytestmark = pytest.mark.anyio
BOOTS = "boots that dont leak, 80 tops"


def colours(person: Person) -> list[tuple[int, str]]:
    """Every piece of the screen that would be written with a colour."""
    found = []
    for number, strip in enumerate(person.strips):
        for segment in strip:
            for colour in (segment.style.color, segment.style.bgcolor) if segment.style else ():
                if colour is not None and not colour.is_default:
                    found.append((number, segment.text))
    return found


def styled(person: Person, text: str) -> bool:
    """Whether `text` stands out without a colour."""
    return any(
        segment.style is not None and (segment.style.reverse or segment.style.bold or segment.style.underline)
        for strip in person.strips
        for segment in strip
        if text in segment.text
    )


async def test_no_colour_is_written(opened: Open, monkeypatch: pytest.MonkeyPatch, picture: Path) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(theme="no-colour") as person:
        assert not colours(person)
        await person.say(BOOTS)
        assert not colours(person)
        await person.press("tab", "2")
        assert "▶2" in person.screen and "┏" in person.screen
        assert not colours(person)
        assert not person.chat.talk.query(CardView).first().query(Picture)
        await person.press("w", "escape")
        force = person.chat.side.query_one("#force", Chips)
        person.chat.set_focus(force)
        await person.press("down")
        assert not colours(person)
        assert styled(person, "[waterproof ×]")
        await person.press("escape")
        await person.say("/like 99")
        person.chat.composer.prompt.put("/")
        await person.idle()
        assert styled(person, person.chat.composer.menu._offers[0].label)
        assert not colours(person)
        await person.press("escape", "f1")
        assert not colours(person)
        await person.press("escape")
        await person.say("/sessions")
        assert not colours(person)
