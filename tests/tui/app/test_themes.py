"""Whole screens in every theme: what can be read of them, by the cells as they are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.command import CommandPalette

from tui.app.chips import Chips
from tui.app.themes import THEMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rich.color import Color
    from textual.theme import Theme

    from tests.tui.app.conftest import Open, Person

pytestmark = pytest.mark.anyio
BOOTS = "boots that dont leak, 80 tops"
LINES = range(0x2500, 0x25A0)
"""Boxes and blocks: what is drawn with them is no text."""
HALF_BLOCK = "▀"


def luminance(colour: Color) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, colour.get_truecolor())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def too_faint(person: Person, least: float, least_of_lines: float) -> Iterator[str]:
    for number, strip in enumerate(person.strips):
        for segment in strip:
            text = segment.text.strip().replace(HALF_BLOCK, "")
            if not text:
                continue
            style = segment.style
            assert style is not None and style.color is not None and style.bgcolor is not None, (
                number,
                segment,
            )
            assert not style.dim, (number, segment)
            drawn = all(ord(character) in LINES for character in text)
            found = contrast(style.color, style.bgcolor)
            if found < (least_of_lines if drawn else least):
                yield f"row {number}, {text!r}: {found:.2f}"


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
async def test_all_that_is_shown_can_be_read(opened: Open, theme: Theme, picture: Path) -> None:
    least, least_of_lines = (7.0, 4.5) if theme.name == "high-contrast" else (4.5, 3.0)
    seen: list[str] = []

    async with opened(theme=theme.name) as person:

        def look(where: str) -> None:
            faint = list(too_faint(person, least, least_of_lines))
            assert not faint, (where, faint, person.screen)
            seen.append(person.screen)

        look("the empty page")
        await person.say(BOOTS)
        look("a turn")
        await person.press("tab")
        look("the row has the focus")
        await person.press("2", "c")
        look("a card is selected and marked")
        await person.press("w")
        look("why")
        await person.press("l")
        look("liked")
        await person.press("escape")
        await person.say("silk boots")
        await person.say("/like 99")
        look("given up, and refused")
        force = person.chat.side.query_one("#force", Chips)
        person.chat.set_focus(force)
        await person.press("down")
        look("a chip is chosen")
        await person.press("enter")
        look("a part is corrected: its words are selected")
        await person.press("escape")
        await person.say(f"/image {picture}")
        look("staged")
        person.chat.composer.prompt.put("/")
        await person.idle()
        look("the menu")
        await person.press("escape")
        person.chat.composer.prompt.put("selected words")
        await person.press("ctrl+a")
        person.chat.composer.prompt.select_all()
        await person.idle()
        look("a selection")
        person.chat.composer.prompt.put("")
        await person.press("f1")
        look("help")
        await person.press("escape")
        await person.say("/sessions")
        look("sessions")
        await person.press("escape")
        # The tree of files reads folders in a worker that never ends: `press` would wait for it.
        await person.pilot.press("f3")
        await person.until(lambda: "src" in person.screen or "tests" in person.screen)
        look("the picker")
        await person.pilot.press("down", "down")
        await person.pilot.pause()
        look("a file in the picker")
        await person.pilot.press("escape")
        person.app.action_command_palette()
        await person.until(lambda: isinstance(person.app.screen, CommandPalette))
        await person.pilot.press(*"voice")
        await person.until(lambda: "/voice" in person.screen)
        look("the palette")
    assert len(set(seen)) >= 14
