"""Pictures and previews into files, on as many processes as there are cores.

The renderer holds Python's lock, so threads would not help: 10 ms a picture, one at a time.
"""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.demo.drawing.picture import Drawing, png, svg
from retrieval.demo.sound.ogg import encode
from retrieval.demo.sound.preview import Preview
from retrieval.demo.sound.synthesis import synthesise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Job = tuple[str, Drawing | Preview]
"""A file to write, and what it shows or sounds like."""

_BATCH = 24
"""Files a task: few enough for a smooth bar, enough that passing them to a process costs nothing to speak of."""
_MOST = 8
"""Processes; past this, starting them takes longer than they save."""


def render(job: Job) -> None:
    """Write one picture or preview."""
    path, what = job
    data = encode(synthesise(what)) if isinstance(what, Preview) else png(svg(what))
    Path(path).write_bytes(data)


def render_batch(jobs: Sequence[Job]) -> int:
    """Write several, and return how many."""
    for job in jobs:
        render(job)
    return len(jobs)


def render_all(jobs: Sequence[Job]) -> Iterator[int]:
    """Write all, yielding how many more are done; a failure to write is raised as OSError."""
    batches = [jobs[start : start + _BATCH] for start in range(0, len(jobs), _BATCH)]
    left = dict(enumerate(batches))
    workers = min(_cores(), _MOST, len(batches))
    if workers > 1:
        try:
            # Spawned, not forked: a fork beside running threads (a loaded model has many) can hang.
            with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
                numbers = {pool.submit(render_batch, batch): number for number, batch in left.items()}
                for finished in as_completed(numbers):
                    done = finished.result()
                    del left[numbers[finished]]
                    yield done
        except BrokenProcessPool:
            pass  # a program read from a pipe can't be spawned again: what is left is written here
    for batch in left.values():
        yield render_batch(batch)


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not Linux
        return os.cpu_count() or 1
