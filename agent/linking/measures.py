"""Bounds to constraints: which column is bounded, in its own unit and on its own scale."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from agent.linking.dimensions import measured
from agent.linking.folding import content, fold, split, stem, tokens
from agent.linking.limits import INVERSE, Bound, Limit
from agent.linking.units import SPOKEN, convert
from retrieval.types import Column, Constraint, Op, Role, Value

if TYPE_CHECKING:
    from agent.linking.amounts import Amount
    from agent.linking.dates import Period
    from agent.linking.fields import Fields

Prefer = Callable[[Column], float]
"""How many of the items that matter have a value in a column."""

_MEASURED: Final = frozenset(
    {"min", "h", "s", "cm", "mm", "m", "km", "in", "ft", "g", "kg", "oz", "lb", "ml", "cl", "l"}
)
"""Units of amounts that are about as long or heavy as said when nothing else is said."""
_RATE: Final = re.compile(r"(?:an?|per|each|the|all in|altogether|in total)\b")
_OFF: Final = re.compile(r"\b(?:off|discount(?:ed)?|reduced|reduction|saving|cheaper|knocked)\b")
"""What is so many per cent less is no strength and no rating."""
_PER: Final = re.compile(r"\b(?:an?|per) (day|week|month|year)\b")
_K: Final = re.compile(r"\d ?k\b", re.IGNORECASE)
_TIMES: Final = frozenset({"min", "h", "s", "days"})
_FAR: Final = 1000.0
"""A hundred kilometres are no wheel of 28 inches: an amount so many times beyond a range is none of it."""
_AVAILABLE: Final = {"available", "from"}
"""'On the 3rd' asks for what is available from the 3rd or before."""
_OLDER: Final = 100
"""Years before the oldest thing that somebody may still mean."""
_NEAR_YEARS: Final = 2
"""'Around the eighties' reaches that far on either side."""
# Words beside an amount that say nothing of what it measures.
_FILLER: Final = frozenset(
    stem(word)
    for word in "total altogether overall each per person budget price priced cost costs costing spend money worth "
    "rated rating ratings long old new recent released release made published came year years star stars score "
    "scored reviews tops max maximum minimum limit range between than less more under over least most time movie "
    "film films movies product products thing era decade early late mid day night week month year hour head person "
    "people piece pop lot inclusive including bills pcm pn pw pm all in apiece couple two us pair really honestly "
    "if possible poss money spare stretch tight absolute absolutely go going run spend pay happy fine just nothing "
    "something anything think thinking say works work there be ideal ideally preferably altogether total mark".split()
)


@dataclass(frozen=True, slots=True)
class Measures:
    """Turns the bounds of phrases into constraints of one catalogue."""

    fields: Fields
    knows: Callable[[str], bool] = lambda word: False
    """Whether a word is a value of the catalogue: 'red boots under 80' bounds the price all the same."""

    def constrain(
        self, limit: Limit, said: str, prefer: Prefer, avoid: bool = False
    ) -> tuple[Constraint, ...]:
        """Return the constraints of a limit; () when no column is what it bounds.

        With `avoid` what it describes is not wanted, so the comparison is turned round.
        """
        made: list[Constraint] = []
        column: Column | None = None
        for bound in (self._kilometres(one, said) for one in limit.bounds):
            if column and not self._takes(column, bound):
                column = None  # 'no more than 75 and less than 20 kg'
            column = column or self._column(bound, limit, prefer, said)
            if column is None:
                return ()
            alternatives = limit.either and column.role is not Role.NUMBER and not self._is_when(column)
            found = () if alternatives else self._of(column, bound, limit, said)
            if not found:
                return ()
            made.extend(found)
        return _inverted(made, column) if avoid and column else _tidied(made)

    def _of(self, column: Column, bound: Bound, limit: Limit, said: str) -> tuple[Constraint, ...]:
        if self._is_when(column) and bound.period:
            op = bound.op or (Op.LE if _AVAILABLE <= set(split(column.label)) else None)
            pairs = _period(column, _stocked_year(column, bound.period), op)
        elif bound.amount and (bound.op or column.role is Role.NUMBER):  # 'size 9' is a value, not a measure
            value = self._value(column, bound.amount, "rating" in limit.hints)
            if value is None:
                return ()
            pairs = [(bound.op or self._plain(column, bound.amount), value)]
        else:
            return ()
        return tuple(Constraint(column.name, op, value, said) for op, value in pairs)

    def _is_when(self, column: Column) -> bool:
        return column is self.fields.year or column.role is Role.DATE

    def _kilometres(self, bound: Bound, said: str) -> Bound:
        """Read 'under 8k' as kilometres where these are measured and nothing has a price of thousands."""
        amount, price = bound.amount, self.fields.span(self.fields.price)[1] if self.fields.price else None
        far = any(self.fields.unit(column) == "km" for column in self.fields.columns)
        thousands = amount and not amount.unit and amount.value >= 1000 and _K.search(said)
        if not amount or not far or not thousands or (price or 0) >= amount.value:
            return bound
        return replace(bound, amount=replace(amount, value=amount.value / 1000, unit=SPOKEN["km"]))

    def _column(self, bound: Bound, limit: Limit, prefer: Prefer, said: str) -> Column | None:
        """Choose the column of a bound: by label, unit, cue, then by whether its range is bounded at all."""
        named = self._named(bound, limit)
        if named and (bound.amount or self._is_when(named)):
            return named
        sized = measured(fold(said), self.fields) if bound.amount else None
        if sized is not None and not (
            bound.amount and bound.amount.unit and bound.amount.unit.name in _TIMES
        ):
            return next((column for column in sized if self._takes(column, bound)), None)
        if bound.period and (bound.amount is None or self._reads_as_year(bound, limit)):
            return self._when(bound.period, prefer)
        if bound.amount is None:
            return None
        if bound.amount.unit:
            return self._united(bound.amount, limit, prefer)
        if bound.noun in limit.rest.split() and not says_nothing(bound.noun or ""):
            return None  # 'at least 8 cores' where no column has cores
        hinted = next(
            (c for hint in _HINT_ORDER if hint in limit.hints and (c := self.fields.kind(hint))), None
        )
        if hinted and hinted.role is not Role.DATE:
            return hinted
        if bound.period and not limit.cued:
            return None
        if self._strange(limit):
            return None  # 'ends before 7' bounds no price
        if not limit.cued and content(tokens(limit.rest)) and not _RATE.match(limit.rest):
            return None  # 'size 14', 'three nights'
        return self._bounded(bound.amount, limit.cued)

    def _strange(self, limit: Limit) -> bool:
        """Tell whether words beside an amount say what it measures, and the catalogue has no such column."""
        told = (word.text for word in content(tokens(limit.rest)))
        return any(not says_nothing(word) and not self.knows(word) for word in told)

    def _named(self, bound: Bound, limit: Limit) -> Column | None:
        word = bound.amount.word if bound.amount else None
        whole = f"{word} {limit.rest}" if word and limit.rest else None  # '4 hours a week': hours per week
        for noun in filter(None, (whole, bound.noun, limit.rest, word)):
            for column in (self.fields.named(noun), *(() if noun is whole else self.fields.mentioned(noun))):
                if column and self.fields.span(column)[0] is not None and self._takes(column, bound):
                    graded = column in self.fields.ratings and "star" not in noun
                    return self.fields.rating if graded else column
                if column and column.role is Role.DATE and bound.period:
                    return column
        return None

    def _takes(self, column: Column, bound: Bound) -> bool:
        unit = bound.amount.unit if bound.amount else None
        return unit is None or convert(1.0, unit, self.fields.unit(column)) is not None

    def _reads_as_year(self, bound: Bound, limit: Limit) -> bool:
        """Tell whether a plain '1995' is a year: it lies among the catalogue's years, and the price is not meant."""
        if "price" in limit.hints or not self.fields.when or not bound.amount:
            return False
        if "date" in limit.hints:
            return True
        if limit.cued and bound.op in (Op.LE, Op.LT) and not self._stocked_before(bound.amount.value):
            return False  # 'nothing over fifteen hundred' where nothing is older than 2007
        if limit.either:
            return True
        price = self.fields.price
        reaches = (
            price is not None and isinstance(price.high, float | int) and price.high >= bound.amount.value
        )
        return not (reaches and bound.op in (Op.LE, Op.GE, Op.LT, Op.GT) and limit.cued)

    def _stocked_before(self, year: float) -> bool:
        low = self.fields.span(self.fields.year)[0] if self.fields.year else None
        return low is None or year >= low - _OLDER

    def _when(self, period: Period, prefer: Prefer) -> Column | None:
        whole = (period.first.month, period.first.day, period.after.month, period.after.day) == (1, 1, 1, 1)
        options = [
            c for c in (self.fields.year if whole or _spans_year(period) else None, self.fields.date) if c
        ]
        return max(options, key=prefer, default=None)

    def _united(self, amount: Amount, limit: Limit, prefer: Prefer) -> Column | None:
        unit = amount.unit
        if unit is None:
            return None
        if unit.name == "stars":
            classed = [c for c in self.fields.ratings if set(split(c.label)) <= {"stars", "star"}]
            return next(iter(classed), self.fields.rating)
        if unit.money:
            if self.fields.price is None and amount.word in ("pound", "pounds"):
                return self.fields.weight
            return self.fields.price
        if unit.name == "%" and (off := _OFF.search(limit.rest)):
            return self.fields.named("discount", near=False) or self.fields.named(off[0], near=False)
        if unit.name == "%" and "rating" in limit.hints:
            return self.fields.rating
        if unit.name == "%" and (strength := self.fields.named("alcohol")):
            return strength
        options = [
            column
            for column in self.fields.columns
            if column.role is Role.NUMBER
            and (own := self.fields.unit(column)) is not None
            and convert(1.0, unit, own) is not None
        ]
        options = [column for column in options if self._fits(column, amount, _FAR)]
        if rate := _PER.search(limit.rest):  # 200 miles a week are no mileage
            options = [column for column in options if rate[1] in split(column.label)]
        return max(
            options,
            key=lambda c: (
                c is self.fields.age and "date" in limit.hints,  # 'no older than 30 months'
                c is self.fields.duration and "duration" in limit.hints,
                self.fields.unit(c) == unit.name,
                self._fits(c, amount, 1.0),
                prefer(c),
            ),
            default=None,
        )

    def _fits(self, column: Column, amount: Amount, times: float) -> bool:
        """Tell whether an amount lies in the range of a column, or at most so many times beyond it."""
        low, high = self.fields.span(column)
        value = convert(amount.value, amount.unit, self.fields.unit(column))
        if low is None or high is None or value is None:
            return True
        return low / times <= value <= high * times if low >= 0 else low <= value <= high

    def _bounded(self, amount: Amount, cued: bool) -> Column | None:
        """Choose among price, rating and duration the first whose range the number divides, else the first."""
        fields = self.fields
        if not cued and fields.price:  # 'she's 80' bounds nothing but, perhaps, what she spends
            return fields.price if self._fits(fields.price, amount, _FAR) else None
        options = [
            c for c in (fields.price, fields.rating, fields.duration, fields.age, fields.distance) if c
        ]
        alone = [c for c in self.fields.columns if c.role is Role.NUMBER]
        for column in options or (alone if len(alone) == 1 else []):
            low, high = self.fields.span(column)
            if low is not None and high is not None and low < amount.value < high:
                return column
        likely = options[0] if options else None
        return likely if likely and self._fits(likely, amount, _FAR) else None

    def _value(self, column: Column, amount: Amount, rating: bool) -> float | None:
        if column in self.fields.ratings:
            return _stars(column, amount, rating)
        unit = amount.unit
        if unit and unit.money and column is self.fields.weight and self.fields.price is None:
            unit = SPOKEN["lb"]
        plain = column is self.fields.price and amount.unit is None
        thousands = _in_thousands(column, amount) if plain else None
        value = convert(thousands or amount.value, unit, self.fields.unit(column))
        return None if value is None else float(f"{value:.10g}")

    def _plain(self, column: Column, amount: Amount) -> Op:
        """Choose the comparison of an amount said alone: '80 quid' is a limit, '4 stars' a floor, '2 hours' about."""
        if column is self.fields.price:
            return Op.GE if self.fields.pays else Op.LE
        if column is self.fields.rating or column is self.fields.named("discount", near=False):
            return Op.GE
        if column in self.fields.ratings:
            return Op.EQ  # a five star hotel
        unit = amount.unit.name if amount.unit else self.fields.unit(column)
        return Op.ABOUT if unit in _MEASURED else Op.EQ


