"""The rules that tell a column's role from its name and a sample of its cells; the first that applies decides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.catalogue import naming
from retrieval.catalogue.cells import truth, words_of
from retrieval.catalogue.dates import date_form, has_short_dates
from retrieval.catalogue.lists import array_of, find_separator
from retrieval.catalogue.media import PICTURE_SUFFIXES, SOUND_SUFFIXES
from retrieval.catalogue.numbers import is_code, number_form
from retrieval.types import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retrieval.catalogue.profile import ColumnProfile

Guess = tuple[Role, str]
"""A role, and why in a clause."""

_MOSTLY = 0.9
"""Share of cells that must be numbers or dates; the others are reported as faulty when they are read."""
_NAMED = 0.7
"""The same where the name says so too."""
_FEW = 5
"""Items under which nothing is learnt from all being equal."""
_SMALL = 50
"""Items under which values hardly have the chance to be shared."""
_LINK = re.compile(r"\s*(?:(?:https?|ftp)://|www\.|data:)", re.IGNORECASE)
_CODE = re.compile(r"(?=.*\d)[0-9A-Za-z+/=_:.-]{6,}", re.ASCII)
_COUNTERS = (("index",), ("unnamed", "0"), ("row",), ("column", "1"), ("level", "0"))


class Evidence:
    """A column, with what the rules ask of it."""

    def __init__(self, column: ColumnProfile, rows: int) -> None:
        self.name = column.name
        self.parts = naming.words(column.name)
        self.words = frozenset(self.parts)
        self.label, self.unit = naming.label_and_unit(column.name)
        self.cells: Sequence[object] = column.sample
        self.filled = column.filled
        self.rows = rows
        self.texts = [cell for cell in column.sample if isinstance(cell, str)]
        keys = {cell.strip() if isinstance(cell, str) else repr(cell) for cell in column.sample}
        self.spread = len(keys) / len(self.cells) if self.cells else 0.0
        """Distinct cells by cells, 0…1."""
        self.constant = len(keys) == 1 and column.filled == rows >= _FEW
        self.length = sum(len(text.split()) for text in self.texts) / len(self.texts) if self.texts else 0.0
        """Mean number of words of the cells that are text."""

    def share(self, test: Callable[[str], object]) -> float:
        """Return the share of the cells that are text and pass a test, 0…1."""
        return sum(bool(test(text)) for text in self.texts) / len(self.cells) if self.cells else 0.0

    @property
    def dated(self) -> bool:
        """Whether the name speaks of dates; a year is a number, so that 'after 1995' and 'the nineties' compare."""
        return bool(self.words & naming.DATES) and "year" not in self.words

    @property
    def clock(self) -> str | None:
        """How '1:52' is read: not at all unless the name speaks of a duration."""
        if not self.words & naming.DURATIONS:
            return None
        return "h:mm" if self.words & {"runtime", "running"} else "m:ss"

    @property
    def codes(self) -> bool:
        """Whether the cells are codes, nearly each another."""
        return self.spread > 0.9 and self.share(_CODE.fullmatch) >= 0.9

    @property
    def links(self) -> bool:
        """Whether the cells are addresses."""
        return self.share(_LINK.match) >= 0.5

    @property
    def counts_rows(self) -> bool:
        """Whether this is the row number that a table was saved with."""
        return (
            self.parts in _COUNTERS and self.spread == 1.0 and all(_is_integer(cell) for cell in self.cells)
        )


def _is_integer(cell: object) -> bool:
    return words_of(cell).strip().isdigit() if isinstance(cell, str | int) else False


def _media(column: Evidence) -> Guess | None:
    kinds = (
        (Role.PICTURE, PICTURE_SUFFIXES, naming.PICTURES),
        (Role.SOUND, SOUND_SUFFIXES, naming.SOUNDS),
    )
    for role, suffixes, names in kinds:
        files = sum(text.strip().lower().endswith(suffixes) for text in column.texts)
        if column.cells and files >= 0.5 * len(column.cells) and not column.links:
            return role, f"file names of {role}s"
        if not column.cells and column.words & names:
            return role, "its name, though it is empty"
    return None


def _opaque(column: Evidence) -> Guess | None:
    if not column.cells:
        return Role.IGNORE, "empty"
    if any(isinstance(cell, bytes) for cell in column.cells):
        return Role.IGNORE, "bytes, not text"
    if column.links:
        return Role.IGNORE, "links, which are never followed"
    if column.parts and column.parts[-1] in naming.CODES:
        return Role.IGNORE, "codes, by its name"
    if column.counts_rows:
        return Role.IGNORE, "row numbers"
    return (Role.IGNORE, "the same for every item") if column.constant else None


def _truth(column: Evidence) -> Guess | None:
    return (Role.FACET, "yes or no") if is_truth(column) else None


def is_truth(column: Evidence) -> bool:
    """Tell whether all cells are yes or no; 1 and 0 are where the name begins as 'is_new' does."""
    if all(truth(cell) is not None for cell in column.cells):
        return True
    asks = bool(column.parts) and column.parts[0] in ("is", "has", "can", "in") and len(column.parts) > 1
    return asks and all(words_of(cell).strip() in ("0", "1") for cell in column.cells)


def _array(column: Evidence) -> Guess | None:
    arrays: list[Sequence[object]] = []
    for cell in column.cells:
        found = cell if isinstance(cell, list | tuple) else array_of(cell) if isinstance(cell, str) else None
        if found is not None:
            arrays.append(found)
    if len(arrays) < 0.5 * len(column.cells):
        return None
    parts = [part for array in arrays for part in array if isinstance(part, str)]
    if parts and sum(len(part.split()) for part in parts) > 8 * len(parts):
        return Role.TEXT, "lists of sentences"
    return Role.LIST, "lists"


def _date(column: Evidence) -> Guess | None:
    month_first, share = date_form(column.cells, named=column.dated)
    if share < (_NAMED if column.dated else _MOSTLY):
        return None
    kind = "dates, as its name says" if column.dated else "dates"
    order = "month before day" if month_first else "day before month, for all it shows"
    return Role.DATE, f"{kind}, {order}" if has_short_dates(column.cells) else kind


def _number(column: Evidence) -> Guess | None:
    if any(is_code(cell) for cell in column.cells):
        return None
    named = bool(column.words & naming.NUMBERS) or column.unit is not None
    _, share = number_form(column.cells, column.unit, column.clock)
    if share < (_NAMED if named else _MOSTLY):
        return None
    return Role.NUMBER, "numbers" if share == 1.0 else f"numbers, {share:.0%} of its cells"


def _separated(column: Evidence) -> Guess | None:
    separator = find_separator(column.texts)
    return None if separator is None else (Role.LIST, f"parts between '{separator}' that come again")


def _described(column: Evidence) -> Guess | None:
    return (Role.TEXT, "text, by its name") if column.words & naming.TEXTS and column.length >= 3 else None


def _prose(column: Evidence) -> Guess | None:
    if column.length > 8:
        return Role.TEXT, f"{column.length:.0f} words a cell"
    return (Role.IGNORE, "codes, each of one item") if column.codes else None


def _shared(column: Evidence) -> Guess | None:
    if column.spread <= 0.5 and column.length <= 6:
        return Role.FACET, f"{max(1, round(column.spread * len(column.cells)))} values, shared"
    if column.words & naming.FACETS and column.length <= 5:
        return Role.FACET, "short values, and its name"
    if column.rows < _SMALL and column.length <= 3:
        return Role.FACET, "short values"
    return None


_RULES = (_media, _opaque, _truth, _array, _date, _number, _described, _separated, _prose, _shared)


def guess(column: Evidence) -> Guess:
    """Return the role of a column that is neither id nor title, and why."""
    for rule in _RULES:
        if (found := rule(column)) is not None:
            return found
    return Role.TEXT, "words, hardly shared"
