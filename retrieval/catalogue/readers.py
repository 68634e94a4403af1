"""Files to rows: JSON Lines, JSON, Parquet, and delimited text, which has a file of its own."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from encoders.errors import CatalogueError
from encoders.sanitise import sanitise_line
from retrieval.catalogue.delimited import delimited_rows
from retrieval.catalogue.problems import Report, Severity
from retrieval.catalogue.text import TextForm, read_error, text_form

if TYPE_CHECKING:
    from pathlib import Path

SUFFIXES = (".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet", ".pq")
KEY = "id"
"""The column that holds the keys of a JSON object of objects."""
_DEPTH = 3
_BATCH = 1024


class Rows(Protocol):
    """The rows of a table; may be read any number of times."""

    @property
    def file(self) -> Path:
        """The file they come from."""
        ...

    @property
    def keyed(self) -> bool:
        """Whether each row came with a key of its own, in the column KEY."""
        ...

    def read(self, report: Report) -> Iterator[tuple[int, dict[str, object]]]:
        """Yield (line or record number, cell by column name); faulty rows go to `report`."""
        ...


def flatten(row: Mapping[object, object], depth: int = _DEPTH) -> dict[str, object]:
    """Return the row with nested objects as columns named 'outer.inner', and its values as plain Python."""
    flat: dict[str, object] = {}
    for key, value in row.items():
        name = sanitise_line(str(key), limit=100) or "column"
        if isinstance(value, Mapping) and value and depth:
            for inner, cell in flatten(value, depth - 1).items():
                flat[f"{name}.{inner}"] = cell
        else:
            flat[name] = _plain(value)
    return flat


def _plain(value: object) -> object:
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return value.total_seconds() / 60
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, default=str) if value else None
    return value


class _Repeated(dict[str, object]):
    """A JSON object that has a key twice: a dictionary of the last values, and all pairs."""

    pairs: list[tuple[str, object]]


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    plain = dict(pairs)
    if len(plain) == len(pairs):
        return plain
    repeated = _Repeated(plain)
    repeated.pairs = pairs
    return repeated


def _records(
    records: Iterable[tuple[int, object]], report: Report
) -> Iterator[tuple[int, dict[str, object]]]:
    for number, record in records:
        if not isinstance(record, dict):
            report(number, f"not an object but {_kind(record)}", Severity.ROW_SKIPPED)
            continue
        if isinstance(record, _Repeated):
            report(number, "a key stands twice in the object, and its last value was taken", Severity.NOTE)
        yield number, flatten(record)


def _kind(value: object) -> str:
    names = {list: "a list", str: "text", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), "null")


@dataclass(frozen=True, slots=True)
class JsonLinesRows:
    """The rows of a JSON Lines file, one object a line; may be read any number of times."""

    file: Path
    form: TextForm
    keyed: bool = False

    def read(self, report: Report) -> Iterator[tuple[int, dict[str, object]]]:
        """Yield (line, cell by column name)."""
        if self.form.note:
            report(0, self.form.note, Severity.NOTE)
        return _records(self._objects(report), report)

    def _objects(self, report: Report) -> Iterator[tuple[int, object]]:
        try:
            with self.form.open(self.file) as stream:
                for number, line in enumerate(stream, start=1):
                    if not line.strip():
                        continue
                    try:
                        record: object = json.loads(line, object_pairs_hook=_object)
                    except (ValueError, RecursionError) as error:
                        report(number, f"not JSON ({_json_fault(error)})", Severity.ROW_SKIPPED)
                        continue
                    yield number, record
        except OSError as error:
            raise read_error(self.file, error) from error


@dataclass(frozen=True, slots=True)
class JsonRows:
    """The rows of a JSON document, which can't be read in parts and is held."""

    file: Path
    form: TextForm
    records: tuple[object, ...]
    keys: tuple[str, ...] | None
    """The key of each record, where the document is an object of objects."""

    @property
    def keyed(self) -> bool:
        """Whether the document is an object of objects."""
        return self.keys is not None

    def read(self, report: Report) -> Iterator[tuple[int, dict[str, object]]]:
        """Yield (number of the record, cell by column name)."""
        if self.form.note:
            report(0, self.form.note, Severity.NOTE)
        for number, row in _records(enumerate(self.records, start=1), report):
            if self.keys is None:
                yield number, row
            else:
                inner = {f"{KEY} (inner)" if name == KEY else name: cell for name, cell in row.items()}
                yield number, {KEY: self.keys[number - 1], **inner}


