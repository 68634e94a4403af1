"""Scripted conversations: YAML files of turns with what each should come to.

    name: boots that don't leak
    catalog: demo
    turns:
      - say: need boots that wont leak, 80 quid tops
        expect:
          act: recommend
          constraints: [{field: price, op: "<=", value: 80}]
          items: {at_least: 2, every: [{field: price, op: "<=", value: 80}], include: [], exclude: []}
          answer: {contains: [], lacks: ["leather"]}
      - say: /why 1
        expect: {act: explain}

Lines that begin with '/' are commands. An expectation that is not written is not checked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from encoders.errors import InputError
from retrieval.types import Constraint, Op

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_TURN_KEYS = {"say", "images", "voice", "expect"}
_EXPECT_KEYS = {"act", "constraints", "items", "answer", "sort", "count", "stars", "refers"}
_ITEM_KEYS = {"at_least", "at_most", "every", "include", "exclude", "first"}
_ANSWER_KEYS = {"contains", "lacks"}


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a turn should come to; None and empty fields are not checked."""

    act: tuple[str, ...] = ()
    """Names of acts of which one is right."""
    constraints: tuple[Constraint, ...] | None = None
    """Each must be in the act (field, operator and value); () says there must be none."""
    sort: str | None = None
    count: int | None = None
    stars: float | None = None
    refers: tuple[str, ...] | None = None
    """Ids that the act must refer to, in order."""
    at_least: int | None = None
    at_most: int | None = None
    every: tuple[Constraint, ...] = ()
    """Conditions that every item shown must satisfy."""
    include: tuple[str, ...] = ()
    """Ids that must be shown."""
    exclude: tuple[str, ...] = ()
    """Ids that must not be shown."""
    first: str | None = None
    """Id that must be shown first."""
    contains: tuple[str, ...] = ()
    """Texts the answer must hold, without regard to case."""
    lacks: tuple[str, ...] = ()
    """Texts the answer must not hold."""


@dataclass(frozen=True, slots=True)
class ScriptTurn:
    """One line of a script."""

    say: str
    images: tuple[str, ...] = ()
    """Paths relative to the script."""
    voice: str | None = None
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
    if not isinstance(data, dict) or not isinstance(data.get("turns"), list):
        raise InputError(f"The script {path} has no list of `turns`: see the scripts in eval/scripts.")
    turns = tuple(_turn(entry, f"{path}, turn {n}") for n, entry in enumerate(data["turns"], 1))
    return Script(str(data.get("name") or path.stem), str(data.get("catalog") or "demo"), turns, path)


def _turn(entry: object, where: str) -> ScriptTurn:
    entry = _mapping(entry, _TURN_KEYS, where)
    expect = _mapping(entry.get("expect") or {}, _EXPECT_KEYS, f"{where}, expect")
    items = _mapping(expect.get("items") or {}, _ITEM_KEYS, f"{where}, items")
    answer = _mapping(expect.get("answer") or {}, _ANSWER_KEYS, f"{where}, answer")
    constraints = expect.get("constraints")
    refers = expect.get("refers")
    return ScriptTurn(
        say=str(entry.get("say") or ""),
        images=_words(entry.get("images")),
        voice=entry.get("voice"),
        expect=Expectation(
            act=_words(expect.get("act")),
            constraints=None if constraints is None else _conditions(constraints, where),
            sort=expect.get("sort"),
            count=expect.get("count"),
            stars=expect.get("stars"),
            refers=None if refers is None else _words(refers),
            at_least=items.get("at_least"),
            at_most=items.get("at_most"),
            every=_conditions(items.get("every") or [], where),
            include=_words(items.get("include")),
            exclude=_words(items.get("exclude")),
            first=items.get("first"),
            contains=_words(answer.get("contains")),
            lacks=_words(answer.get("lacks")),
        ),
    )


def _mapping(value: object, known: set[str], where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise InputError(f"In {where} a mapping is needed, not {type(value).__name__}: see eval/scripts.")
    if unknown := [key for key in value if key not in known]:
        raise InputError(f"In {where} the key “{unknown[0]}” is unknown: use {', '.join(sorted(known))}.")
    return value


def _words(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(str(entry) for entry in value) if isinstance(value, list) else (str(value),)


def _conditions(entries: Sequence[Mapping[str, Any]], where: str) -> tuple[Constraint, ...]:
    try:
        return tuple(
            Constraint(entry["field"], Op(entry["op"]), as_value(entry["value"]), "") for entry in entries
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"In {where} a condition is not {{field, op, value}}: {error}.") from error


def as_value(value: object) -> str | float | tuple[str, ...]:
    """Return a value of YAML or JSON as constraints hold it."""
    if isinstance(value, bool) or value is None:
        return str(value).lower()
    if isinstance(value, list | tuple):
        return tuple(str(part) for part in value)
    return float(value) if isinstance(value, int | float) else str(value)
