"""How values of the catalogue are written for people; code writes every fact, so that none is misspelt."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.types import Column, Value

_BEFORE = frozenset("£$€¥₹")
_PRICES = frozenset({"price", "cost", "fee"})
_LISTED = 3
"""Values of a list that are written out: three names of a cast say who is in it."""


def write_number(value: float) -> str:
    """Write a number as short as it is exact to two decimals: 74 → '74', 4.6 → '4.6', 1299 → '1,299'."""
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def write_amount(value: float, unit: str | None) -> str:
    """Write a number with its unit: '£74.00', '102 min', '4.6 stars', '45 %'."""
    if unit in _BEFORE:
        return f"{unit}{value:,.2f}"
    if unit is None:
        return write_number(value)
    if unit == "stars" and value == 1:
        return "1 star"
    return f"{write_number(value)} {unit}"


def write_value(column: Column, value: Value) -> str:
    """Write a cell for people; years lose their thousands separator, lists are joined by commas."""
    if isinstance(value, tuple):
        return ", ".join(value[:_LISTED]) + (" …" if len(value) > _LISTED else "")
    if isinstance(value, str):
        return value
    return write_measure(column, value)


def write_measure(column: Column, value: float) -> str:
    """Write a number of a column: a year without separator, a price without currency with its pence."""
    if column.unit is None and _is_year(column, value):
        return str(int(value))
    if column.unit is None and _PRICES & set(column.label.casefold().split()):
        return f"{value:,.2f}"
    return write_amount(value, column.unit)


def _is_year(column: Column, value: float) -> bool:
    return float(value).is_integer() and 1000 <= value <= 2999 and "year" in column.label.casefold()


def write_list(words: tuple[str, ...] | list[str], last: str = "and") -> str:
    """Join words: 'a', 'a and b', 'a, b and c'."""
    words = list(words)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def write_ordinal(rank: int) -> str:
    """Write a rank: 3 → 'third', 24 → '24th'."""
    if 1 <= rank <= len(_ORDINALS):
        return _ORDINALS[rank - 1]
    ending = "th" if rank % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank}{ending}"
