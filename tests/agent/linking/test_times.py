"""Times of day, days of the week of dates, weeks and months of columns, and discounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.linking.clock import at_a_time
from agent.linking.fields import Fields
from agent.linking.folding import tokens
from agent.linking.link import Linker
from agent.linking.weekdays import falling_on, weekdays
from retrieval.types import Column, Role, Value
from tests.agent.linking.catalogues import IDS, ask, avoid, clock, films, limit, plain, snapshot, want

if TYPE_CHECKING:
    from tests.fakes.snapshot import MemorySnapshot

Expected = list[tuple[str, str, Value]]


def concerts() -> MemorySnapshot:
    columns = [
        *IDS,
        Column("opens", Role.FACET, "opens"),
        Column("closes", Role.FACET, "closes"),
        Column("start", Role.FACET, "start time"),
        Column("date", Role.DATE, "date"),
        Column("price", Role.NUMBER, "price", unit="£"),
    ]
    rows: list[tuple[str, str, dict[str, Value]]] = [
        (
            "e1",
            "Fiddles",
            {"opens": "09:00", "closes": "17:30", "start": "11:00", "date": "2026-11-27", "price": 10.0},
        ),
        (
            "e2",
            "Brass",
            {"opens": "10:00", "closes": "22:00", "start": "19:30", "date": "2026-11-28", "price": 7.0},
        ),
        (
            "e3",
            "Choir",
            {"opens": "08:00", "closes": "23:00", "start": "20:00", "date": "2026-12-01", "price": 7.0},
        ),
    ]
    return snapshot(columns, rows, "concerts")


CONCERTS = Linker(concerts(), None, clock)
FIELDS = Fields(concerts().columns, 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("open after 9pm", [("closes", "in", ("22:00", "23:00"))]),
        ("open until half ten", [("closes", "==", "23:00")]),
        ("open at 10pm", [("closes", "==", "23:00")]),
        ("opens before nine", [("opens", "==", "08:00")]),
        ("open by nine", [("opens", "in", ("08:00", "09:00"))]),
        ("starts after 7:30 pm", [("start", "==", "20:00")]),
        ("starts after 7pm", [("start", "in", ("19:30", "20:00"))]),
        ("starting at half seven", [("start", "==", "19:30")]),
        ("at 8pm", [("start", "==", "20:00")]),
        ("from 19:30", [("start", "in", ("19:30", "20:00"))]),
        ("before noon", [("start", "==", "11:00")]),
        ("ends before 6", [("closes", "==", "17:30")]),
        ("under 8", [("price", "<=", 8.0)]),
        ("after 8", [("price", ">", 8.0)]),
    ],
)
def test_times_of_day(text: str, expected: Expected) -> None:
    assert plain(ask(CONCERTS, limit(text)).constraints) == expected


@given(st.text(max_size=40))
def test_no_text_is_an_error(text: str) -> None:
    found = at_a_time(text, FIELDS)
    assert found is None or found.field in {"opens", "closes", "start"}
    assert weekdays(text) <= set(range(7))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("on a saturday", {5}),
        ("Fridays or Saturdays", {4, 5}),
        ("at the weekend", {5, 6}),
        ("on tuesday evening", {1}),
        ("Sunday's best", set()),
        ("this weekend", set()),
    ],
)
def test_days_of_the_week(text: str, days: set[int]) -> None:
    assert weekdays(text) == days


def test_dates_that_are_no_days_fall_on_none() -> None:
    assert falling_on(frozenset({5}), ["2026-11-28", "2026-11", "2026", "2026-11-28"]) == ("2026-11-28",)


def test_days_are_of_dates_when_things_are_on_and_not_of_when_they_came_out() -> None:
    assert plain(ask(CONCERTS, want("on a saturday")).constraints) == [("date", "==", "2026-11-28")]
    assert plain(ask(CONCERTS, avoid("saturdays")).constraints) == [("date", "!=", "2026-11-28")]
    assert plain(ask(CONCERTS, query="something on a friday").constraints) == [("date", "==", "2026-11-27")]
    assert plain(ask(Linker(films(), None, clock), want("on a friday")).constraints) == []


def cheeses() -> Linker:
    columns = [
        *IDS,
        Column("aged", Role.NUMBER, "aged (weeks)"),
        Column("warranty", Role.NUMBER, "warranty months"),
        Column("discount", Role.NUMBER, "discount", unit="%"),
        Column("abv", Role.NUMBER, "abv", unit="%"),
        Column("price", Role.NUMBER, "price", unit="£"),
    ]
    rows: list[tuple[str, str, dict[str, Value]]] = [
        ("c1", "Young", {"aged": 4.0, "warranty": 12.0, "discount": 0.0, "abv": 4.0, "price": 5.0}),
        ("c2", "Old", {"aged": 104.0, "warranty": 36.0, "discount": 50.0, "abv": 40.0, "price": 9.0}),
    ]
    return Linker(snapshot(columns, rows, "odd"), None, clock)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("aged at least 12 weeks", [("aged", ">=", 12.0)]),
        ("aged over a year", [("aged", ">=", 52.0)]),
        ("aged 6 months or more", [("aged", ">=", 26.0)]),
        ("aged two years or thereabouts", [("aged", "~", 104.0)]),
        ("at least 2 years warranty", [("warranty", ">=", 24.0)]),
        ("over a year's warranty", [("warranty", ">=", 12.0)]),
        ("at least 20% off", [("discount", ">=", 20.0)]),
        ("20 percent off", [("discount", ">=", 20.0)]),
        ("reduced by 30% or more", [("discount", ">=", 30.0)]),
        ("half price", [("discount", ">=", 50.0)]),
        ("on sale", [("discount", ">", 0.0)]),
        ("under 10% alcohol", [("abv", "<=", 10.0)]),
    ],
)
def test_units_of_columns_and_discounts(text: str, expected: Expected) -> None:
    assert plain(ask(cheeses(), limit(text)).constraints) == expected


def test_a_column_goes_by_its_label_without_the_unit() -> None:
    linker = cheeses()
    assert linker.fields.labelled(tokens("aged")) is linker.fields.get("aged")
    assert linker.fields.named("warranty") is linker.fields.get("warranty")
