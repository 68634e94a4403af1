from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from tui.main import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import Vitrine

BOOTS = "boots that dont leak, 80 tops"


def test_what_a_chat_learns_is_shown_exported_and_forgotten(vitrine: Vitrine, data: Path) -> None:
    where = ("--data-dir", data, "--user", "ana")
    assert vitrine("profile", "show", *where).out == "Nothing is known of ana.\n"
    lines = f"{BOOTS}\n/rate 1 4\n/like 2\n/remember I take a size 9\n"
    vitrine("chat", "--plain", "--catalog", "dozen", *where, stdin=lines)

    shown = vitrine("profile", "show", *where).out.splitlines()
    assert shown[0] == "remembers: I take a size 9"
    assert shown[1].startswith("rated: Harbour Welly, 4 stars (dozen")
    assert shown[2].startswith("likes: Fellside Mid Boot (dozen")

    (exported,) = vitrine("profile", "export", *where).objects
    assert exported == vitrine("profile", "show", "--json", *where).objects[0]
    assert (exported["user"], exported["ratings"][0]["value"]) == ("ana", 4)
    assert vitrine("profile", "show", "--data-dir", data).out == "Nothing is known of me.\n"

    gone = vitrine("profile", "forget", "--yes", *where)
    assert (gone.code, gone.out) == (0, "")
    assert gone.err == "Everything known of ana is erased: 3 entries, 0 recorded conversations.\n"
    assert vitrine("profile", "show", *where).out == "Nothing is known of ana.\n"
    assert b"size 9" not in b"".join(file.read_bytes() for file in data.glob("people.sqlite*"))


def test_items_of_a_catalogue_that_is_gone_keep_their_ids(vitrine: Vitrine, data: Path) -> None:
    import shutil

    vitrine("chat", "--plain", "--catalog", "dozen", "--data-dir", data, stdin=f"{BOOTS}\n/like 1\n")
    shutil.rmtree(data / "catalogues")
    assert "likes: b4 (dozen" in vitrine("profile", "show", "--data-dir", data).out


@pytest.mark.parametrize(("answer", "kept"), [("n\n", True), ("y\n", False)])
def test_at_a_terminal_forgetting_asks_first(
    vitrine: Vitrine,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    answer: str,
    kept: bool,
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    vitrine("chat", "--plain", "--catalog", "dozen", "--data-dir", data, stdin="/remember I am vegan\n")
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    assert run(["profile", "forget", "--data-dir", str(data)]) == 0
    assert ("Nothing was erased." in capsys.readouterr().err) is kept
    assert ("vegan" in vitrine("profile", "show", "--data-dir", data).out) is kept
