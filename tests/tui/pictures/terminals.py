"""Terminals that answer like real ones, at the other end of a pseudo-terminal."""

from __future__ import annotations

import os
import pty
import termios
import threading
import time
import tty
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME, GRAPHICS, CELL, ATTRIBUTES = b"\x1b[>q", b"\x1b_G", b"\x1b[16t", b"\x1b[c"

SILENT: Mapping[bytes, bytes] = {}
XTERM = {ATTRIBUTES: b"\x1b[?64;1;2;6;9;15;16;17;18;21;22c", CELL: b"\x1b[6;17;8t"}
KITTY = {
    NAME: b"\x1bP>|kitty(0.42.1)\x1b\\",
    GRAPHICS: b"\x1b_Gi=1129;OK\x1b\\",
    CELL: b"\x1b[6;24;12t",
    ATTRIBUTES: b"\x1b[?62;52;c",
}
FOOT = {NAME: b"\x1bP>|foot(1.20.2)\x1b\\", CELL: b"\x1b[6;20;10t", ATTRIBUTES: b"\x1b[?62;4;22;28c"}
WEZTERM = {
    NAME: b"\x1bP>|WezTerm 20240203-110809-5046fc22\x1b\\",
    GRAPHICS: b"\x1b_Gi=1129;OK\x1b\\",
    ATTRIBUTES: b"\x1b[?65;4;6;18;22c",
}
WARP = {GRAPHICS: b"\x1b_Gi=1129;OK\x1b\\", ATTRIBUTES: b"\x1b[?62;22c"}
REFUSING = {GRAPHICS: b"\x1b_Gi=1129;EINVAL: no\x1b\\", ATTRIBUTES: b"\x1b[?62c"}
LEVEL_FOUR = {ATTRIBUTES: b"\x1b[?4;6c"}


@dataclass
class Terminal:
    """The far end: answers what it is asked, types, and keeps what was written to it."""

    answers: Mapping[bytes, bytes]
    typing: bytes = b""
    """Typed as soon as the first question comes."""
    delay: float = 0.0
    """Seconds before it answers."""
    written: bytes = b""
    near: int = -1
    answered: threading.Event = field(default_factory=threading.Event)
    streams: tuple[TextIO, ...] = ()
    _far: int = -1
    _asked: set[bytes] = field(default_factory=set)

    def open(self) -> tuple[TextIO, TextIO]:
        """Return standard input and output at the near end."""
        self._far, self.near = pty.openpty()
        threading.Thread(target=self._serve, daemon=True).start()
        stdin = os.fdopen(os.dup(self.near), "r")
        stdout = os.fdopen(os.dup(self.near), "w", encoding="utf-8")
        self.streams = stdin, stdout
        return stdin, stdout

    def close(self) -> None:
        """Hang up."""
        for stream in self.streams:
            stream.close()
        os.close(self.near)

    def type(self, data: bytes) -> None:
        os.write(self._far, data)

    def mode(self) -> list[object]:
        return list(termios.tcgetattr(self.near))

    def waiting(self) -> bytes:
        """What is left in standard input."""
        before = termios.tcgetattr(self.near)
        tty.setcbreak(self.near, termios.TCSANOW)
        os.set_blocking(self.near, False)
        try:
            return os.read(self.near, 4096)
        except BlockingIOError:
            return b""
        finally:
            os.set_blocking(self.near, True)
            termios.tcsetattr(self.near, termios.TCSANOW, before)

    def settle(self, what: bytes, count: int = 1, seconds: float = 5) -> bytes:
        """Wait until something was written, and return all that was."""
        deadline = time.monotonic() + seconds
        while self.written.count(what) < count:
            assert time.monotonic() < deadline, self.written[-300:]
            time.sleep(0.005)
        return self.written

    def _serve(self) -> None:
        while True:
            try:
                self.written += os.read(self._far, 65536)
            except OSError:
                os.close(self._far)
                return
            new = [
                q for q in (NAME, GRAPHICS, CELL, ATTRIBUTES) if q in self.written and q not in self._asked
            ]
            if new:
                time.sleep(self.delay)
                # In the midst of the answers, as fingers do.
                first, *rest = [self.answers.get(question, b"") for question in new]
                os.write(self._far, first + (self.typing if not self._asked else b"") + b"".join(rest))
                self._asked.update(new)
                self.answered.set()
