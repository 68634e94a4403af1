"""Stretches of time people name: years, decades, centuries, months, days, 'last week', relative to a clock."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

MONTHS: Final = tuple(
    "january february march april may june july august september october november december".split()
)
_MONTHS: Final = {
    name[:length]: number for number, name in enumerate(MONTHS, 1) for length in (3, len(name))
} | {"sept": 9}
_MONTH: Final = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")"
_DECADES: Final = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90, "noughties": 0, "aughts": 0, "tens": 10,
}  # fmt: skip
_PART: Final = {"early": (0, 4), "mid": (4, 7), "late": (6, 10)}
"""First and last year of a part of a decade, half open; 'early nineties' is 1990–93."""

_DECADE = re.compile(
    r"(?:\b(?P<part>early|mid|late)[ -])?(?:the )?'?\b(?:(?P<full>(?:1[5-9]|20)\d0)s|(?P<short>\d0)s|"
    rf"(?:(?:19|20)\d\d |nineteen |twenty )?(?P<word>{'|'.join(_DECADES)}))\b"
)
_CENTURY = re.compile(r"\b(1[5-9]|2[01])(?:th|st) century\b|\bthis century\b")
_MILLENNIUM = re.compile(r"\b(?:the )?millenn?ium\b")
_ISO = re.compile(r"\b((?:1[5-9]|20)\d\d)-(\d\d?)(?:-(\d\d?))?\b")
_DAY_MONTH = re.compile(rf"\b(\d\d?)(?:st|nd|rd|th)?(?: of)? {_MONTH}\b(?:,? ((?:1[5-9]|20)\d\d))?")
_MONTH_DAY = re.compile(rf"\b{_MONTH} (\d\d?)(?:st|nd|rd|th)?\b(?:,? ((?:1[5-9]|20)\d\d))?")
_MONTH_YEAR = re.compile(rf"\b{_MONTH}(?: of)?,? ((?:1[5-9]|20)\d\d)\b")
_MONTH_ALONE = re.compile(rf"\b(?:(this|last|next) )?{_MONTH}\b")
_FEASTS: Final = {
    "christmas": (12, 25), "xmas": (12, 25), "new year": (1, 1), "new years": (1, 1), "valentines": (2, 14),
    "valentines day": (2, 14), "halloween": (10, 31),
}  # fmt: skip
_FEAST = re.compile(
    r"(?:(?<=before )|(?<=by )|(?<=after )|(?<=until )|(?<=since ))"
    rf"({'|'.join(sorted(_FEASTS, key=len, reverse=True))})\b"
)
"""A feast is a day where something is bounded by it; 'for christmas' is an occasion."""
_RELATIVE = re.compile(r"\b(this|last|past|previous|next|coming) (week|weekend|month|year|decade)\b")
_COUNTED = re.compile(r"\b(?:last|past|previous) (\d{1,4}) (day|week|month|year|decade)s?\b")
_AGO = re.compile(r"\b(\d{1,4}) (day|week|month|year|decade)s? ago\b")
_NAMED_DAY = re.compile(r"\b(today|tonight|yesterday|tomorrow)\b")
_YEAR = re.compile(
    r"(?<![\w.£$€])((?:1[5-9]|20)\d\d)\b(?!\s?(?:%|[£$€]|quid|pounds?|dollars?|bucks|euros?|mah|w\b|g\b|ml\b))(?!\.\d)"
)
_YEARLESS = re.compile(rf"(?:\d\d?(?:st|nd|rd|th)?(?: of)? )?{_MONTH}(?: \d\d?(?:st|nd|rd|th)?)?")
_DAYS: Final = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3650}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, half open."""

    first: date
    """The first day in it."""
    after: date
    """The first day after it."""
    start: int
    """Where it begins in the phrase."""
    end: int
    bare: bool = False
    """A plain four-digit number, which may be an amount as well."""
    yearless: bool = False
    """Whether no year was said, so that 'january' may be the last or the next."""

    def moved(self, years: int) -> Period:
        """Return the same stretch that many years later; 29 February becomes the 28th."""
        return replace(self, first=_in_year(self.first, years), after=_in_year(self.after, years))

    @property
    def years(self) -> tuple[int, int]:
        """First and last calendar year that it touches."""
        return self.first.year, (self.after - timedelta(days=1)).year


def _in_year(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)


def _day(year: int, month: int, day: int) -> tuple[date, date] | None:
    try:
        first = date(year, month, day)
    except ValueError:
        return None
    return first, first + timedelta(days=1)


