from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.linking.limits import Limit, parse

TODAY = date(2026, 11, 25)
PLAIN = st.sampled_from("pages episodes of them a head long the lot per person deep all in".split())


def bounds(limit: Limit | None) -> list[tuple[str, float]]:
    assert limit is not None
    found: list[tuple[str, float]] = []
    for one in limit.bounds:
        if one.amount:
            found.append((str(one.op or "?"), one.amount.value))
        elif one.period:
            found.append((str(one.op or "?"), float(one.period.first.year)))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a hundred and fifty a night at the outside", [("<=", 150)]),
        ("not more then 120", [("<=", 120)]),
        ("no deeper than 60", [("<=", 60)]),
        ("roomier than 60 litres", [(">", 60)]),
        ("quieter than 40 decibels", [("<", 40)]),
        ("not cheaper than 40", [(">=", 40)]),
        ("won't go a penny over ninety", [("<=", 90)]),
        ("don't want to go over 800 pounds", [("<=", 800)]),
        ("i dont mind the brand under 50", [("<=", 50)]),
        ("no heels over 5cm", [("<=", 5)]),
        ("upto 10k", [("<=", 10_000)]),
        ("six episodes tops", [("<=", 6)]),
        ("sixteen of us, minimum", [(">=", 16)]),
        ("ten hours of battery at least", [(">=", 10)]),
        ("three nights, no fewer", [(">=", 3)]),
        ("two fifty a month or thereabouts", [("~", 250)]),
        ("like 80 quid", [("~", 80)]),
        ("under 80 and more comfortable", [("<=", 80)]),
        ("one hour and half", [("?", 1.5)]),
        ("at least a terabyte", [(">=", 1)]),
        ("fees below 1.2 lakh", [("<=", 120_000)]),
        ("below rs 5000", [("<=", 5000)]),
        ("from 1972 on", [(">=", 1972)]),
        ("pre 1950", [("<", 1950)]),
        ("this side of the millennium", [(">=", 2000)]),
        ("this side of fifty quid", [("<=", 50)]),
        ("seventies at the latest", [("<=", 1970)]),
    ],
)
def test_bounds_as_people_say_them(text: str, expected: list[tuple[str, float]]) -> None:
    assert bounds(parse(text, TODAY)) == expected


@settings(max_examples=100)
@given(
    st.integers(2, 999), st.lists(PLAIN, max_size=3), st.sampled_from(["at most", "tops", "at the outside"])
)
def test_a_cue_may_stand_a_few_words_behind_its_amount(number: int, between: list[str], cue: str) -> None:
    assert bounds(parse(" ".join((str(number), "x", *between, cue)), TODAY)) == [("<=", number)]


@settings(max_examples=200)
@given(st.text(max_size=60))
def test_any_text_is_a_limit_or_none(text: str) -> None:
    found = parse(f"{text} 5 {text}", TODAY)
    assert found is None or found.bounds
