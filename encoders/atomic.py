"""Files that are either the old ones or the new ones, whatever happens in between.

Write beside, flush to the disk, rename over, flush the folder: the order that POSIX file systems need
(Pillai et al., 'All File Systems Are Not Created Equal', OSDI 2014).
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def flush_file(path: Path) -> None:
    """Make sure that the bytes of a file are on the disk. Raises OSError when the disk refuses."""
    # Windows flushes only what is open for writing; a folder can't be opened so, nor a file that may only be read.
    descriptor = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_folder(path: Path) -> None:
    """Make sure that the names in a folder are on the disk; a no-op where folders can't be opened (Windows)."""
    if hasattr(os, "O_DIRECTORY"):
        flush_file(path)


@contextmanager
def replacing(path: Path, mode: int = 0o666) -> Iterator[BinaryIO]:
    """Open a file for writing that takes the place of `path` when the block ends well, and vanishes otherwise.

    `mode` is the new file's, less the process's mask: 0o600 for what nobody else may read at any moment.

    Raises OSError when it can't be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), mode)
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def write_text(path: Path, text: str, mode: int = 0o666) -> None:
    """Replace the contents of a small text file (UTF-8). Raises OSError when it can't be written."""
    with replacing(path, mode) as file:
        file.write(text.encode("utf-8"))
