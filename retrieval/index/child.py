"""Runs the worker in a process of its own, with a limit on silence, and tells a crash from an answer."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

from encoders.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retrieval.index.place import Place

SILENCE = 120.0
"""Seconds without a line after which the child counts as hung: a batch of 2,000 rows takes about 2."""
WORKER = (sys.executable, "-m", "retrieval.index.worker")


@dataclass(slots=True)
class Outcome:
    """What a child process told."""

    counts: dict[str, int] = field(default_factory=dict)
    """Rows in the collection, by modality told."""
    faults: dict[str, str] = field(default_factory=dict)
    """Faults found, by modality."""
    failure: str = ""
    """Why the process did not finish; empty when it did."""


def run(
    job: str,
    place: Place,
    modalities: Sequence[str],
    advance: Callable[[int], None],
    *,
    worker: Sequence[str] = WORKER,
    silence: float = SILENCE,
) -> Outcome:
    """Run `fill`, `probe` or `drop` over these modalities in a child process; never raises for what it does."""
    command = [*worker, job, str(place.folder.path), place.url or ""]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    outcome = Outcome()
    with tempfile.TemporaryFile() as errors:
        try:
            child = subprocess.Popen(
                [*command, *modalities],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=environment,
            )
        except OSError as error:
            outcome.failure = f"the process could not be started ({error})"
            return outcome
        with child:
            try:
                outcome.failure = _listen(child, outcome, advance, silence)
            finally:
                child.kill()
        if not outcome.failure and child.returncode:
            outcome.failure = _ending(child.returncode, errors)
    return outcome


def _listen(
    child: subprocess.Popen[bytes], outcome: Outcome, advance: Callable[[int], None], silence: float
) -> str:
    """Take the child's lines until it ends; return why it was given up, empty when it ended by itself."""
    lines: queue.Queue[bytes | None] = queue.Queue()
    reader = threading.Thread(target=_read, args=(child.stdout, lines), daemon=True)
    reader.start()
    while True:
        try:
            line = lines.get(timeout=silence)
        except queue.Empty:
            return f"it was silent for {silence:.0f} s"
        if line is None:
            reader.join()
            try:
                child.wait(timeout=silence)
            except subprocess.TimeoutExpired:
                return f"it did not end within {silence:.0f} s"
            return ""
        _take(line, outcome, advance)


def _read(stream: IO[bytes] | None, lines: queue.Queue[bytes | None]) -> None:
    if stream is not None:
        for line in stream:
            lines.put(line)
    lines.put(None)


def _take(line: bytes, outcome: Outcome, advance: Callable[[int], None]) -> None:
    try:
        told: dict[str, Any] = json.loads(line)
    except ValueError:
        return  # a library that prints
    if not isinstance(told, dict):
        return
    if "advance" in told:
        advance(int(told["advance"]))
    elif "modality" in told:
        outcome.counts[str(told["modality"])] = int(told["count"])
        if told["fault"]:
            outcome.faults[str(told["modality"])] = str(told["fault"])


def _ending(code: int, errors: IO[bytes]) -> str:
    if code < 0:
        return f"its process was ended by {signal.Signals(-code).name}"
    errors.seek(0)
    last = errors.read().decode("utf-8", errors="replace").strip().splitlines()[-1:]
    return f"its process failed ({sanitise_line(last[0] if last else f'exit code {code}', 200)})"
