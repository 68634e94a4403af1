"""Ask a terminal what it can draw, over the standard streams, before anything else reads them.

Four questions go out in one write: its name (XTVERSION), whether it knows kitty's graphics, the size of a cell, and its
attributes (DA1). Every terminal answers the last, and answers come in order, so its answer ends the waiting. What a
person types meanwhile comes the same way; it is told apart and handed back.
"""

from __future__ import annotations

import os
import re
import sys
import time
from contextlib import suppress
from dataclasses import dataclass

from encoders.sanitise import sanitise, sanitise_line
from tui.terminal import read_within, unbuffered

TIMEOUT = 0.2
"""Seconds; a terminal here answers in 1 to 20 ms, one across an ocean in 150."""
_AFTER = 0.01
"""Seconds given to answers that overtook each other."""

_ID = 1129
_QUESTIONS = f"\x1b[>q\x1b_Gi={_ID},s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\x1b[16t\x1b[c"
# Terminals that don't know an APC (old VTE, Terminal.app) print its body, at the start of the line.
_WIPE = "\r\x1b[K"

_NAME = re.compile(rb"\x1bP>\|([^\x1b]{0,200})\x1b\\")
_GRAPHICS = re.compile(rb"\x1b_G[^;\x1b]*;([^\x1b]{0,200})\x1b\\")
_CELL = re.compile(rb"\x1b\[6;(\d{1,4});(\d{1,4})t")
_ATTRIBUTES = re.compile(rb"\x1b\[\?([\d;]{0,200})c")  # kitty's list ends in ';'
_SIXEL = b"4"


@dataclass(frozen=True, slots=True)
class Cell:
    """Size of a character cell, in pixels."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Answers:
    """What a terminal said of itself."""

    complete: bool = False
    """Whether its last answer came; False for one that was silent, or slower than TIMEOUT."""
    sixel: bool = False
    kitty: bool = False
    """Whether it says it knows kitty's graphics; not whether it knows the placeholders that pictures hang on."""
    name: str = ""
    """'kitty(0.42.1)', 'WezTerm 20240203'; '' where it keeps that to itself."""
    cell: Cell | None = None
    typed: str = ""
    """What a person typed meanwhile."""


def parse_answers(data: bytes) -> Answers:
    """Read what came from a terminal; bytes that are no answer were typed."""
    name, graphics, cell, attributes = (
        pattern.search(data) for pattern in (_NAME, _GRAPHICS, _CELL, _ATTRIBUTES)
    )
    rest = data
    for pattern in (_NAME, _GRAPHICS, _CELL, _ATTRIBUTES):
        rest = pattern.sub(b"", rest)
    size = Cell(int(cell[2]), int(cell[1])) if cell else None
    return Answers(
        complete=attributes is not None,
        # The first number is the level of the terminal: '4' there would be no sixel.
        sixel=attributes is not None and _SIXEL in attributes[1].split(b";")[1:],
        kitty=graphics is not None and graphics[1] == b"OK",
        name=sanitise_line(name[1].decode("utf-8", "replace"), 80) if name else "",
        cell=size if size and size.width and size.height else None,
        typed=sanitise(rest.decode("utf-8", "ignore")),
    )


def can_ask() -> bool:
    """Tell whether this process may talk with a terminal: it is one for input and output, and in the foreground."""
    try:
        import termios  # noqa: F401 - not on every system

        fd = sys.stdin.fileno()
        with suppress(OSError):  # no controlling terminal has no background either
            # Changing the terminal's mode from the background would stop the process.
            return os.isatty(fd) and sys.stdout.isatty() and os.tcgetpgrp(fd) == os.getpgrp()
        return os.isatty(fd) and sys.stdout.isatty()
    except (ImportError, OSError, ValueError, AttributeError):
        return False


def ask(timeout: float = TIMEOUT) -> Answers:
    """Ask the terminal; takes as long as its answers do, `timeout` seconds at most."""
    deadline = time.monotonic() + timeout
    data = b""
    with unbuffered(sys.stdin.fileno()) as fd:
        sys.stdout.write(_QUESTIONS)
        sys.stdout.flush()
        while _ATTRIBUTES.search(data) is None:
            piece = read_within(fd, deadline - time.monotonic())
            if not piece:
                break
            data += piece
        else:
            data += read_within(fd, _AFTER) or b""
        sys.stdout.write(_WIPE)
        sys.stdout.flush()
    return parse_answers(data)


def read_late() -> str:
    """Take from standard input what came too late for `ask`, and return what a person typed."""
    data = b""
    with unbuffered(sys.stdin.fileno()) as fd:
        while piece := read_within(fd, 0):
            data += piece
    return parse_answers(data).typed
