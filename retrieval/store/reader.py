"""A generation opened for reading: the real `retrieval.snapshot.Snapshot`."""

from __future__ import annotations

import json
import weakref
from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING, Any, Protocol, Self

import numpy as np

from encoders.errors import StoreError
from retrieval.snapshot import Interaction, Triple
from retrieval.store import generation, manifest, vectors
from retrieval.store.database import open_finished
from retrieval.store.faults import REBUILD, explained
from retrieval.store.layout import CatalogueFolder, GenerationFolder
from retrieval.store.records import NUMERIC, VERBAL, from_row
from retrieval.types import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from retrieval.types import Column, Item


class VectorIndex(Protocol):
    """Finds the nearest rows of one generation."""

    def query(self, modality: str, vector: NDArray[np.float32], count: int) -> list[tuple[int, float]] | None:
        """(row, cosine), best first; None when it can't serve."""
        ...

    def close(self) -> None:
        """Let go of its files."""
        ...


class StoredSnapshot:
    """A read-only view of one generation; safe to share between threads.

    Opening reads the manifest and maps the vectors; columns are read on first use and kept. A generation that is
    replaced and removed while open stays readable: its files are held open.
    """

    def __init__(self, folder: GenerationFolder, index: VectorIndex | None = None) -> None:
        """Open a generation. Raises StoreTooNew or StoreError when it can't be read."""
        self.folder = folder
        self.manifest = manifest.read(folder.manifest)
        self._vectors = {modality: self._mapped(modality) for modality in self.manifest.encoded}
        self._db = open_finished(folder.database)
        self._index = index
        self._lock = RLock()
        self._numbers: dict[str, NDArray[np.float64]] = {}
        self._words: dict[str, Sequence[tuple[str, ...]]] = {}
        self._columns = {column.name: column for column in self.manifest.columns}
        self._finalizer = weakref.finalize(self, self._db.close)
        if len(self) != self._one("SELECT count(*) FROM items"):
            self.close()
            raise StoreError(f"{folder.path} can't be read: items are missing from its database; {REBUILD}.")

    def _mapped(self, modality: str) -> NDArray[np.float32]:
        entry = self.manifest.encoded[modality]
        path = self.folder.vectors(modality)
        array = vectors.read(path)
        if array.shape != (len(self), entry.dimension):
            raise StoreError(
                f"{path} can't be read: it holds {array.shape[0]}×{array.shape[1]} numbers where the manifest says "
                f"{len(self)}×{entry.dimension}; {REBUILD}."
            )
        return array

    def close(self) -> None:
        """Close the files; what was read before stays usable."""
        self._finalizer()
        if self._index is not None:
            self._index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def is_current(self) -> bool:
        """Tell whether this is still the generation served; False once the catalogue is removed."""
        try:
            served = generation.current(CatalogueFolder(self.folder.path.parent))
        except StoreError:
            return True  # nothing better to open
        return served is not None and served.name == self.folder.name

    @property
    def name(self) -> str:
        """The catalogue's name."""
        return self.manifest.name

    @property
    def source(self) -> str:
        """The path that was indexed."""
        return self.manifest.source

    @property
    def generation(self) -> str:
        """Which build this is: 'g-3'."""
        return self.folder.name

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns but ignored ones, in the catalogue's order."""
        return self.manifest.columns

    def __len__(self) -> int:
        return self.manifest.items

    @cached_property
    def ids(self) -> Sequence[str]:
        """Item ids by row."""
        return tuple(value for (value,) in self._all("SELECT id FROM items ORDER BY row"))

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {item_id: row for row, item_id in enumerate(self.ids)}

    def row(self, item_id: str) -> int:
        """Return the row of an item; KeyError when there is none."""
        return self._rows[item_id]

    def item(self, item_id: str) -> Item:
        """Return an item; KeyError when there is none."""
        return self.items((item_id,))[0]

    def items(self, item_ids: Iterable[str]) -> list[Item]:
        """Return items in the order asked for, in one read; KeyError when one does not exist."""
        asked = list(item_ids)
        found = {
            row[0]: row
            for row in self._all(
                "SELECT id, title, fields, picture, sound FROM items WHERE id IN (SELECT value FROM json_each(?))",
                json.dumps(asked),
            )
        }
        return [from_row(found[item_id]) for item_id in asked]

    @cached_property
    def _titles(self) -> Sequence[str]:
        return tuple(value for (value,) in self._all("SELECT title FROM items ORDER BY row"))

    def titles(self) -> Sequence[str]:
        """Titles by row."""
        return self._titles

    @cached_property
    def _documents(self) -> Sequence[str]:
        return tuple(value for (value,) in self._all("SELECT document FROM items ORDER BY row"))

    def documents(self) -> Sequence[str]:
        """Return the text of each row as it was encoded: title, facets and free text."""
        return self._documents

    def numbers(self, column: str) -> NDArray[np.float64]:
        """Return a NUMBER column by row, NaN where empty; KeyError for a column that is no number."""
        if self._columns[column].role not in NUMERIC:
            raise KeyError(column)
        with self._lock:
            if column not in self._numbers:
                values = np.frombuffer(b"".join(self._cells(column)), dtype="<f8")
                self._numbers[column] = values
            return self._numbers[column]

    def words(self, column: str) -> Sequence[tuple[str, ...]]:
        """FACET, LIST, TEXT, DATE, TITLE or ID column by row: the values, () where empty; KeyError for any other."""
        role = self._columns[column].role
        if role not in VERBAL | {Role.TITLE, Role.ID}:
            raise KeyError(column)
        with self._lock:
            if column not in self._words:
                self._words[column] = self._read_words(column, role)
            return self._words[column]

    def _read_words(self, column: str, role: Role) -> Sequence[tuple[str, ...]]:
        if role in (Role.TITLE, Role.ID):
            return tuple((text,) for text in (self.titles() if role is Role.TITLE else self.ids))
        # Equal cells share one tuple: a facet of 12 values over 50,000 rows keeps 12 of them.
        seen: dict[tuple[str, ...], tuple[str, ...]] = {}
        cells = (tuple(cell) for part in self._cells(column) for cell in json.loads(part))
        return tuple(seen.setdefault(cell, cell) for cell in cells)

    def _cells(self, column: str) -> list[bytes]:
        return [part for (part,) in self._all("SELECT data FROM cells WHERE name = ? ORDER BY part", column)]

    def vectors(self, modality: str) -> NDArray[np.float32] | None:
        """'text', 'image' or 'audio': shape (len, dimension), zero rows where absent; None when never encoded."""
        return self._vectors.get(modality)

    def encoder_id(self, modality: str) -> str | None:
        """Which encoder made those vectors."""
        entry = self.manifest.encoded.get(modality)
        return None if entry is None else entry.encoder

    def keys(self, modality: str) -> Sequence[str | None]:
        """By row, the hash of what was encoded ('text', 'image' or 'audio'), None where there was nothing."""
        column = {"text": "text_key", "image": "image_key", "audio": "audio_key"}[modality]
        return tuple(value for (value,) in self._all(f"SELECT {column} FROM items ORDER BY row"))

    def nearest(
        self, modality: str, vector: NDArray[np.float32], count: int
    ) -> list[tuple[int, float]] | None:
        """(row, cosine) of the nearest rows through the vector index, best first; None when it can't serve."""
        if self._index is None or modality not in self._vectors:
            return None
        return self._index.query(modality, vector, count)

    @cached_property
    def _interactions(self) -> Sequence[Interaction]:
        rows = self._all("SELECT user, item, value, event, at FROM interactions ORDER BY rowid")
        return tuple(Interaction(*row) for row in rows)

    def interactions(self) -> Sequence[Interaction]:
        """All interactions that came with the catalogue, in its order."""
        return self._interactions

    @cached_property
    def _triples(self) -> Sequence[Triple]:
        return tuple(
            Triple(*row) for row in self._all("SELECT head, relation, tail FROM triples ORDER BY rowid")
        )

    def triples(self) -> Sequence[Triple]:
        """All knowledge triples that came with the catalogue, in its order."""
        return self._triples

    def _all(self, statement: str, *values: object) -> list[Any]:
        with self._lock, explained("read", self.folder.database):
            return self._db.execute(statement, values).fetchall()

    def _one(self, statement: str) -> int:
        return int(self._all(statement)[0][0])
