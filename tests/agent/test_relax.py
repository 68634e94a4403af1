from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.relax import Relaxation, nearest_first, nearest_order, relax
from retrieval.search.searcher import Searcher
from retrieval.types import Column, Constraint, Hit, Op, Role, Status
from tests.agent.shop import ENCODER, dozen

if TYPE_CHECKING:
    from collections.abc import Sequence

SEARCHER = Searcher(dozen(), ENCODER)
COLUMNS = {column.name: column for column in dozen().columns}
BOOTS = Constraint("kind", Op.EQ, "boots", "boots")
GREEN = Constraint("colour", Op.EQ, "green", "green")
CHEAP = Constraint("price", Op.LE, 50.0, "under 50")
NO_LEATHER = Constraint("material", Op.NE, "leather", "not leather")


def loosen(*constraints: Constraint, new: tuple[Constraint, ...] = ()) -> Relaxation:
    return relax(constraints, new, dozen().columns, {"kind"}, SEARCHER.matching)


def given_up(relaxation: Relaxation) -> set[str]:
    return {c.said for c in relaxation.constraints if c.status is Status.RELAXED}


def test_a_bound_is_given_up_before_an_attribute() -> None:
    relaxation = loosen(BOOTS, GREEN, CHEAP)
    assert given_up(relaxation) == {"under 50"}
    assert relaxation.matching == 1


def test_of_two_attributes_the_one_said_before_is_given_up() -> None:
    red = Constraint("colour", Op.EQ, "red", "red")
    silk = Constraint("material", Op.EQ, "silk", "silk")
    assert given_up(loosen(red, silk, new=(silk,))) == {"red"}
    assert given_up(loosen(red, silk, new=(red,))) == {"silk"}


def test_the_kind_of_thing_and_what_is_not_wanted_are_kept_longest() -> None:
    handbag = Constraint("kind", Op.EQ, "handbag", "handbag")
    red = Constraint("colour", Op.EQ, "red", "red")
    assert given_up(loosen(handbag, red, NO_LEATHER)) == {"red"}


def test_what_a_picture_shows_and_nobody_said_is_given_up_first() -> None:
    seen = Constraint("kind", Op.EQ, "scarf", "")
    assert given_up(loosen(seen, GREEN, new=(GREEN,))) == {""}


def test_several_are_given_up_when_one_is_not_enough_and_no_more_than_needed() -> None:
    relaxation = loosen(
        BOOTS, Constraint("colour", Op.EQ, "red", "red"), Constraint("price", Op.LE, 5.0, "under 5")
    )
    assert given_up(relaxation) == {"red", "under 5"}


def test_an_exclusion_is_given_up_only_where_nothing_else_helps() -> None:
    silk_boots = Constraint("material", Op.EQ, "silk", "silk")
    assert given_up(loosen(BOOTS, silk_boots, NO_LEATHER, CHEAP)) & {"not leather"} == set()
    # All but what is not wanted goes first, however much that is.
    many = [
        Constraint("kind", Op.EQ, "boots", "boots"),
        Constraint("colour", Op.EQ, "no such", "a"),
        Constraint("price", Op.LE, 0.0, "b"),
        Constraint("rating", Op.GE, 9.0, "c"),
    ]
    nothing_red = Constraint("colour", Op.NE, "red", "not red")
    assert given_up(loosen(*many, nothing_red)) >= {"a", "b", "c"}
    assert "not red" not in given_up(loosen(*many, nothing_red))
    all_colours = [Constraint("colour", Op.NE, one, f"not {one}") for one in COLUMNS["colour"].values]
    assert given_up(loosen(BOOTS, *all_colours)) & {one.said for one in all_colours}


@pytest.mark.parametrize(
    "said", ["allergic to leather", "vegan, no leather", "intolerant to leather", "halal"]
)
def test_what_is_said_for_health_or_principle_is_never_given_up(said: str) -> None:
    barred = Constraint("material", Op.NOT_IN, tuple(COLUMNS["material"].values), said)
    assert loosen(BOOTS, barred) == Relaxation((BOOTS, barred), 0)


