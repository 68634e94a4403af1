"""The SQLite file of a generation: written once by a build, read by anyone afterwards.

Items are rows of one table; filterable columns are kept a second time as arrays by row (numbers as float64 bytes, words
as JSON), because parsing the cells of 50,000 items takes about a second and reading an array takes milliseconds.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Self

import numpy as np

from encoders.atomic import flush_file
from encoders.errors import StoreError
from encoders.sanitise import sanitise_line
from retrieval.store.batches import batched
from retrieval.store.faults import explained
from retrieval.store.records import NUMERIC, VERBAL, number_of, to_row, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path
    from types import TracebackType

    from retrieval.snapshot import Interaction, Triple
    from retrieval.types import Column, Item

SCHEMA = """
CREATE TABLE items (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, fields TEXT NOT NULL,
    picture BLOB, sound BLOB, document TEXT NOT NULL, text_key TEXT, image_key TEXT, audio_key TEXT
) STRICT;
CREATE TABLE cells (name TEXT NOT NULL, part INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (name, part)) STRICT;
CREATE TABLE interactions (user TEXT NOT NULL, item TEXT NOT NULL, value REAL NOT NULL, event TEXT NOT NULL,
    at REAL NOT NULL) STRICT;
CREATE TABLE triples (head TEXT NOT NULL, relation TEXT NOT NULL, tail TEXT NOT NULL) STRICT;
"""
PART = 65_536
"""Rows in one array of `cells`: keeps a value far below SQLite's limit of 10⁹ bytes."""
BATCH = 5_000
"""Rows in one call of executemany: bounds memory, and no longer gains speed above it."""


class Writer:
    """Fills a new database; use as a context manager, which closes it. Every method raises StoreError."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with explained("written", path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, isolation_level=None)
            self._db.execute("PRAGMA journal_mode=WAL")
            # Nothing reads the file before `finish` has flushed it, so no commit needs to.
            self._db.execute("PRAGMA synchronous=OFF")
            self._db.executescript(SCHEMA)

    def items(
        self,
        items: Sequence[Item],
        columns: Sequence[Column],
        documents: Sequence[str],
        keys: Sequence[tuple[str | None, str | None, str | None]],
        *,
        advance: Callable[[int], None],
    ) -> None:
        """Write items, cleaned by `records.clean_item`, with their documents and the hashes of what is encoded."""
        rows = (
            (row, *to_row(item), document, *key)
            for row, (item, document, key) in enumerate(zip(items, documents, keys, strict=True))
        )
        try:
            self._insert("items", 10, rows, advance)
        except StoreError as error:
            if isinstance(error.__cause__, sqlite3.IntegrityError):
                raise StoreError(
                    f"{self._path} can't be written: two items have the same id once control characters are removed "
                    "from it; give each item an id of its own."
                ) from error
            raise
        self._cells(items, columns)

    def _cells(self, items: Sequence[Item], columns: Sequence[Column]) -> None:
        def parts() -> Iterable[tuple[str, int, bytes]]:
            for column in columns:
                if column.role not in NUMERIC | VERBAL:
                    continue
                for part, some in enumerate(batched(items, PART)):
                    yield column.name, part, _encode(column, some)

        self._insert("cells", 3, parts(), lambda _: None)

    def interactions(self, interactions: Iterable[Interaction], *, advance: Callable[[int], None]) -> None:
        """Write what people did."""
        rows = (
            (
                sanitise_line(one.user),
                sanitise_line(one.item),
                float(one.value),
                sanitise_line(one.event),
                float(one.at),
            )
            for one in interactions
        )
        self._insert("interactions", 5, rows, advance)

    def triples(self, triples: Iterable[Triple], *, advance: Callable[[int], None]) -> None:
        """Write the knowledge graph."""
        rows = (
            (sanitise_line(one.head), sanitise_line(one.relation), sanitise_line(one.tail)) for one in triples
        )
        self._insert("triples", 3, rows, advance)

    def _insert(
        self, table: str, width: int, rows: Iterable[tuple[object, ...]], advance: Callable[[int], None]
    ) -> None:
        statement = f"INSERT INTO {table} VALUES ({', '.join('?' * width)})"
        for batch in batched(rows, BATCH):
            with explained("written", self._path):
                self._db.execute("BEGIN")
                self._db.executemany(statement, batch)
                self._db.execute("COMMIT")
            advance(len(batch))

    def finish(self) -> None:
        """Fold the log into the file, close it and flush it to the disk."""
        with explained("written", self._path):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._db.close()
            flush_file(self._path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()


def _encode(column: Column, items: Sequence[Item]) -> bytes:
    if column.role in NUMERIC:
        return np.array([number_of(column, item) for item in items], dtype="<f8").tobytes()
    words = [words_of(column, item) for item in items]
    return json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def open_finished(path: Path) -> sqlite3.Connection:
    """Open a finished database for reading, from any thread; raises StoreError when it is missing or none.

    `immutable` tells SQLite that nobody writes it: no lock, no log beside it, and it opens on a read-only disk.
    """
    with explained("read", path):
        if not path.is_file():
            raise FileNotFoundError(2, "the file is missing", str(path))
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        database = sqlite3.connect(uri, uri=True, check_same_thread=False, isolation_level=None)
        try:
            database.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except sqlite3.Error:
            database.close()
            raise
    return database


def damage(path: Path) -> str | None:
    """Return what SQLite's own check finds wrong with the file, None when it is whole. Raises StoreError."""
    with closing(open_finished(path)) as database, explained("read", path):
        (verdict,) = database.execute("PRAGMA quick_check(1)").fetchone()
    return None if verdict == "ok" else str(verdict)
