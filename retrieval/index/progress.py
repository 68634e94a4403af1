"""How long work tells about itself, so that a face can draw bars with rate and time left."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told of phases one after the other: start, any number of advances, done."""

    def start(self, phase: str, total: int) -> None:
        """Begin a phase of `total` steps, named for people: 'encoding text'."""
        ...

    def advance(self, steps: int) -> None:
        """So many more steps are done."""
        ...

    def done(self) -> None:
        """End the phase, also when it ended early."""
        ...


class Silent:
    """Progress that nobody watches."""

    def start(self, phase: str, total: int) -> None:
        """Do nothing."""

    def advance(self, steps: int) -> None:
        """Do nothing."""

    def done(self) -> None:
        """Do nothing."""
