"""Where a recording is, and what ended it; apart from `Recording`, whose NumPy the first paint does not wait for."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a recording is."""

    IDLE = "idle"
    RECORDING = "recording"
    DONE = "done"
    DISCARDED = "discarded"


class Cause(StrEnum):
    """What ended a recording."""

    PERSON = "person"
    """`stop` or `discard`."""
    LONGEST = "longest"
    """It was as long as one may be."""
    LOST = "lost"
    """The microphone stopped of itself: it was unplugged. What it gave before is kept."""
