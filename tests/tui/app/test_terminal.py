"""The full screen in a real terminal, by hand, through tmux."""

from __future__ import annotations

import shlex
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from tests.tui.test_terminal import BOOTS, Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Start = Callable[..., Terminal]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux"),
]
SCRIPTED = f"{shlex.quote(sys.executable)} -m tests.tui.scripted"
CRASHING = """
from unittest import mock
from agent import assembly
from tests.tui.scripted import scripted_models
from tui.app.chat import Chat
from tui.main import main

def fail(self):
    raise RuntimeError("a [bad] day")

with mock.patch.object(assembly, "open_models", scripted_models), mock.patch.object(Chat, "action_stop", fail):
    main()
"""


@pytest.fixture
def start(data: Path, tmp_path: Path) -> Iterator[Start]:
    """Starts a program over the dozen in a shell that then tells its exit code."""
    opened: list[Terminal] = []

    def begin(program: str, behind: str = "", catalog: str = "dozen") -> Terminal:
        command = (
            f"{program} chat --catalog {shlex.quote(catalog)} --data-dir {shlex.quote(str(data))} {behind}"
        )
        shell = f"echo before; PYTHONPATH=. {command}; echo left with $?; sleep 60"
        opened.append(Terminal(tmp_path / f"tmux{len(opened)}", shell))
        return opened[-1]

    yield begin
    for terminal in opened:
        terminal.close()


def test_a_conversation_by_hand(start: Start, pictured: Path, picture: Path) -> None:
    terminal = start(SCRIPTED, catalog=str(pictured))
    terminal.wait("bundled · ready")
    terminal.type(BOOTS)
    terminal.wait(BOOTS)
    # As a terminal sends a file that is dropped on it.
    terminal._tmux("set-buffer", f"'{picture}'")
    terminal._tmux("paste-buffer", "-p")
    staged = terminal.wait("with")
    assert f"[{picture.name}" in staged.replace("🖼 ", "")
    terminal.press("Enter")
    screen = terminal.wait("vitrine     ")
    assert f"you         {BOOTS} [{picture.name}]" in screen
    assert "looking for" in screen and "[waterproof ×]" in screen and "[price ≤ 80 ×]" in screen
    screen = terminal.wait("★ 4.")
    assert "╭─ 1 ─" in screen
    terminal.wait("▀▀▀")

    terminal.press("Tab")
    terminal.press("1")
    terminal.wait("▶1")
    terminal.press("w")
    why = terminal.wait("Why 1")
    assert "✓ waterproof" in why
    terminal.press("l")
    assert "/like 1" in terminal.wait("noted:")
    terminal.press("C-q")
    left = terminal.wait("left with")
    assert "left with 0" in left
    assert "before" in left and "╭─ 1 ─" not in left  # the screen of before is back


def test_no_input_ends_at_once_and_leaves_the_terminal_as_it_was(start: Start) -> None:
    terminal = start(SCRIPTED, "</dev/null")
    screen = terminal.wait("left with", seconds=5)
    assert "left with 0" in screen
    assert "standard input has no line" in screen


def test_a_crash_is_a_sentence_and_the_log(start: Start, data: Path, tmp_path: Path) -> None:
    program = tmp_path / "crashing.py"
    program.write_text(CRASHING, encoding="utf-8")
    terminal = start(f"{shlex.quote(sys.executable)} {shlex.quote(str(program))}")
    terminal.wait("bundled · ready")
    terminal.press("Escape")
    screen = "".join(terminal.wait("left with").split())
    assert "leftwith1" in screen
    assert "Thescreenfailedwhereitshouldnot(RuntimeError:a[bad]day)" in screen
    assert "Traceback" not in screen
    log = (data / "vitrine.log").read_text(encoding="utf-8")
    assert "Traceback" in log and "in fail" in log
