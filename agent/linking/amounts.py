"""Amounts in a phrase: numbers with their units, stars and ordinals."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from agent.linking.numerals import digits
from agent.linking.units import SPOKEN, Unit

_NUMBER: Final = r"\d{1,15}(?:\.\d{1,9})?"
_AMOUNT = re.compile(
    rf"(?:(?P<currency>us\$|[£$€¥₹]|\b(?:rs|inr|usd|eur|gbp)\b\.?)\s?)?(?<![\w.])(?P<number>{_NUMBER})(?!\d)"
    r"(?:(?P<gap>[ -]?)(?P<unit>[a-z]+)|(?P<blank>\s?)(?P<sign>[£$€¥₹%\"★⭐])(?!\s?\d))?"
)
_OUT_OF = re.compile(
    rf"(?<![\w.])(?P<value>{_NUMBER})\s?(?:/|out of|stars? out of|of)\s?(?P<scale>5|10|100)\b(?:\s?stars?)?"
)
_CLOCK = re.compile(
    r"(?<![\w.])(\d{1,2})(?: ?(?:h|hrs?|hours?)(?: and)? ?(\d{1,2}) ?(?:m|mins?|minutes?)|h(\d{2}))\b"
)
_ORDINAL = re.compile(r"(?<![\w.])(\d{1,6})(?:st|nd|rd|th)\b")
# One letter after a gap is more often a word or a clothing size than a unit.
_RATES: Final = frozenset({"pp", "pcm", "pw", "pa", "pn", "ppn", "pm", "ea", "each"})
"""Rates that are written close to an amount: '25pp'."""
_NEED_NO_GAP = frozenset({"s", "m", "p", "in", "w", "l", "rs", "mp", "people", "persons", "members"})


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of a phrase, in digits."""

    value: float
    unit: Unit | None
    start: int
    """Where it begins in the digits() form of the phrase, currency sign included."""
    end: int
    """Where it ends, unit included."""
    scale: float | None = None
    """5 of '4/5', 10 of '8 out of 10'."""
    word: str | None = None
    """The unit as said: 'pounds' may be money or weight."""


def _with_unit(match: re.Match[str]) -> Amount:
    word = (match["currency"] or "").rstrip(".") or None
    end = match.end("number")
    said = match["unit"] or match["sign"]
    if said in SPOKEN and said not in _RATES and not (match["gap"] and said in _NEED_NO_GAP):
        word = word or said  # '£50 pounds' is the same money twice
        end = match.end()
    return Amount(float(match["number"]), SPOKEN.get(word) if word else None, match.start(), end, None, word)


def amounts(text: str) -> tuple[Amount, ...]:
    """Find the amounts of `text`, which digits() wrote, in their order; ordinals and decades are none.

    '2h30' and '2 hours 30 minutes' are one amount in minutes; '4/5' and '8 out of 10' are stars with a scale.
    """
    taken: list[Amount] = []
    for match in _OUT_OF.finditer(text):
        taken.append(
            Amount(
                float(match["value"]),
                SPOKEN["stars"],
                match.start(),
                match.end(),
                float(match["scale"]),
                "stars",
            )
        )
    for match in _CLOCK.finditer(text):
        minutes = 60.0 * int(match[1]) + int(match[2] or match[3])
        taken.append(Amount(minutes, SPOKEN["min"], match.start(), match.end(), None, "min"))
    for match in _AMOUNT.finditer(text):
        found = _with_unit(match)
        attached = not match["gap"] and match["unit"]
        if attached in _RATES:
            found = replace(found, end=match.end())
        elif attached and match["unit"] not in SPOKEN and not match["unit"].startswith("ish"):
            continue  # '2nd', '4k', 'b2': part of a name
        if attached == "s" and found.value >= 10:
            continue  # '90s' is a decade
        if not any(found.start < other.end and other.start < found.end for other in taken):
            taken.append(found)
    return tuple(sorted(taken, key=lambda amount: amount.start))


def ordinal(text: str) -> int | None:
    """Return the first ordinal of `text`: 2 of 'the second one', 21 of 'twenty-first'; None when it has none."""
    match = _ORDINAL.search(digits(text))
    return int(match[1]) if match else None


_FULL = re.compile(r"\b(?:full (?:marks|stars)|top marks|perfect score|all the stars)\b")


def stars(text: str, top: float = 5.0) -> float | None:
    """Read a rating on a scale of 0 to `top`: '4/5', 'four and a half stars', '8 out of 10' → 4, '★★★☆☆' → 3.

    None when there is no number or when it lies outside the scale ('two thumbs up', '7 stars').
    """
    glyphs = text.count("★") + text.count("⭐")
    if glyphs > 1 or (glyphs == 1 and not re.search(r"\d", text)):
        return float(glyphs) if glyphs <= top else None
    said = digits(text)
    if _FULL.search(said):
        return top
    if re.search(r"\bthumbs?\b", said):
        return None
    said = re.sub(r"\bone\b|\b(?:a )?single(?= star)", "1", said)
    said = re.sub(r"\bhalf an? (?=star)", "0.5 ", said)
    found = amounts(said)
    if not found:
        return None
    best = next((amount for amount in found if amount.unit and amount.unit.name == "stars"), found[0])
    scale = best.scale or (100.0 if best.unit is SPOKEN["%"] else None)
    value = best.value * top / scale if scale else best.value
    return round(value, 2) if 0 <= value <= top else None
