"""Plans how each column is read: its role guessed or chosen, its label, its unit, and how its cells are spelt."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from encoders.errors import CatalogueError, UsageError
from encoders.sanitise import sanitise_line
from retrieval.catalogue import naming
from retrieval.catalogue.cells import words_of
from retrieval.catalogue.dates import date_form
from retrieval.catalogue.lists import find_separator
from retrieval.catalogue.numbers import NumberForm, number_form, parse_number
from retrieval.catalogue.rules import Evidence, guess, is_truth
from retrieval.catalogue.units import CURRENCIES, UNITS
from retrieval.types import Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from retrieval.catalogue.profile import Profile

YEAR = "year"
DERIVED = (YEAR, str(Role.PICTURE), str(Role.SOUND))
"""Columns that may come of titles and file names, and so may be chosen though no file has them."""
_YEAR_AT_END = re.compile(r"\(((?:1[89]|20)\d{2})\)\s*$", re.ASCII)
_EXAMPLE = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """What a settings file or a flag says of a column; None leaves it to the guess."""

    role: Role | None = None
    label: str | None = None
    unit: str | None = None
    separator: str | None = None
    """LIST: what stands between its parts."""
    file: Path | None = None
    """The settings file that says so; None for a flag."""

    @property
    def source(self) -> str:
        """Where it was said, for the table of roles."""
        return f"set by {self.file.name}" if self.file else "set by --column"


@dataclass(frozen=True, slots=True)
class Plan:
    """How a column is read."""

    name: str
    role: Role
    why: str
    """Reason of the role, in a clause."""
    label: str
    unit: str | None = None
    number: NumberForm = field(default_factory=NumberForm)
    month_first: bool = False
    separator: str | None = None
    truth: bool = False
    """FACET: whether the cells are yes and no, in some spelling."""
    example: str = ""
    """A cell as it stands in the file, cut to 60 characters."""
    derived: bool = False
    """Whether it stands in no file: read off the titles, or off the names of the pictures."""


def plan(profile: Profile, choices: Mapping[str, Choice], *, keyed: str | None = None) -> tuple[Plan, ...]:
    """Plan every column of a table.

    `keyed` is the column that holds the keys of a JSON object. Raises UsageError when a flag names no column or two
    columns are chosen as id or as title, CatalogueError when a settings file names no column or there is none for the
    id or the title.
    """
    columns = [Evidence(column, profile.rows) for column in profile.columns]
    names = [column.name for column in columns]
    named = (Role.ID, Role.TITLE)
    early = {name: choice for name, choice in choices.items() if name not in DERIVED or choice.role in named}
    check_names(early, names)
    roles: dict[str, tuple[Role, str]] = {
        name: (choice.role, choice.source) for name, choice in choices.items() if choice.role is not None
    }
    for role in (Role.ID, Role.TITLE):
        _choose(role, columns, roles, keyed)
    plans = [
        _plan(column, *(roles.get(column.name) or guess(column)), choices.get(column.name, Choice()))
        for column in columns
    ]
    title = next(column for column in columns if roles.get(column.name, ("",))[0] is Role.TITLE)
    if (year := _year(title, plans, choices)) is not None:
        plans.append(year)
    return tuple(plans)


def check_names(choices: Mapping[str, Choice], names: Sequence[str]) -> None:
    """Raise when a choice names no column, with the nearest that exists.

    UsageError where a flag says it, CatalogueError with file and key where a settings file does.
    """
    for name, choice in choices.items():
        if name in names:
            continue
        near = difflib.get_close_matches(name, names, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"there are {_listed(names)}."
        name = sanitise_line(name, 100)
        if choice.file is None:
            raise UsageError(f"The catalogue has no column '{name}'; {hint}")
        raise CatalogueError(f"{choice.file}: 'columns.{name}' names no column of the catalogue; {hint}")


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:30])
    return shown if len(names) <= 30 else f"{shown} and {len(names) - 30} more"


def _choose(
    role: Role, columns: Sequence[Evidence], roles: dict[str, tuple[Role, str]], keyed: str | None
) -> None:
    chosen = [name for name, (chosen_role, _) in roles.items() if chosen_role is role]
    if len(chosen) > 1:
        raise UsageError(f"Two columns are set as {role}, {' and '.join(chosen)}; keep one of them.")
    if chosen:
        return
    free = [column for column in columns if column.name not in roles]
    if role is Role.ID and any(column.name == keyed for column in free):
        roles[str(keyed)] = (role, "the keys of the file's object")
        return
    found = _find_id(free) if role is Role.ID else _find_title(free)
    if found is None:
        raise CatalogueError(
            f"No column can be taken for the {role} among {_listed([column.name for column in columns])}; "
            f"name it with --column NAME={role}."
        )
    roles[found[0]] = (role, found[1])


def _find_id(columns: Sequence[Evidence]) -> tuple[str, str] | None:
    ranked = [(rank, column) for column in columns if (rank := naming.id_rank(column.name)) is not None]
    for rank, column in sorted(ranked, key=lambda pair: pair[0]):
        if rank == 0:  # also with duplicates and gaps, which are then reported
            return column.name, "its name"
        # A mere '…_id' may be that of a brand.
        least = 0.5 if rank == 1 else 0.98
        if column.spread >= least and 2 * column.filled >= column.rows and not column.links:
            return column.name, "its name"
    first = columns[0] if columns else None
    if first is not None and first.filled == first.rows and first.spread == 1.0:
        if first.counts_rows or first.codes:
            return first.name, "the first column, another code for each item"
    return None


def _find_title(columns: Sequence[Evidence]) -> tuple[str, str] | None:
    ranked = [(rank, column) for column in columns if (rank := naming.title_rank(column.name)) is not None]
    for rank, column in sorted(ranked, key=lambda pair: pair[0]):
        if rank == 0:
            return column.name, "its name"
        if len(column.texts) >= 0.5 * len(column.cells) > 0 and column.length <= 30 and not column.links:
            return column.name, "its name"
    for column in columns:
        short = bool(column.texts) and len(column.texts) == len(column.cells) and column.length <= 12
        if (
            short
            and column.spread >= 0.7
            and not column.codes
            and guess(column)[0] in (Role.TEXT, Role.FACET)
        ):
            return column.name, "the first column of short texts, hardly shared"
    return None


def _plan(column: Evidence, role: Role, why: str, choice: Choice) -> Plan:
    unit = choice.unit or column.unit
    unit = CURRENCIES.get(unit.lower(), UNITS.get(unit.lower(), unit)) if unit else None
    label = choice.label or column.label
    planned = Plan(column.name, role, why, label, example=_example(column))
    if role is Role.NUMBER:
        form, _ = number_form(column.cells, unit, column.clock)
        return replace(planned, number=form, unit=form.unit or _meant_unit(column, form))
    if role is Role.DATE:
        return replace(planned, month_first=date_form(column.cells, named=True)[0])
    if role is Role.LIST:
        return replace(
            planned, separator=choice.separator or find_separator(column.texts) or _any(column.texts)
        )
    if role is Role.FACET:
        return replace(planned, truth=bool(column.cells) and is_truth(column))
    return planned


def _any(cells: Sequence[str]) -> str | None:
    """Return the separator that most cells of a column chosen as a list have."""
    counts = {separator: sum(separator in cell for cell in cells) for separator in ("|", ";", ",")}
    best = max(counts, key=lambda separator: counts[separator])
    return best if counts[best] else None


def _meant_unit(column: Evidence, form: NumberForm) -> str | None:
    """Return the unit of a column that does not say it: ratings of up to five are stars."""
    if column.words & {"rating", "stars", "score"} and not column.words & {"count", "number"}:
        values = _values(column, form)
        if values and 0 <= min(values) and 1 < max(values) <= 5:
            return "stars"
    return None


def _values(column: Evidence, form: NumberForm) -> list[float]:
    values = []
    for cell in column.cells:
        try:
            values.append(parse_number(cell, form))
        except ValueError:
            continue
    return values


def _example(column: Evidence) -> str:
    cell = next(iter(column.cells), "")
    if isinstance(cell, bytes):
        return f"{len(cell)} bytes"
    if isinstance(cell, list | tuple):
        return sanitise_line(" | ".join(words_of(part) for part in cell if part is not None), _EXAMPLE)
    return sanitise_line(words_of(cell), _EXAMPLE)


def year_of(title: str) -> float | None:
    """Return the year that ends a title in parentheses, as in 'Pari (1995)'."""
    found = _YEAR_AT_END.search(title)
    return float(found[1]) if found else None


def _year(title: Evidence, plans: Sequence[Plan], choices: Mapping[str, Choice]) -> Plan | None:
    if any(plan.name == YEAR for plan in plans) or title.share(_YEAR_AT_END.search) < 0.9:
        return None
    choice = choices.get(YEAR, Choice())
    example = next((found[1] for text in title.texts if (found := _YEAR_AT_END.search(text))), "")
    return Plan(
        YEAR,
        choice.role if choice.role is Role.IGNORE else Role.NUMBER,
        f"derived: the titles in '{title.name}' end with it",
        choice.label or YEAR,
        choice.unit,
        example=example,
        derived=True,
    )
