"""The kept results as Markdown: the newest of each name, with commit, date and machine, for the README."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from encoders.errors import InputError
from eval.benchmarks.screen import screen_rows
from eval.report import spell
from eval.speed import speed_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from eval.results import Record

Rows = list[tuple[str, ...]]
"""The header, then one row each."""


def leaderboard(records: Sequence[Record]) -> str:
    """Return a section a record, each a table under a line that says where its numbers are from.

    Raises InputError for a record of another form than this version's.
    """
    return "\n\n".join(_section(record) for record in records)


def _section(record: Record) -> str:
    try:
        rows = _rows(record.measured)
        source = f"commit {record.commit}, {record.date[:10]}, {record.machine['processor']}"
        cores = record.machine["cores"]
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"The kept result {record.name} of {record.date} is of another form ({error!r}): run it again."
        ) from error
    title = record.measured.get("title", record.name)
    return f"**{title}** ({source}, {cores} cores)\n\n{markdown(rows)}"


def _rows(measured: Mapping[str, Any]) -> Rows:
    if "rows" in measured:
        return _benchmark(measured["rows"])
    if "screen" in measured:
        return [("", "measured", "to reach"), *screen_rows(measured)]
    if "phases_ms" in measured:
        return [("", "measured", "to reach"), *speed_rows(measured)]
    return _scripts(measured)


def _benchmark(systems: Mapping[str, Mapping[str, Mapping[str, float]]]) -> Rows:
    measures = list(next(iter(systems.values())))
    cells = [
        (name, *(spell(row[measure]["value"], row[measure]["standard_error"]) for measure in measures))
        for name, row in systems.items()
    ]
    return [("", *measures), *cells]


def _scripts(measured: Mapping[str, Any]) -> Rows:
    rows = [
        (r["script"], "passed" if r["passed"] else f"{len(r['failures'])} failed", f"{r['median_ms']:.0f}")
        for r in measured["results"]
    ]
    total = (f"{measured['passed']} of {measured['scripts']} scripts", f"{measured['turns']} turns", "")
    return [("script", "", "ms a turn"), *rows, total]


def markdown(rows: Rows) -> str:
    """Return a table; the first row is its header, and what Markdown would read as a border is escaped."""
    header, *body = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    lines = [header, ["---"] * len(header), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
