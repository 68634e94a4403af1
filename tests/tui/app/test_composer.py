from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from textual import events

from tests.tui.app.test_turn import BOOTS
from tui.app.enlarge import Enlarged
from tui.attachments.staging import MOST

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.tui.app.conftest import Open, Person

pytestmark = pytest.mark.anyio


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    import numpy as np
    import soundfile

    path = tmp_path / "hum.wav"
    soundfile.write(path, 0.1 * np.sin(np.arange(16_000) / 10), 16_000)
    return path


async def paste(person: Person, text: str) -> None:
    person.chat.composer.prompt.post_message(events.Paste(text))
    await person.idle()


def tear(picture: Path) -> None:
    picture.write_bytes(picture.read_bytes()[:40])


def names(person: Person) -> list[str]:
    return [chip.name for chip in person.chat.composer.staged.chips]


@pytest.mark.parametrize(
    ("write", "left"),
    [
        (str, ""),
        (lambda path: f"'{path}'", ""),
        (lambda path: f'"{path}"\n', ""),
        (lambda path: str(path).replace(" ", "\\ "), ""),
        (lambda path: path.as_uri(), ""),
        (lambda path: f"{path}\r\n{path}", ""),
        (lambda path: f"{path} but in green", "but in green"),
        (lambda path: f"'{path}' but in green", "but in green"),
    ],
)
async def test_every_form_of_a_dropped_path_is_staged_and_not_sent(
    opened: Open, picture: Path, write: Callable[[Path], str], left: str
) -> None:
    odd = picture.with_name("my red [b] bag.png")
    shutil.copy(picture, odd)
    async with opened() as person:
        await paste(person, write(odd))
        assert set(names(person)) == {odd.name}
        assert person.chat.composer.prompt.text == left
        assert not person.chat.engine.busy
        assert f"[{odd.name} 8×8" in person.screen


async def test_a_path_that_comes_as_keys_is_staged_by_enter_and_said_by_the_next(
    opened: Open, picture: Path
) -> None:
    async with opened() as person:
        await person.press(*(key for key in str(picture) if key not in "/._-0123456789"))
        await person.say(str(picture))
        assert names(person) == ["red.png"]
        assert person.chat.composer.prompt.text == ""
        assert "red.png waits for your next message" in person.screen
        await person.press("enter")
        assert "you         [red.png]" in person.screen


async def test_words_behind_a_path_that_comes_as_keys_stay_typed(opened: Open, picture: Path) -> None:
    async with opened() as person:
        await person.say(f"{picture} but in green")
        assert names(person) == ["red.png"]
        assert person.chat.composer.prompt.text == "but in green"
        await person.press("enter")
        assert "you         but in green [red.png]" in person.screen


async def test_a_path_that_names_nothing_is_no_command_and_stays(opened: Open) -> None:
    async with opened() as person:
        await person.say("/no/such/red.png")
        assert "There is no command /no/such/red.png" in person.screen
        assert person.chat.composer.prompt.text == "/no/such/red.png"


