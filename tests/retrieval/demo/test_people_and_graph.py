from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from retrieval.demo.entry import Entry
from retrieval.demo.graph import Triple, triples
from retrieval.demo.shoppers import PEOPLE, TOTAL, Interaction, interactions

Town = tuple[Entry, ...]


@pytest.fixture(scope="module")
def acts(town: Town) -> list[Interaction]:
    return interactions(town)


@pytest.fixture(scope="module")
def edges(town: Town) -> list[Triple]:
    return triples(town)


def test_four_hundred_shoppers_act_twelve_thousand_times(acts: list[Interaction]) -> None:
    assert len(acts) == TOTAL == 12_000
    assert len({user for user, *_ in acts}) == PEOPLE == 400


def test_interactions_are_the_same_each_time(town: Town, acts: list[Interaction]) -> None:
    assert interactions(town) == acts


def test_interactions_are_of_known_items_once_each_and_in_order(town: Town, acts: list[Interaction]) -> None:
    known = {item.id for item in town}
    assert all(item in known and 1 <= stars <= 5 for _, item, stars, _ in acts)
    assert len({(user, item) for user, item, *_ in acts}) == len(acts)
    assert [when for *_, when in acts] == sorted(when for *_, when in acts)


def test_shoppers_keep_to_their_shelves_more_than_chance_would(town: Town, acts: list[Interaction]) -> None:
    shelf = {item.id: item.text("shelf") for item in town}
    by_user: dict[str, Counter[str]] = {}
    for user, item, *_ in acts:
        by_user.setdefault(user, Counter())[shelf[item]] += 1
    mean = np.mean([max(counts.values()) / counts.total() for counts in by_user.values()])
    assert mean > 0.25  # one shelf of twelve would be about .08, the largest of a random few about .2


def test_popularity_has_a_long_tail(acts: list[Interaction]) -> None:
    counts = sorted(Counter(item for _, item, *_ in acts).values(), reverse=True)
    assert sum(counts[: len(counts) // 10]) > 0.2 * TOTAL
    assert counts[-1] < np.mean(counts) / 2


def test_triples_know_their_ids_and_relations(town: Town, edges: list[Triple]) -> None:
    items = {item.id: item for item in town}
    assert {relation for _, relation, _ in edges} == {
        "brand",
        "maker",
        "material",
        "goes-with",
        "by-the-same",
    }
    for head, relation, tail in edges:
        assert head in items
        if relation in ("goes-with", "by-the-same"):
            assert tail in items and tail != head
        else:
            column = "material" if relation == "material" else "maker"
            assert items[head].text(column) == tail


def test_by_the_same_links_items_of_one_maker(town: Town, edges: list[Triple]) -> None:
    maker = {item.id: item.text("maker") for item in town}
    same = [(head, tail) for head, relation, tail in edges if relation == "by-the-same"]
    assert len(same) > 100
    assert all(maker[head] == maker[tail] for head, tail in same)


def test_what_goes_with_a_thing_suits_the_same_people(town: Town, edges: list[Triple]) -> None:
    audience = {item.id: item.text("audience") for item in town}
    for head, relation, tail in edges:
        if relation == "goes-with":
            assert {audience[head], audience[tail]} != {"men", "women"}, (head, tail)


def test_edges_are_not_repeated(edges: list[Triple]) -> None:
    assert len(set(edges)) == len(edges)
