"""Bounds in a phrase: a comparison, an amount or a stretch of time, and what the words say it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from agent.linking.amounts import Amount, amounts
from agent.linking.cues import ADJOINING, AFTER, ALONE, BEFORE, EITHER, FIRST, MARKS, RANGES, THIS_SIDE
from agent.linking.dates import Period, periods
from agent.linking.numerals import digits
from retrieval.types import Op

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

_CORRECTED: Final = re.compile(r"(.*\d\w*)[ ,]+not \W*\d[\d.]*\w*$|not \W*\d[\d.]*\w*[ ,]+(?:but )?(.*\d.*)$")
"""'50, not 15' and 'not 15, 50' mean fifty."""

_DAYS_OF: Final = re.compile(
    r"\b(\d{1,2}(?:st|nd|rd|th)) (and|to|or|until|till) (?:the )?(\d{1,2}(?:st|nd|rd|th))(?: of)? "
    r"(jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)\b"
)
"""'The 1st and the 5th of july' are both of July."""

INVERSE: Final = {
    Op.LT: Op.GE, Op.LE: Op.GE, Op.GT: Op.LE, Op.GE: Op.LE, Op.EQ: Op.NE, Op.NE: Op.EQ,
    Op.IN: Op.NOT_IN, Op.NOT_IN: Op.IN, Op.CONTAINS: Op.NOT_IN,
}  # fmt: skip
"""What is left when a condition is not wanted; bounds stay included: not 'over 80' is up to 80."""

_HINTS: Final = (
    ("price", r"cheap\w*|expensive|pric\w*|dear\w*|cost\w*|spend\w*|budget|afford\w*|pay\w*|worth|money"),
    ("rating", r"rat(?:ed|ing|ings|e)|stars?|scor\w+|review\w*|better"),
    ("duration", r"long\w*|short\w*|last\w*|duration|run\w*|quick\w*|playtime|takes|take (?!an?\b)"),
    (
        "date",
        r"before|after|since|old\w*|new\w*|later|earlier|recent|year|made|released|published|came|from the|out",
    ),
    ("weight", r"light\w*|heav\w+|weigh\w*"),
    ("length", r"tall\w*|high|height|wide\w*|width|deep|depth|thick\w*|thin\w*"),
)
HINT_PATTERNS: Final = tuple((kind, re.compile(rf"\b(?:{words})\b")) for kind, words in _HINTS)
"""Kind of amount and the words that are about it."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A comparison with an amount, a stretch of time, or a plain year that may be either."""

    op: Op | None
    """None where the words give no comparison: '80 quid', '1995'."""
    amount: Amount | None
    period: Period | None
    noun: str | None = None
    """The word that follows the amount: 'pages' of 'under 300 pages'."""


@dataclass(frozen=True, slots=True)
class Limit:
    """What a phrase bounds."""

    bounds: tuple[Bound, ...]
    """One, or the two ends of a range."""
    hints: frozenset[str]
    """'price', 'rating', 'duration', 'date', 'weight', 'length': what its words are about."""
    rest: str
    """Its words without cues and amounts, folded."""
    cued: bool
    """Whether a word said how to compare."""
    either: bool = False
    """Whether its two ends are said as alternatives: '9 or 10'."""


def _compare(plain: str, bound: Callable[[Op | None, str], Bound]) -> tuple[tuple[Bound, ...], str]:
    """Find the comparison in a phrase whose amounts are marks; return the bounds and the words left."""
    for pattern in RANGES:
        if match := pattern.search(plain):
            ends = _shared_unit(bound(Op.GE, match[1]), bound(Op.LE, match[2]))
            return ends, plain[: match.start()] + " " + plain[match.end() :]
    bounds: list[Bound] = []
    for op, pattern in (*AFTER, *BEFORE):
        while (match := pattern.search(plain)) and len(bounds) < 2:
            found = bound(op, match[1])
            if match[0].startswith("from") and found.period:
                found = replace(
                    found, op=None
                )  # 'from the eighties' is in them, 'from 1995 on' was read above
            if match[0].startswith(THIS_SIDE) and found.period:
                found = replace(found, op=Op.GE)
            bounds.append(found)
            between = match.groupdict().get("between") or ""
            plain = f"{plain[: match.start()]} {between} {plain[match.end() :]}"
    if not bounds and (match := ALONE.search(plain)):
        bounds.append(bound(None, match[1]))
    return tuple(bounds), ALONE.sub(" ", plain)


