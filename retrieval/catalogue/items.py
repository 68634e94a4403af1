"""Rows to items: every cell read by its column's plan, and every fault reported with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from encoders.sanitise import sanitise_line
from retrieval.catalogue.cells import (
    CELL_LIMIT,
    ID_LIMIT,
    TITLE_LIMIT,
    has_control,
    is_empty,
    line_cell,
    text_cell,
    truth,
    words_of,
)
from retrieval.catalogue.columns import year_of
from retrieval.catalogue.dates import parse_date
from retrieval.catalogue.lists import parse_list
from retrieval.catalogue.media import MediaFolders, check_picture, check_sound
from retrieval.catalogue.numbers import parse_number
from retrieval.catalogue.problems import Severity
from retrieval.types import Item, Role, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from retrieval.catalogue.columns import Plan
    from retrieval.catalogue.problems import Report

_UNREAD = (Role.ID, Role.TITLE, Role.PICTURE, Role.SOUND, Role.IGNORE)
_REMEMBERED = 10_000
"""Cells of a facet column whose reading is kept: they come again, and equal values then share one object."""


def parse_cell(plan: Plan, raw: object) -> Value | None:
    """Read a filled cell by its plan; None when nothing is left of it. Raises ValueError with the reason."""
    if plan.role is Role.NUMBER:
        return parse_number(raw, plan.number)
    if plan.role is Role.DATE:
        return parse_date(raw, month_first=plan.month_first)
    if plan.role is Role.LIST:
        return parse_list(raw, plan.separator) or None
    if plan.role is Role.FACET:
        return _truth_cell(raw) if plan.truth else line_cell(raw) or None
    return text_cell(raw) or None


def _truth_cell(raw: object) -> str:
    value = truth(raw)
    if value is None:
        word = words_of(raw).strip()
        if word not in ("0", "1"):
            raise ValueError("neither yes nor no")
        value = word == "1"
    return "yes" if value else "no"


class MediaFinder:
    """Finds and checks the picture or the sound of each item."""

    def __init__(
        self,
        folders: MediaFolders,
        check: Callable[[Path], None],
        stems: Mapping[str, Path],
        column: str | None,
    ) -> None:
        self._folders = folders
        self._check = check
        self._stems = stems
        self._column = column
        self._checked: dict[Path, str | None] = {}

    def find(self, item_id: str, row: Mapping[str, object]) -> str | None:
        """Return the absolute path of the item's file, None when it has none. Raises ValueError with the reason."""
        raw = row.get(self._column) if self._column else None
        if is_empty(raw):
            path = self._stems.get(item_id)
            if path is None:
                return None
            cell = path.name
        else:
            cell = words_of(raw).strip()
        try:
            path = self._folders.find(cell)
            if path not in self._checked:
                self._checked[path] = _fault(self._check, path)
            if (fault := self._checked[path]) is not None:
                raise ValueError(fault)
        except ValueError as error:
            raise ValueError(f"'{sanitise_line(cell, 80)}' {error}") from error
        return str(path)


def _fault(check: Callable[[Path], None], path: Path) -> str | None:
    try:
        check(path)
    except ValueError as error:
        return str(error)
    return None


