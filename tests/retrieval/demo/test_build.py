from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from encoders.errors import CatalogueError
from retrieval.demo import build, make
from retrieval.demo.rendering import render_all

if TYPE_CHECKING:
    from retrieval.demo.entry import Entry


class Counted:
    """Progress that adds up."""

    def __init__(self) -> None:
        self.total = 0
        self.done_steps = 0

    def start(self, phase: str, total: int) -> None:
        self.total += total

    def advance(self, steps: int) -> None:
        self.done_steps += steps

    def done(self) -> None:
        pass


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch, town: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """A demo of every fortieth item, so that making it takes a second."""
    chosen = tuple(town[::40])
    monkeypatch.setattr(build, "entries", lambda: list(chosen))
    monkeypatch.setattr("retrieval.demo.rendering._cores", lambda: 1)
    return chosen


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_making_it_twice_gives_the_same_bytes(few: tuple[Entry, ...], tmp_path: Path) -> None:
    first, second = make(tmp_path / "a"), make(tmp_path / "b" / "c")
    assert digests(first) == digests(second)
    assert len(list((first / "pictures").iterdir())) == len(few)


def test_items_name_files_that_are_there(few: tuple[Entry, ...], tmp_path: Path) -> None:
    progress = Counted()
    folder = make(tmp_path, progress)
    rows = [json.loads(line) for line in (folder / "items.jsonl").read_text("utf-8").splitlines()]
    assert [row["id"] for row in rows] == [item.id for item in few]
    for row in rows:
        assert (folder / row["picture"]).is_file()
        assert (row["shelf"] == "music") == ("sound" in row)
        assert "sound" not in row or (folder / row["sound"]).is_file()
    assert progress.done_steps == progress.total >= len(few)
    with (folder / "interactions.csv").open(newline="") as stream:
        assert next(csv.reader(stream)) == ["user", "item", "rating", "time"]
    with (folder / "triples.csv").open(newline="") as stream:
        assert next(csv.reader(stream)) == ["head", "relation", "tail"]


def test_a_complete_folder_is_reused(few: tuple[Entry, ...], tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "items.jsonl").write_text("touched")
    make(tmp_path)
    assert (tmp_path / "items.jsonl").read_text() == "touched"


@pytest.mark.parametrize("stamp", [None, "an older version"])
def test_an_unfinished_or_older_folder_is_made_again(
    few: tuple[Entry, ...], tmp_path: Path, stamp: str | None
) -> None:
    make(tmp_path)
    (tmp_path / "items.jsonl").write_text("half")
    (tmp_path / "pictures" / "stale.png").write_bytes(b"")
    path = tmp_path / build.STAMP
    if stamp is None:
        path.unlink()
    else:
        path.write_text(stamp)
    make(tmp_path)
    assert (tmp_path / "items.jsonl").read_text("utf-8").startswith('{"id"')
    assert not (tmp_path / "pictures" / "stale.png").exists()


def test_a_folder_that_can_not_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CatalogueError, match="can't be made in"):
        make(tmp_path / "file" / "demo")


def test_several_processes_write_the_same_files_as_one(
    town: tuple[Entry, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = [(str(tmp_path / f"{number}.png"), item.drawing) for number, item in enumerate(town[:600:20])]
    monkeypatch.setattr("retrieval.demo.rendering._cores", lambda: 2)
    assert sum(render_all(jobs)) == len(jobs)
    by_two = digests(tmp_path)
    monkeypatch.setattr("retrieval.demo.rendering._cores", lambda: 1)
    assert sum(render_all(jobs)) == len(jobs)
    assert digests(tmp_path) == by_two


@pytest.mark.slow
def test_the_whole_demo_is_small_and_repeatable(tmp_path: Path) -> None:
    first, second = make(tmp_path / "a"), make(tmp_path / "b")
    assert digests(first) == digests(second)
    assert sum(path.stat().st_size for path in (first / "pictures").iterdir()) < 8e6
    assert sum(path.stat().st_size for path in (first / "sounds").iterdir()) < 4e6


def test_the_scripted_conversation_is_ten_plain_lines() -> None:
    lines = (Path(build.__file__).parent / "conversation.txt").read_text("utf-8").splitlines()
    assert len(lines) == 10 and all(line.strip() for line in lines)