async def test_a_mention_goes_with_its_message(
    opened: Open, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(picture.parent)
    async with opened() as person:
        await person.say("like @red.png but green")
        assert "you         like this but green [red.png]" in person.screen
        # The dozen have no pictures to compare with: the message comes back, its file as a chip and not twice.
        assert person.chat.composer.prompt.text == "like this but green"
        assert names(person) == ["red.png"]
        await person.press("enter")
        assert names(person) == ["red.png"]


async def test_a_mention_that_cannot_be_used_sends_nothing(
    opened: Open, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(picture.parent)
    torn = picture.with_name("torn.png")
    shutil.copy(picture, torn)
    tear(torn)
    async with opened() as person:
        await person.say("like @red.png and @torn.png")
        assert person.chat.composer.prompt.text == "like @red.png and @torn.png"
        assert names(person) == []
        assert "torn.png" in person.screen.split("like @red.png")[0]
        assert "you         like" not in person.screen


async def test_the_arrows_and_delete_take_staged_files_back(opened: Open, picture: Path) -> None:
    other = picture.with_name("blue.png")
    shutil.copy(picture, other)
    async with opened() as person:
        composer = person.chat.composer
        await paste(person, f"{picture}\n{other}")
        await person.press("backspace")
        assert composer.staged_chips.has_focus
        await person.press("left", "delete")
        assert names(person) == ["blue.png"]
        await person.press("delete")
        assert names(person) == []
        assert composer.prompt.has_focus
        await paste(person, str(picture))
        await person.say("/unstage 1")
        assert names(person) == []


async def test_letters_on_staged_files_go_to_the_prompt(opened: Open, picture: Path) -> None:
    async with opened() as person:
        await paste(person, str(picture))
        await person.press("backspace", "r", "e", "d")
        assert person.chat.composer.prompt.text == "red"
        assert names(person) == ["red.png"]


async def test_enter_shows_a_staged_picture(opened: Open, picture: Path) -> None:
    async with opened() as person:
        await paste(person, str(picture))
        await person.press("backspace", "enter")
        assert isinstance(person.app.screen, Enlarged)
        assert "red.png 8×8" in person.screen
        await person.press("escape")
        assert len(person.app.screen_stack) == 1
        assert names(person) == ["red.png"]


async def test_enter_makes_a_staged_sound_speech_and_back(opened: Open, sound: Path) -> None:
    async with opened() as person:
        await paste(person, str(sound))
        assert person.chat.composer.staged.sounds == (sound,)
        assert "[sound: hum.wav" in person.screen
        await person.press("backspace", "enter")
        assert person.chat.composer.staged.voice == sound
        assert "[voice: hum.wav" in person.screen
        await person.press("enter")
        assert person.chat.composer.staged.sounds == (sound,)


async def test_ten_files_are_the_most_and_the_rest_is_told_once(opened: Open, picture: Path) -> None:
    paths = [picture.with_name(f"{number}.png") for number in range(13)]
    for path in paths:
        shutil.copy(picture, path)
    async with opened() as person:
        await paste(person, "\n".join(map(str, paths)))
        assert len(names(person)) == MOST
        told = " ".join(person.screen.split())
        assert told.count("10 files wait already") == 1
        assert "2 more were left out too" in told


@pytest.mark.parametrize("command", ["image", "sound", "voice"])
async def test_a_file_that_is_not_there_is_refused_in_a_sentence(opened: Open, command: str) -> None:
    async with opened() as person:
        await person.say(f"/{command} /no/such/[/b]file.png")
        assert "there is no such file; check the path." in person.screen
        assert names(person) == []


async def test_a_refused_message_comes_back_with_its_files(opened: Open, picture: Path) -> None:
    async with opened() as person:
        await paste(person, str(picture))
        # What was a picture when it was staged is none when it is sent.
        tear(picture)
        await person.say("like this")
        assert "like this" in person.screen
        assert person.chat.composer.prompt.text == "like this"
        assert names(person) == ["red.png"]
        await person.press("backspace", *["backspace"] * 9, "backspace", "delete")
        assert names(person) == []
        await person.say("hello")
        assert person.chat.composer.prompt.text == ""


async def test_what_was_begun_since_is_not_lost_to_a_refused_message(
    opened: Open, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRIPTED_PAUSE", "0.05")
    async with opened() as person:
        composer = person.chat.composer
        await person.pilot.press(*"hello", "enter")
        composer.prompt.post_message(events.Paste(str(picture)))
        await person.until(lambda: composer.staged)
        tear(picture)
        await person.pilot.press(*"like", "enter", *"new")
        assert composer.prompt.text == "new"
        assert names(person) == []
        await person.idle()
        assert "you         like [red.png]" in person.screen
        assert composer.prompt.text == "new"
        assert names(person) == ["red.png"]


async def test_a_message_that_waits_comes_back_when_it_is_stopped(
    opened: Open, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRIPTED_PAUSE", "0.05")
    async with opened() as person:
        composer = person.chat.composer
        await person.pilot.press(*"hello", "enter")
        composer.prompt.post_message(events.Paste(str(picture)))
        await person.until(lambda: composer.staged)
        await person.pilot.press(*"like", "enter", "escape")
        await person.until(lambda: composer.prompt.text == "like")
        assert names(person) == ["red.png"]
        await person.pilot.press("escape")
        await person.idle()


async def test_nothing_is_sent_by_an_empty_enter(opened: Open) -> None:
    async with opened() as person:
        await person.press("enter", "space", "enter")
        assert "you      " not in person.screen


async def test_a_refused_command_that_edits_nothing_puts_nothing_into_the_prompt(opened: Open) -> None:
    async with opened() as person:
        await person.say(BOOTS)
        await person.say("/send")
        assert "Nothing is staged" in person.screen
        assert person.chat.composer.prompt.text == ""