def test_for_a_kind_given_up_another_of_its_family_or_shelf_stands_in() -> None:
    columns = [
        Column("shelf", Role.FACET, "shelf", values={"clothing": 3, "home": 1}),
        Column("kind", Role.FACET, "kind", values={"jumper": 1, "cardigan": 1, "coat": 1, "lamp": 1}),
        Column("material", Role.FACET, "material", values={"wool": 2, "cotton": 2}),
    ]
    rows = [
        ("clothing", "jumper", "wool"),
        ("clothing", "cardigan", "cotton"),
        ("clothing", "coat", "cotton"),
        ("home", "lamp", "wool"),
    ]
    jumper = Constraint("kind", Op.EQ, "jumper", "a jumper")

    def loosened(value: str, items: list[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
        def fitting(constraints: Sequence[Constraint]) -> list[tuple[str, str, str]]:
            checked = [c for c in constraints if c.status is Status.ENFORCED]
            places = ["shelf", "kind", "material"]
            return [
                row
                for row in items
                if all((row[places.index(str(c.field))] == c.value) is not c.op.negative for c in checked)
            ]

        no_wool = Constraint("material", Op.NE, value, "no wool")
        found = relax((jumper, no_wool), (), columns, {"shelf", "kind"}, lambda c: len(fitting(c)))
        return set(fitting(found.constraints))

    assert loosened("wool", rows) == {rows[1]}
    assert loosened("wool", [row for row in rows if row[1] != "cardigan"]) == {rows[2]}


def test_constraints_of_equal_cost_can_be_told_apart() -> None:
    pair = [Constraint("price", Op.GE, 500.0, "over 500"), Constraint("rating", Op.GE, 5.0, "five stars")]
    assert given_up(loosen(BOOTS, *pair, Constraint("price", Op.LE, 1.0, "under 1"))) != set()


def test_when_nothing_helps_nothing_is_given_up() -> None:
    relaxation = relax((BOOTS,), (), dozen().columns, {"kind"}, lambda _: 0)
    assert relaxation == Relaxation((BOOTS,), 0)


CONSTRAINTS = st.builds(
    Constraint,
    st.just("price"),
    st.sampled_from([Op.LE, Op.GE]),
    st.floats(0, 200),
    st.text(max_size=3),
) | st.builds(
    Constraint,
    st.sampled_from(["kind", "colour", "material"]),
    st.sampled_from([Op.EQ, Op.NE]),
    st.sampled_from(["boots", "red", "leather", "silk", "none"]),
    st.text(max_size=3),
)


@given(st.lists(CONSTRAINTS, min_size=1, max_size=6))
@settings(max_examples=100)
def test_what_is_given_up_is_needed_and_the_count_is_that_of_the_rest(constraints: list[Constraint]) -> None:
    relaxation = loosen(*constraints)
    assert [c.said for c in relaxation.constraints] == [c.said for c in constraints]
    assert relaxation.matching == (SEARCHER.matching(relaxation.constraints) if given_any(relaxation) else 0)


def given_any(relaxation: Relaxation) -> bool:
    return any(c.status is Status.RELAXED for c in relaxation.constraints)


def relaxed(op: Op, value: float, field: str = "price") -> Constraint:
    return Constraint(field, op, value, "", Status.RELAXED)


def hits(*ids: str) -> list[Hit]:
    return [Hit(item, 1.0, {}) for item in dozen().items(ids)]


@pytest.mark.parametrize(
    ("bound", "order"),
    [
        (relaxed(Op.LE, 10), ["h3", "s1", "b1"]),
        (relaxed(Op.GE, 100), ["b1", "s1", "h3"]),
        (relaxed(Op.ABOUT, 25), ["s1", "h3", "b1"]),
    ],
)
def test_the_nearest_to_a_given_up_bound_come_first(bound: Constraint, order: list[str]) -> None:
    assert [hit.item.id for hit in nearest_first(hits("b1", "s1", "h3"), [BOOTS, bound], 3)] == order
    assert len(nearest_first(hits("b1", "s1", "h3"), [bound], 2)) == 2


def test_without_a_given_up_number_the_order_stays() -> None:
    assert [hit.item.id for hit in nearest_first(hits("b1", "h3"), [GREEN], 2)] == ["b1", "h3"]


@pytest.mark.parametrize(
    ("constraints", "order"),
    [
        ([BOOTS, relaxed(Op.LE, 10)], "price"),
        ([relaxed(Op.GT, 10)], "-price"),
        ([relaxed(Op.ABOUT, 10)], None),
        ([relaxed(Op.LE, 10), relaxed(Op.GE, 5)], None),
        ([relaxed(Op.LE, 10), Constraint("colour", Op.EQ, "red", "", Status.RELAXED)], None),
        ([BOOTS], None),
    ],
)
def test_one_bound_given_up_alone_orders_the_whole_catalogue(
    constraints: list[Constraint], order: str | None
) -> None:
    assert nearest_order(constraints) == order