def _shared_unit(low: Bound, high: Bound) -> tuple[Bound, Bound]:
    """Give both ends of a range the unit that one of them has, and put them in order: '2 to 3 hours'."""
    a, b = low.amount, high.amount
    if a is None or b is None:
        return low, high
    a, b = (
        replace(a, unit=a.unit or b.unit, word=a.word or b.word),
        replace(b, unit=b.unit or a.unit, word=b.word or a.word),
    )
    low, high = replace(low, amount=a), replace(high, amount=b)
    if a.unit is b.unit and a.value > b.value:
        return replace(high, op=Op.GE), replace(low, op=Op.LE)
    return low, high


def _in_time(amount: Amount, said: str) -> bool:
    """Tell whether a bare amount is a time to be done in: 'in half an hour'."""
    timed = amount.unit is not None and amount.unit.name in ("min", "h", "days")
    return timed and bool(re.search(r"\bin (?:about |around |just )?$", said[: amount.start]))


def _side_by_side(bounds: tuple[Bound, ...], plain: str, found: Sequence[Bound]) -> tuple[Bound, ...]:
    """Take 'the sixties and seventies' for the years from the first to the last."""
    if len(bounds) != 1 or bounds[0].op is not None or len(found) != 2 or not ADJOINING.search(plain):
        return bounds
    first, last = found[0].period, found[1].period
    if first is None or last is None or first.after != last.first:
        return bounds
    return Bound(Op.GE, None, first), Bound(Op.LE, None, last)


def parse(text: str, today: date) -> Limit | None:
    """Read the bound or range in `text`; None when it has no amount and no stretch of time."""
    # What stands for an amount below must not come in with the text: private-use characters say nothing.
    said = digits(MARKS.sub(" ", text))
    said = _DAYS_OF.sub(r"\1 \4 \2 \3 \4", said)
    if corrected := _CORRECTED.match(said):
        said = corrected[1] or corrected[2]
    spans = list(periods(said, today))
    found = amounts(said)
    marks: list[tuple[int, int, Amount | None, Period | None]] = []
    for period in spans:
        same = next((a for a in found if a.start < period.end and period.start < a.end), None)
        marks.append((period.start, period.end, same if period.bare else None, period))
    for amount in found:
        if not any(amount.start < end and start < amount.end for start, end, _, _ in marks):
            marks.append((amount.start, amount.end, amount, None))
    marks = sorted(marks, key=lambda mark: mark[0])[:200]
    if not marks:
        return None
    plain, last = "", 0
    for index, (start, end, _, _) in enumerate(marks):
        plain += said[last:start] + chr(FIRST + index)
        last = end
    plain = " ".join((plain + said[last:]).split())

    def bound(op: Op | None, character: str) -> Bound:
        _, _, amount, period = marks[ord(character) - FIRST]
        noun = re.search(
            rf"{character}[ -]?(?!(?:to|or|and|in|on|at|a|an|the|of|for|with|each|max|min|most|least|tops|"
            rf"plus)\b)([a-z]+)",
            plain,
        )
        return Bound(op, amount, period, noun[1] if noun else None)

    bounds, rest = _compare(plain, bound)
    bounds = _side_by_side(bounds, plain, [bound(None, chr(FIRST + n)) for n in range(len(marks))])
    hints = frozenset(kind for kind, words in HINT_PATTERNS if words.search(said))
    bounds = tuple(
        replace(one, op=Op.LE) if one.op is None and one.amount and _in_time(one.amount, said) else one
        for one in bounds
    )
    return Limit(bounds, hints, " ".join(rest.split()), any(b.op for b in bounds), bool(EITHER.search(plain)))
