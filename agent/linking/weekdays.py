"""Days of the week: 'on a saturday', 'fridays or saturdays', 'at the weekend', of columns that hold dates."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_DAYS: Final = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
_NAMES: Final = {f"{day}day": (number,) for number, day in enumerate(_DAYS)} | {
    "weekend": (5, 6),
    "weekday": (0, 1, 2, 3, 4),
}
_DAY: Final = rf"(?:{'|'.join(_NAMES)})s?"
_SAID: Final = re.compile(
    rf"(?:(?:on|for|at|any|every|only|over) )*(?:(?:an?|the) )?{_DAY}(?: (?:or|and|and on|or on) (?:an? |the )?{_DAY})*"
    r"(?: (?:morning|afternoon|evening|night|lunchtime)s?)?(?: only| please)?"
)


def weekdays(text: str) -> frozenset[int]:
    """Return the days that a phrase of nothing else names, 0 for Monday; none of any other phrase."""
    said = " ".join(text.casefold().replace("'", "").split()).strip(" .!?")
    if not _SAID.fullmatch(said):
        return frozenset()
    named = re.findall("|".join(_NAMES), said)
    return frozenset(number for name in named for number in _NAMES[name])


def falling_on(days: frozenset[int], dates: list[str]) -> tuple[str, ...]:
    """Return those of some ISO dates that fall on `days`, each once, the earliest first."""
    return tuple(sorted({one[:10] for one in dates if _weekday(one[:10]) in days}))


def _weekday(day: str) -> int | None:
    try:
        return date.fromisoformat(day).weekday()
    except ValueError:
        return None  # a month or a year falls on no day
