"""Measure designs of the reader on hand-written requests: `python -m eval.readers.designs_measure FOLDER --check FILE`.

Prints a Markdown table: every design free and kept to the words of the request, and the tagger that ships beside them.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from agent.nano.reader import WEIGHTS as TAGGER_WEIGHTS
from agent.nano.reader import Reader
from agent.nano.reader_score import Score, load, score
from eval.readers.designs import WEIGHTS
from eval.readers.generating import GeneratingReader, load_design

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.types import Reading, Scene

_WARM_UP: Final = 10
"""Reads before the clock counts."""

_HEADER: Final = (
    "| reader | set | scenes | act right | reading exact | phrase F1 | valid | ms p50 | ms p95 | cpu ms p50 | MB |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|"
)


@dataclass(frozen=True, slots=True)
class Measured:
    """A reader on a set."""

    reader: str
    score: Score
    valid: float
    """Share of the readings whose line is valid; a tagger's are by construction."""
    p50: float
    """Milliseconds of a read on one thread: the median."""
    p95: float
    processor: float
    """Milliseconds of processor time: the median, which other programs disturb less."""


def measure(reader: GeneratingReader | Reader, pairs: Sequence[tuple[Scene, Reading]]) -> Measured:
    """Score a reader on scenes with their right readings, and time every read."""
    taken: list[tuple[float, float]] = []
    valid: list[bool] = []

    def read(scene: Scene) -> Reading:
        began, began_processor = time.perf_counter(), time.process_time()
        if isinstance(reader, GeneratingReader):
            reading, faults = reader.check(scene)
        else:
            reading, faults = reader.read(scene), ()
        taken.append((time.perf_counter() - began, time.process_time() - began_processor))
        valid.append(not faults)
        return reading

    for scene, _ in pairs[:_WARM_UP]:
        reader.read(scene)
    found = score(read, pairs)
    (p50, processor), (p95, _) = 1000 * np.percentile(taken, (50, 95), axis=0)
    return Measured(reader.id, found, sum(valid) / len(valid), float(p50), float(p95), float(processor))


def row(name: str, found: Measured, megabytes: float) -> str:
    """Write a line of the table; `megabytes` are those of the weights' file."""
    got = found.score
    return (
        f"| {found.reader} | {name} | {got.scenes} | {got.acts:.1%} | {got.exact:.1%} | {got.phrases:.3f} | "
        f"{found.valid:.1%} | {found.p50:.0f} | {found.p95:.0f} | {found.processor:.0f} | {megabytes:.1f} |"
    )


def main() -> None:
    """Run from the command line; the table goes to stdout, the readings that are not exact to stderr with --wrong."""
    parser = argparse.ArgumentParser(description="Measure designs of the reader.")
    parser.add_argument("folders", type=Path, nargs="*", help="folders of eval.readers.designs_train")
    parser.add_argument("--check", type=Path, nargs="+", required=True, help="as tests/data/readings.jsonl")
    parser.add_argument("--wrong", action="store_true", help="name the readings that are not exact")
    arguments = parser.parse_args()
    from agent.nano.reader import FOLDER

    readers: list[tuple[Reader | GeneratingReader, Path]] = [(Reader.load(), FOLDER / TAGGER_WEIGHTS)]
    for folder in arguments.folders:
        readers += [(load_design(folder, copying), folder / WEIGHTS) for copying in (False, True)]
    lines = [_HEADER]
    for reader, weights in readers:
        for path in arguments.check:
            found = measure(reader, load(path))
            lines.append(row(path.stem, found, weights.stat().st_size / 1e6))
            if arguments.wrong:
                sys.stderr.write("".join(f"{json.dumps([reader.id, each])}\n" for each in found.score.wrong))
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
