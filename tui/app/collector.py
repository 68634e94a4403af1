"""Keep Python's search for cycles from stopping the screen.

It holds every thread while it goes through all objects that it tracks: with the models' libraries imported that is
0.25 s, during which no key is echoed. What is there once a conversation is open stays until the end, so it is taken out
of the search; what comes later is little, and searched in a millisecond.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def kept() -> Iterator[None]:
    """Search for no cycles in the block, which imports and loads, and never in what it leaves behind."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def let_go() -> None:
    """Search everything again: at its end Python would take what is left out for leaked, and libraries say so."""
    gc.unfreeze()


def search() -> None:
    """Search again inside the block: long work makes more than a person's memory may hold."""
    gc.enable()
