"""A terminal without a window: runs a program in a pty, answers what terminals are asked, and keeps what is drawn."""

from __future__ import annotations

import os
import re
import select
import signal
import struct
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from encoders.errors import VitrineError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType

FRAME_END = b"\x1b[?2026l"
"""Ends a frame where the terminal takes frames whole (synchronised output, DEC private mode 2026)."""
_ANSWERS = {
    b"\x1b[c": b"\x1b[?62;22c",  # attributes: no sixel
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
    b"\x1b[6n": b"\x1b[1;1R",
}
_PIECE = 1 << 16
_KEPT = 1 << 16
"""Bytes of what was drawn last that a search sees."""


@dataclass(frozen=True, slots=True)
class Seen:
    """When something was on the screen."""

    at: float
    """By `time.perf_counter`."""
    match: re.Match[bytes]


class Terminal:
    """A program on a screen of its own."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str] | None = None,
        *,
        columns: int = 120,
        rows: int = 40,
    ) -> None:
        """Start `command` in a terminal of that size.

        Raises VitrineError where there are no such terminals (Windows), or when the program can't be started.
        """
        try:
            import fcntl
            import termios
        except ImportError as error:
            raise VitrineError("The screen is measured on Linux and macOS only: run it there.") from error
        variables = {
            **{
                name: text
                for name, text in os.environ.items()
                if name not in ("NO_COLOR", "TMUX", "STY", "ZELLIJ")
            },
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            **(environment or {}),
        }
        self._fd, screen = os.openpty()
        fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.began = time.perf_counter()
        try:
            self._process = subprocess.Popen(
                command, stdin=screen, stdout=screen, stderr=screen, env=variables, start_new_session=True
            )
        except OSError as error:
            os.close(self._fd)
            raise VitrineError(
                f"{command[0]} can't be run ({error.strerror}): install Vitrine again."
            ) from error
        finally:
            os.close(screen)
        self._drawn = b""
        self._ended = False

    def __enter__(self) -> Terminal:
        """Use it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Hang up, as a terminal that is closed does, and see the program off."""
        self._process.send_signal(signal.SIGHUP)
        os.close(self._fd)
        try:
            self._process.wait(3.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def send(self, keys: bytes) -> float:
        """Press keys; returns when."""
        at = time.perf_counter()
        os.write(self._fd, keys)
        return at

    def read(self, seconds: float) -> bytes:
        """Return what is drawn within `seconds`, as soon as something is; b'' for nothing, or at the end."""
        if self._ended or not select.select([self._fd], [], [], max(seconds, 0.0))[0]:
            return b""
        try:
            piece = os.read(self._fd, _PIECE)
        except OSError:  # Linux says so where the other end was closed
            piece = b""
        if not piece:
            self._ended = True
            return b""
        # A question may come in two pieces.
        for question, answer in _ANSWERS.items():
            if question in self._drawn[-len(question) + 1 :] + piece:
                os.write(self._fd, answer)
        self._drawn = (self._drawn + piece)[-_KEPT:]
        return piece

    def wait(
        self, pattern: re.Pattern[bytes], seconds: float, *, step: Callable[[], None] | None = None
    ) -> Seen:
        """Wait until what is drawn from now on matches `pattern`, doing `step` between two looks.

        Raises VitrineError when it does not in `seconds`, or the program ends before.
        """
        deadline = time.perf_counter() + seconds
        drawn = b""
        while time.perf_counter() < deadline:
            if step is not None:
                step()
            drawn = (drawn + self.read(0.01 if step else deadline - time.perf_counter()))[-_KEPT:]
            if found := pattern.search(drawn):
                return Seen(time.perf_counter(), found)
            if self._ended:
                raise VitrineError(
                    f"The program ended before it drew {pattern.pattern!r}: run it in a terminal and see why."
                )
        raise VitrineError(
            f"Nothing like {pattern.pattern!r} was drawn in {seconds:g} s: is the machine busy?"
        )

    def settle(self, quiet: float = 0.3, seconds: float = 30.0) -> None:
        """Wait until nothing was drawn for `quiet` seconds, `seconds` at most."""
        deadline = time.perf_counter() + seconds
        while self.read(quiet) and time.perf_counter() < deadline:
            pass

    @property
    def processor_s(self) -> float:
        """Seconds of processor time that the program took so far; 0 where the system doesn't tell."""
        stat = Path(f"/proc/{self._process.pid}/stat")
        if not stat.is_file():
            return 0.0
        fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def memory_mb(self) -> float:
        """Resident memory of the program in MB (10⁶ bytes)."""
        status = Path(f"/proc/{self._process.pid}/status")
        if status.is_file():
            found = re.search(r"^VmRSS:\s+(\d+) kB", status.read_text(encoding="utf-8"), re.MULTILINE)
            return int(found[1]) * 1024 / 1e6 if found else 0.0
        told = subprocess.run(
            ["ps", "-o", "rss=", "-p", str(self._process.pid)], capture_output=True, text=True, check=False
        ).stdout.strip()
        return int(told) * 1024 / 1e6 if told.isdecimal() else 0.0


def vitrine() -> list[str]:
    """Return the command of this installation."""
    return [sys.executable, "-m", "tui.main"]
