"""What was said before, for the arrow keys: kept between sessions in a private file."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from encoders.sanitise import sanitise

if TYPE_CHECKING:
    from pathlib import Path

MOST = 500
"""Messages that are kept: as many as anybody goes back through by an arrow key."""
_LONGEST = 4_000
"""Characters of a message that is kept; longer ones are refused when they are sent."""
_READ = 1 << 20
"""Bytes of the file's end that are read: 500 messages of usual length are a twentieth of it."""
_PRIVATE = 0o600


class History:
    """Messages, oldest first, with a place among them that the arrow keys move."""

    def __init__(self, path: Path | None = None) -> None:
        """Go on with the messages in the file at `path`; without one they are forgotten at the end."""
        self._path = path
        self._said = _read(path) if path else []
        self._place = len(self._said)
        self._draft = ""

    def add(self, text: str) -> None:
        """Keep a message. A disk that refuses is no reason to stop: the message is kept in memory."""
        text = sanitise(text).strip()
        self._draft = ""
        if text and len(text) <= _LONGEST and self._said[-1:] != [text]:
            self._said = [*self._said, text][-MOST:]
            if self._path is not None:
                with suppress(OSError):
                    _append(self._path, text)
        self._place = len(self._said)

    def earlier(self, draft: str) -> str | None:
        """Return the message before; None at the first. `draft` is what was typed, and comes back at the end."""
        if self._place == 0:
            return None
        if self._place == len(self._said):
            self._draft = draft
        self._place -= 1
        return self._said[self._place]

    def later(self) -> str | None:
        """Return the message after, and behind the last one the draft; None behind that."""
        if self._place >= len(self._said):
            return None
        self._place += 1
        return self._said[self._place] if self._place < len(self._said) else self._draft


def _read(path: Path) -> list[str]:
    """Return the messages of a file; lines that are none are left out, and a file that has far too many is cut."""
    try:
        with path.open("rb") as file:
            file.seek(max(path.stat().st_size - _READ, 0))
            lines = file.read(_READ).splitlines()
    except OSError:
        return []
    said: list[str] = []
    for line in lines:
        with suppress(ValueError):
            text = json.loads(line)
            if isinstance(text, str) and (text := sanitise(text).strip()) and said[-1:] != [text]:
                said.append(text[:_LONGEST])
    if len(lines) > 2 * MOST:
        with suppress(OSError):
            _rewrite(path, said[-MOST:])
    return said[-MOST:]


def _append(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # One write of a line: two programs that append do not tear each other's.
    descriptor = os.open(
        path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), _PRIVATE
    )
    with os.fdopen(descriptor, "ab", buffering=0) as file:
        file.write(json.dumps(text).encode() + b"\n")


def _rewrite(path: Path, said: list[str]) -> None:
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(b"".join(json.dumps(text).encode() + b"\n" for text in said))
    beside.replace(path)
