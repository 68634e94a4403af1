from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from agent.actions import ACTIONS
from tui.app.menu import offers_for

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.app.conftest import Open

pytestmark = pytest.mark.anyio


@pytest.fixture
def folder(picture: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = picture.parent / "shots"
    (folder / "more").mkdir(parents=True)
    for name in ("bag.png", "my bag.png", "boot [x].png"):
        shutil.copy(picture, folder / name)
    monkeypatch.chdir(folder)
    return folder


async def test_a_slash_lists_all_commands_and_letters_filter_them(opened: Open) -> None:
    async with opened() as person:
        menu = person.chat.composer.menu
        await person.press("/")
        assert menu.display and menu.option_count == len(ACTIONS)
        await person.press("r", "e")
        assert [str(option.prompt).split()[0] for option in menu.options] == ["/remember", "/rename"]
        await person.press("z")
        assert not menu.display


async def test_arrows_choose_and_tab_takes_a_command(opened: Open) -> None:
    async with opened() as person:
        await person.press("/", "r", "e", "down", "tab")
        assert person.chat.composer.prompt.text == "/rename "
        assert person.chat.focused is person.chat.composer.prompt
        await person.press(*["backspace"] * 5, "up", "enter")
        assert person.chat.composer.prompt.text == "/rename "


async def test_enter_does_a_command_that_is_whole(opened: Open) -> None:
    async with opened() as person:
        await person.press("/", "p", "r", "o", "enter")
        assert person.chat.composer.prompt.text == ""
        assert "nothing is kept" in person.screen or "known" in person.screen


async def test_escape_closes_the_list_and_enter_then_does_what_is_typed(opened: Open) -> None:
    async with opened() as person:
        await person.press("/", "r", "e", "escape")
        assert not person.chat.composer.menu.display
        assert person.chat.composer.prompt.text == "/re"
        await person.press("enter")
        assert "There is no command /re" in person.screen


async def test_the_pointer_takes_a_command(opened: Open) -> None:
    async with opened() as person:
        await person.press("/", "r", "e")
        await person.pilot.click("#menu", offset=(4, 1))
        await person.idle()
        assert person.chat.composer.prompt.text == "/rename "
        assert person.chat.focused is person.chat.composer.prompt


async def test_a_file_is_completed_after_an_at_and_enter_sends_the_message(
    opened: Open, folder: Path
) -> None:
    async with opened() as person:
        prompt = person.chat.composer.prompt
        await person.press(*"like @ba")
        assert person.chat.composer.menu.chosen is None
        await person.press("tab")
        assert prompt.text == "like @bag.png"
        await person.press("enter")
        assert "you         like this [bag.png]" in person.screen


async def test_enter_is_never_taken_from_a_message(opened: Open, folder: Path) -> None:
    async with opened() as person:
        await person.press(*"meet @m", "enter")
        assert "you         meet @m" in person.screen
        assert person.chat.composer.prompt.text == ""


async def test_the_arrows_choose_a_file_that_enter_takes(opened: Open, folder: Path) -> None:
    async with opened() as person:
        prompt = person.chat.composer.prompt
        await person.press("@", "up", "enter")
        assert prompt.text == '@"my bag.png"'
        assert not person.chat.engine.busy


async def test_a_folder_is_gone_into(opened: Open, folder: Path) -> None:
    async with opened() as person:
        shutil.copy(folder / "bag.png", folder / "more" / "in.png")
        await person.press(*"@mo", "tab")
        assert person.chat.composer.prompt.text == "@more/"
        await person.press("tab")
        assert person.chat.composer.prompt.text == "@more/in.png"


async def test_a_path_is_completed_in_the_middle_of_a_message(opened: Open, folder: Path) -> None:
    async with opened() as person:
        prompt = person.chat.composer.prompt
        prompt.put("like  but green", cursor=5)
        await person.press("@", "b", "a", "tab", "!")
        assert prompt.text == "like @bag.png! but green"


async def test_image_completes_pictures_with_spaces_and_brackets(opened: Open, folder: Path) -> None:
    async with opened() as person:
        await person.press(*"/image bo", "enter")
        assert person.chat.composer.prompt.text == "/image boot [x].png"
        assert "boot [x].png" in person.screen
        await person.press("enter")
        assert [chip.name for chip in person.chat.composer.staged.chips] == ["boot [x].png"]


def test_nothing_is_offered_inside_a_command_or_a_message() -> None:
    assert offers_for("/like 1") == ()
    assert offers_for("boots under 80") == ()
    assert offers_for("/like", cursor=2) == ()
    assert offers_for("mail me@example.org") == ()
