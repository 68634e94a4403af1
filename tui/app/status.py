"""The first and the last line of the screen: what is talked about, and how the last turn went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.app.text import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import RenderResult

_BETWEEN = " · "
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
        told = (self.now,) if self.now else _shorter(self.timings, first=True)
        style = "bold $accent" if self.now else "$muted"
        left, right = _fitting(told, _shorter(self.keys, first=False), self.size.width)
        return _ends(plain(left, style), plain(right, "$muted"), self.size.width)


def _shorter(words: str, *, first: bool) -> tuple[str, ...]:
    """Return words that are parted by dots, and what is left as the first, or the last, of them go; at the end one."""
    parts = words.split(_BETWEEN)
    ways = range(len(parts))
    return tuple(_BETWEEN.join(parts[way:] if first else parts[: len(parts) - way]) for way in ways)


def _fitting(lefts: Sequence[str], rights: Sequence[str], width: int) -> tuple[str, str]:
    """Choose what fits side by side: the left text gives way first, down to its last part, then the right one."""
    for left, right in ((left, right) for right in rights for left in lefts):
        if plain(left).cell_length + plain(right).cell_length + 2 <= width:
            return left, right
    return lefts[-1], ""


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
    return _BETWEEN.join(f"{name} {_span(ms)}" for name, ms in parts if ms >= _TOLD)


def _span(ms: float) -> str:
    return f"{ms:.0f} ms" if ms < 1000 else f"{ms / 1000:.1f} s"
