"""Words for a picture where a catalogue has them in a column of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from encoders.sanitise import sanitise_line
from retrieval.types import Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retrieval.types import Column, Value

_LONGEST = 200
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_PICTURE = frozenset({"picture", "image", "photo", "img"})
_OF_PICTURES = frozenset({"alt", "caption"})
_DESCRIPTION = _OF_PICTURES | {"description", "text"}


def caption_column(columns: Sequence[Column]) -> Column | None:
    """Return the column that describes an item's picture, told by its name: 'caption', 'alt', 'image_description'."""
    for column in columns:
        words = {word.casefold() for word in _WORDS.findall(column.name)}
        told = words & _DESCRIPTION and words <= _PICTURE | _DESCRIPTION
        # A description alone is the item's.
        if column.role in (Role.TEXT, Role.FACET) and told and words & (_PICTURE | _OF_PICTURES):
            return column
    return None


def caption(column: Column | None, fields: Mapping[str, Value]) -> str:
    """Return what the catalogue says an item's picture shows, in one line; '' where it says nothing."""
    value = None if column is None else fields.get(column.name)
    return sanitise_line(value, _LONGEST) if isinstance(value, str) else ""
