from __future__ import annotations

import pytest

from encoders.errors import InputError
from retrieval.search.searcher import Searcher
from retrieval.search.validate import validate
from retrieval.search.weights import WEIGHTS
from retrieval.types import Constraint, Op, Query
from tests.fakes.bag_of_words import BagOfWordsEncoder
from tests.retrieval.search.catalogues import dozen

ENCODER = BagOfWordsEncoder()
SHOP = Searcher(dozen(), ENCODER)
WORDS = ("leather", "wool", "waterproof", "formal", "boots", "scarf", "light", "gift")
QUERIES = [Query(word) for word in WORDS]
RELEVANT = [
    {
        item.id: 1.0
        for item in dozen().items(dozen().ids)
        if word in f"{item.title} {dict(item.fields)}".lower()
    }
    for word in WORDS
]


def test_weights_are_never_equal_by_default() -> None:
    assert WEIGHTS["words"] != WEIGHTS["text"]
    assert all(weight > 0 for weight in WEIGHTS.values())


def test_the_ascent_improves_on_poor_weights_and_tells_what_each_leg_is_worth() -> None:
    found = validate(SHOP, QUERIES, RELEVANT, start={"words": 0.01, "text": 0.99})
    assert found.after > found.before
    assert sum(found.weights.values()) == pytest.approx(1)
    words, text = sorted(found.legs, key=lambda leg: leg.leg, reverse=True)
    assert (words.leg, text.leg) == ("words", "text")
    assert words.queries == text.queries == len(WORDS)
    assert words.fused == pytest.approx(found.after)
    assert words.without == pytest.approx(text.alone)
    assert found.after >= max(words.alone, text.alone) - 1e-4
    assert 0 <= found.held_out <= 1 and found.error > 0


def test_a_perfect_order_scores_one_and_a_reversed_one_less() -> None:
    query = Query("scarf")
    order = [hit.item.id for hit in SHOP.search(Query("scarf", count=12, variety=0.0)).hits]
    graded = {item_id: float(12 - at) for at, item_id in enumerate(order)}
    backwards = {item_id: float(1 + at) for at, item_id in enumerate(order)}
    assert validate(SHOP, [query], [graded]).before == pytest.approx(1)
    assert validate(SHOP, [query], [backwards]).before < 0.9


def test_only_rows_that_the_constraints_leave_are_judged() -> None:
    boots = Constraint("kind", Op.EQ, "boots", "boots")
    found = validate(SHOP, [Query("leather", (boots,))], [{"b1": 1.0, "b5": 1.0, "h1": 1.0}])
    assert found.after == pytest.approx(1)


def test_queries_that_find_nothing_relevant_are_refused() -> None:
    with pytest.raises(InputError, match="no query finds a relevant item"):
        validate(SHOP, [Query("scarf"), Query()], [{"gone": 1.0}, {"s1": 1.0}])
