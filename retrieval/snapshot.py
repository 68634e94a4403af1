"""What an opened generation of a catalogue offers to search and to the agent, as a protocol.

The store (`retrieval.store.reader.StoredSnapshot`) is the real one; rows are numbered 0…len−1 in a fixed order within a
generation, and every array is aligned with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from retrieval.types import Column, Item


@dataclass(frozen=True, slots=True)
class Interaction:
    """Something a person did with an item."""

    user: str
    item: str
    value: float
    """Stars, or 1 for an event."""
    event: str
    """'rating', 'view', 'buy' …"""
    at: float
    """Seconds since 1970; 0 when unknown."""


@dataclass(frozen=True, slots=True)
class Triple:
    """An edge of the knowledge graph."""

    head: str
    relation: str
    tail: str


class Titled(Protocol):
    """The part of a snapshot that showing items takes; a recorded conversation has it without the catalogue."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, for their labels and units."""
        ...

    def __len__(self) -> int:
        """Return the number of items."""
        ...

    def item(self, item_id: str) -> Item:
        """Return an item."""
        ...

    def items(self, item_ids: Iterable[str]) -> list[Item]:
        """Return items in the order asked for."""
        ...


class Snapshot(Protocol):
    """A read-only view of one generation."""

    @property
    def name(self) -> str:
        """The catalogue's name."""
        ...

    @property
    def generation(self) -> str:
        """Which build this is; changes when the catalogue is indexed again."""
        ...

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns but ignored ones, in the catalogue's order."""
        ...

    @property
    def ids(self) -> Sequence[str]:
        """Item ids by row."""
        ...

    def __len__(self) -> int:
        """Return the number of items."""
        ...

    def row(self, item_id: str) -> int:
        """Return the row of an item; KeyError when there is none."""
        ...

    def item(self, item_id: str) -> Item:
        """Return an item; KeyError when there is none."""
        ...

    def items(self, item_ids: Iterable[str]) -> list[Item]:
        """Return items in the order asked for, in one read."""
        ...

    def titles(self) -> Sequence[str]:
        """Titles by row."""
        ...

    def documents(self) -> Sequence[str]:
        """Return the text of each row as it was encoded: title, facets and free text."""
        ...

    def numbers(self, column: str) -> NDArray[np.float64]:
        """Return a NUMBER column by row, NaN where empty."""
        ...

    def words(self, column: str) -> Sequence[tuple[str, ...]]:
        """FACET, LIST, TEXT or DATE column by row: the values, () where empty."""
        ...

    def vectors(self, modality: str) -> NDArray[np.float32] | None:
        """'text', 'image' or 'audio': shape (len, dimension), zero rows where absent; None when never encoded."""
        ...

    def encoder_id(self, modality: str) -> str | None:
        """Which encoder made those vectors."""
        ...

    def nearest(
        self, modality: str, vector: NDArray[np.float32], count: int
    ) -> list[tuple[int, float]] | None:
        """(row, cosine) of the nearest rows through the vector index, best first; None when the index can't serve."""
        ...

    def interactions(self) -> Sequence[Interaction]:
        """All interactions that came with the catalogue."""
        ...

    def triples(self) -> Sequence[Triple]:
        """All knowledge triples that came with the catalogue."""
        ...
