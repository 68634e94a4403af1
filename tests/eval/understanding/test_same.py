from __future__ import annotations

import pytest

from agent.linking.fields import Fields
from eval.understanding.condition import parse_condition
from eval.understanding.same import Atom, atoms, same, stands_for
from retrieval.types import Column, Constraint, Op, Role

FIELDS = Fields(
    (
        Column("colour", Role.FACET, "colour", values={"Red": 3, "blue": 2}),
        Column("size", Role.FACET, "size", values={"9": 3, "10": 2}),
        Column("tags", Role.LIST, "tags", values={"warm": 3, "light": 2}),
        Column("vegan", Role.FACET, "vegan", values={"yes": 3, "no": 2}),
        Column("price", Role.NUMBER, "price", unit="£", low=1.0, high=90.0),
        Column("year", Role.NUMBER, "year", low=1990.0, high=2020.0),
        Column("released", Role.DATE, "released", low="2019-01-01", high="2026-01-01"),
    ),
    12,
)


def taken(*written: str) -> tuple[Atom, ...]:
    return atoms(map(parse_condition, written), FIELDS)


def agree(one: tuple[Atom, ...], other: tuple[Atom, ...]) -> bool:
    return len(one) == len(other) and all(any(same(a, b) for b in other) for a in one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("colour == red", "colour contains RED"),
        ("colour == red", "colour in Red"),
        ("colour in red | blue", "colour in blue | red"),
        ("colour != red", "colour not in red"),
        ("size == 9", "size in 9"),
        ("price <= 80", "price <= 80.00000001"),
        ("vegan != yes", "vegan == no"),
        ("year > 2000", "year >= 2001"),
        ("year < 2000", "year <= 1999"),
        ("released > 2020", "released >= 2021-01-01"),
        ("released >= 2020", "released >= 2020-01"),
        ("released <= 2020", "released <= 2020-12-31"),
        ("released < 2020-02", "released <= 2020-01"),
        ("released <= 2020-02", "released <= 2020-02-29"),
    ],
)
def test_the_same_in_other_words(one: str, other: str) -> None:
    assert agree(taken(one), taken(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("price < 80", "price > 80"),
        ("price <= 80", "price <= 80.01"),
        ("price <= 80", "price ~ 80"),
        ("price <= 80", "price >= 80"),
        ("colour == red", "colour != red"),
        ("colour == red", "colour in red | blue"),
        ("colour == red", "tags contains red"),
        ("vegan != no", "vegan == no"),
        ("released >= 2020", "released > 2020"),
        ("released == 2020", "released >= 2020"),
    ],
)
def test_what_differs(one: str, other: str) -> None:
    assert not agree(taken(one), taken(other))


def test_several_values_that_are_not_wanted_are_as_many_atoms() -> None:
    assert agree(taken("colour not in red | blue"), taken("colour != blue", "colour != red"))
    assert agree(taken("released == 2020-05"), taken("released >= 2020-05-01", "released <= 2020-05-31"))


def test_what_no_column_checks_is_no_atom() -> None:
    assert atoms([Constraint(None, Op.CONTAINS, "comfy", "comfy")], FIELDS) == ()


@pytest.mark.parametrize(
    ("one", "other", "stands"),
    [
        ("price < 80", "price <= 80", True),
        ("price ~ 80", "price <= 80", True),
        ("price >= 20", "price <= 80", False),
        ("colour in red | blue", "colour == red", True),
        ("colour == blue", "colour == red", True),
        ("tags in warm | light", "tags contains warm", True),
        ("tags contains light", "tags contains warm", False),
        ("colour != red", "colour == red", False),
        ("price < 80", "year < 80", False),
    ],
)
def test_what_may_stand_in_the_place_of_another(one: str, other: str, stands: bool) -> None:
    assert stands_for(taken(one)[0], taken(other)[0]) is stands
