from __future__ import annotations

import pytest

from agent.wording import write_amount, write_list, write_ordinal, write_value
from retrieval.types import Column, Role


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (74.0, "£", "£74.00"),
        (1299.5, "$", "$1,299.50"),
        (102.0, "min", "102 min"),
        (4.6, "stars", "4.6 stars"),
        (1.0, "stars", "1 star"),
        (3.0, None, "3"),
        (0.125, None, "0.12"),
    ],
)
def test_amounts_carry_their_unit(value: float, unit: str | None, written: str) -> None:
    assert write_amount(value, unit) == written


def test_years_have_no_thousands_separator() -> None:
    assert write_value(Column("year", Role.NUMBER, "year"), 1995.0) == "1995"
    assert write_value(Column("pages", Role.NUMBER, "pages"), 1995.0) == "1,995"


def test_prices_without_a_currency_keep_their_pence() -> None:
    assert write_value(Column("price", Role.NUMBER, "price"), 69.5) == "69.50"
    assert write_value(Column("price", Role.NUMBER, "price", unit="£"), 69.5) == "£69.50"


def test_lists_are_joined() -> None:
    assert write_value(Column("tags", Role.LIST, "tags"), ("light", "vegan")) == "light, vegan"
    assert [write_list(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


@pytest.mark.parametrize(
    ("rank", "written"),
    [(1, "first"), (10, "tenth"), (11, "11th"), (12, "12th"), (21, "21st"), (22, "22nd"), (113, "113th")],
)
def test_ordinals(rank: int, written: str) -> None:
    assert write_ordinal(rank) == written
