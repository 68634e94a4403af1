"""Delimited text: CSV with its delimiter found, quoted line ends, huge cells and quotes that never close."""

from __future__ import annotations

import csv
import itertools
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from encoders.errors import CatalogueError
from encoders.sanitise import sanitise_line
from retrieval.catalogue.problems import Report, Severity
from retrieval.catalogue.text import TextForm, read_error, text_form

if TYPE_CHECKING:
    from pathlib import Path

DELIMITERS = (",", ";", "\t", "|")
_SNIFFED_CHARACTERS = 1 << 16
_SNIFFED_RECORDS = 50
_CELL_LIMIT = 1 << 24
"""Characters of a cell, 16 Mi: csv's own limit of 131,072 refuses real descriptions, and none at all lets one
unclosed quote take the memory of the whole file."""
_RETRIES = 50
"""Unclosed quotes mended in a file; each reads the rest again."""


def sniff_delimiter(sample: str) -> str:
    """Return the delimiter under which most records have as many cells as the first, and at least two.

    csv.Sniffer guesses letters on short texts and ignores quoting rules that it did not find itself.
    """

    def score(delimiter: str) -> tuple[float, int]:
        records = csv.reader(sample.splitlines(keepends=True), delimiter=delimiter)
        try:
            widths = [len(record) for record in itertools.islice(records, _SNIFFED_RECORDS) if record]
        except csv.Error:
            return (0.0, 0)
        if not widths or widths[0] < 2:
            return (0.0, 0)
        return (sum(width == widths[0] for width in widths) / len(widths), widths[0])

    return max(DELIMITERS, key=score)


class _Lines(Iterator[str]):
    """Lines of a file that remember those of the record being read, and can give them back."""

    def __init__(self, stream: Iterator[str]) -> None:
        self._stream = stream
        self._again: deque[str] = deque()
        self._record: list[str] = []
        self.number = 0
        self.ended = False

    def __next__(self) -> str:
        if self._again:
            line = self._again.popleft()
        else:
            try:
                line = next(self._stream)
            except StopIteration:
                self.ended = True
                raise
        self.number += 1
        self._record.append(line)
        return line

    def begin(self) -> int:
        """Begin a record; return its line."""
        self._record.clear()
        return self.number + 1

    def give_back(self) -> None:
        """Give back all lines of the record but the first."""
        rest = self._record[1:]
        self._again.extendleft(reversed(rest))
        self.number -= len(rest)
        self.ended = False


def _records(
    path: Path, stream: Iterator[str], delimiter: str, report: Report
) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, cells); a record with an unclosed quote costs its first line alone, not the rest of the file."""
    # One limit for the whole process, and never lowered: another reader may be running.
    csv.field_size_limit(max(csv.field_size_limit(), _CELL_LIMIT))
    lines = _Lines(stream)
    for _ in range(_RETRIES):
        reader = csv.reader(lines, delimiter=delimiter)
        while True:
            start = lines.begin()
            try:
                cells = next(reader, None)
            except csv.Error as error:
                reason = f"the row can't be read ({error})"
                break
            if cells is None:
                return
            if lines.ended:  # the reader asked for another line, so it stood inside a quote
                reason = "a quote that opens in this row never closes"
                break
            yield start, cells
        report(start, reason, Severity.ROW_SKIPPED)
        lines.give_back()
    raise CatalogueError(
        f"{path} has over {_RETRIES} quotes that never close; check its quoting and its delimiter."
    )


def _header(cells: list[str]) -> list[str]:
    """Return column names: cleaned, never empty, each once."""
    names: list[str] = []
    taken: set[str] = set()
    for position, cell in enumerate(cells, start=1):
        base = sanitise_line(cell, limit=100) or f"column {position}"
        name = base
        for number in itertools.count(2):
            if name not in taken:
                break
            name = f"{base} ({number})"
        taken.add(name)
        names.append(name)
    return names


@dataclass(frozen=True, slots=True)
class DelimitedRows:
    """The rows of a delimited text file; may be read any number of times."""

    file: Path
    form: TextForm
    delimiter: str
    keyed: bool = False

    def read(self, report: Report) -> Iterator[tuple[int, dict[str, object]]]:
        """Yield (line where the row begins, cell by column name)."""
        if self.form.note:
            report(0, self.form.note, Severity.NOTE)
        try:
            with self.form.open(self.file) as stream:
                records = (
                    (line, cells)
                    for line, cells in _records(self.file, stream, self.delimiter, report)
                    if any(cell.strip() for cell in cells)
                )
                first = next(records, None)
                if first is None:
                    raise CatalogueError(f"{self.file} has no header; its first line must name the columns.")
                names = _header(first[1])
                for line, cells in records:
                    if any(cell.strip() for cell in cells[len(names) :]):
                        reason = f"{len(cells)} cells where the header has {len(names)}"
                        report(line, reason, Severity.ROW_SKIPPED)
                        continue
                    if len(cells) < len(names):
                        reason = (
                            f"{len(cells)} cells where the header has {len(names)}, the others taken as empty"
                        )
                        report(line, reason, Severity.NOTE)
                    yield line, dict(zip(names, cells, strict=False))
        except OSError as error:
            raise read_error(self.file, error) from error


def delimited_rows(path: Path, encoding: str | None = None, delimiter: str | None = None) -> DelimitedRows:
    """Open a delimited text file, finding its encoding and delimiter where they are not given.

    Raises CatalogueError when the file is empty, unreadable or binary.
    """
    form = text_form(path, encoding)
    if delimiter is None:
        try:
            with form.open(path) as stream:
                delimiter = sniff_delimiter(stream.read(_SNIFFED_CHARACTERS))
        except OSError as error:
            raise read_error(path, error) from error
    return DelimitedRows(path, form, delimiter)
