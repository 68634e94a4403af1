"""Run a program of the system for its output, for a bounded time and a bounded number of bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from encoders.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import IO

_PART = 65_536
_AFTER_KILL = 1.0
"""Seconds in which a killed program's pipe is closed by the system."""


@dataclass(frozen=True, slots=True)
class Output:
    """What a program came to."""

    data: bytes
    """Its standard output; one byte more than allowed where it wrote too much."""
    code: int
    """Its exit code; negative where it was stopped."""
    complaint: str
    """The last line of its standard error, fit to be shown."""
    late: bool
    """Whether it was stopped because its time was up."""


def run_bounded(
    command: Sequence[str], *, limit: int, seconds: float, environ: Mapping[str, str] | None = None
) -> Output:
    """Run a program and read at most `limit` bytes, for at most `seconds`; then stop it with all that it started.

    Raises OSError when it can't be started.
    """
    deadline = time.monotonic() + seconds
    data = bytearray()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=environ,
            start_new_session=True,
        )
        with process:
            assert process.stdout is not None
            # A thread, since Windows can't wait for a pipe in any other way.
            reader = threading.Thread(target=_read, args=(process.stdout, data, limit), daemon=True)
            reader.start()
            reader.join(seconds)
            late = reader.is_alive()
            if not late and len(data) <= limit:
                try:
                    process.wait(max(deadline - time.monotonic(), 0.1))
                except subprocess.TimeoutExpired:
                    late = True
            if late or len(data) > limit:
                _stop(process)
            reader.join(_AFTER_KILL)
        errors.seek(0)
        lines = errors.read(_PART).decode("utf-8", "replace").strip().splitlines()
    return Output(bytes(data), process.returncode, sanitise_line(lines[-1], 160) if lines else "", late)


def _read(stream: IO[bytes], data: bytearray, limit: int) -> None:
    with suppress(OSError, ValueError):
        while len(data) <= limit and (part := stream.read(min(_PART, limit + 1 - len(data)))):
            data.extend(part)


def _stop(process: subprocess.Popen[bytes]) -> None:
    with suppress(OSError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