def _shifted(today: date, unit: str, steps: int) -> tuple[date, date]:
    """Return the week, weekend, month, year or decade that lies `steps` after the current one."""
    if unit in ("week", "weekend"):
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=steps)
        return (monday + timedelta(days=5 if unit == "weekend" else 0)), monday + timedelta(days=7)
    if unit == "month":
        index = today.year * 12 + today.month - 1 + steps
        return _month(index // 12, index % 12 + 1)
    span = 10 if unit == "decade" else 1
    year = today.year // span * span + steps * span
    return date(year, 1, 1), date(year + span, 1, 1)


def _decade(match: re.Match[str]) -> tuple[date, date]:
    if match["full"]:
        begin = int(match["full"])
    else:
        short = int(match["short"]) if match["short"] else _DECADES[match["word"]]
        begin = short + (2000 if short <= 20 else 1900)
    low, high = _PART.get(match["part"] or "", (0, 10))
    return date(begin + low, 1, 1), date(begin + high, 1, 1)


def _recent_month(word: str | None, month: int, today: date) -> tuple[date, date]:
    """Return the month meant by its name: the latest that has begun, unless 'next' is said."""
    year = today.year if month <= today.month else today.year - 1
    shift = {"last": -1 if month == today.month else 0, "next": 1}.get(word or "", 0)
    return _month(year + shift, month)


def _explicit(text: str, today: date) -> list[tuple[int, int, tuple[date, date] | None]]:
    found: list[tuple[int, int, tuple[date, date] | None]] = []
    for m in _ISO.finditer(text):
        whole = _day(int(m[1]), int(m[2]), int(m[3] or 1))
        found.append(
            (m.start(), m.end(), whole if m[3] or not whole else _month(whole[0].year, whole[0].month))
        )
    for m in _DAY_MONTH.finditer(text):
        found.append((m.start(), m.end(), _day(int(m[3] or today.year), _MONTHS[m[2]], int(m[1]))))
    for m in _MONTH_DAY.finditer(text):
        found.append((m.start(), m.end(), _day(int(m[3] or today.year), _MONTHS[m[1]], int(m[2]))))
    for m in _MONTH_YEAR.finditer(text):
        found.append((m.start(), m.end(), _month(int(m[2]), _MONTHS[m[1]])))
    for m in _DECADE.finditer(text):
        found.append((m.start(), m.end(), _decade(m)))
    for m in _CENTURY.finditer(text):
        begin = (int(m[1]) - 1) * 100 if m[1] else today.year // 100 * 100
        found.append((m.start(), m.end(), (date(begin, 1, 1), date(begin + 100, 1, 1))))
    found.extend(
        (m.start(), m.end(), (date(2000, 1, 1), date(2001, 1, 1))) for m in _MILLENNIUM.finditer(text)
    )
    return found


def _relative(text: str, today: date) -> list[tuple[int, int, tuple[date, date] | None]]:
    found: list[tuple[int, int, tuple[date, date] | None]] = []
    for m in _COUNTED.finditer(text):
        if m[2] in ("year", "decade"):  # 'the last ten years' begin with a January
            year = max(today.year - int(m[1]) * (10 if m[2] == "decade" else 1), 1)
            found.append((m.start(), m.end(), (date(year, 1, 1), today + timedelta(days=1))))
            continue
        back = timedelta(days=min(int(m[1]) * _DAYS[m[2]], 365 * 1000))
        found.append((m.start(), m.end(), (today - back, today + timedelta(days=1))))
    for m in _AGO.finditer(text):
        then = today - timedelta(days=min(int(m[1]) * _DAYS[m[2]], 365 * 1000))
        found.append((m.start(), m.end(), (then, then + timedelta(days=_DAYS[m[2]]))))
    for m in _RELATIVE.finditer(text):
        steps = {"this": 0, "next": 1, "coming": 1}.get(m[1], -1)
        found.append((m.start(), m.end(), _shifted(today, m[2], steps)))
    for m in _NAMED_DAY.finditer(text):
        then = today + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(m[1], 0))
        found.append((m.start(), m.end(), (then, then + timedelta(days=1))))
    for m in _FEAST.finditer(text):
        found.append((m.start(), m.end(), _day(today.year, *_FEASTS[m[1]])))
    for m in _MONTH_ALONE.finditer(text):
        # 'may' and 'mar' alone are more often a verb and a surname.
        if (
            m[2] not in ("may", "mar")
            or m[1]
            or re.search(r"\b(?:in|since|until|before|after|from|by) $", text[: m.start()])
        ):
            found.append((m.start(), m.end(), _recent_month(m[1], _MONTHS[m[2]], today)))
    return found


def periods(text: str, today: date) -> tuple[Period, ...]:
    """Find the stretches of time that `text`, which digits() wrote, names; in their order, none overlapping."""
    kept: list[Period] = []

    def keep(start: int, end: int, span: tuple[date, date] | None, bare: bool = False) -> None:
        if span and not any(start < other.end and other.start < end for other in kept):
            yearless = bool(_YEARLESS.fullmatch(text[start:end])) or text[start:end] in _FEASTS
            kept.append(Period(*span, start, end, bare, yearless))

    for start, end, span in (*_explicit(text, today), *_relative(text, today)):
        keep(start, end, span)
    for match in _YEAR.finditer(text):
        year = int(match[1])
        keep(match.start(), match.end(), (date(year, 1, 1), date(year + 1, 1, 1)), bare=True)
    return tuple(sorted(kept, key=lambda period: period.start))