_HINT_ORDER: Final = ("price", "rating", "duration", "weight", "date")


def says_nothing(word: str) -> bool:
    """Tell whether a word beside an amount says nothing of what it measures."""
    return stem(word) in _FILLER or not content(tokens(word))


def _stars(column: Column, amount: Amount, hinted: bool) -> float:
    """Bring stars onto the scale of a rating column: 4 of 5 is 8 where ratings go to 10."""
    high = column.high if isinstance(column.high, float | int) else 5.0
    top = 5.0 if high <= 5 else 10.0 if high <= 10 else 100.0
    value = amount.value
    if amount.unit and amount.unit.name == "%":
        value, scale = value, 100.0
    elif amount.scale:
        scale = amount.scale
    elif amount.unit and amount.unit.name == "stars" and value <= 5:
        scale = 5.0
    elif value > top and value <= 10:
        scale = 10.0
    else:
        scale = top
    return float(f"{value * top / scale:.10g}")


def _stocked_year(column: Column, period: Period) -> Period:
    """Take 'january' for the one that the catalogue reaches: of courses that begin next year, the next."""
    if not period.yearless or not isinstance(column.low, str) or not isinstance(column.high, str):
        return period
    options = (period, period.moved(1), period.moved(-1))
    return next(
        (
            one
            for one in options
            if one.after.isoformat() > column.low and one.first.isoformat() <= column.high
        ),
        period,
    )


