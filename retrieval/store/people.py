"""What is known of people: what they rated, liked and asked to be remembered, in a database of its own.

Every commit is flushed to the disk, deleted bytes are overwritten (`secure_delete`), and forgetting also empties the
log beside the file, so that what was forgotten can no longer be found in any file.
"""

from __future__ import annotations

import sqlite3
import time
import weakref
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from threading import RLock
from typing import TYPE_CHECKING, Any, Self

from encoders.errors import StoreBusy, StoreTooNew, UsageError
from encoders.sanitise import sanitise, sanitise_line
from retrieval.store.faults import explained
from retrieval.types import Taste

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FORMAT = 1
"""Version of the tables (`PRAGMA user_version`)."""
HALF_LIFE = 20
"""A judgement counts half as much once its person has judged this many other items after it."""

_SCHEMA = """
CREATE TABLE judgements (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, catalogue TEXT NOT NULL, item TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('stars', 'liking')), value REAL NOT NULL, said TEXT NOT NULL, at REAL NOT NULL,
    UNIQUE (user, catalogue, item, kind)
) STRICT;
CREATE TABLE notes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, text TEXT NOT NULL, said TEXT NOT NULL,
    at REAL NOT NULL
) STRICT;
"""
_REMEDY = "move it away to begin without it, or put a copy from a backup in its place"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person thinks of an item; a later one of the same kind takes its place."""

    catalogue: str
    item: str
    value: float
    """Stars 1…5, or a liking of +1 or −1."""
    said: str
    """The person's own words."""
    at: float
    """Seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Note:
    """A fact that a person asked to be remembered."""

    id: int
    """Names it to `forget`."""
    text: str
    said: str
    """The person's own words."""
    at: float
    """Seconds since 1970."""


