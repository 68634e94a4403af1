from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.understanding.condition import parse_condition, write_condition
from retrieval.types import Constraint, Op

SEVERAL = (Op.IN, Op.NOT_IN)
ORDERED = (Op.LT, Op.LE, Op.GT, Op.GE, Op.ABOUT)
PLAIN = (Op.EQ, Op.NE, Op.CONTAINS)

FIELDS = st.from_regex(r"[a-z][a-z_]{0,8}[A-Z0-9]?( [a-z_]{4,8})?", fullmatch=True)
# A word that could be read as a number is one, so words begin with a letter here.
WORDS = st.from_regex(r"[a-zé][a-zé0-9'&/.,!-]{0,8}( [a-z0-9'=<>-]{1,8}){0,2}", fullmatch=True)
NUMBERS = st.one_of(
    st.integers(-(10**9), 10**9).map(float),
    st.decimals(-(10**6), 10**6, allow_nan=False, places=3).map(float).filter(lambda v: str(v) != "-0.0"),
)
DATES = st.dates().map(str) | st.dates().map(lambda day: str(day)[:7])
CONDITIONS = st.one_of(
    st.builds(Constraint, FIELDS, st.sampled_from(PLAIN), WORDS | NUMBERS | DATES, st.just("")),
    st.builds(Constraint, FIELDS, st.sampled_from(ORDERED), NUMBERS | DATES, st.just("")),
    st.builds(
        Constraint,
        FIELDS,
        st.sampled_from(SEVERAL),
        st.lists(WORDS | DATES, min_size=1, max_size=4).map(tuple),
        st.just(""),
    ),
)


@given(CONDITIONS)
def test_what_is_written_is_read_again(condition: Constraint) -> None:
    assert parse_condition(write_condition(condition)) == condition


@pytest.mark.parametrize(
    ("text", "field", "op", "value"),
    [
        ("kind == walking boots", "kind", Op.EQ, "walking boots"),
        ("price<=80", "price", Op.LE, 80.0),
        ("price ~ 49.50", "price", Op.ABOUT, 49.5),
        ("date >= 2026-05-01", "date", Op.GE, "2026-05-01"),
        ("colour in red | burgundy", "colour", Op.IN, ("red", "burgundy")),
        ("colour not in red", "colour", Op.NOT_IN, ("red",)),
        ('colour "not in" red | black', "colour", Op.NOT_IN, ("red", "black")),
        ("features contains waterproof", "features", Op.CONTAINS, "waterproof"),
        ("in stock == yes", "in stock", Op.EQ, "yes"),
        ("base price < 3", "base price", Op.LT, 3.0),
        ("made in == France", "made in", Op.EQ, "France"),
        ("style == made in france", "style", Op.EQ, "made in france"),
    ],
)
def test_forms(text: str, field: str, op: Op, value: object) -> None:
    assert parse_condition(text) == Constraint(field, op, value, "")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no condition"),
        ("price", "no condition"),
        ("price 80", "no condition"),
        ("== 80", "no condition"),
        ("price =", "no condition"),
        ("price == ", "no condition"),
        ("price = 80", "no condition"),
        ("colour in red | ", "empty value"),
        ("colour == red | blue", "several values"),
        ("tags contains a | b", "several values"),
        ("price < cheap", "no amount"),
        ("price < £80", "no amount"),
        ("date >= 2026-13-01", "is none"),
        ("date >= 2026-02-30", "is none"),
    ],
)
def test_what_is_no_condition_is_refused_with_a_remedy(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as refused:
        parse_condition(text)
    assert "; write " in str(refused.value)


@given(st.text(max_size=60))
def test_any_other_text_is_refused_and_never_breaks(text: str) -> None:
    try:
        found = parse_condition(text)
    except ValueError:
        return
    assert found.field
