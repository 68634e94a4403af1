"""The talk: where it scrolls, what is kept of a turn that is stopped, and what remains of old ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.app.conftest import HALF
from tui.app.card import CardRow, CardView, shape_for
from tui.app.picture import Picture

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.app.conftest import Open

pytestmark = pytest.mark.anyio
BOOTS = "boots that dont leak, 80 tops"


async def test_what_is_short_stands_by_the_composer_and_does_not_jump(opened: Open) -> None:
    async with opened(80, 40) as person:
        talk = person.chat.talk
        await person.say("hello")
        before = person.screen
        assert talk.scroll_y == 0
        last = talk.children[-1].region
        assert last.bottom == talk.region.bottom
        await person.press("pageup", "pageup", "pagedown")
        assert person.screen == before


async def test_who_scrolls_up_while_a_reply_streams_stays_there(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRIPTED_PAUSE", "0.01")
    async with opened(60, 24) as person:
        chat, talk = person.chat, person.chat.talk
        await person.say(BOOTS)
        chat.composer.prompt.put("hello")
        await person.pilot.press("enter")
        await person.until(lambda: "And so on" in person.screen.split("hello")[-1])
        assert talk.scroll_y == talk.max_scroll_y
        await person.pilot.press("pageup")
        stays = talk.scroll_y
        assert stays < talk.max_scroll_y
        length, view = talk.max_scroll_y, talk.view(2)
        assert view is not None
        said = len(view.answer)
        await person.until(lambda: len(view.answer) > said + 100)
        assert chat.engine.busy
        assert talk.scroll_y == stays
        # At its end again, it follows.
        await person.pilot.press("pagedown", "pagedown", "pagedown")
        await person.idle()
        assert talk.max_scroll_y >= length
        assert talk.scroll_y == talk.max_scroll_y
        await person.press("ctrl+home")
        assert talk.scroll_y == 0
        await person.press("ctrl+end")
        assert talk.scroll_y == talk.max_scroll_y


async def test_a_stopped_turn_keeps_its_cards_and_what_was_written(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRIPTED_PAUSE", "0.02")
    async with opened() as person:
        person.chat.composer.prompt.put(BOOTS)
        await person.pilot.press("enter")
        await person.until(lambda: "And so on" in person.screen)
        for columns in (40, 160, 80):
            await person.pilot.resize_terminal(columns, 40)
            await person.pilot.pause(0.05)
            assert all(strip.cell_length == columns for strip in person.strips)
        await person.pilot.press("escape")
        await person.idle()
        assert "(stopped)" in person.screen
        assert "And so on" in person.screen
        assert person.chat.talk.row is not None
        assert not person.chat.engine.busy
        written = person.screen.count("word after word")
        await person.pilot.pause(0.2)
        assert person.screen.count("word after word") == written


async def test_old_turns_become_lines_that_keep_what_was_said(opened: Open) -> None:
    async with opened(120, 60) as person:
        talk = person.chat.talk
        for _ in range(14):
            await person.say(BOOTS)
        assert len(talk.query(CardRow)) == 12
        first = talk.view(1)
        assert first is not None and first.row is None
        await person.press("ctrl+home")
        assert f"you         {BOOTS}" in person.screen
        assert "looking for boots · waterproof · price ≤ 80" in person.screen
        assert "2 Fellside Mid Boot" in person.screen
        assert "vitrine     " in person.screen


@pytest.mark.parametrize("columns", [40, 80, 120, 200])
async def test_cards_of_a_row_are_even(opened: Open, columns: int) -> None:
    async with opened(columns, 40) as person:
        await person.say(BOOTS)
        views = list(person.chat.talk.query(CardView))
        by_row: dict[int, set[tuple[int, int]]] = {}
        for view in views:
            by_row.setdefault(view.virtual_region.y, set()).add((view.size.width, view.size.height))
        assert all(len(sizes) == 1 for sizes in by_row.values())
        for view in views:
            words = view.query_one(".words")
            assert words.region.bottom <= view.content_region.bottom


def test_as_many_cards_stand_abreast_as_fit_in_even_rows() -> None:
    abreast = {
        (width, cards): shape_for(width, 40, cards).abreast
        for width in (36, 38, 76, 115, 190)
        for cards in (1, 2, 3, 4, 5, 8)
    }
    assert [abreast[36, cards] for cards in (1, 2, 4, 8)] == [1, 1, 1, 1]
    assert [abreast[38, cards] for cards in (1, 2, 3, 4, 8)] == [1, 2, 2, 2, 2]
    assert [abreast[76, cards] for cards in (1, 2, 3, 4, 5, 8)] == [1, 2, 3, 4, 3, 4]
    assert [abreast[190, cards] for cards in (4, 5, 8)] == [4, 5, 4]
    assert shape_for(76, 15, 4).picture == 4 < shape_for(76, 60, 4).picture


async def test_a_picture_that_cannot_be_read_is_told_in_words(opened: Open, tmp_path: Path) -> None:
    from PIL import Image

    broken, empty, wide = tmp_path / "broken.png", tmp_path / "empty.png", tmp_path / "wide.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    empty.write_bytes(b"")
    Image.new("RGB", (9000, 4), "red").save(wide)
    paths = {
        "not found": (str(tmp_path / "none.png"), "a\0b"),
        "unreadable": (str(broken), str(empty), str(tmp_path), "/dev/null"),
        "▀": (str(wide),),
    }
    async with opened() as person:
        for words, files in paths.items():
            for file in files:
                shown = Picture(file, HALF, 20, 6)
                await person.chat.talk.mount(shown)
                await person.idle()
                assert words in person.screen, file
                await shown.remove()
        changing = tmp_path / "changing.png"
        Image.new("RGB", (64, 64), "red").save(changing)
        first, second = Picture(str(changing), HALF, 20, 6), Picture(str(changing), HALF, 20, 6)
        await person.chat.talk.mount(first)
        await person.idle()
        assert "▀" in person.screen
        changing.write_bytes(b"no picture any more")
        await person.chat.talk.mount(second)
        await person.idle()
        assert "unreadable" in person.screen
