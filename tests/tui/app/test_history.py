from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tui.app.history import MOST, History

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_what_was_said_comes_back_latest_first_and_the_draft_last() -> None:
    history = History()
    for text in ("boots", "boots", "a present"):
        history.add(text)
    assert history.earlier("dra") == "a present"
    assert history.earlier("ignored") == "boots"
    assert history.earlier("ignored") is None
    assert history.later() == "a present"
    assert history.later() == "dra"
    assert history.later() is None


def test_it_is_kept_between_sessions_in_a_private_file(tmp_path: Path) -> None:
    path = tmp_path / "me" / "prompt.history"
    History(path).add("two\nlines “and” \x1b[2J more")
    assert path.stat().st_mode & 0o777 == 0o600
    assert History(path).earlier("") == "two\nlines “and”  more"


def test_two_programs_add_to_one_file(tmp_path: Path) -> None:
    path = tmp_path / "prompt.history"
    one, other = History(path), History(path)
    one.add("boots")
    other.add("socks")
    kept = History(path)
    assert [kept.earlier(""), kept.earlier(""), kept.earlier("")] == ["socks", "boots", None]


@given(content=st.binary(max_size=200))
def test_a_damaged_file_is_read_as_far_as_it_goes(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("history") / "prompt.history"
    path.write_bytes(content + b'\n"boots"\n')
    assert History(path).earlier("") == "boots"


def test_a_file_that_grew_is_cut_and_stays_private(tmp_path: Path) -> None:
    path = tmp_path / "prompt.history"
    path.write_bytes(b"".join(json.dumps(f"message {n}").encode() + b"\n" for n in range(3 * MOST)))
    assert History(path).earlier("") == f"message {3 * MOST - 1}"
    assert len(path.read_bytes().splitlines()) == MOST
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_disk_that_refuses_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    history = History(tmp_path / "file" / "prompt.history")
    history.add("boots")
    assert history.earlier("") == "boots"
