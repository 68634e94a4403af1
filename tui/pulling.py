"""Fetching a set of models for a person who waits: megabytes told as they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from encoders.sanitise import sanitise_line

if TYPE_CHECKING:
    from pathlib import Path

    from encoders.pull import Progress
    from retrieval.index.progress import Progress as Told

_MB = 1_000_000


class Meter:
    """Tells the megabytes of each model that arrives."""

    def __init__(self, told: Told) -> None:
        """Tell `told` what arrives; what it raises ends the pull, which goes on there another time."""
        self._told = told
        self._source: str | None = None
        self._done = 0

    def __call__(self, progress: Progress) -> None:
        """Take a step of a pull."""
        if progress.source != self._source:
            self.finish()
            self._source, self._done = progress.source, 0
            self._told.start(f"{progress.source}, MB", progress.total // _MB)
        done = progress.done // _MB
        self._told.advance(done - self._done)
        self._done = done

    def finish(self) -> None:
        """End what is told of the model before."""
        if self._source is not None:
            self._told.done()
            self._source = None


def pull_told(name: str, data: Path, told: Told, endpoint: str | None = None) -> tuple[Path, ...]:
    """Fetch the set `name`, telling how far it is; `endpoint` is another hub than the public one.

    Raises what `encoders.pull.pull` does.
    """
    from encoders.pull import pull

    meter = Meter(told)
    folders = pull(name, data, meter, endpoint)
    meter.finish()
    return folders


def list_sets(data: Path) -> list[str]:
    """Return a line a set: how many of its models are on this disk."""
    from encoders.inventory import Where, list_models
    from encoders.profiles import resolve

    states = list_models(data)
    lines = []
    for name in dict.fromkeys(state.set for state in states):
        own = [state for state in states if state.set == name]
        here = sum(state.where is not Where.MISSING for state in own)
        whole = (
            "all here"
            if here == len(own)
            else f"{here} of {len(own)} here: /models pull {name} fetches the rest"
        )
        lines.append(f"{name}: {len(own)} models, {whole}")
    return [*lines, f"in use: {sanitise_line(resolve('auto', data).reason)}"]
