"""Turns of long ago, as text: as widgets, each makes every later turn slower and holds half a megabyte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from tui.app.text import lines

if TYPE_CHECKING:
    from textual.content import Content

_TURNS = 20
"""Turns a block: text is wrapped anew when some is added, and so much of it takes a few milliseconds."""


class Earlier(Static):
    """A block of turns that can be read and scrolled, and nothing else."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(classes="earlier", markup=False)
        self._parts: list[Content | str] = []
        self._turns = 0

    @property
    def full(self) -> bool:
        """Whether the next turn begins another block."""
        return self._turns >= _TURNS

    def add(self, part: Content, *, turn: bool) -> None:
        """Add a turn, or a remark between two, below an empty line."""
        self._parts += ["", part] if self._parts else [part]
        self._turns += turn
        self.update(lines(*self._parts))
