from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.linking.fields import Fields
from agent.spoken import predicate, speak, speak_day, speak_reason, speak_value
from retrieval.types import Column, Constraint, Op, Role

COLUMNS = (
    Column("price", Role.NUMBER, "price", "£", low=1.0, high=900.0),
    Column("rating", Role.NUMBER, "rating", "stars", low=1.0, high=5.0),
    Column("year", Role.NUMBER, "year", low=1900.0, high=2025.0),
    Column("minutes", Role.NUMBER, "length", "min", low=2.0, high=300.0),
    Column("tempo", Role.NUMBER, "tempo", "bpm", low=60.0, high=180.0),
    Column("weight", Role.NUMBER, "weight", "kg", low=0.1, high=40.0),
    Column("reviews", Role.NUMBER, "number of reviews", low=0.0, high=900.0),
    Column("date", Role.DATE, "date", low="2026-01-06", high="2026-09-30"),
    Column("colour", Role.FACET, "base colour", values={"Blue": 3, "Navy Blue": 2, "Red": 1}),
    Column("gender", Role.FACET, "gender", values={"Women": 3, "Men": 2, "everyone": 1}),
    Column("usage", Role.FACET, "usage", values={"Casual": 3, "Sports": 2}),
    Column("occasion", Role.FACET, "occasion", values={"wedding": 3, "walking": 2}),
    Column("kind", Role.FACET, "kind", values={"boots": 3, "scarves": 2}),
    Column("genre", Role.LIST, "genre", values={"horror": 3, "war": 2}),
    Column("star", Role.LIST, "star", values={"Meg Ryan": 3, "Hugh Grant": 2}),
    Column("director", Role.LIST, "director", values={"Akira Kurosawa": 3}),
    Column("features", Role.LIST, "features", values={"waterproof": 3, "long battery": 2}),
    Column("vegan", Role.FACET, "vegan", values={"yes": 3, "no": 2}),
)
FIELDS = Fields(COLUMNS, 10)
NUMBERS = [column.name for column in COLUMNS if column.role is Role.NUMBER]
WORDS = [
    (column.name, value)
    for column in COLUMNS
    if column.role in (Role.FACET, Role.LIST)
    for value in column.values
]


def said(*constraints: Constraint) -> tuple[str, ...]:
    return speak(constraints, FIELDS)


def one(field: str, op: Op, value: float | str | tuple[str, ...], words: str = "") -> str:
    (text,) = said(Constraint(field, op, value, words))
    return text


@pytest.mark.parametrize(
    ("field", "op", "value", "text"),
    [
        ("price", Op.LE, 80.0, "within £80"), ("price", Op.LT, 79.5, "under £79.50"),
        ("price", Op.GE, 20.0, "at least £20"),
        ("rating", Op.GE, 4.0, "rated 4 stars or better"), ("year", Op.LE, 1990.0, "from 1990 or before"),
        ("year", Op.LT, 1970.0, "from before 1970"), ("minutes", Op.LE, 120.0, "at most 2 hours long"),
        ("minutes", Op.LT, 90.0, "under 90 min long"), ("tempo", Op.GE, 120.0, "at least 120 bpm"),
        ("weight", Op.LE, 2.0, "with a weight of at most 2 kg"), ("reviews", Op.GE, 50.0, "with at least 50 reviews"),
        ("date", Op.GE, "2026-05-03", "from 3 May 2026 or later"), ("colour", Op.EQ, "Navy Blue", "in navy blue"),
        ("colour", Op.NE, "Red", "not red"), ("gender", Op.EQ, "Women", "for women"),
        ("usage", Op.EQ, "Casual", "for casual wear"), ("occasion", Op.EQ, "wedding", "for a wedding"),
        ("kind", Op.EQ, "boots", "listed under boots"), ("genre", Op.CONTAINS, "horror", "listed as horror"),
        ("genre", Op.NE, "war", "not war"), ("star", Op.CONTAINS, "Meg Ryan", "with Meg Ryan"),
        ("star", Op.NE, "Hugh Grant", "without Hugh Grant"),
        ("director", Op.CONTAINS, "Akira Kurosawa", "by Akira Kurosawa"),
        ("features", Op.CONTAINS, "waterproof", "waterproof"),
        ("features", Op.CONTAINS, "long battery", "with long battery"),
        ("vegan", Op.EQ, "yes", "vegan"), ("vegan", Op.NE, "yes", "not vegan"),
    ],
)  # fmt: skip
def test_a_condition_is_said_as_people_say_it(field: str, op: Op, value: float | str, text: str) -> None:
    assert one(field, op, value) == text


