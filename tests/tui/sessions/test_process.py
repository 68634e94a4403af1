"""Conversations typed at a terminal, in processes of their own."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.tui.sessions.conftest import BOOTS
from tui.sessions.store import SessionStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[3]
pty = pytest.importorskip("pty", reason="needs terminals of Unix")


class Typed:
    """A chat at a pseudo-terminal."""

    def __init__(self, data: Path, *options: str, **environment: str) -> None:
        self._terminal, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.tui.scripted",
                "chat",
                "--plain",
                *options,
                "--data-dir",
                str(data),
            ],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=ROOT,
            env={**os.environ, "TERM": "dumb", **environment},
        )
        os.close(theirs)

    def wait(self, text: str) -> str:
        """Read until `text` stands at the end, ten seconds at most."""
        seen, deadline = b"", time.monotonic() + 20
        while not seen.endswith(text.encode()):
            assert time.monotonic() < deadline, seen.decode()
            if select.select([self._terminal], [], [], 0.1)[0]:
                try:
                    piece = os.read(self._terminal, 65536)
                except OSError:  # the other side is closed
                    piece = b""
                if not piece:
                    break
                seen += piece
        return seen.decode().replace("\r\n", "\n")

    def say(self, line: str) -> str:
        os.write(self._terminal, f"{line}\n".encode())
        return self.wait("you: ")

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._terminal)


@pytest.fixture
def typed(data: Path) -> Iterator[Callable[..., Typed]]:
    opened: list[Typed] = []

    def begin(*options: str, **environment: str) -> Typed:
        opened.append(Typed(data, *options, **environment))
        return opened[-1]

    yield begin
    for one in opened:
        one.close()


def test_what_is_typed_outlives_a_kill_and_nobody_else_may_add_to_it(
    typed: Callable[..., Typed], data: Path
) -> None:
    first = typed("--catalog", "dozen")
    first.wait("you: ")
    first.say(BOOTS)
    (info,) = SessionStore(data, "me").list()
    assert (info.name, info.turns) == (BOOTS, 1)

    second = typed("--resume", "last")
    assert f"The session {info.id} is open in another Vitrine" in second.wait("nothing").replace("\n", " ")
    assert second.process.wait(10) == 3

    first.process.kill()
    first.process.wait()
    third = typed("--resume", info.id)
    assert "on screen:\nitem 1 of 3: " in third.wait("you: ")
    assert "like Fellside Mid Boot" in third.say("like the 2nd but in green")
    assert SessionStore(data, "me").list()[0].turns == 2


def test_nothing_is_kept_where_that_was_asked_for(typed: Callable[..., Typed], data: Path) -> None:
    for options, environment in ((("--no-record",), {}), ((), {"VITRINE_NO_RECORD": "1"})):
        chat = typed("--catalog", "dozen", *options, **environment)
        chat.wait("you: ")
        chat.say(BOOTS)
        assert not (data / "sessions").exists()
