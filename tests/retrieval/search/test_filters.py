from __future__ import annotations

import re
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from encoders.errors import InputError
from retrieval.search.analysis import terms
from retrieval.search.filters import Filters
from retrieval.types import Column, Constraint, Item, Op, Role, Status, Value
from tests.fakes.snapshot import MemorySnapshot
from tests.retrieval.search.catalogues import COLOURS, COLUMNS, DAYS, PRICES, TAGS, dozen, items, phrases

ORDER = (Op.LT, Op.LE, Op.GT, Op.GE)
NEGATIVE = {Op.NE: Op.EQ, Op.NOT_IN: Op.IN}


def found(snapshot: MemorySnapshot, field: str, op: Op, value: Value) -> set[str]:
    mask = Filters(snapshot).mask(Constraint(field, op, value, "said"))
    return {snapshot.ids[row] for row in np.flatnonzero(mask).tolist()}


def one_day(days: str) -> MemorySnapshot:
    return MemorySnapshot([Item("x", "x", {"day": days})], [Column("day", Role.DATE, "day")])


# A reference that looks at one item at a time and shares nothing with the code under test but the stemmer.


def instants(day: str) -> tuple[str, str]:
    """First and last second of a date as text, month ends counted."""
    parts = [int(part) for part in re.findall(r"\d+", day)]
    if len(parts) > 3:
        return day, day
    year, month, first = (*parts, 1, 1)[:3]
    if len(parts) == 1:
        last = date(year, 12, 31)
    elif len(parts) == 2:
        last = (date(year, month, 1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    else:
        last = date(year, month, first)
    return f"{date(year, month, first)}T00:00:00", f"{last}T23:59:59"


def compare_numbers(op: Op, left: float, right: float) -> bool:
    return {Op.LT: left < right, Op.LE: left <= right, Op.GT: left > right, Op.GE: left >= right}[op]


def compare_dates(op: Op, left: str, right: str) -> bool:
    (first, last), (low, high) = instants(left), instants(right)
    return {Op.LT: last < low, Op.LE: last <= high, Op.GT: first > high, Op.GE: first >= low}[op]


def same(field: str, cell: Value, wanted: str | float) -> bool:
    if field == "price":
        return cell == float(wanted)
    if field == "day":
        (first, last), (low, high) = instants(str(cell)), instants(str(wanted))
        return low <= first and last <= high
    if field == "about":
        return f" {' '.join(terms(str(wanted)))} " in f" {' '.join(terms(str(cell)))} "
    values = cell if isinstance(cell, tuple) else (str(cell),)
    return str(wanted).lower() in [value.lower() for value in values]


def naive(item: Item, constraint: Constraint) -> bool:
    assert constraint.field is not None
    op = NEGATIVE.get(constraint.op, constraint.op)
    cell = item.fields.get(constraint.field)
    if cell is None:
        return op is not constraint.op
    if op in ORDER:
        wanted = constraint.value
        if constraint.field == "day":
            return compare_dates(op, str(cell), str(wanted))
        assert isinstance(wanted, float) and isinstance(cell, float)
        return compare_numbers(op, cell, wanted)
    choices = constraint.value if isinstance(constraint.value, tuple) else (constraint.value,)
    return any(same(constraint.field, cell, wanted) for wanted in choices) == (op is constraint.op)


def constraints() -> st.SearchStrategy[Constraint]:
    def of(field: str, ops: list[Op], values: st.SearchStrategy[Value]) -> st.SearchStrategy[Constraint]:
        return st.builds(Constraint, st.just(field), st.sampled_from(ops), values, st.just("said"))

    single, several = [Op.EQ, Op.NE, Op.CONTAINS], [Op.IN, Op.NOT_IN]
    choices: dict[str, st.SearchStrategy[str]] = {
        "colour": st.sampled_from([*COLOURS, "RED", "green"]),
        "tags": st.sampled_from([*TAGS, "VEGAN", "none"]),
        "day": st.sampled_from(DAYS),
        "about": phrases(2),
        "price": st.sampled_from([str(price) for price in PRICES]),
    }
    kinds = [of(field, single, values) for field, values in choices.items() if field != "price"]
    kinds += [
        of(field, several, st.lists(values, max_size=3).map(tuple)) for field, values in choices.items()
    ]
    kinds += [of("price", [*single, *ORDER], st.sampled_from([*PRICES, 10.5]))]
    kinds += [of("day", list(ORDER), st.sampled_from(DAYS))]
    return st.one_of(kinds)


@settings(max_examples=300, deadline=None)
@given(items(), constraints())
def test_a_mask_agrees_with_looking_at_each_item(rows: list[Item], constraint: Constraint) -> None:
    mask = Filters(MemorySnapshot(rows, COLUMNS)).mask(constraint)
    assert mask.tolist() == [naive(item, constraint) for item in rows]


@settings(max_examples=60, deadline=None)
@given(items(), st.lists(constraints(), max_size=4), st.sampled_from(list(Status)))
def test_only_enforced_constraints_filter_and_all_of_them_do(
    rows: list[Item], wanted: list[Constraint], status: Status
) -> None:
    changed = [Constraint(c.field, c.op, c.value, c.said, status) for c in wanted]
    mask = Filters(MemorySnapshot(rows, COLUMNS)).enforced(changed)
    enforced = wanted if status is Status.ENFORCED else []
    assert mask.tolist() == [all(naive(item, constraint) for constraint in enforced) for item in rows]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PRICES), min_size=1, max_size=12), st.sampled_from(PRICES))
