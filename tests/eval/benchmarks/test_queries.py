from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.benchmarks.queries import known_item_queries
from retrieval.search.analysis import content_terms, words
from retrieval.types import Column, Item, Role
from tests.fakes.snapshot import MemorySnapshot

DOZEN = MemorySnapshot.from_csv()
FASHION = Path(__file__).parents[4] / "shared" / "data" / "fashion" / "items.csv"


def fields(item: str) -> set[str]:
    found = DOZEN.item(item)
    cells = [cell if isinstance(cell, tuple) else (cell,) for cell in found.fields.values()]
    return {str(value) for cell in cells for value in cell}


def test_the_same_seed_makes_the_same_queries_and_another_makes_others() -> None:
    assert known_item_queries(DOZEN, 10, 7) == known_item_queries(DOZEN, 10, 7)
    assert known_item_queries(DOZEN, 10, 7) != known_item_queries(DOZEN, 10, 8)


@given(st.integers(0, 1000))
@settings(max_examples=20, deadline=None)
def test_each_kind_is_what_it_says(seed: int) -> None:
    found = known_item_queries(DOZEN, 8, seed)
    assert list(found) == ["facet values", "other words", "title words", "text words"]
    for kind, queries in found.items():
        texts = [query.text for query in queries]
        assert len(texts) == len(set(texts)), kind
        assert len(texts) == 8 or kind == "other words"  # few values of the dozen have any
        assert all(query.relevant <= set(DOZEN.ids) and 1 <= len(query.relevant) <= 10 for query in queries)
    for query in found["title words"]:
        (item,) = query.relevant
        title = words(DOZEN.item(item).title)
        chosen = query.text.split()
        assert len(chosen) == 2 and all(content_terms(word) for word in chosen)
        assert [title.index(word) for word in chosen] == sorted(title.index(word) for word in chosen)
    for query in found["text words"]:
        (item,) = query.relevant
        assert 3 <= len(query.text.split()) <= 5
        assert set(query.text.split()) <= set(words(str(DOZEN.item(item).fields["description"])))


@given(st.integers(0, 1000))
@settings(max_examples=20, deadline=None)
def test_all_items_that_share_the_values_are_right_and_no_others(seed: int) -> None:
    values = {value for item in DOZEN.ids for value in fields(item)}
    queries = known_item_queries(DOZEN, 8, seed)["facet values"]
    assert queries
    for query in queries:
        # 'navy' is a value and a word of 'navy blue': what the query holds as values is read longest first.
        left, asked = query.text, set()
        for value in sorted(values, key=len, reverse=True):
            if f" {value} " in f" {left} ":
                asked.add(value)
                left = f" {left} ".replace(f" {value} ", " ", 1).strip()
        assert 2 <= len(asked) <= 3 and not left
        assert query.relevant == {item for item in DOZEN.ids if asked <= fields(item)}


def test_other_words_name_the_same_items_by_none_of_their_own_words_for_one_value() -> None:
    kinds = ("trainers", "wellies", "bicycles")
    items = [
        Item(f"{kind}-{colour}", "Thing", {"kind": kind, "colour": colour})
        for kind in kinds
        for colour in ("red", "grey")
    ]
    columns = [Column(name, Role.FACET, name) for name in ("kind", "colour")]
    found = known_item_queries(MemorySnapshot(items, columns), 10, 7)["other words"]
    assert {"rubber boots red", "red sneakers", "bike ash"} & {query.text for query in found}
    for query in found:
        (item,) = query.relevant
        assert set(item.split("-")) != set(query.text.split())
        assert not query.text.startswith(item.replace("-", " "))


def test_items_that_cannot_be_told_apart_are_all_right() -> None:
    twins = [Item(str(number), "Blue Jug", {"note": "Holds a pint of milk"}) for number in range(2)]
    columns = [Column("title", Role.TITLE, "title"), Column("note", Role.TEXT, "note")]
    found = known_item_queries(MemorySnapshot(twins, columns), 5, 1)
    assert "facet values" not in found
    assert {query.relevant for queries in found.values() for query in queries} == {frozenset({"0", "1"})}


def test_a_value_that_too_many_share_is_drawn_again() -> None:
    items = [Item(str(number), f"Jug {number}", {"a": "x", "b": "y"}) for number in range(11)]
    columns = [Column("title", Role.TITLE, "title"), *(Column(name, Role.FACET, name) for name in "ab")]
    assert "facet values" not in known_item_queries(MemorySnapshot(items, columns), 5, 1)
    assert known_item_queries(MemorySnapshot(items[:10], columns), 5, 1)["facet values"]


def test_a_catalogue_without_words_has_no_queries() -> None:
    items = [Item("1", "12", {}), Item("2", "", {})]
    assert known_item_queries(MemorySnapshot(items, [Column("title", Role.TITLE, "title")]), 5, 1) == {}


@pytest.mark.data
@pytest.mark.skipif(not FASHION.exists(), reason="the fashion data is not beside the checkout")
def test_the_real_products_give_queries_of_three_kinds() -> None:
    names = ("gender", "articleType", "baseColour", "season", "usage")
    columns = [
        Column("id", Role.ID, "id"),
        Column("name", Role.TITLE, "name"),
        *(Column(name, Role.FACET, name) for name in names),
    ]
    found = known_item_queries(MemorySnapshot.from_csv(FASHION, columns), 50, 7)
    counts = {kind: len(queries) for kind, queries in found.items()}
    assert counts == {"facet values": 50, "other words": 50, "title words": 50}
