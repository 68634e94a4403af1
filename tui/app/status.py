"""The first and the last line of the screen: what is talked about, and how the last turn went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.app.text import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import RenderResult

_TOLD = 2.0
"""Milliseconds: what took less is no news."""


class TitleLine(Widget):
    """Catalogue on the left, models on the right."""

    left: reactive[str] = reactive("Vitrine")
    right: reactive[str] = reactive("")

    def render(self) -> RenderResult:
        """Draw both ends; the left one gives way."""
        return _ends(plain(self.left, "bold"), plain(self.right, "$muted"), self.size.width)


class StatusLine(Widget):
    """What happens now, or how long the last turn took, and the keys that work here."""

    now: reactive[str] = reactive("")
    """What is being done; '' where nothing is."""
    timings: reactive[str] = reactive("")
    keys: reactive[str] = reactive("")

    def render(self) -> RenderResult:
        """Draw both ends."""
        told = plain(self.now, "bold $accent") if self.now else plain(self.timings, "$muted")
        return _ends(told, plain(self.keys, "$muted"), self.size.width)


def _ends(left: Content, right: Content, width: int) -> Content:
    """Set two texts at the ends of a line; where they don't fit beside each other, the right one goes."""
    space = width - left.cell_length - right.cell_length
    if space < 2:
        return left.truncate(width, ellipsis=True)
    return left + Content(" " * space) + right


def tell_timings(timings: Mapping[str, float]) -> str:
    """Write the phases of a turn: 'understood 17 ms · searched 9 ms · first card 29 ms · all 135 ms'."""
    parts = [
        (name, timings.get(phase, 0.0))
        for name, phase in (
            ("looked", "perceive"),
            ("understood", "decide"),
            ("searched", "retrieve"),
            ("first card", "first_card"),
            ("all", "total"),
        )
    ]
    return " · ".join(f"{name} {_span(ms)}" for name, ms in parts if ms >= _TOLD)


def _span(ms: float) -> str:
    return f"{ms:.0f} ms" if ms < 1000 else f"{ms / 1000:.1f} s"
