from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.catalogue import Catalogue
from agent.types import Act, ActName, Card, Claims, Evidence, Request, Turn
from encoders.errors import InputError
from eval.expect import failures, located, same
from eval.script import Expectation
from retrieval.types import Constraint, Op, Status
from tests.fakes.encoders import HashTextEncoder
from tests.fakes.snapshot import MemorySnapshot

TEXT = HashTextEncoder()
DOZEN = Catalogue.of(
    MemorySnapshot.from_csv(text=TEXT), TEXT, None, lambda: datetime(2026, 5, 1, 12, tzinfo=UTC)
)


def condition(
    field: str | None, op: Op, value: str | float | tuple[str, ...], status: Status = Status.ENFORCED
) -> Constraint:
    return Constraint(field, op, value, "", status)


CHEAP = condition("price", Op.LE, 80.0)
GREEN = condition("colour", Op.EQ, "green", status=Status.RELAXED)


def card(rank: int, item: str) -> Card:
    found = DOZEN.snapshot.item(item)
    return Card(rank, item, found.title, None, MappingProxyType({}), None, 1.0, Evidence({}))


TURN = Turn(
    turn=1,
    request=Request("boots"),
    act=Act(ActName.RATE, "boots", (CHEAP, GREEN), ("b4", "b1"), sort="-rating", count=2, stars=4.0),
    items=(card(1, "b1"), card(2, "b4")),
    answer="The Harbour Welly is £42.",
    claims=Claims(),
    timings_ms={"total": 1.0},
    models={},
)
HEADLINE = "nothing is green; nearest, giving up the colour"

RIGHT = [
    Expectation(act=("rate",)),
    Expectation(act=("recommend", "rate")),
    Expectation(constraints=(CHEAP,)),
    Expectation(constraints=(GREEN, CHEAP)),
    Expectation(free=("material",)),
    Expectation(free=("colour",)),
    Expectation(sort="-rating"),
    Expectation(count=2),
    Expectation(stars=4.0),
    Expectation(refers=("b4", "b1")),
    Expectation(at_least=2),
    Expectation(at_most=2),
    Expectation(every=(CHEAP, condition("kind", Op.EQ, "boots"))),
    Expectation(some=(condition("colour", Op.EQ, "navy"), condition("tags", Op.CONTAINS, "walking"))),
    Expectation(include=("b4", "b1")),
    Expectation(exclude=("b5",)),
    Expectation(first="b1"),
    Expectation(contains=("harbour welly", "GIVING UP")),
    Expectation(lacks=("leather",)),
]

WRONG = [
    (Expectation(act=("recommend", "refine")), "act is rate, not recommend or refine"),
    (Expectation(constraints=()), "constraints are price <= 80; colour == green (relaxed), not none"),
    (Expectation(constraints=(condition("price", Op.LT, 80.0),)), "no constraint price < 80 among"),
    (Expectation(constraints=(condition("price", Op.LE, 79.0),)), "no constraint price <= 79 among"),
    (Expectation(constraints=(condition("rating", Op.LE, 80.0),)), "no constraint rating <= 80 among"),
    (
        Expectation(constraints=(replace(GREEN, status=Status.ENFORCED),)),
        "no constraint colour == green among",
    ),
    (Expectation(free=("price",)), "price should be free but is price <= 80"),
    (Expectation(sort="rating"), "sort is '-rating', not 'rating'"),
    (Expectation(count=3), "count is 2, not 3"),
    (Expectation(stars=5.0), "stars is 4.0, not 5.0"),
    (Expectation(refers=("b1", "b4")), "refers to b4, b1, not b1, b4"),
    (Expectation(refers=()), "refers to b4, b1, not nothing"),
    (Expectation(at_least=3), "2 items shown, fewer than 3"),
    (Expectation(at_most=1), "2 items shown, more than 1"),
    (Expectation(every=(condition("price", Op.LE, 50.0),)), "shown although not price <= 50: b1"),
    (Expectation(every=(condition("size", Op.EQ, "9"),)), "the catalogue can't check size == 9"),
    (Expectation(some=(condition("colour", Op.EQ, "black"),)), "nothing shown is colour == black"),
    (Expectation(include=("b4", "b5")), "b5 is not shown"),
    (Expectation(exclude=("b4",)), "b4 is shown"),
    (Expectation(first="b4"), "b1 is shown first, not b4"),
    (Expectation(contains=("suede",)), "the answer does not say “suede”"),
    (Expectation(lacks=("nearest",)), "the answer says “nearest”"),
    (Expectation(error="too vague"), "the turn is played, not refused with “too vague”"),
]