def _spans_year(period: Period) -> bool:
    return (period.after - period.first).days >= 300


def _iso(first: date, after: date) -> tuple[str, str]:
    """Spell the first and last part of a period as coarsely as it is whole: years, months or days."""
    last = after - timedelta(days=1)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year:04}", f"{last.year:04}"
    if first.day == 1 and after.day == 1:
        return f"{first:%Y-%m}", f"{last:%Y-%m}"
    return first.isoformat(), last.isoformat()


def _period(column: Column, period: Period, op: Op | None) -> list[tuple[Op, Value]]:
    first: Value
    last: Value
    if column.role is Role.DATE:
        first, last = _iso(period.first, period.after)
    else:
        first, last = map(float, period.years)
    match op:
        case Op.LT | Op.GE:
            return [(op, first)]
        case Op.LE | Op.GT:
            return [(op, last)]
        case Op.ABOUT if first == last:
            return [(Op.ABOUT, first)]
        case Op.ABOUT:
            low, high = period.years[0] - _NEAR_YEARS, period.years[1] + _NEAR_YEARS
            near: tuple[Value, Value] = (
                (f"{low:04}", f"{high:04}") if column.role is Role.DATE else (float(low), float(high))
            )
            return [(Op.GE, near[0]), (Op.LE, near[1])]
        case _ if first != last and period.years[1] - period.years[0] > 8 and _reaches(column, last):
            return [(Op.GE, first)]  # nothing is later than 'this century' anyway
        case _:
            return [(Op.EQ, first)] if first == last else [(Op.GE, first), (Op.LE, last)]


