"""The optional tables beside the items: what people did with them, and knowledge about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from encoders.errors import CatalogueError
from encoders.sanitise import sanitise_line
from retrieval.catalogue.cells import ID_LIMIT, TITLE_LIMIT, is_empty, words_of
from retrieval.catalogue.dates import parse_date, timestamp
from retrieval.catalogue.naming import words
from retrieval.catalogue.numbers import NumberForm, parse_number
from retrieval.catalogue.problems import Severity, ignore_report
from retrieval.snapshot import Interaction, Triple

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from retrieval.catalogue.problems import Report
    from retrieval.catalogue.readers import Rows

_INTERACTION_NAMES = {
    "user": ("user", "person", "customer", "visitor", "shopper"),
    "item": ("item", "product", "movie", "film", "article", "track", "book", "artist"),
    "rating": ("rating", "stars", "value", "score"),
    "event": ("event", "type", "action", "kind"),
    "time": ("time", "timestamp", "at", "date", "ts", "when"),
}
_TRIPLE_NAMES = {
    "head": ("head", "subject", "source"),
    "relation": ("relation", "predicate", "edge"),
    "tail": ("tail", "object", "target"),
}


def _columns(rows: Rows, wanted: Mapping[str, tuple[str, ...]], needed: tuple[str, ...]) -> dict[str, str]:
    """Return the table's own names of the wanted columns. Raises CatalogueError when one that is needed is missing."""
    # JSON objects may each lack a column; those of the first thousand rows have all that are in use.
    names: dict[str, None] = {}
    for _, (_, row) in zip(range(1000), rows.read(ignore_report), strict=False):
        names.update(dict.fromkeys(row))
    found: dict[str, str] = {}
    for role, spellings in wanted.items():
        for name in names:
            parts = words(name)
            bare = parts[:-1] if len(parts) > 1 and parts[-1] == "id" else parts
            if len(bare) == 1 and bare[0].removesuffix("id") in spellings and name not in found.values():
                found[role] = name
                break
    missing = [role for role in needed if role not in found]
    if missing and names:
        raise CatalogueError(
            f"{rows.file} has no column '{missing[0]}' among {', '.join(names)}; "
            f"it needs {', '.join(needed)}: rename its columns."
        )
    return found


def _word(row: Mapping[str, object], column: str | None, limit: int) -> str:
    """Return a cell as one clean line, empty when it holds nothing. Raises ValueError with the reason."""
    raw = row.get(column) if column else None
    if is_empty(raw, name=True):
        return ""
    text = sanitise_line(words_of(raw))
    if len(text) > limit:
        raise ValueError(f"column '{column}' has {len(text):,} characters, over {limit}")
    return text


def _time(row: Mapping[str, object], column: str | None) -> float:
    """Return seconds since 1970, 0 when the cell is empty. Raises ValueError."""
    raw = row.get(column) if column else None
    if is_empty(raw):
        return 0.0
    try:
        seconds = parse_number(raw, NumberForm())
    except ValueError:
        return timestamp(parse_date(raw))
    # Milliseconds, where seconds would lie beyond the year 5138.
    return seconds / 1000 if abs(seconds) > 1e11 else seconds


def read_interactions(rows: Rows, items: Container[str], report: Report) -> Iterator[Interaction]:
    """Yield the interactions of a table with user, item, and rating, event and time where it has them.

    Rows of items that the catalogue has not are skipped and reported. Raises CatalogueError when the table has no
    user or no item column.
    """
    columns = _columns(rows, _INTERACTION_NAMES, ("user", "item"))
    rated = columns.get("rating")
    usual = "rating" if rated else "view"
    for line, row in rows.read(report):
        try:
            user = _word(row, columns["user"], ID_LIMIT)
            item = _word(row, columns["item"], ID_LIMIT)
            if not user or not item:
                raise ValueError("no user" if not user else "no item")
            if item not in items:
                raise ValueError(f"item '{sanitise_line(item, 80)}' is not in the catalogue")
            event = _word(row, columns.get("event"), ID_LIMIT)
            raw = row.get(rated) if rated else None
            value = 1.0 if is_empty(raw) else parse_number(raw, NumberForm())
        except ValueError as error:
            report(line, str(error), Severity.ROW_SKIPPED)
            continue
        try:
            at = _time(row, columns.get("time"))
        except ValueError as error:
            report(line, f"column '{columns['time']}': {error}", Severity.CELL_DROPPED)
            at = 0.0
        yield Interaction(user, item, value, event or usual, at)


def read_triples(rows: Rows, report: Report) -> Iterator[Triple]:
    """Yield the triples of a table with head, relation and tail.

    Raises CatalogueError when one of the columns is missing.
    """
    columns = _columns(rows, _TRIPLE_NAMES, tuple(_TRIPLE_NAMES))
    for line, row in rows.read(report):
        try:
            head, relation, tail = (_word(row, columns[role], TITLE_LIMIT) for role in _TRIPLE_NAMES)
            if not (head and relation and tail):
                raise ValueError("a triple needs head, relation and tail")
        except ValueError as error:
            report(line, str(error), Severity.ROW_SKIPPED)
            continue
        yield Triple(head, relation, tail)
