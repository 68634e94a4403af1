"""Pictures side by side, each with its number below, as one piece of output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.pictures.draw import draw
from tui.pictures.size import GAP, abreast, measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.pictures.choose import Choice
    from tui.pictures.draw import Drawn

# The cursor is kept and brought back around what is drawn over cells, wherever that leaves it.
_KEEP, _BACK = "\x1b7", "\x1b8"


class Shelf:
    """Draws pictures as a choice says, for the terminal as large as it is at that moment."""

    def __init__(self, choice: Choice) -> None:
        """Draw by `choice`; where that is OFF, draw nothing."""
        self._choice = choice

    @property
    def draws(self) -> bool:
        """Whether pictures are drawn at all."""
        return self._choice.draws

    def rows_of(self, pictures: Sequence[str | None]) -> Iterator[tuple[slice, str]]:
        """Split pictures (paths, None where there is none) into shelves that fit the screen's width.

        Yields which of them a shelf takes, and what draws it: '' where it has no picture.
        """
        if not self.draws or not any(pictures):
            yield slice(0, len(pictures)), ""
            return
        screen = measure(self._choice.cell)
        count, room = abreast(screen, len(pictures))
        for start in range(0, len(pictures), count):
            drawn = [
                (number, draw(path, room, self._choice.protocol, screen.cell))
                for number, path in enumerate(pictures[start : start + count], start + 1)
                if path is not None
            ]
            labelled = len(pictures) > 1
            yield (
                slice(start, start + count),
                _beside([(str(number) if labelled else "", picture) for number, picture in drawn]),
            )

    def one(self, picture: str) -> str:
        """Return what draws a single picture; '' where pictures are off."""
        return next(self.rows_of([picture]))[1]


def _beside(pictures: Sequence[tuple[str, Drawn]]) -> str:
    """Set labelled pictures side by side on one line, their lower edges level."""
    height = max((drawn.box.rows for _, drawn in pictures), default=0)
    widths = [max(drawn.box.columns, len(label)) for label, drawn in pictures]
    lines = []
    for row in range(height):
        cells = []
        for width, (_, drawn) in zip(widths, pictures, strict=True):
            own = row - (height - drawn.box.rows)
            cells.append(drawn.rows[own] + " " * (width - drawn.box.columns) if own >= 0 else " " * width)
        lines.append((" " * GAP).join(cells).rstrip(" ") + "\n")
    over, column = "", 0
    for width, (_, drawn) in zip(widths, pictures, strict=True):
        if drawn.over:
            right = f"\x1b[{column}C" if column else ""
            over += f"{_KEEP}\x1b[{drawn.box.rows}A{right}{drawn.over}{_BACK}"
        column += width + GAP
    labels = (
        (" " * GAP)
        .join(label.center(width) for width, (label, _) in zip(widths, pictures, strict=True))
        .rstrip()
    )
    before = "".join(drawn.before for _, drawn in pictures)
    return before + "".join(lines) + over + (f"{labels}\n" if labels else "")
