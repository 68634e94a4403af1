"""Pictures as a terminal gets them: what goes to it, and how often."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import pytest

from tests.tui.conftest import DOZEN
from tui.app.card import CardView
from tui.app.enlarge import Enlarged
from tui.app.picture import Picture
from tui.pictures.choose import Choice, Protocol
from tui.pictures.probe import Cell

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.app.conftest import Open, Person

pytestmark = pytest.mark.anyio
PLACEHOLDER = "\U0010eeee"
CELL = Cell(10, 20)


@pytest.fixture
def photograph(tmp_path: Path) -> str:
    from PIL import Image

    path = tmp_path / "photograph.png"
    Image.linear_gradient("L").convert("RGB").resize((300, 200)).save(path)
    return str(path)


class Wire:
    """What the application writes to its terminal, beside the rows of the screen."""

    def __init__(self, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        self.written = ""
        driver = person.app._driver
        assert driver is not None
        monkeypatch.setattr(driver, "write", self._write)

    def _write(self, data: str) -> None:
        self.written += data


async def test_kitty_gets_a_picture_once_and_its_number_in_colours(
    opened: Open, photograph: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    choice = Choice(Protocol.KITTY, "it is a test", CELL)
    async with opened(draws=choice) as person:
        monkeypatch.setattr(person.app.console, "_color_system", _truecolor())
        wire = Wire(person, monkeypatch)
        for _ in range(2):
            await person.chat.talk.mount(Picture(photograph, choice, 20, 6))
            await person.idle()
        sent = set(re.findall(r"\x1b_G[^;]*?i=(\d+)", wire.written))
        assert len(sent) == 1
        assert wire.written.count("a=p,") == 1
        await person.until(lambda: person.screen.count(PLACEHOLDER) == 2 * 18 * 6, 3)
        cells = [segment for strip in person.strips for segment in strip if PLACEHOLDER in segment.text]
        for segment in cells:
            assert segment.style is not None and segment.style.color is not None
            red, green, blue = segment.style.color.get_truecolor()
            assert red << 16 | green << 8 | blue == int(next(iter(sent))) & 0xFFFFFF
        assert all(strip.cell_length == 120 for strip in person.strips)


async def test_without_exact_colours_kitty_is_left_for_half_cells(opened: Open, photograph: str) -> None:
    choice = Choice(Protocol.KITTY, "it is a test", CELL)
    async with opened(draws=choice) as person:
        person.app.console._color_system = None
        await person.chat.talk.mount(Picture(photograph, choice, 20, 6))
        await person.idle()
        assert "▀" in person.screen
        assert PLACEHOLDER not in person.screen


async def test_sixels_are_for_the_enlarged_picture_alone(opened: Open, photograph: str) -> None:
    choice = Choice(Protocol.SIXEL, "it is a test", CELL)
    async with opened(draws=choice) as person:
        await person.chat.talk.mount(Picture(photograph, choice, 20, 6))
        await person.idle()
        assert "▀" in person.screen and "\x1bP" not in person.screen
        person.app.push_screen(Enlarged(photograph, "Photograph", choice))
        await person.until(lambda: "\x1bP" in person.screen)
        assert "Photograph" in person.screen
        await person.pilot.resize_terminal(80, 24)
        await person.until(lambda: "\x1bP" in person.screen)
        await person.press("escape")
        assert "\x1bP" not in person.screen
        person.app.push_screen(Enlarged("/nowhere.png", "Nothing", choice))
        await person.until(lambda: "not found" in person.screen)


async def test_an_enlarged_picture_is_drawn_anew_at_another_size(opened: Open, photograph: str) -> None:
    choice = Choice(Protocol.HALF, "it is a test", CELL)
    async with opened(draws=choice) as person:
        person.app.push_screen(Enlarged(photograph, "Photograph [/red]", choice))
        await person.until(lambda: "▀" in person.screen)
        large = person.screen.count("▀")
        assert "Photograph [/red]" in person.screen
        await person.pilot.resize_terminal(40, 15)
        await person.until(lambda: 0 < person.screen.count("▀") < large)
        assert person.screen.count("▀") <= 38 * 13


async def test_off_leaves_no_box_and_says_so_when_one_is_to_be_enlarged(
    opened: Open, data: Path, photograph: str, tmp_path: Path
) -> None:
    shop = tmp_path / "shop.csv"
    with (
        DOZEN.open(encoding="utf-8", newline="") as source,
        shop.open("w", encoding="utf-8", newline="") as target,
    ):
        rows = list(csv.DictReader(source))
        writer = csv.DictWriter(target, list(rows[0]))
        writer.writeheader()
        writer.writerows({**row, "picture": photograph} for row in rows)
    off = Choice(Protocol.OFF, "it was asked for")
    heights = {}
    for choice in (off, Choice(Protocol.HALF, "it is a test", CELL)):
        async with opened(catalog=str(shop), draws=choice) as person:
            await person.say("boots that dont leak, 80 tops")
            await person.idle()
            heights[choice.protocol] = person.chat.talk.query(CardView).first().size.height
            assert ("▀" in person.screen) is choice.draws
            assert bool(person.chat.talk.query(Picture)) is choice.draws
            await person.say("/enlarge 1")
            if not choice.draws:
                assert "Pictures are not drawn here: it was asked for." in person.screen
    assert heights[Protocol.HALF] == heights[Protocol.OFF] + 8


def _truecolor() -> object:
    from rich.color import ColorSystem

    return ColorSystem.TRUECOLOR
