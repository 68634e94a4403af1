from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from agent.actions import ACTIONS, Place
from encoders.errors import UsageError
from tests.tui.app.test_turn import BOOTS
from tui.app.keys import REMAPPABLE, key_names, read_keys

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.app.conftest import Open

anyio = pytest.mark.anyio


def write(folder: Path, text: str) -> Path:
    path = folder / "keys.toml"
    path.write_text(text, "utf-8")
    return path


def test_no_file_changes_nothing(tmp_path: Path) -> None:
    assert read_keys(tmp_path / "keys.toml") == {}


def test_keys_are_read_however_they_are_written(tmp_path: Path) -> None:
    path = write(tmp_path, 'voice = "F8, Ctrl+O"\nwhy = "W"\nlike = "+"\nstop = "ctrl+g"\n')
    assert read_keys(path) == {"voice": "f8,ctrl+o", "why": "W", "like": "plus", "stop": "ctrl+g"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("voice = ", "can't be read as TOML"),
        ('voise = "f8"', "“voise”, which is no action with a key; did you mean voice?"),
        ('zzz = "f8"', "there are why, like"),
        ('rate = "a,b,c,d,e"', "“rate”, which is no action"),
        ("voice = 8", "written in quotes"),
        ('voice = ""', "written in quotes"),
        ('voice = "f8,"', "and there is none of that name"),
        ('voice = "f88"', "“f88”, and there is none of that name; did you mean f8?"),
        ('voice = "ctlr+o"', "did you mean ctrl+o?"),
        ('voice = "enter"', "what one types needs it"),
        ('voice = "ctrl+i"', "terminals send it for"),
        ('voice = "ctrl+p"', "list of all actions"),
        ('voice = "alt+3"', "it selects a card"),
        ('voice = "v"', "could then not be typed"),
        ('voice = "shift+v"', "could then not be typed"),
        ('why = "2"', "which gives stars"),
        ('voice = "f3"', "gives the key f3 to both voice and image"),
        ('why = "l"', "gives the key l to both why and like"),
        ('why = "f2"', "gives the key f2 to both why and voice"),
        ('voice = "escape"', "gives the key escape to both voice and stop"),
        ('"vo\\u001b[2Jice" = "f8"', "“voice”"),
    ],
)
def test_what_is_wrong_is_told_with_the_file_and_what_to_write(
    tmp_path: Path, text: str, sentence: str
) -> None:
    path = write(tmp_path, text)
    with pytest.raises(UsageError) as told:
        read_keys(path)
    assert sentence in str(told.value)
    assert str(told.value).startswith(str(path))
    assert "\x1b" not in str(told.value)


def test_two_actions_may_change_places(tmp_path: Path) -> None:
    path = write(tmp_path, 'voice = "f3"\nimage = "f2"')
    assert read_keys(path) == {"voice": "f3", "image": "f2"}


def test_no_key_is_given_twice_in_one_place() -> None:
    for place in Place:
        keys = [key for action in ACTIONS.values() if action.place is place for key in action.key.split(",")]
        given = [key for key in keys if key]
        assert len(given) == len(set(given))


def test_every_key_of_the_registry_may_be_chosen_again(tmp_path: Path) -> None:
    for name in REMAPPABLE:
        if name != "stop":
            assert read_keys(write(tmp_path, f'{name} = "{ACTIONS[name].key}"')) == {name: ACTIONS[name].key}


def test_keys_are_named_as_people_write_them() -> None:
    assert key_names("ctrl+l,f7") == "Ctrl+L F7"
    assert key_names("1,2,3,4,5") == "1–5"
    assert key_names("escape") == "Esc"
    assert key_names("") == ""


@anyio
async def test_chosen_keys_work_and_are_told_everywhere(opened: Open) -> None:
    keymap = {"help": "f9", "why": "y", "voice": "f8", "stop": "ctrl+g", "image": "f3"}
    async with opened(keymap=keymap) as person:
        assert "F9 help" in person.screen.splitlines()[-1]
        assert "F8 speak" in person.screen.splitlines()[-1]
        assert "F9 help" in person.screen.splitlines()[-2]
        await person.say(BOOTS)
        await person.press("alt+1")
        assert "y why" in person.chat.status.keys
        await person.press("y")
        assert "Why 1" in person.screen
        await person.press("ctrl+g")
        assert person.chat.composer.prompt.has_focus
        await person.press("w")
        assert person.chat.composer.prompt.text == "w"
        await person.press("f9")
        assert re.search(r"/help +F9 ", person.screen) and re.search(r"/voice \[PATH\] +F8 ", person.screen)
        await person.press("end")
        assert "Ctrl+G stops" in person.screen
        await person.press("f9", "f1")
        assert len(person.app.screen_stack) == 1
        commands = {
            command.title: command.help for command in person.app.get_system_commands(person.app.screen)
        }
        assert any("/voice" in title and "F8" in told for title, told in commands.items())
