"""What is added to a search, what a thing goes with, and what suits whoever asks for something narrower."""

from __future__ import annotations

import pytest

from agent.linking.link import Linker
from agent.surroundings import in_context
from agent.types import ActName, Phrase
from retrieval.types import Column, Role, Status, Value
from tests.agent.linking.catalogues import IDS, ask, avoid, clock, courses, plain, shop, snapshot, want

SHOP, COURSES = Linker(shop(), None, clock), Linker(courses(), None, clock)
BLACK_BOOTS = ask(SHOP, want("black"), want("waterproof"), query="ankle boots").constraints


@pytest.mark.parametrize(
    ("said", "wish", "told"),
    [
        ("add brown to that", "brown", "also brown"),
        ("include brown ones too", "brown", "also brown"),
        ("throw in brown as well", "brown", "also brown"),
        ("something to go with a brown coat", "brown coat", "to go with brown coat"),
        ("boots to wear with my brown coat", "brown coat", "to go with brown coat"),
        ("brown to add to my collection", "brown", "brown"),
        ("add it in brown with laces", "laces", "laces"),
    ],
)
def test_words_before_a_wish_say_what_it_joins(said: str, wish: str, told: str) -> None:
    assert in_context([want(wish)], said) == (want(told),)


def test_a_colour_added_is_an_alternative_and_a_feature_another_wish() -> None:
    after = ask(SHOP, want("also brown"), act=ActName.REFINE, in_force=BLACK_BOOTS).constraints
    assert ("colour", "in", ("black", "brown")) in plain(after)
    after = ask(SHOP, want("also warm"), act=ActName.REFINE, in_force=BLACK_BOOTS).constraints
    assert {("features", "contains", "waterproof"), ("features", "contains", "warm")} <= set(plain(after))


@pytest.mark.parametrize(
    "said", ["to go with a grey suit", "to match my grey sofa", "that goes well with silk"]
)
def test_looks_of_another_thing_only_rank(said: str) -> None:
    (_, beside) = ask(SHOP, want(said), query="dress").constraints
    assert (beside.field, beside.value, beside.status) == (None, said, Status.RANKED)


def test_what_goes_with_a_dish_is_checked_where_a_column_has_it() -> None:
    assert plain(ask(COURSES, want("to go with oysters")).constraints) == [("pairing", "contains", "oysters")]


def dishes(*diets: tuple[str, ...], role: Role = Role.LIST) -> Linker:
    rows: list[tuple[str, str, dict[str, Value]]] = [
        (f"d{n}", f"Dish {n}", {"diet": diet if role is Role.LIST else diet[0]})
        for n, diet in enumerate(diets)
    ]
    return Linker(snapshot([*IDS, Column("diet", role, "diet")], rows, "dishes"), None, clock)


@pytest.mark.parametrize(
    ("linker", "phrase", "expected"),
    [
        (dishes(("vegetarian",), ("vegan",)), want("vegetarian"), [("diet", "in", ("vegetarian", "vegan"))]),
        (
            dishes(("vegetarian",), ("vegan",), role=Role.FACET),
            want("vegetarian"),
            [("diet", "in", ("vegetarian", "vegan"))],
        ),
        (
            dishes(("vegetarian",), ("vegan", "vegetarian")),
            want("vegetarian"),
            [("diet", "contains", "vegetarian")],
        ),
        (dishes(("vegetarian",), ("vegan",)), want("vegan"), [("diet", "contains", "vegan")]),
        (dishes(("vegetarian",), ("vegan",)), avoid("vegetarian"), [("diet", "not in", ("vegetarian",))]),
    ],
)
def test_a_vegetarian_may_have_what_is_only_listed_as_vegan(
    linker: Linker, phrase: Phrase, expected: list[tuple[str, str, Value]]
) -> None:
    assert plain(ask(linker, phrase).constraints) == expected
