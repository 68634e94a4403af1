"""Scripted conversations: YAML files of turns with what each should come to.

    name: boots that don't leak
    catalog: demo
    turns:
      - say: need boots that wont leak, 80 quid tops
        expect:
          act: recommend
          constraints: [{field: price, op: "<=", value: 80}]
          free: [colour]
          items: {at_least: 2, every: [{field: price, op: "<=", value: 80}], include: [], exclude: []}
          answer: {contains: [], lacks: ["leather"]}
      - say: /why 1
        expect: {act: explain, refers: ["#1"]}
      - say: /why 9
        expect: {error: on screen}

Lines that begin with '/' are commands. An expectation that is not written is not checked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from agent.types import ActName
from encoders.errors import InputError
from retrieval.types import Constraint, Op, Status

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_SCRIPT_KEYS = {"name", "catalog", "turns"}
_TURN_KEYS = {"say", "images", "sounds", "voice", "expect"}
_EXPECT_KEYS = {"act", "constraints", "free", "items", "answer", "sort", "count", "stars", "refers", "error"}
_ITEM_KEYS = {"at_least", "at_most", "every", "some", "include", "exclude", "first", "fresh"}
_ANSWER_KEYS = {"contains", "lacks"}
_CONDITION_KEYS = {"field", "op", "value", "status"}
_ACTS = frozenset(act.value for act in ActName)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a turn should come to; None and empty fields are not checked."""

    act: tuple[str, ...] = ()
    """Names of acts of which one is right."""
    constraints: tuple[Constraint, ...] | None = None
    """Each must be in the act (field, operator, value and status); () says there must be none."""
    free: tuple[str, ...] = ()
    """Fields that the act must not constrain, unless it has given the constraint up."""
    sort: str | None = None
    count: int | None = None
    stars: float | None = None
    refers: tuple[str, ...] | None = None
    """Ids that the act must refer to, in order. Here and in `include`, `exclude` and `first`, '#2' is the item that was
    second on screen when the turn began."""
    at_least: int | None = None
    at_most: int | None = None
    every: tuple[Constraint, ...] = ()
    """Conditions that every item shown must satisfy; with none shown they don't hold, unless `at_most` or
    `at_least` is 0."""
    some: tuple[Constraint, ...] = ()
    """Conditions of which each must hold for one item shown at least."""
    fresh: bool = False
    """Nothing shown may have been on screen when the turn began."""
    include: tuple[str, ...] = ()
    """Ids that must be shown."""
    exclude: tuple[str, ...] = ()
    """Ids that must not be shown."""
    first: str | None = None
    """Id that must be shown first."""
    contains: tuple[str, ...] = ()
    """Texts that the headline or the answer must hold, without regard to case."""
    lacks: tuple[str, ...] = ()
    """Texts that neither may hold."""
    error: str | None = None
    """A text of the sentence with which the turn must be refused."""


@dataclass(frozen=True, slots=True)
class ScriptTurn:
    """One line of a script."""

    say: str
    images: tuple[str, ...] = ()
    """Paths relative to the script."""
    sounds: tuple[str, ...] = ()
    """Paths relative to the script, of what is looked for by ear."""
    voice: str | None = None
    """Path relative to the script."""
    expect: Expectation = field(default_factory=Expectation)


@dataclass(frozen=True, slots=True)
class Script:
    """A conversation to play."""

    name: str
    catalog: str
    turns: tuple[ScriptTurn, ...]
    path: Path


def read_script(path: Path) -> Script:
    """Read a script.

    Raises InputError naming file, turn and key when it can't be read as one.
    """
    import yaml

    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"The script {path} can't be read ({error.strerror}): check its path.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())
        raise InputError(f"The script {path} is not YAML: {reason}.") from error
    if not isinstance(data, dict) or not isinstance(data.get("turns"), list) or not data["turns"]:
        raise InputError(f"The script {path} has no list of `turns`: see the scripts in eval/scripts.")
    data = _mapping(data, _SCRIPT_KEYS, str(path))
    turns = tuple(_turn(entry, f"{path}, turn {n}") for n, entry in enumerate(data["turns"], 1))
    return Script(str(data.get("name") or path.stem), str(data.get("catalog") or "demo"), turns, path)