def test_what_is_not_expected_is_not_checked() -> None:
    assert failures(TURN, Expectation(), DOZEN) == []


@pytest.mark.parametrize("expect", RIGHT)
def test_what_holds_is_no_failure(expect: Expectation) -> None:
    assert failures(TURN, expect, DOZEN, HEADLINE) == []


@pytest.mark.parametrize(("expect", "told"), WRONG)
def test_what_does_not_hold_is_told_in_a_sentence(expect: Expectation, told: str) -> None:
    (found,) = failures(TURN, expect, DOZEN, HEADLINE)
    assert told in found


def test_every_wrong_expectation_is_told() -> None:
    assert len(failures(TURN, Expectation(act=("chat",), count=1, at_most=1, first="b4"), DOZEN)) == 4


@pytest.mark.parametrize(
    ("expect", "held"),
    [
        (Expectation(every=(CHEAP,)), False),
        (Expectation(every=(CHEAP,), at_most=0), True),
        (Expectation(every=(CHEAP,), at_least=0), True),
        (Expectation(some=(CHEAP,)), False),
        (Expectation(first="b1"), False),
    ],
)
def test_a_condition_on_every_item_does_not_hold_of_none(expect: Expectation, *, held: bool) -> None:
    assert (failures(replace(TURN, items=()), expect, DOZEN) == []) is held


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (condition("colour", Op.EQ, "Green"), condition("colour", Op.IN, ("green",)), True),
        (condition("tags", Op.CONTAINS, "gift"), condition("tags", Op.EQ, "gift"), True),
        (condition("colour", Op.IN, ("red", "blue")), condition("colour", Op.IN, ("Blue", "red")), True),
        (condition("colour", Op.NE, "red"), condition("colour", Op.NOT_IN, ("red",)), True),
        (condition("colour", Op.NE, "red"), condition("colour", Op.EQ, "red"), False),
        (condition("price", Op.LE, 80.0), condition("price", Op.LT, 80.0), False),
        (condition("price", Op.LE, 1234567.0), condition("price", Op.LE, 1234568.0), False),
        (condition(None, Op.EQ, "cosy"), condition("style", Op.EQ, "cosy"), False),
    ],
)
def test_constraints_that_say_the_same_are_the_same(
    one: Constraint, other: Constraint, *, alike: bool
) -> None:
    assert same(one, other) is alike
    assert same(other, one) is alike


@given(st.sampled_from(list(Op)), st.floats(-1e6, 1e6) | st.text(max_size=8), st.sampled_from(list(Status)))
def test_a_constraint_is_the_same_as_itself(op: Op, value: float | str, status: Status) -> None:
    assert same(condition("x", op, value, status), condition("x", op, value, status))


def test_numbers_of_the_screen_stand_for_the_items_on_it() -> None:
    expect = Expectation(refers=("#2",), include=("#1",), exclude=("b5",), first="#2")
    found = located(expect, ("b1", "b4"))
    assert (found.refers, found.include, found.exclude, found.first) == (("b4",), ("b1",), ("b5",), "b4")


def test_fresh_items_are_none_of_the_screen() -> None:
    assert located(Expectation(fresh=True), ("b1", "b4")).exclude == ("b1", "b4")
    assert located(Expectation(), ("b1", "b4")).exclude == ()


@pytest.mark.parametrize("name", ["#0", "#3"])
def test_a_number_beyond_the_screen_is_told_not_passed_over(name: str) -> None:
    with pytest.raises(InputError, match=f"{name} of a screen of 2"):
        located(Expectation(exclude=(name,)), ("b1", "b4"))
