"""A catalogue's files to items, columns, interactions and triples, with every bad row accounted for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from encoders.errors import CatalogueError
from retrieval.catalogue.columns import Choice, Plan, check_names, plan
from retrieval.catalogue.items import ItemReader, media_finder
from retrieval.catalogue.media import (
    PICTURE_FOLDERS,
    PICTURE_SUFFIXES,
    SOUND_FOLDERS,
    SOUND_SUFFIXES,
    by_stem,
    media_folders,
)
from retrieval.catalogue.problems import Problem, ProblemLog, Severity, ignore_report
from retrieval.catalogue.profile import profile
from retrieval.catalogue.readers import KEY, open_rows
from retrieval.catalogue.settings import Settings, read_settings
from retrieval.catalogue.source import MediaRows, Source, check_name, find_source
from retrieval.catalogue.spelling import unify_case
from retrieval.catalogue.summary import summarise
from retrieval.catalogue.tables import read_interactions, read_triples
from retrieval.types import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from retrieval.catalogue.readers import Rows
    from retrieval.snapshot import Interaction, Triple
    from retrieval.types import Column, Item

_STEP = 256
"""Rows between two calls of `progress`."""
_KINDS = (
    (Role.PICTURE, PICTURE_FOLDERS, PICTURE_SUFFIXES),
    (Role.SOUND, SOUND_FOLDERS, SOUND_SUFFIXES),
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was read and how much was not; exact, however many problems are kept."""

    items: int
    interactions: int
    triples: int
    rows_skipped: int
    """Of all tables."""
    cells_dropped: int
    cells_changed: int
    notes: int


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A row of the table that shows what each column was taken for."""

    column: str
    role: Role
    label: str
    unit: str | None
    why: str
    """'its name', '38 values, shared', 'set by --column' …"""
    example: str
    """A cell as it stands in the file, cut to 60 characters."""
    filled: int
    """Items that have a value; 0 for ignored columns, which are not read."""


@dataclass(frozen=True, slots=True)
class Import:
    """A catalogue, read."""

    name: str
    source: Path
    """The items file, or the folder of pictures and sounds; absolute."""
    columns: tuple[Column, ...]
    """All but ignored ones, in the order of the file; derived ones last."""
    items: list[Item]
    """In the order of the file."""
    interactions: tuple[Interaction, ...]
    triples: tuple[Triple, ...]
    problems: tuple[Problem, ...]
    """The first 10,000, in the order in which they were met."""
    counts: Counts
    roles: tuple[RoleRow, ...]
    """One for each column of the file, ignored ones too."""


def load(
    source: Path,
    *,
    name: str | None = None,
    roles: Mapping[str, Role] | None = None,
    settings: Path | None = None,
    strict: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Import:
    """Read a catalogue from an items file (CSV, JSON Lines, JSON, Parquet), or from a folder.

    A folder holds one items file, with `pictures/`, `images/`, `sounds/`, `interactions.*`, `triples.*` and
    `catalogue.toml` where wanted; or nothing but pictures and sounds, each of which is then an item.
    `roles` (from flags) prevail over the settings file, and that over the guesses. `progress` is called with the rows
    read and their number. The file is read twice, once to judge the columns and once to read the items, so that memory
    holds the items alone.

    Raises CatalogueError when there is nothing to read, no id or title column, no row that can be used, or, with
    `strict`, at the first faulty row or cell, and when the settings can't be taken; UsageError when `roles` names a
    column that is not there, or `name` can't name a folder.
    """
    found = find_source(source)
    settings_file = settings or found.settings
    chosen = read_settings(settings_file) if settings_file else Settings()
    name = check_name(name or chosen.name or found.name)
    log = ProblemLog(strict)
    rows: Rows = (
        open_rows(found.items, chosen.encoding, chosen.delimiter) if found.items else MediaRows(found.base)
    )
    plans, items = _read_items(
        rows, found, chosen, _choices(chosen, settings_file, roles or {}), log, progress
    )
    ids = frozenset(item.id for item in items)
    interactions: tuple[Interaction, ...] = ()
    triples: tuple[Triple, ...] = ()
    if found.interactions:
        table = open_rows(found.interactions, chosen.encoding)
        interactions = tuple(read_interactions(table, ids, log.reporter(table.file)))
    if found.triples:
        table = open_rows(found.triples, chosen.encoding)
        triples = tuple(read_triples(table, log.reporter(table.file)))
    columns = summarise(plans, items)
    counts = Counts(
        items=len(items),
        interactions=len(interactions),
        triples=len(triples),
        rows_skipped=log.count(Severity.ROW_SKIPPED),
        cells_dropped=log.count(Severity.CELL_DROPPED),
        cells_changed=log.count(Severity.CELL_CHANGED),
        notes=log.count(Severity.NOTE),
    )
    table_of_roles = _role_rows(plans, columns)
    return Import(
        name, rows.file, columns, items, interactions, triples, log.problems, counts, table_of_roles
    )


def _choices(settings: Settings, file: Path | None, roles: Mapping[str, Role]) -> dict[str, Choice]:
    choices = {name: replace(choice, file=file) for name, choice in settings.columns.items()}
    for name, role in roles.items():
        choices[name] = replace(choices.get(name, Choice()), role=role, file=None)
    return choices


def _read_items(
    rows: Rows,
    found: Source,
    settings: Settings,
    choices: Mapping[str, Choice],
    log: ProblemLog,
    progress: Callable[[int, int], None] | None,
) -> tuple[tuple[Plan, ...], list[Item]]:
    profiled = profile(rows.read(ignore_report))
    report = log.reporter(rows.file)
    if not profiled.rows:
        for _ in rows.read(report):
            """Only for what is wrong with the rows."""
        raise CatalogueError(
            f"{rows.file} has no row that can be read{_first_skipped(log)}; give a file with at least one item."
        )
    plans = plan(profiled, choices, keyed=KEY if rows.keyed else None)
    finders = {}
    for kind, names, suffixes in _KINDS:
        chosen = settings.image_folder if kind is Role.PICTURE else settings.sound_folder
        folders = media_folders(found.base, names, chosen)
        stems = by_stem(folders, suffixes) if found.items else {}
        if stems and not any(planned.role is kind for planned in plans):
            derived = _media_plan(kind, plans, len(stems), choices)
            plans = (*plans, derived)
            if derived.role is Role.IGNORE:
                stems = {}
        finders[kind] = media_finder(kind, plans, folders, stems)
    check_names(choices, [planned.name for planned in plans])
    reader = ItemReader(plans, finders[Role.PICTURE], finders[Role.SOUND], report)
    items: list[Item] = []
    for number, (line, row) in enumerate(rows.read(report), start=1):
        if (item := reader.read(line, row)) is not None:
            items.append(item)
        if progress and (number % _STEP == 0 or number == profiled.rows):
            progress(number, profiled.rows)
    if not items:
        raise CatalogueError(
            f"No row of {rows.file} can be used, of {profiled.rows:,}{_first_skipped(log)}; mend them, or set other "
            "columns as id and title with --column."
        )
    return plans, unify_case(plans, items, report)


def _first_skipped(log: ProblemLog) -> str:
    skipped = (problem for problem in log.problems if problem.severity is Severity.ROW_SKIPPED)
    return next((f": {problem}" for problem in skipped), "")


def _media_plan(kind: Role, plans: tuple[Plan, ...], files: int, choices: Mapping[str, Choice]) -> Plan:
    taken = {planned.name for planned in plans}
    name = next(name for name in (str(kind), f"{kind} file", f"{kind} file 2") if name not in taken)
    why = f"derived: {files:,} files, named after the ids"
    role = Role.IGNORE if choices.get(name, Choice()).role is Role.IGNORE else kind
    return Plan(name, role, why, label=str(kind), derived=True)


def _role_rows(plans: tuple[Plan, ...], columns: tuple[Column, ...]) -> tuple[RoleRow, ...]:
    filled = {column.name: column.filled for column in columns}
    return tuple(
        RoleRow(
            planned.name,
            planned.role,
            planned.label,
            planned.unit,
            planned.why,
            planned.example,
            filled.get(planned.name, 0),
        )
        for planned in plans
    )
