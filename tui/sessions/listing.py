"""What is told of a session in a list, read from the beginning and the end of its file alone.

A thousand sessions of twenty turns are listed in a fraction of a second that way; whole, they would take over ten.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from encoders.errors import VitrineError
from eval.transcript import LONGEST_LINE, header_from_json

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

_TAIL = 32 << 10
"""Bytes that are read of the end at first: an entry of four cards takes about 6 kB."""


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """A session in a list."""

    id: str
    name: str
    """What its person called it, else the first words of its first request."""
    catalogue: str
    began: datetime
    last: datetime
    """When its last turn ended."""
    turns: int
    first: str
    """The first words of its first request."""


def read_info(path: Path) -> SessionInfo | None:
    """Return what is told of the session in a file; None where it holds none that this version can read."""
    try:
        with path.open("rb") as file:
            # The catalogue's columns are most of a header, and nothing in a list.
            header = header_from_json({**json.loads(file.readline(LONGEST_LINE)), "columns": []})
            turns, last = _last_entry(file)
    except (OSError, ValueError, RecursionError, TypeError, VitrineError):
        return None
    name = header.name or header.first or path.stem
    return SessionInfo(
        path.stem, name, header.catalogue, header.began, last or header.began, turns, header.first
    )


def _last_entry(file: BinaryIO) -> tuple[int, datetime | None]:
    """Return the number and the time of the last whole entry."""
    end = file.seek(0, os.SEEK_END)
    for size in (_TAIL, LONGEST_LINE):
        start = max(0, end - size)
        file.seek(start)
        lines = file.read(size).split(b"\n")
        for line in reversed(lines[1:] if start else lines):
            if (found := _entry(line)) is not None:
                return found
        if not start:
            break
    return 0, None


def _entry(line: bytes) -> tuple[int, datetime | None] | None:
    try:
        made = json.loads(line)
    except (ValueError, RecursionError):
        return None  # torn, or empty behind the last line's end
    if not isinstance(made, dict) or not isinstance(made.get("entry"), int):
        return None
    try:
        at = datetime.fromisoformat(str(made.get("at")))
    except ValueError:
        return made["entry"], None
    return made["entry"], at if at.tzinfo else None
