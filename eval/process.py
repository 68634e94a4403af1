"""Run a program to its end, time it and weigh its memory."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from encoders.errors import VitrineError

if TYPE_CHECKING:
    from collections.abc import Sequence

_SAMPLED_S = 0.02


@dataclass(frozen=True, slots=True)
class Run:
    """A program that ended."""

    code: int
    seconds: float
    peak_mb: float
    """Largest resident set of the process itself, in MB (10⁶ bytes)."""
    stdout: str
    told: str
    """The last line on standard error."""


def run_vitrine(arguments: Sequence[str], text: str = "") -> Run:
    """Run the installed command with `text` on standard input, and wait for it.

    Raises VitrineError with the last line of its narration when it fails.
    """
    found = run_program([str(Path(sys.executable).with_name("vitrine")), *arguments], text)
    if found.code:
        raise VitrineError(f"`vitrine {' '.join(arguments)}` ended with {found.code}: {found.told}")
    return found


def run_program(command: Sequence[str], text: str = "") -> Run:
    """Run a program with `text` on standard input, time it and weigh it.

    Raises VitrineError when it can't be started, or on Windows, which tells no process what its child used.
    """
    if not hasattr(os, "wait4"):
        raise VitrineError("Speed is measured on Linux and macOS only: run it there.")
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(text.encode())
        given.seek(0)
        began = perf_counter()
        try:
            process = subprocess.Popen(command, stdin=given, stdout=out, stderr=err)
        except OSError as error:
            raise VitrineError(
                f"{command[0]} can't be run ({error.strerror}): install Vitrine again."
            ) from error
        scales = _Scales(process.pid)
        scales.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = perf_counter() - began
        scales.stop()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        told = err.read().decode(errors="replace").strip().splitlines()[-1:]
        peak = scales.peak_mb or usage.ru_maxrss / 1e6
        return Run(process.returncode, seconds, peak, out.read().decode(), "".join(told))


class _Scales(threading.Thread):
    """Reads the high-water mark of a process's own memory while it runs; 0 where the system doesn't tell.

    Linux hands the peak of the process that starts another on to it: after 400 MB here, `ru_maxrss` of an idle child
    is 392 MB. `VmHWM` is the child's own. Other systems count the child alone in `ru_maxrss`, in bytes.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(name="scales", daemon=True)
        self._status = Path(f"/proc/{pid}/status")
        self._stopped = threading.Event()
        self.peak_mb = 0.0

    def run(self) -> None:
        while not self._stopped.is_set():
            try:
                text = self._status.read_text(encoding="utf-8")
            except OSError:
                return
            mark = re.search(r"^VmHWM:\s+(\d+) kB", text, re.MULTILINE)
            self.peak_mb = max(self.peak_mb, int(mark[1]) * 1024 / 1e6 if mark else 0.0)
            self._stopped.wait(_SAMPLED_S)

    def stop(self) -> None:
        self._stopped.set()
        self.join()