@example([80.0, 92.0, 93.0], 80.0)
def test_about_holds_for_the_number_itself_and_widens_evenly(prices: list[float], wanted: float) -> None:
    snapshot = MemorySnapshot([Item(str(at), "", {"price": p}) for at, p in enumerate(prices)], COLUMNS)
    mask = Filters(snapshot).mask(Constraint("price", Op.ABOUT, wanted, "said"))
    held = [abs(price - wanted) for price, holds in zip(prices, mask.tolist(), strict=True) if holds]
    missed = [abs(price - wanted) for price, holds in zip(prices, mask.tolist(), strict=True) if not holds]
    assert wanted not in prices or 0.0 in held
    assert max(held, default=0.0) <= min(missed, default=np.inf)


def test_about_a_price_is_fifteen_per_cent_either_side() -> None:
    # 68.00, 69.50, 74.00, 79.00, 84.50 and 88.00; not 42.00, 95.00 and further
    assert found(dozen(), "price", Op.ABOUT, 80.0) == {"h2", "b2", "b1", "b5", "b3", "j1"}


def test_about_a_year_is_some_years_and_not_fifteen_per_cent_of_two_thousand() -> None:
    years = [Item(str(year), "", {"year": float(year)}) for year in range(1950, 2020)]
    snapshot = MemorySnapshot(years, [Column("year", Role.NUMBER, "year")])
    assert found(snapshot, "year", Op.ABOUT, 1995.0) == {str(year) for year in range(1986, 2005)}


def test_about_zero_is_not_zero_alone() -> None:
    rows = [Item(str(at), "", {"price": at / 10}) for at in range(1000)]
    assert found(MemorySnapshot(rows, COLUMNS), "price", Op.ABOUT, 0.0) == {str(at) for at in range(9)}


@pytest.mark.parametrize(
    ("day", "op", "wanted", "holds"),
    [
        ("1995-12-31T23:59:59.5", Op.EQ, "1995", True),
        ("1995-12-31 08:00", Op.EQ, "1995-12-31", True),
        ("1995", Op.EQ, "1995-06", False),
        ("1995", Op.NE, "1995-06", True),
        ("1994-12-31", Op.LT, "1995", True),
        ("1995-01-01", Op.LT, "1995", False),
        ("1995-12-31", Op.LE, "1995", True),
        ("1995-12-31", Op.GT, "1995", False),
        ("1996", Op.GT, "1995", True),
        ("1995", Op.GE, "1995-01-01", True),
        ("1995", Op.LT, "1995-06", False),
        ("1997-12-31", Op.ABOUT, "1995", True),
        ("1998-01-01", Op.ABOUT, "1995", False),
        ("1995-12", Op.ABOUT, "1996-02", True),
        ("1995-11", Op.ABOUT, "1996-02", False),
        ("1995-06-10", Op.ABOUT, "1995-06-03", True),
        ("1995-06-11", Op.ABOUT, "1995-06-03", False),
    ],
)
def test_a_date_cut_short_stands_for_all_it_covers(day: str, op: Op, wanted: str, *, holds: bool) -> None:
    assert (found(one_day(day), "day", op, wanted) == {"x"}) is holds


def test_a_year_given_as_a_number_is_a_date() -> None:
    assert found(one_day("1995-06-03"), "day", Op.EQ, 1995.0) == {"x"}


def test_facets_that_are_numbers_are_compared_as_numbers() -> None:
    snapshot = MemorySnapshot([Item(colour, "", {"colour": colour}) for colour in COLOURS], COLUMNS)
    assert found(snapshot, "colour", Op.GT, 38.0) == {"40.5"}
    assert found(snapshot, "colour", Op.ABOUT, 38.0) == {"38"}


def test_a_title_contains_words_whatever_their_form() -> None:
    assert found(dozen(), "title", Op.CONTAINS, "boots") == {"b1", "b2", "b3"}
    assert found(dozen(), "title", Op.CONTAINS, "trail boots") == {"b2", "b3"}
    assert found(dozen(), "title", Op.CONTAINS, "boots trail") == set()
    assert found(dozen(), "title", Op.CONTAINS, "boo") == set()


@pytest.mark.parametrize(
    ("field", "op", "value"),
    [
        (None, Op.EQ, "x"),
        ("weight", Op.EQ, 1.0),
        ("price", Op.LE, "cheap"),
        ("price", Op.LE, ("1", "2")),
        ("price", Op.EQ, float("nan")),
        ("description", Op.LT, "x"),
        ("colour", Op.LT, 3.0),
        ("released", Op.ABOUT, "spring"),
        ("released", Op.LT, ("1995", "1996")),
        ("picture", Op.EQ, "x"),
    ],
)
def test_what_the_catalogue_cannot_check_is_said_in_one_sentence(
    field: str | None, op: Op, value: Value
) -> None:
    filters = Filters(dozen())
    constraint = Constraint(field, op, value, "as said")
    assert not filters.checkable(constraint)
    with pytest.raises(InputError, match=r"^'as said' can't be checked because [^.]*\.$"):
        filters.mask(constraint)


def test_sort_keys_follow_the_column_and_leave_the_empty_ones_out() -> None:
    rows = [
        Item("a", "Zinc", {"price": 3.0, "colour": "Red", "day": "1995"}),
        Item("b", "ash", {"colour": "blue", "day": "1994-05"}),
        Item("c", "Birch", {"price": 1.0}),
    ]
    filters = Filters(MemorySnapshot(rows, COLUMNS))
    assert np.isnan(filters.sort_keys("price")).tolist() == [False, True, False]
    assert np.argsort(filters.sort_keys("title")).tolist() == [1, 2, 0]
    assert np.argsort(filters.sort_keys("colour")).tolist() == [1, 0, 2]
    assert np.argsort(filters.sort_keys("day")).tolist() == [1, 0, 2]
    assert np.argsort(filters.sort_keys("id")).tolist() == [0, 1, 2]
