"""Keep what native libraries print off the screen: ALSA, PortAudio, torch and tokenizers write to file descriptors."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import redirect_stderr, suppress
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

_LARGEST = 1 << 20
"""Bytes of a log from before that are kept; a longer one begins anew."""


class StrayOutput:
    """While it lasts, descriptors 1 and 2 lead to a log; what Textual draws goes to the terminal."""

    def __init__(self, log: Path) -> None:
        """Write to `log`, which is made with its folder; where that can't be, stray output goes nowhere."""
        self._path = log
        self._kept: list[int] = []
        self._terminal: TextIO | None = None
        self._before: tuple[TextIO | None, TextIO | None] = (None, None)
        self._handler: logging.Handler | None = None

    def __enter__(self) -> StrayOutput:
        """Turn the descriptors away from the terminal."""
        sys.stdout.flush()
        sys.stderr.flush()
        self._kept = [os.dup(1), os.dup(2)]
        target = self._open()
        os.dup2(target, 1)
        os.dup2(target, 2)
        os.close(target)
        # Textual draws on `sys.__stderr__`, which may be a file (`vitrine 2> errors`), and asks `sys.__stdout__` for
        # the size; standard output is a terminal.
        self._before = sys.__stdout__, sys.__stderr__
        self._terminal = os.fdopen(os.dup(self._kept[0]), "w", encoding="utf-8", errors="backslashreplace")
        sys.__stdout__ = sys.__stderr__ = self._terminal  # type: ignore[misc]
        self._handler = logging.StreamHandler(sys.stderr)
        self._handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
        logging.getLogger("tui").addHandler(self._handler)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the terminal back."""
        if self._handler is not None:
            logging.getLogger("tui").removeHandler(self._handler)
        sys.__stdout__, sys.__stderr__ = self._before  # type: ignore[misc, assignment]
        if self._terminal is not None:
            with suppress(OSError, ValueError):
                self._terminal.close()
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        for descriptor, kept in zip((1, 2), self._kept, strict=True):
            os.dup2(kept, descriptor)
            os.close(kept)

    def _open(self) -> int:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if self._path.exists() and self._path.stat().st_size > _LARGEST:
                flags |= os.O_TRUNC
            return os.open(self._path, flags, 0o600)
        except OSError:
            return os.open(os.devnull, os.O_WRONLY)


def let_processes_begin() -> None:
    """Start multiprocessing's tracker while standard error has a descriptor to hand on: Textual's stand-in has none.

    Without, drawing the demo and probing an index, which both use processes, fail with 'bad value(s) in fds_to_keep'.
    """
    if sys.platform == "win32":
        return
    from multiprocessing import resource_tracker

    with os.fdopen(os.dup(2), "w") as log, redirect_stderr(log):
        resource_tracker.ensure_running()
