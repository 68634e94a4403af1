"""Numbers as catalogues spell them: '£1,299.00', '1.299,00 €', '2h 10min', '4.5 out of 5 stars', '1.5 kg'."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.catalogue.units import CURRENCIES, UNITS, convert, is_time

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST = 64
"""Characters of a spelt number; longer cells are text."""
_CURRENCY = "|".join(sorted(map(re.escape, CURRENCIES), key=len, reverse=True))
_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?P<sign>[-+])?\s*(?:(?P<before>{_CURRENCY})\s*)?(?P<inner>[-+])?(?P<digits>\d[\d.,' ]*\d|\d|[.,]\d+)"
    rf"(?P<power>e[-+]?\d{{1,3}})?\s*(?P<after>{_CURRENCY}|{_UNIT})?\.?",
    re.ASCII,
)
_POINT = re.compile(
    r"\d+(?:\.\d+)?|\.\d+|\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?|\d{1,3}(?:[ ']\d{3})+(?:\.\d+)?", re.ASCII
)
_COMMA = re.compile(
    r"\d+(?:,\d+)?|,\d+|\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:[ ']\d{3})+(?:,\d+)?", re.ASCII
)
_SHARE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:/|out of|of)\s*(5|10|100)(?:\s*(?:stars?|★|points?))?", re.ASCII)
_DURATION = re.compile(
    r"(?:(\d+)\s*(?:d|days?)\s*)?(?:(\d+(?:\.\d+)?)\s*(?:h|hrs?|hours?)\s*)?"
    r"(?:(\d+(?:\.\d+)?)\s*(?:m|mins?|minutes?)?\s*)?(?:(\d+(?:\.\d+)?)\s*(?:s|secs?|seconds?))?",
    re.ASCII,
)
_ISO_DURATION = re.compile(r"p(?:(\d+)d)?t(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?", re.ASCII)
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):([0-5]\d)", re.ASCII)
_SPACES = str.maketrans({"\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2019": "'", "\u2212": "-"})
_CODE = re.compile(r"0\d+", re.ASCII)


@dataclass(frozen=True, slots=True)
class NumberForm:
    """How one column spells its numbers."""

    unit: str | None = None
    """What values are turned into."""
    comma: bool = False
    """Whether the comma is the decimal mark."""
    clock: str | None = None
    """'m:ss' or 'h:mm' where two parts with a colon are a duration, None where they are none."""


def parse_number(raw: object, form: NumberForm) -> float:
    """Return the number of a cell in the column's unit. Raises ValueError with the reason in a clause."""
    value, unit = measure(raw, form)
    return convert(value, unit, form.unit)


def measure(raw: object, form: NumberForm) -> tuple[float, str | None]:
    """Return the number of a cell and the unit it is spelt in. Raises ValueError."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise ValueError("no number")
    if isinstance(raw, str):
        return _spelt(raw, form)
    try:
        value = float(raw)
    except OverflowError as error:
        raise ValueError("a number too large") from error
    return _finite(value), None


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError("no finite number")
    return value


def _spelt(raw: str, form: NumberForm) -> tuple[float, str | None]:
    text = raw.translate(_SPACES).strip().lower()
    if len(text) > _LONGEST:
        raise ValueError("no number")
    matched = _NUMBER.fullmatch(text)
    if matched is None:
        return _compound(text, form)
    digits = matched["digits"]
    if not (_COMMA if form.comma else _POINT).fullmatch(digits):
        raise ValueError("no number")
    thousands, decimal = ("." if form.comma else ","), ("," if form.comma else ".")
    plain = digits.replace(" ", "").replace("'", "").replace(thousands, "").replace(decimal, ".")
    value = float(plain + (matched["power"] or ""))
    if (matched["sign"] or matched["inner"]) == "-":
        value = -value
    before, after = matched["before"], matched["after"]
    unit = CURRENCIES.get(before or "") or CURRENCIES.get(after or "") or UNITS.get(after or "")
    if unit == "m" and form.clock:
        unit = "min"
    return _finite(value), unit


def _compound(text: str, form: NumberForm) -> tuple[float, str | None]:
    """Read what is no plain number: a share of a scale, or a duration in several parts."""
    if shared := _SHARE.fullmatch(text):
        return float(shared[1].replace(",", ".")), ("stars" if shared[2] == "5" else None)
    if form.clock and (clock := _CLOCK.fullmatch(text)):
        first, second, third = int(clock[1] or 0), int(clock[2]), int(clock[3])
        if clock[1] is None and form.clock == "h:mm":
            first, second, third = second, third, 0
        return first * 60 + second + third / 60, "min"
    if parts := _ISO_DURATION.fullmatch(text) or _DURATION.fullmatch(text):
        days, hours, minutes, seconds = (float(part or 0) for part in parts.groups())
        if any(part is not None for part in parts.groups()):
            return days * 1440 + hours * 60 + minutes + seconds / 60, "min"
    raise ValueError("no number")


def is_code(raw: object) -> bool:
    """Tell whether digits are a code rather than an amount, as '00123' and telephone numbers are."""
    return isinstance(raw, str) and _CODE.fullmatch(raw.strip()) is not None


def number_form(cells: Sequence[object], unit: str | None, clock: str | None) -> tuple[NumberForm, float]:
    """Find how a column spells its numbers, and the share of its cells (0…1) that are some.

    The comma is the decimal mark only where that reads more cells than the point does: '1,299' alone is 1299. The unit
    is the one given, else the commonest in the cells; durations of more than seconds become minutes.
    """
    best = NumberForm(unit, comma=False, clock=clock)
    best_units: list[str | None] = []
    for comma in (False, True):
        form = NumberForm(unit, comma=comma, clock=clock)
        units: list[str | None] = []
        for cell in cells:
            try:
                units.append(measure(cell, form)[1])
            except ValueError:
                continue
        if len(units) > len(best_units):
            best, best_units = form, units
    if unit is None:
        counts = Counter(found for found in best_units if found is not None)
        if counts:
            unit = counts.most_common(1)[0][0]
            if is_time(unit) and set(counts) - {"s", "ms"}:
                unit = "min" if "days" not in counts else "days"
    share = len(best_units) / len(cells) if cells else 0.0
    return NumberForm(unit, best.comma, clock), share
