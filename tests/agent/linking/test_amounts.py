from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from agent.linking.amounts import amounts, ordinal, stars
from agent.linking.dates import periods
from agent.linking.limits import parse
from agent.linking.numerals import digits

TODAY = date(2026, 11, 25)
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def spell(number: int, joiner: str = " and ", hyphen: str = "-") -> str:
    """Write 0..9999 in English words."""
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens - 2] + (hyphen + _ONES[ones] if ones else "")
    unit, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    head, rest = divmod(number, unit)
    if not rest:
        return f"{spell(head)} {name}"
    return f"{spell(head)} {name}{joiner if rest < 100 else ' '}{spell(rest, joiner, hyphen)}"


def read(text: str) -> list[tuple[float, str | None]]:
    return [(a.value, a.unit.name if a.unit else None) for a in amounts(digits(text))]


@settings(max_examples=200)
@given(st.integers(2, 9999), st.sampled_from([" and ", " "]), st.sampled_from(["-", " "]))
def test_number_words_are_read_as_their_number(number: int, joiner: str, hyphen: str) -> None:
    assert read(f"under {spell(number, joiner, hyphen)} pounds") == [(number, "£")]


@settings(max_examples=100)
@example(161, 39)
@given(st.integers(2, 999), st.integers(1, 999))
def test_spelled_ranges_keep_both_ends(low: int, step: int) -> None:
    high = low + step
    assume(not (low < 10 and high % 100 == 0 and low < high // 100))  # 'two and three hundred' is 200 to 300
    found = parse(f"between {spell(low)} and {spell(high)} pounds", TODAY)
    assert found is not None
    assert [(str(b.op), b.amount.value) for b in found.bounds if b.amount] == [(">=", low), ("<=", high)]


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("between two and three hundred", [(">=", 200), ("<=", 300)]),
        ("between 5 and 8 grand", [(">=", 5000), ("<=", 8000)]),
        ("5-8k", [(">=", 5000), ("<=", 8000)]),
        ("under 9 thousand", [("<=", 9000)]),
        ("eight fifty tops", [("<=", 850)]),
        ("seven fifty-ish", [("~", 750)]),
        ("thirty-five at the very most", [("<=", 35)]),
        ("fifty, not fifteen", [("None", 50)]),
        ("not 15, 50", [("None", 50)]),
        ("in half an hour", [("<=", 0.5)]),
    ],
)
def test_amounts_as_people_say_them(text: str, bounds: list[tuple[str, float]]) -> None:
    found = parse(text, TODAY)
    assert found is not None
    assert [(str(b.op), b.amount.value) for b in found.bounds if b.amount] == bounds


@settings(max_examples=100)
@given(st.integers(0, 10**9), st.integers(0, 99))
def test_digits_with_separators_are_read_as_their_number(whole: int, cents: int) -> None:
    value = whole + cents / 100
    assert read(f"£{value:,.2f}") == [(float(f"{whole}.{cents:02}"), "£")]


@settings(max_examples=200)
@example("\ue0010")
@given(st.text(max_size=80))
def test_any_text_gives_amounts_and_dates_in_order_and_ratings_on_the_scale(text: str) -> None:
    said = digits(text)
    for found in (amounts(said), periods(said, TODAY)):
        assert [one.start for one in found] == sorted(one.start for one in found)
        assert all(0 <= one.start < one.end <= len(said) for one in found)
    limit, rating, place = parse(text, TODAY), stars(text), ordinal(text)
    assert limit is None or 1 <= len(limit.bounds) <= 2
    assert rating is None or 0 <= rating <= 5
    assert place is None or place >= 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("80.00", [(80.0, None)]),
        ("1,299.50", [(1299.5, None)]),
        ("1.299,50 €", [(1299.5, "€")]),
        ("1.5k", [(1500.0, None)]),
        ("2 grand", [(2000.0, None)]),
        ("eighty five", [(85.0, None)]),
        ("a hundred and twenty quid", [(120.0, "£")]),
        ("two and a half hours", [(2.5, "h")]),
        ("2½ hours", [(2.5, "h")]),
        ("an hour and a half", [(1.5, "h")]),
        ("half an hour", [(0.5, "h")]),
        ("a quarter of an hour", [(0.25, "h")]),
        ("three quarters of an hour", [(0.75, "h")]),
        ("under a kilo", [(1.0, "kg")]),
        ("a tenner", [(10.0, "£")]),
        ("2h30", [(150.0, "min")]),
        ("2 hours and 15 minutes", [(135.0, "min")]),
        ("1h 45m", [(105.0, "min")]),
        ("a couple of hours", [(2.0, "h")]),
        ("fifty bucks", [(50.0, "$")]),
        ("50p", [(50.0, "£")]),
        ("20 euros", [(20.0, "€")]),
        ("4/5", [(4.0, "stars")]),
        ("8 out of 10", [(8.0, "stars")]),
        ("20-40", [(20.0, None), (40.0, None)]),
        ("£20-£40", [(20.0, "£"), (40.0, "£")]),
        ("1.2 kg", [(1.2, "kg")]),
        ("5 in black", [(5.0, None)]),
        ("the cheaper one", []),
        ("the second one", []),
        ("90s", []),
    ],
)
def test_amounts(text: str, expected: list[tuple[float, str | None]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("four stars", 4.0),
        ("4/5", 4.0),
        ("4 out of 5", 4.0),
        ("ten out of ten", 5.0),
        ("seven out of ten", 3.5),
        ("four and a half stars", 4.5),
        ("★★★☆☆", 3.0),
        ("80%", 4.0),
        ("one star", 1.0),
        ("full marks", 5.0),
        ("two thumbs up", None),
        ("7 stars", None),
        ("lovely", None),
    ],
)
def test_stars(text: str, expected: float | None) -> None:
    assert stars(text) == expected


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("the nineties", "1990-01-01", "2000-01-01"),
        ("1990s", "1990-01-01", "2000-01-01"),
        ("90's", "1990-01-01", "2000-01-01"),
        ("the noughties", "2000-01-01", "2010-01-01"),
        ("late 80s", "1986-01-01", "1990-01-01"),
        ("the 20th century", "1900-01-01", "2000-01-01"),
        ("nineteen ninety five", "1995-01-01", "1996-01-01"),
        ("this week", "2026-11-23", "2026-11-30"),
        ("this weekend", "2026-11-28", "2026-11-30"),
        ("last month", "2026-10-01", "2026-11-01"),
        ("since march", "2026-03-01", "2026-04-01"),
        ("in december", "2025-12-01", "2026-01-01"),
        ("today", "2026-11-25", "2026-11-26"),
        ("yesterday", "2026-11-24", "2026-11-25"),
        ("5 march 2024", "2024-03-05", "2024-03-06"),
        ("march 5th", "2026-03-05", "2026-03-06"),
        ("2024-03-01", "2024-03-01", "2024-03-02"),
        ("last year", "2025-01-01", "2026-01-01"),
    ],
)
def test_periods(text: str, first: str, after: str) -> None:
    (found,) = periods(digits(text), TODAY)
    assert (found.first.isoformat(), found.after.isoformat()) == (first, after)


def test_an_impossible_day_leaves_its_month() -> None:
    (found,) = periods(digits("31 february 2024"), TODAY)
    assert (found.first, found.after) == (date(2024, 2, 1), date(2024, 3, 1))


@pytest.mark.parametrize(
    ("text", "number"), [("the second one", 2), ("twenty-first", 21), ("3rd", 3), ("none", None)]
)
def test_ordinals(text: str, number: int | None) -> None:
    assert ordinal(text) == number