class People:
    """The people's database; opened on first use, safe to share between threads and processes.

    Every method raises StoreError (StoreBusy, StoreTooNew) when the file can't be used; it is never replaced by
    a new one.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self._path = path
        self._clock = clock
        self._lock = RLock()
        self._db: sqlite3.Connection | None = None

    def rate(self, user: str, catalogue: str, item: str, stars: float, said: str = "") -> None:
        """Keep a rating of 1 to 5 stars. Raises UsageError for any other number."""
        if not 1 <= stars <= 5:
            raise UsageError(
                f"{stars:g} stars can't be kept: a rating goes from 1 to 5; give a number between them."
            )
        self._judge(user, catalogue, item, "stars", stars, said)

    def like(self, user: str, catalogue: str, item: str, said: str = "") -> None:
        """Keep that the person likes an item."""
        self._judge(user, catalogue, item, "liking", 1.0, said)

    def dislike(self, user: str, catalogue: str, item: str, said: str = "") -> None:
        """Keep that the person does not like an item."""
        self._judge(user, catalogue, item, "liking", -1.0, said)

    def _judge(self, user: str, catalogue: str, item: str, kind: str, value: float, said: str) -> None:
        keys = (_name(user), sanitise_line(catalogue), sanitise_line(item), kind)
        with self._changing() as db:
            # A replaced row gets a new number, so the order of numbers is that of the last word on each item.
            db.execute(
                "INSERT OR REPLACE INTO judgements VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)",
                (*keys, float(value), sanitise(said), self._clock()),
            )

    def remember(self, user: str, text: str, said: str = "") -> Note:
        """Keep a fact about the person."""
        row = (_name(user), sanitise(text), sanitise(said), self._clock())
        with self._changing() as db:
            number = db.execute("INSERT INTO notes VALUES (NULL, ?, ?, ?, ?)", row).lastrowid
        return Note(int(number or 0), *row[1:])

    def notes(self, user: str) -> list[Note]:
        """Return the remembered facts, oldest first."""
        rows = self._all("SELECT seq, text, said, at FROM notes WHERE user = ? ORDER BY seq", _name(user))
        return [Note(*row) for row in rows]

    def ratings(self, user: str, catalogue: str | None = None) -> list[Judgement]:
        """Return the ratings, oldest first, of one catalogue or of all."""
        return self._judgements(user, catalogue, "stars")

    def likings(self, user: str, catalogue: str | None = None) -> list[Judgement]:
        """Return the likes (+1) and dislikes (−1), oldest first, of one catalogue or of all."""
        return self._judgements(user, catalogue, "liking")

    def _judgements(self, user: str, catalogue: str | None, kind: str) -> list[Judgement]:
        rows = self._all(
            "SELECT catalogue, item, value, said, at FROM judgements "
            "WHERE user = ?1 AND kind = ?2 AND (?3 IS NULL OR catalogue = ?3) ORDER BY seq",
            _name(user),
            kind,
            catalogue,
        )
        return [Judgement(*row) for row in rows]

    def taste(self, user: str, catalogue: str) -> Taste:
        """Return what is known of the person and bears on ranking.

        The last word on an item counts: stars as (stars − 3) / 2, so that one is −1, three 0 and five 1; a liking as
        itself. It is multiplied by 2^(−k / HALF_LIFE), where k is the number of items of this catalogue that the person
        judged after it: the order decays, not the clock, so a person who comes back after a year finds their taste.
        """
        rows = self._all(
            "SELECT item, kind, value, max(seq) FROM judgements WHERE user = ? AND catalogue = ? "
            "GROUP BY item ORDER BY max(seq) DESC",
            _name(user),
            catalogue,
        )
        weights = [
            (item, ((value - 3) / 2 if kind == "stars" else value) * 2 ** (-later / HALF_LIFE))
            for later, (item, kind, value, _) in enumerate(rows)
        ]
        # The order of a taste is that of judging: search takes the last for the newest.
        return Taste(dict(reversed(weights)))

    def forget(
        self, user: str, *, catalogue: str | None = None, item: str | None = None, note: int | None = None
    ) -> int:
        """Forget an item, a note, all of a catalogue, or, when nothing is named, all of the person.

        Returns how many ratings, likings and notes went; their bytes are gone when it returns.
        """
        if catalogue is None and item is None and note is None:
            return self.erase(user)
        gone = 0
        with self._changing() as db:
            if note is not None:
                gone += db.execute(
                    "DELETE FROM notes WHERE user = ? AND seq = ?", (_name(user), note)
                ).rowcount
            if item is not None or catalogue is not None:
                gone += db.execute(
                    "DELETE FROM judgements WHERE user = ?1 AND (?2 IS NULL OR catalogue = ?2) "
                    "AND (?3 IS NULL OR item = ?3)",
                    (_name(user), catalogue, item),
                ).rowcount
        self._empty_log()
        return gone

    def erase(self, user: str) -> int:
        """Forget all of a person and rewrite the file without them; returns how many entries went."""
        gone = 0
        with self._changing() as db:
            for statement in ("DELETE FROM judgements WHERE user = ?", "DELETE FROM notes WHERE user = ?"):
                gone += db.execute(statement, (_name(user),)).rowcount
        with self._using() as db:
            db.execute("VACUUM")
        self._empty_log()
        return gone

    def _empty_log(self) -> None:
        with self._using() as db:
            (busy, _, _) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise StoreBusy(
                f"What was forgotten is deleted, but traces stay in the log beside {self._path} while another Vitrine "
                "reads it; close that one and forget again."
            )

    def export(self, user: str) -> dict[str, Any]:
        """Return all that is known of a person, ready for JSON."""
        return {
            "format": FORMAT,
            "user": _name(user),
            "ratings": [asdict(judgement) for judgement in self.ratings(user)],
            "likings": [asdict(judgement) for judgement in self.likings(user)],
            "notes": [asdict(note) for note in self.notes(user)],
        }

    def users(self) -> list[str]:
        """Return the names of all people something is known of, in alphabetical order."""
        return [
            user
            for (user,) in self._all("SELECT user FROM judgements UNION SELECT user FROM notes ORDER BY user")
        ]

    def close(self) -> None:
        """Close the file; the next call opens it again."""
        with self._lock:
            if self._db is not None:
                self._finalizer()
                self._db = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _all(self, statement: str, *values: object) -> list[Any]:
        if self._db is None and not self._path.exists() and not self._path.parent.is_file():
            return []  # nothing was ever kept: a search works on a disk that is full or may not be written
        with self._using() as db:
            return db.execute(statement, values).fetchall()

    @contextmanager
    def _using(self) -> Iterator[sqlite3.Connection]:
        with self._lock, explained("used", self._path, _REMEDY):
            if self._db is None:
                self._db = self._open()
                self._finalizer = weakref.finalize(self, self._db.close)
            yield self._db

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        with self._using() as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self._path, timeout=5, isolation_level=None, check_same_thread=False)
        try:
            (version,) = db.execute("PRAGMA user_version").fetchone()
            if version > FORMAT:
                raise StoreTooNew(
                    f"{self._path} can't be used: a later version of Vitrine wrote it (format {version}, this one "
                    f"knows {FORMAT}); update Vitrine or choose another folder with --data-dir."
                )
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
                db.execute(f"PRAGMA {pragma}").fetchone()
            if version == 0:
                _create(db)
        except BaseException:
            db.close()
            raise
        return db


def _create(db: sqlite3.Connection) -> None:
    db.execute("BEGIN IMMEDIATE")
    # Another process may have created the tables between the look and the lock.
    if db.execute("PRAGMA user_version").fetchone() == (0,):
        for statement in filter(str.strip, _SCHEMA.split(";")):
            db.execute(statement)
        db.execute(f"PRAGMA user_version={FORMAT}")
    db.execute("COMMIT")


def _name(user: str) -> str:
    return sanitise_line(user)
