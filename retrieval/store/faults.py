"""Errors of the disk and of SQLite, told in one sentence each: what, why, what to do next."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from encoders.errors import StoreBusy, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REBUILD = "index the catalogue again with `vitrine index`"
_SPACE = ("there is no space left on the disk", "free some space and run the command again; nothing is lost")
_RIGHTS = (
    "it may not be written",
    "change its permissions or choose another folder with --data-dir; nothing is lost",
)
_NOT_A_FOLDER = (
    "a file stands where a folder is needed",
    "move that file away or choose another folder with --data-dir; nothing is lost",
)

_BY_ERRNO = {
    errno.ENOSPC: _SPACE,
    errno.EDQUOT: _SPACE,
    # A file may not grow past the limit of this process (`ulimit -f`) or of the file system.
    errno.EFBIG: _SPACE,
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: _RIGHTS,
    errno.ENOTDIR: _NOT_A_FOLDER,
    errno.EEXIST: _NOT_A_FOLDER,
}
_BY_SQLITE = {
    "SQLITE_FULL": _SPACE,
    "SQLITE_READONLY": _RIGHTS,
    "SQLITE_PERM": _RIGHTS,
    "SQLITE_CANTOPEN": _RIGHTS,
}


def _of_disk(error: OSError, remedy: str) -> tuple[str, str]:
    known = _BY_ERRNO.get(error.errno or 0)
    return known or ((error.strerror or str(error) or type(error).__name__).lower(), remedy)


def _of_sqlite(error: sqlite3.Error, remedy: str) -> tuple[str, str]:
    # Extended names (SQLITE_IOERR_WRITE) begin with the primary one.
    code = "_".join(getattr(error, "sqlite_errorname", "").split("_")[:2])
    if code == "SQLITE_IOERR":
        return (
            "the disk refused to read or write",
            "check the free space and the disk, then run the command again",
        )
    return _BY_SQLITE.get(code) or (f"it is damaged ({error})", remedy)


def _is_busy(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


@contextmanager
def explained(doing: str, path: Path, remedy: str = REBUILD) -> Iterator[None]:
    """Turn errors of the disk and of SQLite into StoreError; `doing` completes "… can't be": 'read', 'written'.

    Raises StoreBusy when another process holds the database, StoreError for all the rest.
    """
    try:
        yield
    except sqlite3.Error as error:
        if _is_busy(error):
            raise StoreBusy(
                f"{path} can't be {doing}: another process is using it; wait a moment and try again."
            ) from error
        why, then = _of_sqlite(error, remedy)
        raise StoreError(f"{path} can't be {doing}: {why}; {then}.") from error
    except OSError as error:
        why, then = _of_disk(error, remedy)
        raise StoreError(f"{error.filename or path} can't be {doing}: {why}; {then}.") from error
