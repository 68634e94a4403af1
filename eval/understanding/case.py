"""Cases: requests written by hand, each with what went before and the act that it should come to.

    catalog: demo                 # as --catalog takes it; a path is relative to this file
    requests:
    - say: nah, cheaper, and not brown
      given:
        query: boots
        where: [kind == walking boots, price <= 80]
        screen: [boot-003, boot-001]
        last: recommend
        asked: price
        earlier: [need boots, under 80]
      act: refine                 # or a list, of which one is right
      where: [kind == walking boots, price < 59.9, colour != brown]
      may: [material != suede]
      items: ['#2']
      sort: price
      count: 3
      stars: 4
      about: negation

A file with `held_out: true` belongs to the held-out half: its errors are counted and told to nobody. The others belong
to the development half.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from agent.types import SEARCHES, ActName
from encoders.errors import InputError
from eval.understanding.condition import parse_condition
from eval.understanding.entries import mapping, read_yaml, text, texts

if TYPE_CHECKING:
    from pathlib import Path

    from eval.understanding.entries import Entry
    from retrieval.types import Constraint

DEVELOPMENT: Final = "development"
HELD_OUT: Final = "held-out"

_FILE: Final = frozenset({"catalog", "held_out", "requests"})
_CASE: Final = frozenset({"say", "act", "where", "may", "items", "sort", "count", "stars", "given", "about"})
_GIVEN: Final = frozenset({"query", "where", "screen", "last", "asked", "earlier"})
_ACTS: Final = ", ".join(act.value for act in ActName)


@dataclass(frozen=True, slots=True)
class Given:
    """What went before a request."""

    query: str = ""
    """The query in force."""
    where: tuple[Constraint, ...] = ()
    """The constraints in force."""
    screen: tuple[str, ...] = ()
    """Ids on screen, first is number 1."""
    last: ActName | None = None
    """The act of the previous turn."""
    asked: str | None = None
    """The column that the previous turn ended with a question about."""
    earlier: tuple[str, ...] = ()
    """The person's own previous requests, oldest first."""


@dataclass(frozen=True, slots=True)
class Case:
    """One request with the act that is right for it."""

    path: Path
    number: int
    """Place in its file, from 1."""
    catalog: str
    """As the file names it."""
    say: str
    acts: tuple[ActName, ...]
    """One of them is right."""
    where: tuple[Constraint, ...] = ()
    """All conditions that a searching act must carry; nothing is checked of other acts."""
    may: tuple[Constraint, ...] = ()
    """Conditions that are fine, also in the place of one in `where`, but not needed."""
    items: tuple[str, ...] | None = None
    """Ids, or '#2' for the second on screen, that the act refers to, in order; None where that is not checked."""
    sort: str | None = None
    """Column name, or '-' and column name."""
    count: int | None = None
    stars: float | None = None
    given: Given = field(default_factory=Given)
    about: str = ""
    """What it tests, in a word."""
    held_out: bool = False
    """Whether its file is held out."""

    @property
    def half(self) -> str:
        """DEVELOPMENT or HELD_OUT."""
        return HELD_OUT if self.held_out else DEVELOPMENT

    @property
    def searches(self) -> bool:
        """Whether every act that is right searches."""
        return SEARCHES.issuperset(self.acts)

    @property
    def place(self) -> str:
        """File and number, for messages."""
        return f"{self.path}, request {self.number}"


def read_cases(path: Path) -> tuple[Case, ...]:
    """Read a file of cases.

    Raises InputError naming file, request and key when it can't be read as one.
    """
    data = mapping(read_yaml(path), _FILE, str(path))
    catalog, requests = text(data, "catalog", str(path)), data.get("requests")
    if not catalog or not isinstance(requests, list) or not requests:
        raise InputError(f"{path} lacks `catalog` or a list of `requests`: see eval/understanding/case.py.")
    held_out = text(data, "held_out", str(path)) or "false"
    if held_out not in ("true", "false"):
        raise InputError(f"In {path} `held_out` is neither true nor false: write one of them.")
    cases = (_case(entry, path, catalog, number) for number, entry in enumerate(requests, 1))
    return tuple(replace(case, held_out=held_out == "true") for case in cases)


def _case(entry: object, path: Path, catalog: str, number: int) -> Case:
    place = f"{path}, request {number}"
    request = mapping(entry, _CASE, place)
    said = (text(request, "say", place) or "").strip()
    acts = tuple(_act(name, "act", place) for name in texts(request, "act", place))
    if not said or not acts:
        raise InputError(f"In {place} `{'say' if acts else 'act'}` is missing: write it.")
    given_place = f"{place}, given"
    given = mapping(request.get("given") or {}, _GIVEN, given_place)
    last = text(given, "last", given_place)
    return Case(
        path=path,
        number=number,
        catalog=catalog,
        say=said,
        acts=acts,
        where=_conditions(request, "where", place),
        may=_conditions(request, "may", place),
        items=texts(request, "items", place) if "items" in request else None,
        sort=text(request, "sort", place),
        count=_count(request, place),
        stars=_number(request, "stars", place),
        given=Given(
            query=text(given, "query", given_place) or "",
            where=_conditions(given, "where", given_place),
            screen=texts(given, "screen", given_place),
            last=_act(last, "last", given_place) if last else None,
            asked=text(given, "asked", given_place),
            earlier=texts(given, "earlier", given_place),
        ),
        about=text(request, "about", place) or "",
    )


def _act(name: str, key: str, place: str) -> ActName:
    try:
        return ActName(name)
    except ValueError as error:
        raise InputError(f"In {place} `{key}` is “{name}”, which is no act: use one of {_ACTS}.") from error


def _conditions(entry: Entry, key: str, place: str) -> tuple[Constraint, ...]:
    try:
        return tuple(parse_condition(one) for one in texts(entry, key, place))
    except ValueError as error:
        raise InputError(f"In {place} `{key}`: {error}.") from error


def _number(entry: Entry, key: str, place: str) -> float | None:
    written = text(entry, key, place)
    if written is None:
        return None
    try:
        return float(written)
    except ValueError as error:
        raise InputError(f"In {place} `{key}` is “{written}”: write a number.") from error


def _count(entry: Entry, place: str) -> int | None:
    number = _number(entry, "count", place)
    if number is not None and not (number.is_integer() and number >= 1):
        raise InputError(f"In {place} `count` is {number:g}: write a whole number, 1 or more.")
    return None if number is None else int(number)
