from __future__ import annotations

import numpy as np
import pytest

from retrieval.search.ease import Ease, positives
from retrieval.search.popularity import popularity
from retrieval.snapshot import Interaction
from retrieval.types import Column, Item, Role
from tests.fakes.snapshot import MemorySnapshot
from tests.retrieval.search.catalogues import TAKEN, dozen


def rated(*ratings: tuple[str, str, float]) -> MemorySnapshot:
    interactions = [Interaction(user, item, stars, "rating", 0.0) for user, item, stars in ratings]
    return MemorySnapshot.from_csv(interactions=interactions)


def test_item_weights_are_those_of_the_closed_form() -> None:
    snapshot = dozen(taken=TAKEN)
    rows = [snapshot.row(item_id) for item_id in ("b1", "b2", "s1", "j2")]
    people = np.array([[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 0, 0]], dtype=np.float64)
    # Each column of B solves a ridge regression of one item on the others (Steck 2019, section 3.2).
    expected = np.zeros((4, 4))
    for item in range(4):
        others = [other for other in range(4) if other != item]
        x, y = people[:, others], people[:, item]
        expected[others, item] = np.linalg.solve(x.T @ x + 2.0 * np.eye(3), x.T @ y)
    ease = Ease(snapshot, regularisation=2.0)
    for at, row in enumerate(rows):
        scores = ease.scores({row: 1.0})
        assert scores is not None
        assert scores[rows] == pytest.approx(expected[at], abs=1e-6)


def test_what_goes_together_is_recommended_and_a_dislike_turns_it() -> None:
    snapshot = dozen(taken=TAKEN)
    liked, disliked = (Ease(snapshot).scores({snapshot.row("b1"): weight}) for weight in (1.0, -1.0))
    assert liked is not None and disliked is not None
    assert liked[snapshot.row("b2")] > liked[snapshot.row("s1")]
    assert disliked[snapshot.row("b2")] < disliked[snapshot.row("s1")]
    assert np.isnan(liked[snapshot.row("h1")])  # nobody took to it: no opinion


def test_without_interactions_or_known_items_there_is_no_opinion() -> None:
    assert Ease(dozen()).scores({0: 1.0}) is None
    snapshot = dozen(taken=TAKEN)
    assert Ease(snapshot).scores({snapshot.row("h1"): 1.0}) is None
    assert Ease(snapshot).scores({}) is None


def test_people_are_summed_over_blocks() -> None:
    many = [(f"user{at}", item) for at in range(2_100) for item in ("b1", ("b2", "s1")[at % 2])]
    snapshot = dozen(taken=many)
    scores = Ease(snapshot).scores({snapshot.row("b1"): 1.0})
    assert scores is not None
    assert scores[snapshot.row("b2")] == pytest.approx(scores[snapshot.row("s1")], rel=1e-4)


def test_ratings_count_from_the_middle_of_their_scale_and_events_when_positive() -> None:
    snapshot = rated(
        ("ann", "b1", 5.0), ("ann", "b2", 3.0), ("ann", "b3", 2.0), ("ben", "b1", 1.0), ("ben", "gone", 5.0)
    )
    assert positives(snapshot) == {"ann": {snapshot.row("b1"), snapshot.row("b2")}}
    events = [Interaction("ann", "b1", 1.0, "view", 0.0), Interaction("ann", "b2", 0.0, "view", 0.0)]
    assert positives(MemorySnapshot.from_csv(interactions=events)) == {"ann": {0}}


def test_the_popular_come_first_and_ratings_part_the_rest() -> None:
    snapshot = dozen(taken=TAKEN)
    places = popularity(snapshot)
    assert places is not None
    order = [snapshot.ids[row] for row in np.argsort(-places, kind="stable").tolist()]
    assert order[:4] == ["b1", "b2", "j2", "s1"]  # 3, 2, then 1 each with 4.9 and 4.8 stars
    assert order[-1] == "h3"  # never taken, 3.9 stars
    assert places.max() == 1.0 and places.min() == 0.0


def test_a_catalogue_without_interactions_and_ratings_has_no_popularity() -> None:
    columns = [Column("price", Role.NUMBER, "price")]
    assert popularity(MemorySnapshot([Item("a", "a", {"price": 1.0})], columns)) is None
    assert popularity(MemorySnapshot([], [Column("rating", Role.NUMBER, "rating")])) is None
