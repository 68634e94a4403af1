"""A catalogue in memory: the Snapshot protocol over Items, Columns and arrays, with the tests' twelve items at hand."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from retrieval.types import Column, Item, Role, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from encoders.protocols import ImageEncoder, TextEncoder
    from retrieval.snapshot import Interaction, Triple

DOZEN = Path(__file__).parent.parent / "data" / "dozen.csv"

DOZEN_COLUMNS = (
    Column("id", Role.ID, "id"),
    Column("title", Role.TITLE, "title"),
    Column("description", Role.TEXT, "description"),
    Column("kind", Role.FACET, "kind"),
    Column("colour", Role.FACET, "colour"),
    Column("material", Role.FACET, "material"),
    Column("price", Role.NUMBER, "price", unit="£"),
    Column("rating", Role.NUMBER, "rating", unit="stars"),
    Column("tags", Role.LIST, "tags"),
    Column("released", Role.DATE, "released"),
    Column("picture", Role.PICTURE, "picture"),
)


class MemorySnapshot:
    """A Snapshot held in memory.

    `unreachable` names rows that `nearest` never returns, as an HNSW graph loses them; `index=False` makes `nearest`
    answer None, as a store whose vector index failed its probe.
    """

    def __init__(
        self,
        items: Iterable[Item],
        columns: Iterable[Column],
        *,
        name: str = "memory",
        generation: str = "1",
        vectors: Mapping[str, NDArray[np.float32]] | None = None,
        encoder_ids: Mapping[str, str] | None = None,
        interactions: Iterable[Interaction] = (),
        triples: Iterable[Triple] = (),
        index: bool = True,
        unreachable: Iterable[int] = (),
    ) -> None:
        self._items = tuple(items)
        self._titles = tuple(item.title for item in self._items)
        self._ids = tuple(item.id for item in self._items)
        self._rows = {item.id: row for row, item in enumerate(self._items)}
        if len(self._rows) != len(self._items):
            raise ValueError("item ids are not unique")
        self._columns = tuple(described(column, self._items) for column in columns)
        self._name, self._generation = name, generation
        self._vectors = dict(vectors or {})
        self._encoder_ids = dict(encoder_ids or {})
        self._interactions, self._triples = tuple(interactions), tuple(triples)
        self._index, self._unreachable = index, np.array(sorted(unreachable), dtype=np.int64)
        self.nearest_calls: list[tuple[str, int]] = []
        """(modality, count) of every call of `nearest`, oldest first."""
        for modality, array in self._vectors.items():
            if array.shape[0] != len(self._items):
                raise ValueError(
                    f"{modality} vectors have {array.shape[0]} rows for {len(self._items)} items"
                )

    @classmethod
    def from_csv(
        cls,
        path: Path = DOZEN,
        columns: Sequence[Column] = DOZEN_COLUMNS,
        *,
        text: TextEncoder | None = None,
        image: ImageEncoder | None = None,
        interactions: Iterable[Interaction] = (),
        triples: Iterable[Triple] = (),
    ) -> MemorySnapshot:
        """Read a CSV file whose header has the names of `columns`; list cells are split at '|'.

        `text` encodes the documents; `image` encodes the titles in place of pictures.
        """
        with path.open(encoding="utf-8", newline="") as file:
            items = [read_item(record, columns) for record in csv.DictReader(file)]
        plain = cls(items, columns)
        vectors: dict[str, NDArray[np.float32]] = {}
        encoder_ids: dict[str, str] = {}
        if text is not None:
            vectors["text"], encoder_ids["text"] = text.encode_documents(plain.documents()), text.id
        if image is not None:
            vectors["image"], encoder_ids["image"] = image.encode_texts(plain.titles()), image.id
        return cls(
            items,
            columns,
            name=path.stem,
            vectors=vectors,
            encoder_ids=encoder_ids,
            interactions=interactions,
            triples=triples,
        )

    @property
    def name(self) -> str:
        return self._name

    @property
    def generation(self) -> str:
        return self._generation

    @property
    def columns(self) -> tuple[Column, ...]:
        return self._columns

    @property
    def ids(self) -> Sequence[str]:
        return self._ids

    def __len__(self) -> int:
        return len(self._items)

    def row(self, item_id: str) -> int:
        return self._rows[item_id]

    def item(self, item_id: str) -> Item:
        return self._items[self._rows[item_id]]

    def items(self, item_ids: Iterable[str]) -> list[Item]:
        return [self.item(item_id) for item_id in item_ids]

    def titles(self) -> Sequence[str]:
        return self._titles

    def documents(self) -> Sequence[str]:
        texts = {column.name for column in self._columns if column.role is Role.TEXT}
        documents = []
        for item in self._items:
            facets = [f"{key}: {shown(value)}" for key, value in item.fields.items() if key not in texts]
            free = [str(value) for key, value in item.fields.items() if key in texts]
            documents.append(". ".join([item.title, *facets, *free]))
        return documents

    def numbers(self, column: str) -> NDArray[np.float64]:
        cells = [item.fields.get(column) for item in self._items]
        return np.array([cell if isinstance(cell, float) else np.nan for cell in cells], dtype=np.float64)

    def words(self, column: str) -> Sequence[tuple[str, ...]]:
        return [strings(item.fields.get(column)) for item in self._items]

    def vectors(self, modality: str) -> NDArray[np.float32] | None:
        return self._vectors.get(modality)

    def encoder_id(self, modality: str) -> str | None:
        return self._encoder_ids.get(modality)

    def nearest(
        self, modality: str, vector: NDArray[np.float32], count: int
    ) -> list[tuple[int, float]] | None:
        self.nearest_calls.append((modality, count))
        vectors = self._vectors.get(modality)
        if vectors is None or not self._index:
            return None
        scores = vectors @ vector
        present = np.linalg.norm(vectors, axis=1) > 0  # a store indexes no empty rows
        present[self._unreachable] = False
        rows = np.flatnonzero(present)
        best = rows[np.argsort(-scores[rows], kind="stable")[:count]]
        return [(int(row), float(scores[row])) for row in best]

    def interactions(self) -> Sequence[Interaction]:
        return self._interactions

    def triples(self) -> Sequence[Triple]:
        return self._triples


def strings(value: Value | None) -> tuple[str, ...]:
    """Return the words of a cell: () where empty."""
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (str(value),)


def shown(value: Value) -> str:
    """Return a cell as a document spells it."""
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def read_item(record: Mapping[str, str], columns: Sequence[Column]) -> Item:
    """Read one record of a CSV file by the roles of its columns."""
    cells = {column.role: record[column.name] for column in columns}
    fields: dict[str, Value] = {}
    for column in columns:
        cell = record[column.name].strip()
        if cell and column.role in (Role.TEXT, Role.FACET, Role.DATE):
            fields[column.name] = cell
        elif cell and column.role is Role.LIST:
            fields[column.name] = tuple(cell.split("|"))
        elif cell and column.role is Role.NUMBER:
            fields[column.name] = float(cell)
    return Item(
        id=cells[Role.ID],
        title=cells[Role.TITLE],
        fields=fields,
        picture=cells.get(Role.PICTURE) or None,
        sound=cells.get(Role.SOUND) or None,
    )


def described(column: Column, items: Sequence[Item]) -> Column:
    """Return the column with its values, bounds and number of filled cells counted from the items."""
    cells = [item.fields[column.name] for item in items if column.name in item.fields]
    if column.role in (Role.FACET, Role.LIST):
        counts = Counter(word for cell in cells for word in strings(cell))
        return replace(column, values=dict(counts.most_common()), filled=len(cells))
    if column.role is Role.NUMBER and cells:
        numbers = [cell for cell in cells if isinstance(cell, float)]
        return replace(column, low=min(numbers), high=max(numbers), filled=len(cells))
    if column.role is Role.DATE and cells:
        days = [cell for cell in cells if isinstance(cell, str)]
        return replace(column, low=min(days), high=max(days), filled=len(cells))
    if column.role in (Role.ID, Role.TITLE):
        return replace(column, filled=len(items))
    return replace(column, filled=len(cells))
