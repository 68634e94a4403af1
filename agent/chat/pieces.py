"""What is done to a reply's pieces on their way from a model: reasoning left out, slots kept whole."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from agent.slots import is_open
from encoders.sanitise import sanitise

if TYPE_CHECKING:
    from collections.abc import Generator

_THINK, _THOUGHT = "<think>", "</think>"


def without_reasoning(pieces: Generator[str]) -> Generator[str]:
    """Leave out what a model thinks aloud before it answers, between <think> and </think>; sanitise the rest."""
    held, answering = "", False
    with closing(pieces):
        for piece in pieces:
            if answering:
                yield sanitise(piece)
                continue
            held += piece
            start = held.lstrip()
            if _THINK.startswith(start[: len(_THINK)]) and _THOUGHT not in held:
                continue
            answering = True
            yield sanitise(held.split(_THOUGHT, 1)[1].lstrip() if start.startswith(_THINK) else held)
    if not answering and not held.lstrip().startswith(_THINK):
        yield sanitise(held)


def whole_slots(pieces: Generator[str]) -> Generator[str]:
    """Hold a slot back until it is whole; one that the end of a reply cuts short is dropped."""
    held = ""
    with closing(pieces):
        for piece in pieces:
            held += piece
            start = held.rfind("{") if is_open(held) else len(held)
            if start:
                yield held[:start]
            held = held[start:]
