"""Long work beside the talk: a catalogue that is not indexed yet, and models that are fetched."""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.encoders.hub import serving
from tests.tui.test_pulling import fill

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.app.conftest import Open

pytestmark = pytest.mark.anyio
ROWS = 6_000


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("id", "title", "colour", "description"))
        for number in range(ROWS):
            colour = ("red", "green", "blue")[number % 3]
            table.writerow(
                (number, f"Boot {number}", colour, f"A {colour} boot for day {number} of the walk.")
            )
    return path


async def test_indexing_is_shown_stops_at_esc_and_goes_on_at_enter(opened: Open, large: Path) -> None:
    async with opened(catalog=str(large), wait=False) as person:
        # In the talk, and in the last line.
        await person.until(lambda: person.screen.count("Esc stops") == 2 and "a second" in person.screen)
        await person.pilot.press("escape")
        await person.until(
            lambda: "Indexing was stopped; what is done is kept. Enter goes on" in person.screen
        )
        assert "Esc stops" not in person.screen
        await person.pilot.press("enter")
        await person.until(lambda: f"large catalogue, {ROWS:,} items" in person.screen, 60)
        await person.idle()
        assert "Esc stops" not in person.screen
        await person.say("red boots")
        assert "looking for" in person.screen


async def test_models_are_listed_and_fetched_while_one_talks(opened: Open, tmp_path: Path) -> None:
    with serving() as hub:
        fill(hub)
        async with opened() as person:
            person.chat.setting = replace(person.chat.setting, hub=hub.endpoint, data_dir=tmp_path / "models")
            await person.say("/models")
            await person.until(lambda: "laptop: 4 models" in person.screen)
            await person.say("/models pull laptop")
            await person.until(lambda: "The set laptop is here" in person.screen, 30)
            assert "Esc stops" not in person.screen
            await person.say("/models pull desk")
            await person.until(lambda: "There is no model set 'desk'" in person.screen)
            await person.say("/models push")
            assert "Write it as /models" in person.screen
