"""Long sequences in pieces (itertools.batched begins with Python 3.12)."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Element = TypeVar("Element")


def batched(elements: Iterable[Element], size: int) -> Iterator[tuple[Element, ...]]:
    """Yield tuples of `size` elements in their order, the last one shorter; `size` is at least 1."""
    rest = iter(elements)
    while batch := tuple(islice(rest, size)):
        yield batch
