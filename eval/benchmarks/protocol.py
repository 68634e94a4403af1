"""What a benchmark is: a name, a line of what it measures, and a run over a folder of data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from encoders.protocols import TextEncoder
    from eval.metrics import Mean


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a benchmark: a row a system, a column a measure."""

    title: str
    measures: Sequence[str]
    rows: Mapping[str, Sequence[Mean]]
    notes: Mapping[str, str] = field(default_factory=dict)
    """What must be said beside the numbers: protocol, weights, sizes."""


class Benchmark(Protocol):
    """A measurement on outside data."""

    name: str
    about: str
    """What is measured, in a line."""

    def run(self, data: Path, text: TextEncoder, say: Callable[[str], None]) -> Table:
        """Measure on the files in `data`, telling progress through `say`.

        Raises VitrineError when the files are not there or not of the expected form.
        """
        ...


def find(name: str) -> Benchmark:
    """Return the benchmark called `name`.

    `composed`, `pictures` and `encoding` measure image models, `screen` a program and `understanding` needs catalogues:
    they run by themselves.

    Raises UsageError naming those there are.
    """
    from encoders.errors import UsageError
    from eval.benchmarks.composed import NAME as COMPOSED
    from eval.benchmarks.encoding import NAME as ENCODING
    from eval.benchmarks.pictures import NAME as PICTURES
    from eval.benchmarks.redial import DialogueToFilm
    from eval.benchmarks.screen import NAME as SCREEN
    from eval.benchmarks.search import SearchLegs
    from eval.benchmarks.sound import SoundLikeness
    from eval.understanding.bench import NAME as UNDERSTANDING

    known: list[Benchmark] = [DialogueToFilm(), SearchLegs(), SoundLikeness()]
    for benchmark in known:
        if benchmark.name == name:
            return benchmark
    names = ", ".join(
        [*(benchmark.name for benchmark in known), COMPOSED, ENCODING, PICTURES, SCREEN, UNDERSTANDING]
    )
    raise UsageError(f"There is no benchmark “{name}”; there are: {names}.")