def _in_thousands(column: Column, amount: Amount) -> float | None:
    """Read 'up to 16' of cars from 5,000 on as 16,000."""
    low, high = column.low, column.high
    if not isinstance(low, float | int) or not isinstance(high, float | int):
        return None
    small = low >= 1000 and 1 <= amount.value < low / 10
    return amount.value * 1000 if small and low <= amount.value * 1000 <= high * 2 else None


def _reaches(column: Column, last: Value) -> bool:
    """Tell whether a period ends after all that a column has."""
    return column.high is not None and str(column.high) < str(last)


def _tidied(made: Sequence[Constraint]) -> tuple[Constraint, ...]:
    """Keep the first lower and the first upper bound."""
    kept: dict[str, Constraint] = {}
    for constraint in made:
        side = (
            "low" if constraint.op in (Op.GT, Op.GE) else "high" if constraint.op in (Op.LT, Op.LE) else "at"
        )
        kept.setdefault(side, constraint)
    return tuple(kept.values())


def _inverted(made: Sequence[Constraint], column: Column) -> tuple[Constraint, ...]:
    """Turn round what is not wanted; a range of years becomes a list of them, another range can't be turned."""
    if len(made) == 1:
        one = made[0]
        op = INVERSE.get(one.op)
        return (Constraint(one.field, op, one.value, one.said),) if op else ()
    try:
        low, high = (int(float(str(constraint.value)[:4])) for constraint in made[:2])
    except ValueError:
        return ()
    if not (1000 <= low <= high <= 2200 and high - low <= 100):
        return ()
    years = tuple(str(year) for year in range(low, high + 1))
    return (Constraint(column.name, Op.NOT_IN, years, made[0].said),)