def _turn(entry: object, where: str) -> ScriptTurn:
    entry = _mapping(entry, _TURN_KEYS, where)
    turn = ScriptTurn(
        say=_text(entry, "say", where) or "",
        images=_texts(entry, "images", where),
        sounds=_texts(entry, "sounds", where),
        voice=_text(entry, "voice", where),
        expect=_expectation(entry.get("expect") or {}, where),
    )
    if not (turn.say.strip() or turn.images or turn.sounds or turn.voice):
        raise InputError(f"In {where} nothing is said: write `say`, `images`, `sounds` or `voice`.")
    if turn.say.split()[:1] == ["/new"] and "expect" in entry:
        raise InputError(
            f"In {where} /new expects something but plays no turn: put `expect` on the next one."
        )
    return turn


def _expectation(entry: object, where: str) -> Expectation:
    expect = _mapping(entry, _EXPECT_KEYS, f"{where}, expect")
    items = _mapping(expect.get("items") or {}, _ITEM_KEYS, f"{where}, items")
    answer = _mapping(expect.get("answer") or {}, _ANSWER_KEYS, f"{where}, answer")
    acts = _texts(expect, "act", where)
    if unknown := [act for act in acts if act not in _ACTS]:
        raise InputError(f"In {where} “{unknown[0]}” is no act: use {', '.join(sorted(_ACTS))}.")
    stars = _number(expect, "stars", where)
    return Expectation(
        act=acts,
        constraints=_conditions(expect, "constraints", where) if "constraints" in expect else None,
        free=_texts(expect, "free", where),
        sort=_text(expect, "sort", where),
        count=_whole(expect, "count", where),
        stars=stars,
        refers=_texts(expect, "refers", where) if "refers" in expect else None,
        at_least=_whole(items, "at_least", where),
        at_most=_whole(items, "at_most", where),
        every=_conditions(items, "every", where),
        some=_conditions(items, "some", where),
        fresh=items.get("fresh") is True,
        include=_texts(items, "include", where),
        exclude=_texts(items, "exclude", where),
        first=_text(items, "first", where),
        contains=_texts(answer, "contains", where),
        lacks=_texts(answer, "lacks", where),
        error=_text(expect, "error", where),
    )


def _mapping(value: object, known: set[str], where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise InputError(f"In {where} a mapping is needed, not {type(value).__name__}: see eval/scripts.")
    if unknown := [key for key in value if key not in known]:
        raise InputError(f"In {where} the key “{unknown[0]}” is unknown: use {', '.join(sorted(known))}.")
    return value


def _text(entry: Mapping[str, Any], key: str, where: str) -> str | None:
    value = entry.get(key)
    if isinstance(value, dict | list):
        raise InputError(f"In {where} `{key}` is a {type(value).__name__}: write one text.")
    return None if value is None else str(value)


def _texts(entry: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = entry.get(key)
    values = value if isinstance(value, list) else [] if value is None else [value]
    if any(isinstance(one, dict | list) or one is None for one in values):
        raise InputError(f"In {where} `{key}` is not a text or a list of texts: see eval/scripts.")
    return tuple(str(one) for one in values)


def _number(entry: Mapping[str, Any], key: str, where: str) -> float | None:
    value = entry.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(f"In {where} `{key}` is “{value}”: write a number.")
    return float(value)


def _whole(entry: Mapping[str, Any], key: str, where: str) -> int | None:
    value = _number(entry, key, where)
    if value is not None and not (value.is_integer() and value >= 0):
        raise InputError(f"In {where} `{key}` is {value:g}: write a whole number, 0 or more.")
    return None if value is None else int(value)


def _conditions(entry: Mapping[str, Any], key: str, where: str) -> tuple[Constraint, ...]:
    entries = entry.get(key) or []
    try:
        return tuple(_condition(_mapping(one, _CONDITION_KEYS, f"{where}, {key}")) for one in entries)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"In {where} `{key}` is not a list of {{field, op, value}} ({error}): see eval/scripts."
        ) from error


def _condition(entry: Mapping[str, Any]) -> Constraint:
    column, status = entry["field"], Status(entry.get("status", Status.ENFORCED))
    return Constraint(
        None if column is None else str(column), Op(entry["op"]), as_value(entry["value"]), "", status
    )


def as_value(value: object) -> str | float | tuple[str, ...]:
    """Return a value of YAML or JSON as constraints hold it.

    Raises ValueError for what no constraint can hold.
    """
    if isinstance(value, dict) or value is None:
        raise ValueError(f"{value!r} is no value")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return tuple(str(part) for part in value)
    return float(value) if isinstance(value, int | float) else str(value)
