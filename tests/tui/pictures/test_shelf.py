from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.tui.pictures import decoders
from tui.pictures.choose import Choice, Protocol
from tui.pictures.shelf import Shelf

if TYPE_CHECKING:
    from pathlib import Path

CODES = re.compile(r"\x1b\[[\d;]*m")


@pytest.fixture(autouse=True)
def _screen(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, value in {
        "COLUMNS": "80",
        "LINES": "24",
        "TERM": "xterm",
        "COLORTERM": "truecolor",
    }.items():
        monkeypatch.setenv(variable, value)


@pytest.fixture
def post(tmp_path: Path) -> Path:
    path = tmp_path / "post.png"
    Image.new("RGB", (40, 160), "white").save(path)
    return path


def shelf(protocol: Protocol) -> Shelf:
    return Shelf(Choice(protocol, "it was asked for"))


def lines(drawing: str) -> list[str]:
    return CODES.sub("", drawing).splitlines()


def test_pictures_stand_on_one_line_with_their_numbers_below(flag: Path, post: Path) -> None:
    ((part, drawing),) = shelf(Protocol.HALF).rows_of([str(flag), str(post), str(flag)])
    assert part == slice(0, 3)
    drawn = lines(drawing)
    *pictures, numbers = drawn
    assert len(pictures) == 8
    assert numbers.split() == ["1", "2", "3"]
    assert re.findall("▀+", pictures[-1]) == ["▀" * 24, "▀" * 4, "▀" * 24]
    assert all(len(line) < 80 for line in drawn)
    assert drawing.endswith("\n")


@pytest.mark.parametrize("columns", [20, 40, 80, 120, 200])
def test_twenty_cards_take_several_shelves(flag: Path, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    shelves = list(shelf(Protocol.HALF).rows_of([str(flag)] * 20))
    numbers = [lines(drawing)[-1].split() for _, drawing in shelves]
    assert [number for row in numbers for number in row] == [str(number) for number in range(1, 21)]
    assert [list(range(20))[part] for part, _ in shelves] == [[int(n) - 1 for n in row] for row in numbers]
    assert all(len(line) < columns for _, drawing in shelves for line in lines(drawing))


def test_a_resize_counts_from_the_next_shelf(flag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    board = shelf(Protocol.HALF)
    wide = board.one(str(flag))
    monkeypatch.setenv("COLUMNS", "20")
    narrow = board.one(str(flag))
    assert [max(map(len, lines(drawing))) for drawing in (wide, narrow)] == [24, 19]


def test_an_item_without_picture_leaves_no_gap_and_keeps_its_line(flag: Path) -> None:
    ((part, drawing),) = shelf(Protocol.HALF).rows_of([None, str(flag), None])
    assert (part, lines(drawing)[-1].split()) == (slice(0, 3), ["2"])
    assert list(shelf(Protocol.HALF).rows_of([None, None])) == [(slice(0, 2), "")]


def test_a_missing_file_is_a_word_among_pictures(flag: Path, tmp_path: Path) -> None:
    ((_, drawing),) = shelf(Protocol.SIXEL).rows_of([str(tmp_path / "gone.png"), str(flag)])
    assert "not found" in drawing
    assert drawing.count("\x1bP") == 1


def test_one_picture_has_no_number(flag: Path) -> None:
    assert set("".join(lines(shelf(Protocol.HALF).one(str(flag))))) == {"▀"}


def test_sixels_are_drawn_over_their_rows_and_the_cursor_comes_back(flag: Path, post: Path) -> None:
    ((_, drawing),) = shelf(Protocol.SIXEL).rows_of([str(flag), str(post)])
    rows, first, second, numbers = re.split("\x1b7|\x1b8\x1b7|\x1b8", drawing)
    assert rows == "\n" * 8
    assert first.startswith("\x1b[8A\x1bP")
    # 24 columns of the flag and the gap.
    assert second.startswith("\x1b[8A\x1b[26C\x1bP")
    assert [decoders.sixels(part).size for part in (first, second)] == [(240, 160), (40, 160)]
    assert numbers.split() == ["1", "2"]


def test_kitty_gets_every_picture_before_the_rows(flag: Path, post: Path) -> None:
    ((_, drawing),) = shelf(Protocol.KITTY).rows_of([str(flag), str(post)])
    sent, rows = drawing.rsplit("\x1b\\", 1)
    assert len(re.findall("a=p", sent)) == 2
    assert "\x1b_G" not in rows
    assert "\U0010eeee" not in sent


def test_without_pictures_nothing_is_written(flag: Path) -> None:
    off = shelf(Protocol.OFF)
    assert list(off.rows_of([str(flag)] * 9)) == [(slice(0, 9), "")]
    assert off.one(str(flag)) == ""
    assert list(off.rows_of([])) == [(slice(0, 0), "")]
