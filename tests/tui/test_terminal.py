"""A person at a terminal: a plain chat driven through tmux, key by key."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
BOOTS = "boots that dont leak, 80 tops"
HEARD = "boots that dont leak, 80"
WIDTH = 90

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux"),
]


class Terminal:
    """A tmux session on a server of its own."""

    def __init__(self, socket: Path, command: str) -> None:
        self._socket = str(socket)
        self._tmux(
            "-f", os.devnull, "new-session", "-d", "-x", str(WIDTH), "-y", "60", "-c", str(ROOT), command
        )

    def _tmux(self, *arguments: str) -> str:
        ran = subprocess.run(
            ["tmux", "-S", self._socket, *arguments],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        return ran.stdout

    def press(self, *keys: str) -> None:
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        self._tmux("send-keys", "-l", text)

    def screen(self) -> str:
        return self._tmux("capture-pane", "-p", "-S", "-200")

    def wait(self, text: str, count: int = 1, seconds: float = 20) -> str:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            screen = self.screen()
            if screen.count(text) >= count:
                return screen
            time.sleep(0.05)
        raise AssertionError(f"{text!r} did not appear {count} times:\n{self.screen()}")

    def close(self) -> None:
        subprocess.run(["tmux", "-S", self._socket, "kill-server"], check=False, capture_output=True)


@pytest.fixture
def terminal(data: Path, tmp_path: Path) -> Iterator[Terminal]:
    """A chat that writes slowly, then tells its exit code."""
    program = shlex.join(
        [sys.executable, "-m", "tests.tui.scripted", "chat", "--plain", "--catalog", "dozen", "--data-dir"]
    )
    settings = f"SCRIPTED_PAUSE=0.03 SCRIPTED_HEARS={shlex.quote(HEARD)}"
    command = f"{settings} {program} {shlex.quote(str(data))}; echo left with $?; sleep 60"
    opened = Terminal(tmp_path / "tmux", command)
    try:
        yield opened
    finally:
        opened.close()


def test_a_conversation_by_hand(terminal: Terminal) -> None:
    greeting = terminal.wait("you:")
    assert greeting.startswith("The plain chat was taken because --plain")
    assert "\nVitrine · dozen catalogue, 12 items" in greeting
    assert "no terminal" not in greeting

    terminal.type(BOOTS)
    terminal.press("Enter")
    screen = terminal.wait("you:", 2)
    assert f"you: {BOOTS}\nlooking for: boots · waterproof · price ≤ 80\n" in screen
    reply = screen[screen.index("vitrine: ") : screen.rindex("you:")].strip().splitlines()
    assert len(reply) > 1
    assert all(line.startswith("  ") and len(line) < WIDTH for line in reply[1:])

    # The arrow brings the line back; it is edited in its middle, and played.
    terminal.press("Up")
    terminal.wait(BOOTS, 2)
    terminal.press("Home")
    terminal.type("new ")
    terminal.press("Enter")
    terminal.wait(f"you: new {BOOTS}")
    terminal.wait("vitrine: ", 2)

    # Ctrl-C stops the answer that is being written and keeps the conversation.
    terminal.press("C-c")
    terminal.wait("(stopped)")
    terminal.wait("you:", 3)
    terminal.type("/why 1")
    terminal.press("Enter")
    # The boots that came first say nothing of leaks in their own words: what they meet is why.
    terminal.wait("  met: boots\n")
    terminal.wait("you:", 4)

    # At the prompt it leaves.
    terminal.press("C-c")
    screen = terminal.wait("left with 130")
    assert "vitrine: interrupted." in screen
    assert "Traceback" not in screen


def test_a_spoken_message_is_finished_by_hand(terminal: Terminal) -> None:
    terminal.wait("you:")
    for number, end in enumerate(("Escape", "C-c", "Enter"), start=1):
        terminal.type("/voice")
        terminal.press("Enter")
        terminal.wait("listening; Enter stops, Ctrl-C discards", number)
        time.sleep(0.3)  # a few blocks
        terminal.press(end)
        terminal.wait("you:", number + 1)
    terminal.wait(f"you: {HEARD}")
    terminal.type(" tops")
    terminal.press("Enter")
    screen = terminal.wait("vitrine: ")
    assert f"you: {BOOTS}\nlooking for: boots · waterproof · price ≤ 80\n" in screen
    assert screen.count("heard:") == 1
    assert screen.count("(discarded)") == 2


def test_the_end_of_input_leaves(terminal: Terminal) -> None:
    terminal.wait("you:")
    terminal.press("C-d")
    screen = terminal.wait("left with 0")
    assert "Traceback" not in screen
