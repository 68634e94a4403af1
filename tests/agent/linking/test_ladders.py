from __future__ import annotations

import pytest

from agent.linking.fields import Fields
from agent.linking.ladders import ladders, link
from retrieval.types import Column, Role

LEVEL = Column("level", Role.FACET, "level", values={"Easy": 4, "moderate": 3, "strenuous": 2, "Scramble": 1})
SIZE = Column("size", Role.FACET, "size", values={"XL": 1, "S": 2, "m": 2, "L": 1})
TOWN = Column("town", Role.FACET, "town", values={"Easton": 1, "Hardwick": 2, "Low Mill": 1})
FOUND = ladders(Fields([LEVEL, SIZE, TOWN], size=10))


def test_only_columns_of_steps_are_ladders() -> None:
    assert [(one.column.name, one.steps) for one in FOUND] == [
        ("level", ("Easy", "moderate", "strenuous", "Scramble")),
        ("size", ("S", "m", "L", "XL")),
    ]


@pytest.mark.parametrize(
    ("text", "avoid", "shown", "values"),
    [
        ("moderate at most", False, {}, ("Easy", "moderate")),
        ("nothing harder than moderate", False, {}, ("Easy", "moderate")),
        ("strenuous or harder", False, {}, ("strenuous", "Scramble")),
        ("at least a moderate", False, {}, ("moderate", "strenuous", "Scramble")),
        ("too hard", True, {}, ("Easy", "moderate")),
        ("harder", False, {"level": ("moderate", "Easy")}, ("strenuous", "Scramble")),
        ("a bit easier", False, {"level": ("strenuous", "moderate")}, "Easy"),
        ("bigger", False, {"size": ("m",)}, ("L", "XL")),
        ("harder", False, {}, None),
        ("moderate", False, {}, None),
        ("harder", False, {"level": ("Scramble",)}, None),
    ],
)
def test_bounds_and_comparatives_on_ladders(
    text: str, avoid: bool, shown: dict[str, tuple[str, ...]], values: tuple[str, ...] | str | None
) -> None:
    found = link(FOUND, text, avoid, dict(shown))
    assert (found and found.value) == values
