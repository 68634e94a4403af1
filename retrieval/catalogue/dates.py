"""Dates as catalogues spell them, to ISO 8601."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"), ("feb", "february"), ("mar", "march"), ("apr", "april"), ("may",), ("jun", "june"),
            ("jul", "july"), ("aug", "august"), ("sep", "sept", "september"), ("oct", "october"),
            ("nov", "november"), ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_LONGEST = 40
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?", re.ASCII)
_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[t ](\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s*(z|utc|gmt|[-+]\d{2}:?\d{2})?", re.ASCII
)
_COMPACT = re.compile(r"((?:1[5-9]|20|21)\d{2})(\d{2})(\d{2})", re.ASCII)
_YEAR = re.compile(r"(?:1\d|20|21)\d{2}", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})", re.ASCII)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?"
_DAY_FIRST = re.compile(
    _WEEKDAY + r"(?:(\d{1,2})(?:st|nd|rd|th)?[\s-]+)?([a-z]{3,9})\.?,?[\s-]+(\d{4})", re.ASCII
)
_MONTH_FIRST = re.compile(_WEEKDAY + r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.ASCII)
_EPOCH = (1e8, 4e9)
"""Seconds from 1973 to 2096; a thousand times as much are milliseconds."""


def parse_date(raw: object, *, month_first: bool = False, named: bool = True) -> str:
    """Return a cell as ISO 8601: YYYY, YYYY-MM, YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SS in UTC where a time is given.

    `month_first` reads 03/04/2024 as 4 March. `named` says that the column's name speaks of dates, so that bare
    digits are dates too: years, 20240304 and seconds since 1970. Raises ValueError with the reason in a clause.
    """
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise ValueError("no date")
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = str(raw).strip().lower() if not isinstance(raw, int) or abs(raw) < 10**18 else ""
    if not text or len(text) > _LONGEST:
        raise ValueError("no date")
    found = _written(text, month_first) or (_digits(text) if named else None)
    if found is None:
        raise ValueError("no date")
    return found


def _written(text: str, month_first: bool) -> str | None:
    if matched := _ISO.fullmatch(text):
        return _iso(matched[1], matched[2], matched[3])
    if matched := _MOMENT.fullmatch(text):
        return _moment(matched[1], matched[2], matched[3])
    if matched := _SLASHED.fullmatch(text):
        first, second, year = matched.groups()
        if len(year) == 2:  # as POSIX reads two digits
            year = ("19" if int(year) >= 69 else "20") + year
        day, month = (second, first) if month_first else (first, second)
        return _iso(year, month, day)
    if matched := _DAY_FIRST.fullmatch(text):
        return _named(matched[3], matched[2], matched[1])
    if matched := _MONTH_FIRST.fullmatch(text):
        return _named(matched[3], matched[1], matched[2])
    return None


def _digits(text: str) -> str | None:
    if _YEAR.fullmatch(text):
        return text
    if matched := _COMPACT.fullmatch(text):
        return _iso(*matched.groups())
    try:
        seconds = float(text)
    except ValueError:
        return None
    if seconds > _EPOCH[1]:
        seconds /= 1000
    if not _EPOCH[0] <= seconds <= _EPOCH[1]:
        return None
    return _shorten(datetime.fromtimestamp(seconds, UTC))


def _iso(year: str, month: str, day: str | None) -> str:
    try:
        checked = date(int(year), int(month), int(day or 1))
    except ValueError as error:
        raise ValueError(f"no date ({error})") from error
    return checked.isoformat() if day else checked.isoformat()[:7]


def _named(year: str, month: str, day: str | None) -> str | None:
    number = _MONTHS.get(month)
    return None if number is None else _iso(year, str(number), day)


def _moment(day: str, time: str, zone: str | None) -> str:
    offset = {None: "", "z": "+00:00", "utc": "+00:00", "gmt": "+00:00"}.get(zone, zone)
    try:
        moment = datetime.fromisoformat(f"{day}T{time}{offset}")
        if moment.tzinfo is not None:
            moment = moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"no date ({error})") from error
    return _shorten(moment)


def _shorten(moment: datetime) -> str:
    if (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        return moment.date().isoformat()
    return moment.replace(tzinfo=None).isoformat(timespec="seconds")


def date_form(cells: Sequence[object], *, named: bool) -> tuple[bool, float]:
    """Find whether a column writes the month first, and the share of its cells (0…1) that are dates.

    The day comes first unless that reads fewer cells, as 12/31/2024 shows.
    """
    shares = []
    for month_first in (False, True):
        read = 0
        for cell in cells:
            try:
                parse_date(cell, month_first=month_first, named=named)
            except ValueError:
                continue
            read += 1
        shares.append(read / len(cells) if cells else 0.0)
    return shares[1] > shares[0], max(shares)


def has_short_dates(cells: Sequence[object]) -> bool:
    """Tell whether a column has dates as 03/04/2024, of which the order must be guessed."""
    return any(isinstance(cell, str) and _SLASHED.fullmatch(cell.strip()) for cell in cells)


def timestamp(iso: str) -> float:
    """Return the seconds since 1970 of what parse_date returned, at the beginning of its year, month or day."""
    full = iso + "-01-01"[: max(0, 10 - len(iso))] if len(iso) == 4 else iso + "-01" if len(iso) == 7 else iso
    return datetime.fromisoformat(full).replace(tzinfo=UTC).timestamp()
