from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageChops, ImageStat

from tests.tui.pictures import decoders
from tui.pictures.choose import Protocol
from tui.pictures.draw import draw
from tui.pictures.probe import Cell
from tui.pictures.size import USUAL, Box

if TYPE_CHECKING:
    from pathlib import Path

ROOM = Box(18, 9)
WAYS = (Protocol.KITTY, Protocol.SIXEL, Protocol.HALF)


@pytest.fixture(autouse=True)
def _truecolor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


def off_by(seen: Image.Image, path: Path) -> float:
    """Mean difference of a channel, 0 to 255."""
    with Image.open(path) as picture:
        meant = picture.convert("RGB").resize(seen.size)
    return max(ImageStat.Stat(ImageChops.difference(seen, meant)).mean)


def test_half_cells_show_the_picture(flag: Path) -> None:
    drawn = draw(str(flag), ROOM, Protocol.HALF, USUAL)
    seen = decoders.half_cells(drawn.rows)
    assert (drawn.box, seen.size, drawn.before, drawn.over) == (Box(18, 6), (18, 12), "", "")
    assert off_by(seen, flag) < 1
    assert seen.getpixel((0, 0)) == (0, 0, 255)
    assert (seen.getpixel((17, 0)), seen.getpixel((17, 11))) == ((255, 0, 0), (0, 255, 0))


def test_kitty_gets_the_picture_and_shows_it_where_its_placeholders_stand(flag: Path) -> None:
    drawn = draw(str(flag), ROOM, Protocol.KITTY, Cell(8, 16))
    seen, placement = decoders.kitty(drawn.before)
    assert seen.size == (18 * 8, 6 * 16)
    assert off_by(seen, flag) < 2
    assert (placement["c"], placement["r"], placement["U"], placement["q"]) == ("18", "6", "1", "2")
    assert [row.count("\U0010eeee") for row in drawn.rows] == [18] * 6
    number = int(placement["i"])
    for row in drawn.rows:
        red, green, blue = map(int, re.findall(r"38;2;(\d+);(\d+);(\d+)m", row)[0])
        assert (red, green, blue) == (number >> 16 & 255, number >> 8 & 255, number & 255)


def test_sixels_show_the_picture(flag: Path) -> None:
    drawn = draw(str(flag), ROOM, Protocol.SIXEL, USUAL)
    seen = decoders.sixels(drawn.over)
    assert seen.size == (180, 120)
    assert off_by(seen, flag) < 3
    assert drawn.rows == (" " * 18,) * 6


@pytest.mark.parametrize("protocol", WAYS)
@pytest.mark.parametrize("size", [(4000, 40), (40, 4000), (1, 1), (3, 2)])
def test_odd_shapes_are_drawn_within_their_room(
    tmp_path: Path, protocol: Protocol, size: tuple[int, int]
) -> None:
    path = tmp_path / "odd.png"
    Image.new("RGB", size, "orange").save(path)
    drawn = draw(str(path), ROOM, protocol, USUAL)
    assert len(drawn.rows) == drawn.box.rows <= ROOM.rows
    assert drawn.box.columns <= ROOM.columns
    if protocol is Protocol.KITTY:
        seen, _ = decoders.kitty(drawn.before)
    else:
        seen = decoders.sixels(drawn.over) if drawn.over else decoders.half_cells(drawn.rows)
    assert off_by(seen, path) < 3


@pytest.mark.parametrize("protocol", WAYS)
def test_words_stand_for_what_cannot_be_read(tmp_path: Path, protocol: Protocol) -> None:
    corrupt, folder = tmp_path / "corrupt.png", tmp_path / "folder.png"
    corrupt.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x1b[2J" * 9)
    folder.mkdir()
    for path, words in (
        (tmp_path / "none.png", "not found"),
        (corrupt, "unreadable"),
        (folder, "unreadable"),
        ("a\0b", "not found"),
    ):
        drawn = draw(str(path), ROOM, protocol, USUAL)
        assert [row.strip() for row in drawn.rows] == ["", words, ""]
        assert {len(row) for row in drawn.rows} == {drawn.box.columns}
    assert draw("none", Box(4, 2), protocol, USUAL).rows == ("not ",)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    drawn = draw(str(tmp_path / "pipe.png"), ROOM, Protocol.HALF, USUAL)
    assert drawn.rows[1].strip() == "unreadable"


def test_a_picture_is_drawn_once_until_its_file_changes(flag: Path) -> None:
    first = draw(str(flag), ROOM, Protocol.HALF, USUAL)
    assert draw(str(flag), ROOM, Protocol.HALF, USUAL) is first
    Image.new("RGB", (96, 64), "white").save(flag)
    os.utime(flag, ns=(1, 1))
    changed = decoders.half_cells(draw(str(flag), ROOM, Protocol.HALF, USUAL).rows)
    assert changed.getextrema() == ((255, 255),) * 3


def test_colours_keep_to_what_the_terminal_has(flag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Boxes of their own: a drawn picture is kept, and the colours of a terminal do not change.
    monkeypatch.setenv("STY", "1.pts-0")
    assert all(
        "38;5;" in row and "38;2;" not in row
        for row in draw(str(flag), Box(17, 9), Protocol.HALF, USUAL).rows
    )
    monkeypatch.delenv("STY")
    monkeypatch.delenv("COLORTERM")
    assert all("38;5;" in row for row in draw(str(flag), Box(16, 9), Protocol.HALF, USUAL).rows)


@pytest.mark.parametrize("protocol", WAYS)
def test_drawing_says_nothing_to_the_terminal_by_itself(
    flag: Path, protocol: Protocol, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    before = sys.__stdout__
    draw(str(flag), Box(15, 9), protocol, USUAL)
    assert sys.__stdout__ is before
    assert capfd.readouterr() == ("", "")
