"""How long work takes, on stderr: bars with rate and time left on a terminal, lines of words elsewhere."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tui.echo import draws, narrate

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

_EVERY = 10.0
"""Seconds between two lines of a long phase."""


class Bars:
    """Draws `retrieval.index.progress.Progress`; each phase leaves one line behind."""

    def __init__(self, *, moving: bool = True, clock: Callable[[], float] = time.monotonic) -> None:
        """Draw nothing until a phase starts; `moving` False keeps to lines, for screen readers."""
        self._moving = moving and draws()
        self._clock = clock
        self._bar: tuple[RichProgress, TaskID] | None = None
        self._phase = ""
        self._total = self._count = 0
        self._began = self._told = 0.0

    def __enter__(self) -> Bars:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the screen to others."""
        self._stop()

    def start(self, phase: str, total: int) -> None:
        """Begin a phase of `total` steps."""
        self._stop()
        self._phase, self._total, self._count = phase, total, 0
        self._began = self._told = self._clock()
        if self._moving:
            bars = _bars()
            bars.start()
            self._bar = bars, bars.add_task(phase, total=total)
        else:
            narrate(f"{phase}, {total:,} …")

    def advance(self, steps: int = 1) -> None:
        """Say that `steps` more are done."""
        self._count += steps
        if self._bar is not None:
            bars, task = self._bar
            bars.advance(task, steps)
        elif self._clock() - self._told >= _EVERY and self._count < self._total:
            self._told = self._clock()
            narrate(f"{self._phase}: {self._count:,} of {self._total:,}, {self._pace()}")

    def _pace(self) -> str:
        rate = self._count / (self._clock() - self._began)
        left = (self._total - self._count) / rate if rate else 0
        return f"{rate:,.1f} a second, {left:,.0f} s left"

    def done(self) -> None:
        """End the phase, also when it ended early."""
        if self._bar is None:
            narrate(f"{self._phase}: {self._count:,} in {self._clock() - self._began:.1f} s")
        self._stop()

    def _stop(self) -> None:
        if self._bar is not None:
            self._bar[0].stop()
            self._bar = None


def _bars() -> RichProgress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Task as RichTask
    from rich.text import Text

    class Rate(TextColumn):
        """Steps a second."""

        def __init__(self) -> None:
            super().__init__("")

        def render(self, task: RichTask) -> Text:
            return Text(f"{task.speed:,.0f}/s" if task.speed else "")

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
