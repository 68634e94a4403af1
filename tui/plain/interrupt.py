"""Ctrl-C that is not lost: libraries that guess what is installed catch every exception while they are imported."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType, TracebackType


class Interrupts:
    """Remembers a Ctrl-C, so that one swallowed inside a turn still ends a piped conversation after it."""

    def __init__(self) -> None:
        """Watch nothing yet."""
        self._seen = False
        self._before: signal._HANDLER = None

    def __enter__(self) -> Interrupts:
        """Watch; only the main thread may."""
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._interrupted)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the signal back."""
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def check(self) -> None:
        """Raise KeyboardInterrupt if one was seen and nobody acted on it."""
        if self._seen:
            raise KeyboardInterrupt

    def _interrupted(self, number: int, frame: FrameType | None) -> None:
        self._seen = True
        raise KeyboardInterrupt
