"""Times of day: 'open until ten', 'starts after 7pm', 'ends before half six' of columns that hold 09:00 or 19:30."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from agent.linking.folding import split
from agent.linking.numerals import digits
from agent.linking.phrases import constraint
from retrieval.types import Column, Op, Role

if TYPE_CHECKING:
    from agent.linking.fields import Fields
    from retrieval.types import Constraint

_VALUE: Final = re.compile(r"([01]?\d|2[0-4])[:.h]([0-5]\d)(?: ?(am|pm))?", re.IGNORECASE)
_MOST: Final = 0.8
"""Part of a column's values that must be times of day."""
_TIME: Final = (
    r"(?:(?P<half>half(?: past)?|quarter past|quarter to) )?(?P<hour>[01]?\d|2[0-4])(?:[:.h](?P<minute>[0-5]\d))?"
    r" ?(?P<half_day>am|pm|a\.m\.?|p\.m\.?)?(?: ?o'? ?clock)?"
    r"(?: (?:in the|at) (?P<part>morning|evening|afternoon|night))?"
)
_NAMED: Final = {"noon": 720, "midday": 720, "midnight": 1440}
_CUES: Final = {
    "until": Op.LE, "till": Op.LE, "by": Op.LE, "up to": Op.LE, "no later than": Op.LE, "before": Op.LT,
    "from": Op.GE, "no earlier than": Op.GE, "not before": Op.GE, "after": Op.GT, "past": Op.GT,
    "later than": Op.GT, "at": Op.EQ,
}  # fmt: skip
_STILL_OPEN: Final = {
    "until": Op.GE, "till": Op.GE, "up to": Op.GE, "after": Op.GT, "past": Op.GT, "later than": Op.GT, "at": Op.GT,
}  # fmt: skip
"""What is open at, after or until an hour closes after it."""
_PHRASE: Final = re.compile(
    r"(?P<verb>opens?|opening|close[sd]?|closing|shuts?|starts?|starting|begins?|beginning|ends?|ending|finish(?:es)?|"
    r"finishing|doors|on)?(?: (?:at|is|are|it))? ?(?P<cue>until|till|by|before|no later than|up to|after|from|past|"
    rf"no earlier than|not before|later than|at) ?(?:(?P<named>noon|midday|midnight)|{_TIME})"
    r"(?P<on> onwards| or later)?(?: please)?"
)
_MARKED: Final = re.compile(
    r"\d[:h]\d\d|\d ?(?:am|pm|a\.m|p\.m)\b|o'? ?clock|\b(?:noon|midday|midnight|half past|half [1-9]|quarter)"
)
_OPENS: Final = frozenset("open opens opening doors".split())
_CLOSES: Final = frozenset("close closes closed closing shut shuts".split())
_STARTS: Final = frozenset("start starts starting begin begins beginning time at doors".split())
_ENDS: Final = frozenset("end ends ending finish finishes finishing".split())
_MORNING_ENDS: Final = 8
"""Hours below it, said without morning or evening, are of the evening where the column has no such morning."""


@dataclass(frozen=True, slots=True)
class _Wish:
    verb: str
    cue: str
    op: Op
    minutes: int
    sure: bool
    """Whether morning or evening was said, or is plain from the hour."""


def at_a_time(text: str, fields: Fields) -> Constraint | None:
    """Read when a thing opens, closes, begins or ends; None where nothing is said of it or no column holds times.

    'Open after nine' is of the closing time, because what has closed by then is not.
    """
    wish = _wish(text)
    columns = {column.name: column for column in fields.columns if _is_clock(column)} if wish else {}
    if wish is None or not columns:
        return None
    chosen = _chosen(wish, list(columns.values()))
    if chosen is None:
        return None
    column, op = chosen
    times = {value: _minutes(value) or 0 for value in column.values}
    minutes = wish.minutes
    if (
        not wish.sure
        and minutes + 720 <= max(times.values())
        and (minutes < min(times.values()) or minutes < 60 * _MORNING_ENDS)
    ):
        minutes += 720
    fitting = tuple(
        value for value, at in sorted(times.items(), key=lambda pair: pair[1]) if _holds(op, at, minutes)
    )
    return constraint(column, fitting, text.strip(), avoid=False) if fitting else None


def _wish(text: str) -> _Wish | None:
    said = digits(text).strip(" .!?")
    found = _PHRASE.fullmatch(said)
    if found is None or not (found["verb"] not in (None, "on") or _MARKED.search(said)):
        return None
    verb, cue = found["verb"] or "", found["cue"]
    op = Op.GE if found["on"] else _CUES[cue]
    if found["named"]:
        return _Wish(verb, cue, op, _NAMED[found["named"]], True)
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    shift = {"half": 30, "half past": 30, "quarter past": 15, "quarter to": -15}.get(found["half"] or "", 0)
    late = (found["half_day"] or "").startswith("p") or found["part"] in ("evening", "afternoon", "night")
    early = (found["half_day"] or "").startswith("a") or found["part"] == "morning"
    hour = hour % 12 + 12 if late and hour <= 12 else hour % 12 if early and hour == 12 else hour
    return _Wish(verb, cue, op, hour * 60 + minute + shift, late or early or hour > 12 or hour == 0)


def _chosen(wish: _Wish, columns: list[Column]) -> tuple[Column, Op] | None:
    """Choose the column that a verb is of, and the comparison with it."""

    def labelled(words: frozenset[str]) -> Column | None:
        return next((column for column in columns if words & set(split(column.label))), None)

    verb = wish.verb
    if verb == "open" and wish.cue in _STILL_OPEN and (closing := labelled(_CLOSES)):
        return closing, _STILL_OPEN[wish.cue]
    if verb in _OPENS:
        column = labelled(_OPENS)
    elif verb in _CLOSES:
        column = labelled(_CLOSES) or labelled(_ENDS)
    elif verb in _ENDS:
        column = labelled(_ENDS) or labelled(_CLOSES)
    else:
        column = labelled(_STARTS) or (columns[0] if len(columns) == 1 else None)
    return (column, wish.op) if column else None


def _is_clock(column: Column) -> bool:
    values = column.values if column.role is Role.FACET else {}
    return bool(values) and sum(_minutes(value) is not None for value in values) >= _MOST * len(values)


def _minutes(value: str) -> int | None:
    found = _VALUE.fullmatch(value.strip())
    if found is None:
        return None
    hour = int(found[1])
    if found[3]:
        hour = hour % 12 + (12 if found[3].casefold() == "pm" else 0)
    return hour * 60 + int(found[2])


def _holds(op: Op, at: int, minutes: int) -> bool:
    return {
        Op.LT: at < minutes,
        Op.LE: at <= minutes,
        Op.EQ: at == minutes,
        Op.GE: at >= minutes,
        Op.GT: at > minutes,
    }[op]
