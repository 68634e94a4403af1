"""Lists in cells: JSON arrays, Python's spelling of them, and parts with a separator between."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

from encoders.sanitise import sanitise_line
from retrieval.catalogue.cells import CELL_LIMIT, is_empty, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMES = ("name", "title", "label", "value", "text")
_QUOTED = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\""""
_PYTHON = re.compile(rf"\[\s*(?:(?:{_QUOTED}|[\w.+-]+)\s*(?:,\s*|(?=\])))*\]", re.DOTALL)
_PYTHON_PART = re.compile(rf"{_QUOTED}|[\w.+-]+", re.DOTALL)


def parse_list(raw: object, separator: str | None) -> tuple[str, ...]:
    """Return the parts of a cell, cleaned, each once, in their order.

    Of parts that are objects the name is taken. Raises ValueError with the reason in a clause.
    """
    parts = _parts(raw, separator)
    words = (sanitise_line(words_of(_name(part)), limit=CELL_LIMIT) for part in parts if not is_empty(part))
    return tuple(dict.fromkeys(word for word in words if word))


def _parts(raw: object, separator: str | None) -> Sequence[object]:
    if isinstance(raw, list | tuple):
        return raw
    if isinstance(raw, str):
        if (array := array_of(raw)) is not None:
            return array
        if separator:
            return raw[:CELL_LIMIT].split(separator)
    return (raw,)


def _name(part: object) -> object:
    if isinstance(part, dict):
        for key in _NAMES:
            if key in part:
                return part[key]
        raise ValueError("a list of objects without names")
    return part


def array_of(text: str) -> list[object] | None:
    """Return the list that a text spells in JSON or in Python, None where it spells none."""
    text = text.strip()
    if not (text.startswith("[") and text.endswith("]")) or len(text) > CELL_LIMIT:
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        # Read by pattern and never evaluated: a cell is not trusted.
        if _PYTHON.fullmatch(text) is None:
            return None
        return [_unquote(part) for part in _PYTHON_PART.findall(text)]
    return value if isinstance(value, list) else None


def _unquote(part: str) -> str:
    if part[0] not in "'\"":
        return part
    return re.sub(r"\\(.)", r"\1", part[1:-1], flags=re.DOTALL)


def find_separator(cells: Sequence[str]) -> str | None:
    """Return the separator of a column whose cells are lists, None where they are not.

    A list shows in short parts that come again in other cells. '|' and ';' hardly ever stand in prose, so a tenth of
    the cells suffices; the comma does, so half of them must have it and parts must come twice on average.
    """
    rules = (("|", 0.1, 0.9), (";", 0.1, 0.9), (",", 0.5, 0.5))
    for separator, least_cells, most_distinct in rules:
        split = [[part.strip() for part in cell.split(separator)] for cell in cells]
        if sum(len(parts) > 1 for parts in split) < max(2, least_cells * len(cells)):
            continue
        counts = Counter(part for parts in split for part in parts if part)
        total = counts.total()
        long = sum(count for part, count in counts.items() if len(part) > 40 or len(part.split()) > 5)
        ends = sum(cell.rstrip().endswith((".", "!", "?")) for cell in cells)
        if (
            total
            and long <= 0.05 * total
            and len(counts) <= most_distinct * total
            and ends <= 0.2 * len(cells)
        ):
            return separator
    return None
