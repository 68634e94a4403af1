"""Read a terminal key by key, unseen, and leave it as it was found."""

from __future__ import annotations

import os
import select
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def unbuffered(fd: int) -> Iterator[int]:
    """Have every byte at once and unseen; Ctrl-C still interrupts, and the terminal is left as it was found.

    Raises ImportError where the system has no termios.
    """
    import termios
    import tty

    before = termios.tcgetattr(fd)
    try:
        # TCSANOW: the others throw away or wait for what is typed.
        tty.setcbreak(fd, termios.TCSANOW)
        yield fd
    finally:
        termios.tcsetattr(fd, termios.TCSANOW, before)


def read_within(fd: int, seconds: float) -> bytes | None:
    """Return what comes within some seconds; None when nothing does, b'' when the terminal is gone."""
    ready, _, _ = select.select([fd], [], [], max(seconds, 0))
    return os.read(fd, 4096) if ready else None
