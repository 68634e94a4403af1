"""Conditions as people say them, each so that 'it is …' can stand before it: 'under £80', 'in blue', 'with Meg Ryan'.

The line of what is looked for keeps its labels (`agent.linking.describe`); a sentence would stumble over them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agent.linking.units import is_money
from agent.roles import is_adjectival, is_counted, is_offered, lowered, role_of, use_frame
from agent.wording import write_amount, write_list, write_measure, write_number, write_value
from retrieval.types import Op, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.linking.fields import Fields
    from retrieval.types import Column, Constraint, Value

_NAMED = 3
"""Alternatives that are said; of more, the rest is 'similar'."""
_HOUR = 60
_AMOUNTS = (Op.LT, Op.LE, Op.GT, Op.GE, Op.ABOUT)
_BOUNDS = {
    Op.LT: "under {}", Op.LE: "at most {}", Op.GT: "over {}", Op.GE: "at least {}", Op.ABOUT: "about {}",
    Op.EQ: "{}", Op.NE: "not {}",
}  # fmt: skip
_YEARS = {
    Op.LT: "from before {}", Op.LE: "from {} or before", Op.GT: "from after {}", Op.GE: "from {} or later",
    Op.ABOUT: "from around {}", Op.EQ: "from {}", Op.NE: "not from {}",
}  # fmt: skip
_PRICES = {**_BOUNDS, Op.LE: "within {}", Op.EQ: "at {}", Op.NE: "not at {}"}
_RATINGS = {
    **_BOUNDS, Op.LT: "rated under {}", Op.LE: "rated {} or lower", Op.GT: "rated over {}",
    Op.GE: "rated {} or better", Op.ABOUT: "rated about {}", Op.EQ: "rated {}", Op.NE: "not rated {}",
}  # fmt: skip
_PEOPLE = frozenset({"cast", "writer", "maker"})
_UNDER = ("under", "below", "less than", "cheaper than")
_FOR_PEOPLE = re.compile(r"for (?:the |us |all )?(?:[a-z]+|\d+)(?: of us| people| players)?$", re.IGNORECASE)
_REASONS = {"its meaning": "the likeness in meaning", "its words": "the words it shares with yours"}


def speak(constraints: Sequence[Constraint], fields: Fields) -> tuple[str, ...]:
    """Say constraints that columns check, in their order; two bounds or values of a column are said as one."""
    left = [c for c in constraints if fields.get(c.field) is not None]
    said: list[str] = []
    while left:
        first = left[0]
        column = fields.get(first.field)
        assert column is not None, "those without a column are left out"
        group = [first, *(other for other in left[1:] if _belongs(first, other))]
        left = [c for c in left if all(c is not one for one in group)]
        said.append(_together(group, column, fields))
    return tuple(dict.fromkeys(said))


def predicate(role: str, label: str, value: str) -> str:
    """Say an attribute so that 'it is …' can stand before it: 'in blue', 'for a wedding', 'by Ridley Scott'."""
    frames = {
        "colour": "in {}", "maker": "by {}", "writer": "written by {}", "cast": "with {}", "venue": "at {}",
        "room": "for the {}", "area": "in {}", "origin": "from {}", "season": "for {}", "day": "on {}",
        "date": "from {}", "size": "in size {}", "purpose": f"for {use_frame(value)}", "style": "{}", "key": "in {}",
        "devices": "with {}", "material": "made of {}",
    }  # fmt: skip
    if role in ("genre", "kind"):
        return f"listed {'as' if role == 'genre' else 'under'} {value}"
    if role == "list":
        return value if is_adjectival(value) else f"with {value}"
    return frames.get(role, f"with {label} {{}}").format(value)


def speak_value(column: Column, value: Value, most: int = _NAMED) -> str:
    """Write a cell as it stands in a sentence, of names at most so many: 'navy blue', '539 reviews', '3 May 2026'."""
    role = role_of(column.label)
    role = "cast" if role == "rating" and isinstance(value, tuple) else role
    if isinstance(value, float) and role == "count" and column.unit is None:
        return f"{write_number(value)} {column.label.removeprefix('number of ')}"
    if isinstance(value, float) and column.unit is None and is_counted(column.label):
        return _counted(write_number(value), column.label)
    if isinstance(value, float) and column.label.casefold() == "stock":
        return f"{write_number(value)} in stock"
    if isinstance(value, tuple):
        # Two names say who is in it; of features it is said that there are more.
        named = most if role in _PEOPLE else _NAMED
        shown = [lowered(role, part) for part in value[:named]]
        rest = ["others"] if len(value) > named and role not in _PEOPLE | {"genre"} else []
        return write_list([*shown, *rest])
    if isinstance(value, str):
        return speak_day(value) if column.role is Role.DATE else lowered(role, value)
    return write_value(column, value)


def speak_truth(label: str, yes: bool) -> str | None:
    """Say a column of yes and no: 'not furnished', 'no pets allowed'; None for a label that no sentence takes."""
    if is_offered(label):
        return label if yes else f"no {label}"
    if " " not in label and is_adjectival(label):
        return label if yes else f"not {label}"
    return None


def _counted(number: str, label: str) -> str:
    return f"{number} {label.removesuffix('s') if number == '1' else label}"


def speak_day(date: str) -> str:
    """Write an ISO date for people: '2026-05-03' as '3 May 2026'; other text stays as it is."""
    from datetime import date as day

    try:
        parsed = day.fromisoformat(date)
    except ValueError:
        return date
    return f"{parsed.day} {parsed:%B %Y}"


def speak_reason(note: str) -> str:
    """Say what is left without a reason: 'second without its words' as '… without the words it shares with yours'."""
    place, without, reason = note.partition(" without ")
    return f"{place}{without}{_REASONS.get(reason, reason)}"


def _belongs(first: Constraint, other: Constraint) -> bool:
    if first.field != other.field or first.op.negative or other.op.negative:
        return False
    bounds = {first.op, other.op}
    pair = bool(bounds & {Op.GT, Op.GE}) and bool(bounds & {Op.LT, Op.LE})
    return pair or bounds <= {Op.EQ, Op.CONTAINS}


def _together(group: Sequence[Constraint], column: Column, fields: Fields) -> str:
    if len(group) == 1:
        return _one(group[0], column, fields)
    if group[0].op not in _AMOUNTS:
        role = role_of_column(column, fields)
        values = [lowered(role, part) for c in group for part in _parts(c.value)]
        return predicate(role, column.label, write_list(list(dict.fromkeys(values))))
    if len(group) > 2:
        return write_list([_one(c, column, fields) for c in group])
    low, high = sorted(group, key=lambda c: c.op in (Op.LT, Op.LE))
    return _between(low.value, high.value, column, fields)


def _between(low: Value, high: Value, column: Column, fields: Fields) -> str:
    if column is fields.when or column.role is Role.DATE:
        if isinstance(low, float) and isinstance(high, float) and low % 10 == 0 and high == low + 9:
            return f"from the {low:.0f}s"
        return f"from {_amount(low, column, fields)} to {_amount(high, column, fields)}"
    text = f"between {_amount(low, column, fields)} and {_amount(high, column, fields)}"
    return f"rated {text}" if column is fields.rating else _measured(text, column, fields)


def _one(constraint: Constraint, column: Column, fields: Fields) -> str:
    negative = constraint.op.negative
    if (yes := fields.truth(column)) is not None:
        wanted = (str(constraint.value) == str(yes)) is not negative
        return speak_truth(column.label, wanted) or (column.label if wanted else f"not {column.label}")
    if column.role is Role.NUMBER and _FOR_PEOPLE.match(constraint.said.strip()):
        return constraint.said.strip()  # 'for four' of the fewest and the most players
    if column.role is Role.DATE and isinstance(constraint.value, tuple):
        said = constraint.said.strip()  # 'on a saturday', and not all the dates of Saturdays
        return f"not {said}" if negative else said
    if column.role in (Role.NUMBER, Role.DATE) or constraint.op in _AMOUNTS:
        return _bound(constraint, column, fields)
    role = role_of_column(column, fields)
    values = [lowered(role, part) for part in _fewest(constraint.value, fields.everyone.get(column.name, ()))]
    if negative and role in ("colour", "list", "style", "genre", "kind"):
        return f"not {write_list(values, 'or')}"
    text = predicate(role, column.label, write_list(values, "or"))
    if not negative:
        return text
    return f"without {text.removeprefix('with ')}" if text.startswith("with ") else f"not {text}"


def role_of_column(column: Column, fields: Fields) -> str:
    """Return the role of a column, by what the catalogue takes it for where its label says nothing."""
    role = role_of(column.label)
    if role == "rating":
        return "cast" if column.values else role
    if role == "other" and fields.is_people(column):
        return "maker"
    return "kind" if role == "other" and column.name in fields.categories else role


def _bound(constraint: Constraint, column: Column, fields: Fields) -> str:
    op = constraint.op if constraint.op in _BOUNDS else Op.NE if constraint.op.negative else Op.EQ
    if isinstance(constraint.value, tuple):
        amount = " or ".join(_amount(value, column, fields) for value in constraint.value)
    else:
        amount = _amount(constraint.value, column, fields)
    if column is fields.when or column.role is Role.DATE:
        return _YEARS[op].format(amount)
    if column is fields.rating:
        return _RATINGS[op].format(amount)
    if column is fields.price:
        said = constraint.said.casefold()
        # Who says 'under 80' is answered so, although 80 itself is let in.
        text = (_BOUNDS[Op.LT] if op is Op.LE and said.startswith(_UNDER) else _PRICES[op]).format(amount)
        return text if is_money(column.unit) else _priced(text)
    return _measured(_BOUNDS[op].format(amount), column, fields)


def _priced(text: str) -> str:
    return text.replace("within", "priced at most", 1) if text.startswith("within") else f"priced {text}"


def _measured(text: str, column: Column, fields: Fields) -> str:
    """Say what an amount measures, unless its unit does."""
    if column is fields.duration:
        return f"{text} long"
    if column is fields.tempo or column is fields.price or (column.unit and column.unit in column.label):
        return text
    if role_of(column.label) == "count":
        return f"with {text} {column.label.removeprefix('number of ')}"
    if column.unit is None and is_counted(column.label):
        return f"with {text} {column.label.removesuffix('s') if text == '1' else column.label}"
    article = "an" if column.label[:1].casefold() in "aeiou" else "a"
    return f"with {article} {column.label} of {text}"


def _amount(value: Value, column: Column, fields: Fields) -> str:
    if isinstance(value, tuple):
        return " or ".join(value)
    if isinstance(value, str):
        return speak_day(value)
    if is_money(column.unit):
        return f"{column.unit}{value:,.0f}" if float(value).is_integer() else f"{column.unit}{value:,.2f}"
    if column is fields.price:
        return write_number(value)
    if column is fields.when:
        return f"{value:g}"
    if column is fields.rating:
        return write_amount(value, column.unit)
    if column.unit == "min" and value >= _HOUR and value % _HOUR == 0:
        return "1 hour" if value == _HOUR else f"{value / _HOUR:g} hours"
    return (
        write_measure(column, value)
        if float(value * 100).is_integer()
        else f"{value:g} {column.unit or ''}".strip()
    )


def _parts(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def _fewest(value: Value, everyone: Sequence[str]) -> list[str]:
    """Return the alternatives worth saying: 'blue' of 'blue or navy blue', 'women' of 'women or everyone'."""
    parts = _parts(value)
    parts = tuple(part for part in parts if part not in everyone) or parts
    kept = [part for part in parts if not any(_within(other, part) for other in parts if other != part)]
    return kept if len(kept) <= _NAMED else [*kept[:_NAMED], "similar"]


def _within(shorter: str, longer: str) -> bool:
    return f" {longer} ".casefold().endswith(f" {shorter} ".casefold())
