"""Catalogues nobody wrote for us: column names, spellings and thousands of names as they come."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from agent.linking.link import Linker
from retrieval.types import Column, Item, Role
from tests.agent.linking.catalogues import ask, avoid, clock, limit, plain, want
from tests.fakes.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from retrieval.types import Value

DATA = Path(__file__).parents[4] / "shared" / "data"
pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not DATA.exists(), reason="the real data folder is not beside the checkout"),
]


@lru_cache(maxsize=1)
def redial() -> Linker:
    records = json.loads((DATA / "redial" / "items.json").read_text(encoding="utf-8"))
    items = []
    for key, record in records.items():
        cells: dict[str, Value] = {
            n: tuple(record[n]) for n in ("genre", "director", "writer", "star") if record.get(n)
        }
        if record.get("plot"):
            cells["plot"] = record["plot"]
        if year := re.search(r"\((\d{4})\)", record["name"]):
            cells["year"] = float(year[1])
        items.append(Item(key, record["name"], cells))
    columns = [
        Column("id", Role.ID, "id"),
        Column("name", Role.TITLE, "name"),
        Column("plot", Role.TEXT, "plot"),
    ]
    columns += [Column(name, Role.LIST, name) for name in ("genre", "director", "writer", "star")]
    return Linker(MemorySnapshot(items, [*columns, Column("year", Role.NUMBER, "year")]), None, clock)


@lru_cache(maxsize=1)
def fashion() -> Linker:
    columns = [Column("id", Role.ID, "id"), Column("name", Role.TITLE, "name")]
    for name in ("gender", "masterCategory", "subCategory", "articleType", "baseColour", "season", "usage"):
        label = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
        columns.append(Column(name, Role.FACET, label))
    columns.append(Column("year", Role.NUMBER, "year"))
    return Linker(MemorySnapshot.from_csv(DATA / "fashion" / "items.csv", columns), None, clock)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("directed by nolan", ("director", "contains", "Christopher Nolan")),
        ("nolan", ("director", "contains", "Christopher Nolan")),
        ("Tarantino", ("director", "contains", "Quentin Tarantino")),
        ("with robert deniro", ("star", "contains", "Robert De Niro")),
        ("with brad pit", ("star", "contains", "Brad Pitt")),
        ("by stephen king", ("writer", "contains", "Stephen King")),
        ("with dicaprio", ("star", "contains", "Leonardo DiCaprio")),
        ("funny", ("genre", "contains", "comedy")),
        ("science fiction", ("genre", "contains", "sci-fi")),
    ],
)
def test_films_with_twenty_thousand_names(said: str, expected: tuple[str, str, str]) -> None:
    assert plain(ask(redial(), want(said)).constraints) == [expected]


@pytest.mark.parametrize("said", ["young", "hope", "smith", "set in new york", "about a bank robbery"])
def test_words_that_are_names_of_many_or_of_nobody_meant_filter_nothing(said: str) -> None:
    assert plain(ask(redial(), want(said)).constraints) == []


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("The Shining", "The Shining (1980)"),
        ("terminater", "The Terminator (1984)"),
        ("pulp ficton", "Pulp Fiction (1994)"),
        ("Friends with Benefits", "Friends with Benefits (2011)"),
    ],
)
def test_films_by_title(said: str, title: str) -> None:
    linker = redial()
    (found,) = ask(linker, references=(said,)).items
    assert linker.snapshot.item(found).title == title


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("navy blue t-shirt", [("articleType", "==", "Tshirts"), ("baseColour", "==", "Navy Blue")]),
        ("red dress for a wedding", [("articleType", "==", "Dresses"), ("baseColour", "==", "Red")]),
        ("mens casual shoes", [("articleType", "==", "Casual Shoes"), ("gender", "==", "Men")]),
        ("watch", [("articleType", "==", "Watches")]),
        ("jumper", [("articleType", "==", "Sweaters")]),
    ],
)
def test_fashion_queries(query: str, expected: list[tuple[str, str, Value]]) -> None:
    assert plain(ask(fashion(), query=query).constraints) == expected


def test_fashion_has_no_price_and_says_so_by_ranking() -> None:
    linked = ask(fashion(), limit("under 50"), avoid("casual"))
    assert plain(linked.constraints) == [("usage", "not in", ("Casual", "Smart Casual"))]
    assert linked.constraints[0].field is None
