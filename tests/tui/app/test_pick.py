from __future__ import annotations

import os
import shutil
import time
from typing import TYPE_CHECKING

import pytest

from tui.app.pick import MOST, Files, Picker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.tui.app.conftest import Open, Person

pytestmark = pytest.mark.anyio


@pytest.fixture
def folder(picture: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    import numpy as np
    import soundfile

    folder = picture.parent / "shots"
    (folder / "inside").mkdir(parents=True)
    for name in (
        "[red]odd[@click=quit].png",
        "\x1b[2J\u202eesc.png",
        "wide 靴.png",
        ".hidden.png",
        "inside/in.png",
    ):
        shutil.copy(picture, folder / name)
    (folder / "notes.txt").write_text("no picture")
    soundfile.write(folder / "hum.wav", 0.1 * np.sin(np.arange(16_000) / 10), 16_000)
    monkeypatch.chdir(folder)
    return folder


def labels(person: Person) -> list[str]:
    return [str(node.label) for node in person.app.screen.query_one(Files).root.children]


def told(person: Person) -> str:
    return " ".join(person.screen.replace("│", " ").split())


async def pick(person: Person) -> Files:
    # A tree's loader never ends, so nobody is idle while it is there.
    await person.pilot.press("f3")
    await person.until(lambda: isinstance(person.app.screen, Picker))
    files = person.app.screen.query_one(Files)
    await person.until(lambda: files.root.children)
    return files


async def point_at(person: Person, label: str) -> None:
    files = person.app.screen.query_one(Files)
    node = next(node for node in files.root.children if str(node.label) == label)
    files.move_cursor(node)
    await person.pilot.pause()


async def test_it_lists_folders_pictures_and_sounds_by_names_that_harm_nothing(
    opened: Open, folder: Path
) -> None:
    async with opened() as person:
        await pick(person)
        assert set(labels(person)) == {
            "inside",
            "[red]odd[@click=quit].png",
            "esc.png",
            "hum.wav",
            "wide 靴.png",
        }
        assert labels(person)[0] == "inside"
        assert "\x1b" not in person.screen and "[red]odd[@click=quit].png" in person.screen


async def test_enter_stages_what_is_pointed_at_and_a_sound_as_a_sound(opened: Open, folder: Path) -> None:
    async with opened() as person:
        await pick(person)
        await point_at(person, "[red]odd[@click=quit].png")
        await person.until(lambda: "▀" in person.screen or "▄" in person.screen)
        await person.press("enter")
        assert person.chat.composer.staged.images == (folder / "[red]odd[@click=quit].png",)
        assert person.chat.composer.prompt.has_focus
        await pick(person)
        await point_at(person, "hum.wav")
        await person.press("enter")
        assert person.chat.composer.staged.sounds == (folder / "hum.wav",)


async def test_a_damaged_picture_is_refused_in_a_sentence(opened: Open, folder: Path) -> None:
    (folder / "torn.png").write_bytes(b"\x89PNG\r\n\x1a\n torn")
    async with opened() as person:
        await pick(person)
        await point_at(person, "torn.png")
        await person.press("enter")
        assert not person.chat.composer.staged
        assert "torn.png" in "".join(person.screen.replace("│", "").split()), "wherever the line breaks"


async def test_the_folder_above_and_the_folder_inside(opened: Open, folder: Path) -> None:
    async with opened() as person:
        files = await pick(person)
        await person.pilot.press("backspace")
        await person.until(lambda: "shots" in labels(person))
        await point_at(person, "shots")
        await person.pilot.press("enter")
        shots = next(node for node in files.root.children if str(node.label) == "shots")
        await person.until(lambda: any(str(node.label) == "inside" for node in shots.children))


async def test_it_opens_where_a_file_was_picked_last(opened: Open, folder: Path) -> None:
    async with opened() as person:
        files = await pick(person)
        inside = files.root.children[0]
        inside.expand()
        await person.until(lambda: inside.children)
        files.move_cursor(inside.children[0])
        await person.press("enter")
        await person.until(lambda: person.chat.composer.staged)
        await pick(person)
        assert labels(person) == ["in.png"]


@pytest.mark.parametrize("key", ["escape", "f3"])
async def test_a_key_closes_it_and_stages_nothing(opened: Open, folder: Path, key: str) -> None:
    async with opened() as person:
        await pick(person)
        await person.press(key)
        assert len(person.app.screen_stack) == 1
        assert not person.chat.composer.staged


async def test_a_folder_that_cannot_be_read_says_so(
    opened: Open, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Not by its mode: tests may run as root, who reads all.
    def scandir(path: Path) -> Iterator[os.DirEntry[str]]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", scandir)
    async with opened() as person:
        files = await pick(person)
        files.root.children[0].expand()
        await person.until(lambda: "inside can't be read: permission denied" in told(person))


async def test_a_folder_that_is_gone_is_told_and_stages_nothing(opened: Open, folder: Path) -> None:
    async with opened() as person:
        files = await pick(person)
        shutil.rmtree(folder / "inside")
        files.root.children[0].expand()
        await person.until(lambda: "there is no such file" in person.screen)
        assert not person.chat.composer.staged


async def test_ten_thousand_files_are_listed_as_far_as_anybody_looks(
    opened: Open, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = folder / "many"
    many.mkdir()
    for number in range(10_000):
        os.close(os.open(many / f"{number:05}.png", os.O_CREAT))
    monkeypatch.chdir(many)
    async with opened() as person:
        began = time.monotonic()
        await pick(person)
        assert time.monotonic() - began < 5
        assert len(labels(person)) == MOST
        assert "the first 2,000 of 10,000" in told(person)


@pytest.mark.parametrize("size", [(40, 20), (80, 24)])
async def test_it_fits_small_terminals(opened: Open, folder: Path, size: tuple[int, int]) -> None:
    async with opened(*size) as person:
        await pick(person)
        assert "hum.wav" in person.screen