def test_who_said_under_is_answered_so() -> None:
    assert one("price", Op.LE, 80.0, "under 80 quid") == "under £80"


def test_alternatives_that_another_covers_are_not_said() -> None:
    assert one("colour", Op.IN, ("Blue", "Navy Blue")) == "in blue"
    assert one("gender", Op.IN, ("Women", "everyone")) == "for women"
    assert one("colour", Op.IN, ("Blue", "Red")) == "in blue or red"


def test_two_bounds_or_names_of_a_column_are_said_as_one() -> None:
    eighties = Constraint("year", Op.GE, 1980.0, ""), Constraint("year", Op.LE, 1989.0, "")
    assert said(*eighties) == ("from the 1980s",)
    assert said(Constraint("price", Op.GE, 20.0, ""), Constraint("price", Op.LE, 80.0, "")) == (
        "between £20 and £80",
    )
    stars = Constraint("star", Op.CONTAINS, "Meg Ryan", ""), Constraint("star", Op.CONTAINS, "Hugh Grant", "")
    assert said(*stars) == ("with Meg Ryan and Hugh Grant",)


def test_what_no_column_checks_is_not_said() -> None:
    assert said(Constraint(None, Op.CONTAINS, "cosy", "cosy")) == ()


@given(
    st.sampled_from(NUMBERS),
    st.sampled_from([Op.LT, Op.LE, Op.GT, Op.GE, Op.ABOUT, Op.EQ]),
    st.integers(1, 300_000).map(lambda n: n / 100),
)
def test_the_number_said_is_the_constraints_own(field: str, op: Op, value: float) -> None:
    text = one(field, op, value)
    told = [float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]
    told = [number * 60 if " hour" in text else number for number in told]
    assert told == [pytest.approx(value, rel=1e-4)]


@given(st.sampled_from(WORDS), st.sampled_from([Op.EQ, Op.CONTAINS, Op.NE]))
def test_the_value_said_is_the_constraints_own(word: tuple[str, str], op: Op) -> None:
    field, value = word
    text = one(field, op, value)
    yes = field == "vegan"
    assert (field if yes else value.casefold()) in text.casefold()
    negative = (op is Op.NE) is not (yes and value == "no")
    assert text.startswith(("not ", "without ")) is negative


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("colour", "Navy Blue", "navy blue"), ("star", ("A B", "C D", "E F", "G H"), "A B, C D and E F"),
        ("features", ("a", "b", "c", "d"), "a, b, c and others"), ("reviews", 539.0, "539 reviews"),
        ("date", "2026-05-03", "3 May 2026"), ("price", 74.0, "£74.00"), ("director", "Levi’s", "Levi’s"),
    ],
)  # fmt: skip
def test_values_stand_in_a_sentence(name: str, value: str | float | tuple[str, ...], text: str) -> None:
    column = next(column for column in COLUMNS if column.name == name)
    assert speak_value(column, value) == text


def test_small_things() -> None:
    assert speak_day("soon") == "soon"
    assert speak_reason("second without its words") == "second without the words it shares with yours"
    assert speak_reason("nothing moved") == "nothing moved"
    assert predicate("purpose", "for", "party") == "for a party"
    assert predicate("other", "host", "Ida") == "with host Ida"
