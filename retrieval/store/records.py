"""Items as rows of the database and back; the last gate for untrusted text before it is kept."""

from __future__ import annotations

import json
import math
import os
from typing import TYPE_CHECKING

from encoders.sanitise import sanitise, sanitise_line
from retrieval.types import Column, Item, Role, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

ItemRow = tuple[str, str, str, bytes | None, bytes | None]
"""id, title, fields as JSON, picture, sound."""


def clean_column(column: Column) -> Column:
    """Return a column whose names and values nothing obeys."""
    return Column(
        name=sanitise_line(column.name),
        role=column.role,
        label=sanitise_line(column.label),
        unit=None if column.unit is None else sanitise_line(column.unit),
        values={sanitise(value): int(count) for value, count in column.values.items()},
        low=_clean_bound(column.low),
        high=_clean_bound(column.high),
        filled=int(column.filled),
    )


def _clean_bound(bound: float | str | None) -> float | str | None:
    if bound is None or isinstance(bound, str):
        return None if bound is None else sanitise(bound)
    return float(bound)


def clean_item(item: Item) -> Item:
    """Return an item whose text nothing obeys; numbers that are not finite are empty cells.

    Paths stay byte for byte as they are, because a file is found by its exact name: faces sanitise what they show.
    """
    fields: dict[str, Value] = {}
    for name, value in item.fields.items():
        cleaned = _clean_value(value)
        if cleaned is not None and cleaned not in ("", ()):
            fields[sanitise_line(name)] = cleaned
    return Item(sanitise_line(item.id), sanitise_line(item.title), fields, item.picture, item.sound)


def _clean_value(value: Value) -> Value | None:
    if isinstance(value, str):
        return sanitise(value)
    if isinstance(value, tuple):
        return tuple(filter(None, (sanitise(part) for part in value)))
    number = float(value)
    return number if math.isfinite(number) else None


def to_row(item: Item) -> ItemRow:
    """Return a cleaned item as a row: lists become JSON arrays, so that each value keeps its type."""
    fields = json.dumps(dict(item.fields), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return item.id, item.title, fields, _path_bytes(item.picture), _path_bytes(item.sound)


def from_row(row: ItemRow) -> Item:
    """Return the item of a row."""
    item_id, title, fields, picture, sound = row
    decoded: Mapping[str, str | float | list[str]] = json.loads(fields)
    values: dict[str, Value] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in decoded.items()
    }
    return Item(item_id, title, values, _path_text(picture), _path_text(sound))


def _path_bytes(path: str | None) -> bytes | None:
    # A file name need not be valid UTF-8, a text column of SQLite must be.
    return None if path is None else os.fsencode(path)


def _path_text(path: bytes | None) -> str | None:
    return None if path is None else os.fsdecode(path)


def number_of(column: Column, item: Item) -> float:
    """Return the number in a cell, NaN where it is empty or words."""
    value = item.fields.get(column.name)
    return value if isinstance(value, float) else math.nan


def words_of(column: Column, item: Item) -> tuple[str, ...]:
    """Return the words in a cell: one for a facet, text or date, several for a list, none where it is empty."""
    value = item.fields.get(column.name)
    if value is None:
        return ()
    if isinstance(value, tuple):
        return value
    return (value if isinstance(value, str) else f"{value:.12g}",)


NUMERIC = frozenset({Role.NUMBER})
"""Roles read by row as numbers."""
VERBAL = frozenset({Role.FACET, Role.LIST, Role.TEXT, Role.DATE})
"""Roles read by row as words."""
