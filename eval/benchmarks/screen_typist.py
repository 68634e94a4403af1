"""Types into a terminal at an even pace, whatever the screen does, and times each key until its letter is drawn."""

from __future__ import annotations

import random
import string
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from encoders.errors import VitrineError

if TYPE_CHECKING:
    import re

    from eval.benchmarks.screen_terminal import Terminal

_GRAM = 5
"""Letters by which a key's echo is known: of 26⁵ sequences none comes twice, nor in a catalogue."""
_LINE = 50
"""Letters before the prompt is emptied: what wraps is drawn in pieces."""
_EMPTY = b"\x15"  # Ctrl+U
_LATEST = 2.0
"""Seconds after the end at which a key counts as lost."""


@dataclass(slots=True)
class Typist:
    """Somebody who types on without waiting, so that a screen that stands still is met by every key of that time."""

    terminal: Terminal
    every: float = 0.05
    """Seconds between two keys; a quick typist needs 0.1."""
    echoes: list[float] = field(default_factory=list)
    """Seconds from each key to its letter."""
    lost: int = 0
    """Keys whose letters were never drawn."""
    _random: random.Random = field(default_factory=lambda: random.Random(5))
    _typed: str = ""

    def type_until(self, over: re.Pattern[bytes], seconds: float) -> float:
        """Type until what is drawn matches `over`, and wait for the last letters; returns when it did.

        Raises VitrineError when it does not in `seconds`.
        """
        waiting: deque[tuple[bytes, float]] = deque()
        began = due = time.perf_counter()
        drawn = b""
        ended: float | None = None
        while ended is None or waiting:
            now = time.perf_counter()
            if ended is None and now >= due:
                if (key := self._press(waiting)) is not None:
                    waiting.append(key)
                due = max(due + self.every, now)
            drawn += self.terminal.read(0.02 if ended else max(due - time.perf_counter(), 0.0))
            at = time.perf_counter()
            if ended is None and over.search(drawn):
                ended = at
            drawn = self._see(drawn, waiting, at)
            if ended is None and at - began > seconds:
                raise VitrineError(
                    f"Nothing like {over.pattern!r} was drawn in {seconds:g} s: is the machine busy?"
                )
            if ended is not None and at - ended > _LATEST:
                self.lost += len(waiting)
                break
        self._empty()
        return ended

    def _press(self, waiting: deque[tuple[bytes, float]]) -> tuple[bytes, float] | None:
        """Press a letter; None for the key that empties the line, and for letters without four others before."""
        if len(self._typed) >= _LINE:
            if not waiting:
                self._empty()
            return None
        letter = self._random.choice(string.ascii_lowercase)
        self._typed += letter
        at = self.terminal.send(letter.encode())
        return (self._typed[-_GRAM:].encode(), at) if len(self._typed) >= _GRAM else None

    def _empty(self) -> None:
        self.terminal.send(_EMPTY)
        self._typed = ""

    def _see(self, drawn: bytes, waiting: deque[tuple[bytes, float]], at: float) -> bytes:
        """Take the keys whose letters are drawn; a frame may draw several. Returns what is still to be searched."""
        for place in range(len(waiting) - 1, -1, -1):
            if waiting[place][0] in drawn:
                for _ in range(place + 1):
                    self.echoes.append(at - waiting.popleft()[1])
                break
        return drawn[-4096:]
