"""One item of the demo while it is made, and the columns that all of them share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retrieval.demo.drawing.picture import Drawing
    from retrieval.demo.sound.preview import Preview

Cell = str | int | float | tuple[str, ...]

COLUMNS: dict[str, tuple[str, str, str | None]] = {
    "id": ("id", "id", None),
    "title": ("title", "title", None),
    "shelf": ("facet", "shelf", None),
    "kind": ("facet", "kind", None),
    "maker": ("facet", "maker", None),
    "colour": ("facet", "colour", None),
    "material": ("facet", "material", None),
    "style": ("facet", "style", None),
    "occasion": ("facet", "occasion", None),
    "season": ("facet", "season", None),
    "audience": ("facet", "audience", None),
    "size": ("list", "size", None),
    "features": ("list", "features", None),
    "price": ("number", "price", "£"),
    "rating": ("number", "rating", "stars"),
    "reviews": ("number", "number of reviews", None),
    "stock": ("number", "stock", None),
    "year": ("number", "year", None),
    "pages": ("number", "pages", "pages"),
    "minutes": ("number", "length", "min"),
    "genre": ("facet", "genre", None),
    "mood": ("facet", "mood", None),
    "tempo": ("number", "tempo", "bpm"),
    "key": ("facet", "key", None),
    "mode": ("facet", "mode", None),
    "section": ("facet", "section", None),
    "date": ("date", "date", None),
    "place": ("facet", "place", None),
    "weekday": ("facet", "weekday", None),
    "room": ("facet", "room", None),
    "time_of_day": ("facet", "time of day", None),
    "devices": ("list", "devices", None),
    "description": ("text", "description", None),
    "review": ("text", "review", None),
    "picture": ("picture", "picture", None),
    "sound": ("sound", "sound", None),
}
"""Name to (role, label for people, unit), in the order of the file; what the settings file says."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An item with what its picture, its preview and its neighbours are made from."""

    cells: Mapping[str, Cell]
    """By column; a column without a cell is left out."""
    drawing: Drawing
    line: str
    """The product line: items that differ in colour or size share it."""
    preview: Preview | None = None

    @property
    def id(self) -> str:
        """The item's id."""
        return str(self.cells["id"])

    def text(self, column: str) -> str:
        """Return a cell as words, empty where there is none."""
        return str(self.cells.get(column, ""))

    def number(self, column: str) -> float:
        """Return a cell as a number. Raises KeyError where there is none, ValueError where it is words."""
        cell = self.cells[column]
        if isinstance(cell, str | tuple):
            raise ValueError(f"column '{column}' of {self.id} is no number")
        return float(cell)


def entry(
    cells: Mapping[str, Cell | None], drawing: Drawing, line: str, preview: Preview | None = None
) -> Entry:
    """Return an item, its cells put in the order of the columns and empty ones left out.

    Raises KeyError for a cell that no column is for.
    """
    unknown = set(cells) - set(COLUMNS)
    if unknown:
        raise KeyError(*unknown)
    ordered: dict[str, Cell] = {}
    for name in COLUMNS:
        value = cells.get(name)
        if value is not None and value != "" and value != ():
            ordered[name] = value
    return Entry(ordered, drawing, line, preview)
