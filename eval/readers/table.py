"""The readers of the table, by name; each is made only when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from agent.nano.reader_score import score

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from agent.nano.reader_score import Score
    from agent.types import Reading, Scene


@runtime_checkable
class Reads(Protocol):
    """Whatever reads a turn."""

    @property
    def id(self) -> str:
        """Name, and for a trained reader its checksum."""
        ...

    def read(self, scene: Scene) -> Reading:
        """Read a turn.

        Raises ModelError when the reader fails.
        """
        ...


def _rules() -> Reads:
    from eval.readers.rules import RuleReader

    return RuleReader()


def _random() -> Reads:
    from eval.readers.random_weights import random_reader

    return random_reader()


READERS: Final[Mapping[str, Callable[[], Reads]]] = {"rules": _rules, "random": _random}
"""Name to what makes the reader; models are loaded at that call."""


def measure(reader: Reads, pairs: Sequence[tuple[Scene, Reading]], limit: int | None = None) -> Score:
    """Compare a reader with right readings; with a `limit`, on that many spread evenly over `pairs`.

    A limit is for readers that take seconds a turn; files of readings are sorted by act, so the first would be
    all alike.

    Raises ValueError when there is nothing to compare with.
    """
    if not pairs or (limit is not None and limit < 1):
        raise ValueError("There are no readings to compare with; give at least one.")
    count = len(pairs) if limit is None else min(limit, len(pairs))
    return score(reader.read, [pairs[index * len(pairs) // count] for index in range(count)])
