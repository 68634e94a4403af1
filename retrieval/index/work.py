"""Encoded vectors of an unfinished build, kept batch by batch so that a killed run resumes where it stopped."""

from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING, Self

import numpy as np

from encoders.errors import StoreBusy, StoreError
from retrieval.store.batches import batched
from retrieval.store.faults import explained

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from encoders.protocols import Vectors

_SCHEMA = """CREATE TABLE IF NOT EXISTS vectors (
    encoder TEXT NOT NULL, key TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (encoder, key)
) STRICT, WITHOUT ROWID"""


class Work:
    """Vectors by encoder and hash of what was encoded; use as a context manager. Methods raise StoreError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "encoded.sqlite"
        try:
            self._db = self._open()
        except StoreBusy:
            raise
        except StoreError as error:
            if not isinstance(error.__cause__, sqlite3.DatabaseError):
                raise
            # Half-done work that is damaged is worth nothing: encode again rather than ask a person to remove it.
            shutil.rmtree(folder, ignore_errors=True)
            self._db = self._open()

    def _open(self) -> sqlite3.Connection:
        with explained("written", self._path):
            self._folder.mkdir(parents=True, exist_ok=True)
            db = sqlite3.connect(self._path, isolation_level=None)
            try:
                db.execute("PRAGMA journal_mode=WAL")
                db.execute("PRAGMA synchronous=NORMAL")
                db.execute(_SCHEMA)
            except BaseException:
                db.close()
                raise
        return db

    def keep(self, encoder: str, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """Keep vectors of shape (dimension,) by key; they survive a kill from here on."""
        rows = [(encoder, key, vector.astype("<f4").tobytes()) for key, vector in vectors.items()]
        with explained("written", self._path):
            self._db.execute("BEGIN")
            try:
                self._db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def keys(self, encoder: str) -> set[str]:
        """Return the keys of what this encoder has done."""
        with explained("read", self._path):
            rows = self._db.execute("SELECT key FROM vectors WHERE encoder = ?", (encoder,)).fetchall()
        return {key for (key,) in rows}

    def fill(self, encoder: str, wanted: Mapping[str, Iterable[int]], into: Vectors) -> None:
        """Copy the vectors of the wanted keys into these rows of `into`, shape (n, dimension)."""
        # 500 keys a statement stay below the 999 variables that every SQLite allows.
        for some in batched(wanted, 500):
            marks = ", ".join("?" * len(some))
            with explained("read", self._path):
                rows = self._db.execute(
                    f"SELECT key, vector FROM vectors WHERE encoder = ? AND key IN ({marks})",
                    (encoder, *some),
                ).fetchall()
            for key, vector in rows:
                into[list(wanted[key])] = np.frombuffer(vector, dtype="<f4")

    def discard(self) -> None:
        """Remove all of it, once a generation holds the vectors."""
        self._db.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()
