"""Text for the screen: sanitised, and never read as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from encoders.sanitise import sanitise

if TYPE_CHECKING:
    from textual.style import Style


def plain(text: str, style: str | Style = "") -> Content:
    """Return text as it is, brackets and all; what a terminal would obey is taken out."""
    return Content.styled(sanitise(text), style) if style else Content(sanitise(text))


def lines(*parts: Content | str) -> Content:
    """Join parts with line feeds."""
    return Content("\n").join([part if isinstance(part, Content) else plain(part) for part in parts])


def clip(content: Content, width: int, rows: int) -> Content:
    """Break `content` into lines of `width` cells; beyond `rows` of them the last ends in an ellipsis."""
    broken = content.wrap(max(width, 1))
    if len(broken) <= rows:
        return content
    last = broken[rows - 1].rstrip()
    if last.cell_length >= width:
        last = last.truncate(max(width - 1, 0))
    return Content("\n").join([*broken[: rows - 1], last + Content("…")])
