from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from encoders.errors import UsageError
from encoders.profiles import SETS, ModelRef
from tests.encoders.hub import Hub, serving
from tui.app.engine import Stopped
from tui.pulling import list_sets, pull_told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WEIGHTS = ("model.safetensors", "open_clip_model.safetensors", "model.bin")
OTHERS = (
    "config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "open_clip_config.json",
    "preprocessor_config.json",
    "vocabulary.txt",
)


def fill(server: Hub) -> None:
    """Give the hub every model of the set `laptop`, of 3 MB each."""
    for ref in SETS["laptop"].refs.values():
        if ref.hub:
            weights = {name: (name + ref.source).encode() * 70_000 for name in WEIGHTS}
            server.repositories[ref.source] = {**weights, **dict.fromkeys(OTHERS, b"{}")}


@pytest.fixture
def hub() -> Iterator[Hub]:
    with serving() as server:
        fill(server)
        yield server


class Told:
    """Notes what is told, and stops where it is asked to."""

    def __init__(self, stop: str = "") -> None:
        self.phases: list[tuple[str, int]] = []
        self.counts: list[int] = []
        self._stop = stop

    def start(self, phase: str, total: int) -> None:
        self.phases.append((phase, total))
        self.counts.append(0)
        if self._stop and self._stop in phase:
            raise Stopped

    def advance(self, steps: int = 1) -> None:
        self.counts[-1] += steps

    def done(self) -> None:
        """Nothing to note."""


def sources() -> list[ModelRef]:
    return [ref for ref in SETS["laptop"].refs.values() if ref.hub]


def test_each_model_is_told_in_megabytes(hub: Hub, tmp_path: Path) -> None:
    told = Told()
    folders = pull_told("laptop", tmp_path, told, hub.endpoint)
    assert [phase for phase, _ in told.phases] == [f"{ref.source}, MB" for ref in sources()]
    assert told.counts == [total for _, total in told.phases]
    assert all(total > 0 for total in told.counts)
    assert len(folders) == len(sources())


def test_a_pull_that_is_stopped_goes_on_where_it_was(hub: Hub, tmp_path: Path) -> None:
    last = sources()[-1]
    with pytest.raises(Stopped):
        pull_told("laptop", tmp_path, Told(stop=last.source), hub.endpoint)
    first = len(hub.sent)
    assert first > 0
    pull_told("laptop", tmp_path, Told(), hub.endpoint)
    assert len(hub.sent) - first < first / 2


def test_the_sets_are_listed_with_what_is_here(hub: Hub, tmp_path: Path) -> None:
    before = list_sets(tmp_path)
    assert any(line.startswith("bundled: ") and "all here" in line for line in before)
    assert any(line.startswith("laptop: ") and "/models pull laptop" in line for line in before)
    assert before[-1].startswith("in use: bundled models")


def test_a_set_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no model set 'desk'"):
        pull_told("desk", tmp_path, Told())
