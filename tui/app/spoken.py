"""What somebody says: their name in the margin, the words beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from tui.app.text import plain

if TYPE_CHECKING:
    from textual.app import RenderResult
    from textual.content import Content
    from textual.geometry import Region

MARGIN = 12
"""Columns of names and of 'looking for'; on a narrow screen there is no margin, and the name begins the words."""


class Spoken(Widget):
    """Words behind a name; lines that wrap stand below the words, not below the name."""

    def __init__(self, who: str, colour: str, words: Content, *, classes: str = "") -> None:
        """Say `words`; the theme's variable `colour` is the name's."""
        super().__init__(classes=classes)
        self._who = who
        self._colour = colour
        self._words = words

    def update(self, words: Content) -> None:
        """Say other words."""
        self._words = words
        self.refresh(layout=True)

    @property
    def _beside(self) -> bool:
        return bool(self.styles.padding.left)

    def render(self) -> RenderResult:
        """Return the words; the name is in them where there is no margin."""
        name = plain(f"{self._who}  ", f"bold {self._colour}")
        return self._words if self._beside else name + self._words

    def render_lines(self, crop: Region) -> list[Strip]:
        """Write the name into the margin of the first line."""
        drawn = super().render_lines(crop)
        if self._beside and crop.y == 0 and drawn:
            width = self.styles.padding.left
            name = plain(self._who, f"bold {self._colour}")
            margin = Visual.to_strips(self, name, width, 1, self.visual_style, pad=True)[0]
            row = Strip.join([margin.crop(min(crop.x, width), width), drawn[0].crop(max(width - crop.x, 0))])
            drawn = [row, *drawn[1:]]
        return drawn