def _json_fault(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at line {error.lineno}, column {error.colno}"
    return "nested too deeply" if isinstance(error, RecursionError) else "a number is too long"


def json_rows(path: Path, encoding: str | None = None) -> Rows:
    """Open a JSON document: a list of objects, an object of objects by id, or an object that holds one such list.

    A document that turns out to be several, one a line, is read as JSON Lines. Raises CatalogueError.
    """
    form = text_form(path, encoding)
    try:
        with form.open(path) as stream:
            text = stream.read()
        document: object = json.loads(text, object_pairs_hook=_object)
    except OSError as error:
        raise read_error(path, error) from error
    except (ValueError, RecursionError) as error:
        if isinstance(error, json.JSONDecodeError) and error.msg == "Extra data":
            return JsonLinesRows(path, form)
        raise CatalogueError(f"{path} is not JSON ({_json_fault(error)}); mend it there.") from error
    records, keys = _find_records(path, document)
    return JsonRows(path, form, records, keys)


def _is_table(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(record, dict) for record in value)


def _is_keyed(value: object) -> bool:
    return (
        isinstance(value, dict) and bool(value) and all(isinstance(record, dict) for record in value.values())
    )


def _find_records(path: Path, document: object) -> tuple[tuple[object, ...], tuple[str, ...] | None]:
    found = [document]
    if isinstance(document, dict) and not (_is_keyed(document) and len(document) > 1):
        inside = list(document.values())
        found = [value for value in inside if _is_table(value)]
        if not found and len(inside) == 1 and _is_keyed(inside[0]):
            found = inside
        if not found and _is_keyed(document):
            found = [document]
    if len(found) == 1:
        only = found[0]
        if isinstance(only, list) and _is_table(only):
            return tuple(only), None
        if isinstance(only, dict) and _is_keyed(only):
            pairs = only.pairs if isinstance(only, _Repeated) else list(only.items())
            return tuple(record for _, record in pairs), tuple(key for key, _ in pairs)
    what = "holds several lists of objects" if len(found) > 1 else "holds no list of objects"
    raise CatalogueError(f"{path} {what}; give a list of items, or an object with the items by id.")


@dataclass(frozen=True, slots=True)
class ParquetRows:
    """The rows of a Parquet file, read in batches; may be read any number of times."""

    file: Path
    keyed: bool = False

    def read(self, report: Report) -> Iterator[tuple[int, dict[str, object]]]:
        """Yield (number of the record, cell by column name)."""
        import pyarrow
        import pyarrow.parquet

        number = 0
        try:
            with pyarrow.parquet.ParquetFile(self.file) as table:
                for batch in table.iter_batches(batch_size=_BATCH):
                    for record in batch.to_pylist():
                        number += 1
                        yield number, flatten(record)
        except (pyarrow.ArrowException, OSError, ValueError, OverflowError) as error:
            raise CatalogueError(
                f"{self.file} can't be read as Parquet ({sanitise_line(str(error), 120).rstrip('.')}); write it again."
            ) from error


def open_rows(path: Path, encoding: str | None = None, delimiter: str | None = None) -> Rows:
    """Open a table by its name, or by its content where the name says nothing.

    Raises CatalogueError when the file is empty, unreadable, or none of CSV, JSON Lines, JSON and Parquet.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(256)
    except OSError as error:
        raise read_error(path, error) from error
    suffix = path.suffix.lower()
    if suffix in (".parquet", ".pq") or head.startswith(b"PAR1"):
        return ParquetRows(path)
    if suffix in (".jsonl", ".ndjson"):
        return JsonLinesRows(path, text_form(path, encoding))
    if suffix == ".json" or (suffix not in SUFFIXES and head.lstrip()[:1] in (b"[", b"{")):
        return json_rows(path, encoding)
    return delimited_rows(path, encoding, delimiter or ("\t" if suffix == ".tsv" else None))
