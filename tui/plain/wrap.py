"""Words that arrive in pieces, broken into lines as they come."""

from __future__ import annotations

import re

_WORDS = re.compile(r"\n+| +|[^ \n]+")
_NARROWEST = 20
"""Columns below which breaking lines would only scatter words."""


class Wrapped:
    """Breaks a text at a width; lines after the first are indented. Wide characters count as one column."""

    def __init__(self, width: int | None, indent: str = "") -> None:
        """Break at `width` columns; None leaves lines as long as they are."""
        self._width = None if width is None else max(width, _NARROWEST)
        self._indent = indent
        self._column = 0
        self._space = ""

    def feed(self, piece: str) -> str:
        """Return what is to be written for the next piece; a space at its end is held back until a word follows."""
        return "".join(map(self._place, _WORDS.findall(piece)))

    def _place(self, part: str) -> str:
        if part.isspace():
            self._space = "\n" if "\n" in part or self._space == "\n" else self._space + part
            return ""
        space, self._space = self._space, ""
        room = self._width is None or self._column + len(space) + len(part) < self._width
        if space != "\n" and (room or self._column <= len(self._indent)):
            self._column += len(space) + len(part)
            return space + part
        self._column = len(self._indent) + len(part)
        return f"\n{self._indent}{part}"