class ItemReader:
    """Turns the rows of one table into items."""

    def __init__(
        self, plans: Sequence[Plan], pictures: MediaFinder, sounds: MediaFinder, report: Report
    ) -> None:
        self._id = next(plan.name for plan in plans if plan.role is Role.ID)
        self._title = next(plan.name for plan in plans if plan.role is Role.TITLE)
        self._plans = [plan for plan in plans if plan.role not in _UNREAD and not plan.derived]
        self._year = next((plan.name for plan in plans if plan.derived and plan.role is Role.NUMBER), None)
        self._media = {"picture": pictures, "sound": sounds}
        self._report = report
        self._lines: dict[str, int] = {}
        self._known: dict[str, dict[str, Value | None]] = {
            plan.name: {} for plan in self._plans if plan.role is Role.FACET
        }

    def read(self, line: int, row: Mapping[str, object]) -> Item | None:
        """Return the item of a row; None when the row can't be one, which is then reported."""
        try:
            item_id = self._name(line, row, self._id, ID_LIMIT)
            if item_id in self._lines:
                raise ValueError(f"id '{sanitise_line(item_id, 80)}' again, first at {self._lines[item_id]}")
            title = self._name(line, row, self._title, TITLE_LIMIT)
        except ValueError as error:
            self._report(line, str(error), Severity.ROW_SKIPPED)
            return None
        self._lines[item_id] = line
        fields: dict[str, Value] = {}
        for plan in self._plans:
            raw = row.get(plan.name)
            if not is_empty(raw) and (value := self._cell(line, plan, raw)) is not None:
                fields[plan.name] = value
        if self._year is not None and (year := year_of(title)) is not None:
            fields[self._year] = year
        media = {kind: self._file(line, kind, item_id, row) for kind in self._media}
        return Item(item_id, title, fields, media["picture"], media["sound"])

    def _name(self, line: int, row: Mapping[str, object], column: str, limit: int) -> str:
        """Return an id or a title. Raises ValueError when the row has none."""
        raw = row.get(column)
        if is_empty(raw, name=True):
            raise ValueError(f"no {'id' if column == self._id else 'title'} in column '{column}'")
        try:
            whole = words_of(raw)
        except ValueError as error:
            raise ValueError(f"column '{column}': {error}") from error
        text = sanitise_line(whole)
        if not text:
            raise ValueError(f"column '{column}' holds nothing but control characters")
        if column == self._id and len(text) > limit:
            raise ValueError(f"an id of {len(text):,} characters, over {limit}")
        if len(text) > limit:
            self._changed(line, column, f"cut from {len(text):,} to {limit} characters")
            text = sanitise_line(text, limit)
        if has_control(whole):
            self._changed(line, column, "control or undecodable characters")
        return text

    def _cell(self, line: int, plan: Plan, raw: object) -> Value | None:
        known = self._known.get(plan.name)
        if known is not None and isinstance(raw, str) and raw in known:
            return known[raw]
        try:
            value = parse_cell(plan, raw)
        except ValueError as error:
            shown = "" if isinstance(raw, bytes) else f": '{_shown(raw)}'"
            self._report(line, f"column '{plan.name}': {error}{shown}", Severity.CELL_DROPPED)
            return None
        if (fault := _changes(raw)) is not None:
            self._changed(line, plan.name, fault)
            return _cut(value) if isinstance(value, tuple) else value
        if known is not None and isinstance(raw, str) and len(known) < _REMEMBERED:
            known[raw] = value
        return value

    def _changed(self, line: int, column: str, what: str) -> None:
        self._report(line, f"column '{column}': {what}", Severity.CELL_CHANGED)

    def _file(self, line: int, kind: str, item_id: str, row: Mapping[str, object]) -> str | None:
        try:
            return self._media[kind].find(item_id, row)
        except ValueError as error:
            self._report(line, f"{kind} {error}", Severity.CELL_DROPPED)
            return None


def _shown(raw: object) -> str:
    try:
        return sanitise_line(words_of(raw), 60)
    except ValueError as error:
        return str(error)


def _changes(raw: object) -> str | None:
    """Return what reading changes in a cell beyond its spelling."""
    if isinstance(raw, list | tuple):
        parts = [part for part in raw if isinstance(part, str)]
        length, control = sum(map(len, parts)), any(map(has_control, parts))
    elif isinstance(raw, str):
        length, control = len(raw), has_control(raw)
    else:
        return None
    if length > CELL_LIMIT:
        return f"cut from {length:,} to {CELL_LIMIT:,} characters"
    return "control or undecodable characters" if control else None


def _cut(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the first parts of a list, CELL_LIMIT characters in all."""
    kept: list[str] = []
    length = 0
    for part in parts:
        length += len(part)
        if length > CELL_LIMIT:
            break
        kept.append(part)
    return tuple(kept)


def media_finder(
    kind: Role, plans: Sequence[Plan], folders: MediaFolders, stems: Mapping[str, Path]
) -> MediaFinder:
    """Return the finder of pictures or of sounds; `stems` are the files by name, for items that name none."""
    column = next((plan.name for plan in plans if plan.role is kind and not plan.derived), None)
    check = check_picture if kind is Role.PICTURE else check_sound
    return MediaFinder(folders, check, stems, column)
