from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encoders.errors import InputError
from retrieval.search.searcher import Searcher
from retrieval.types import Constraint, Item, Op, Query, Status, Taste
from tests.fakes.bag_of_words import BagOfWordsEncoder
from tests.fakes.snapshot import MemorySnapshot
from tests.retrieval.search.catalogues import COLUMNS, TAKEN, cloud, dozen, encoded, ids, items, phrases
from tests.retrieval.search.test_filters import constraints, naive

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

ENCODER = BagOfWordsEncoder()


@cache
def shop(*, image: bool = False, taken: bool = False) -> Searcher:
    return Searcher(dozen(image=image, taken=TAKEN if taken else ()), ENCODER, ENCODER)


def enforced(field: str, op: Op, value: str | float) -> Constraint:
    return Constraint(field, op, value, f"{field} {op} {value}")


def queries() -> st.SearchStrategy[Query]:
    keys = st.sampled_from([f"i{at}" for at in range(12)])
    weights = st.dictionaries(keys, st.sampled_from([1.0, 0.5, -1.0]), max_size=3)
    return st.builds(
        Query,
        text=st.one_of(st.just(""), st.just("the"), phrases(3)),
        constraints=st.lists(constraints(), max_size=2).map(tuple),
        near=weights,
        image=st.one_of(st.none(), st.just(cloud(1, 64, 5)[0])),
        exclude=st.frozensets(keys, max_size=3),
        only=st.one_of(st.none(), st.frozensets(keys)),
        taste=st.builds(Taste, weights),
        sort=st.sampled_from([None, "price", "-price", "day", "title", "-colour", "tags"]),
        count=st.integers(0, 6),
        variety=st.sampled_from([0.0, 0.3, 1.0]),
    )


@settings(max_examples=200, deadline=None)
@given(items(least=0), queries(), st.booleans())
def test_every_result_keeps_the_promises_of_a_query(rows: list[Item], query: Query, image: bool) -> None:
    snapshot = encoded(rows, ENCODER, image=image) if rows else MemorySnapshot([], COLUMNS)
    searcher = Searcher(snapshot, ENCODER, ENCODER)
    results = searcher.search(query)
    shown = ids(results)
    assert len(shown) == len(set(shown)) <= query.count
    assert not set(shown) & (query.exclude | query.near.keys())
    assert query.only is None or set(shown) <= query.only
    assert all(naive(hit.item, constraint) for hit in results.hits for constraint in query.constraints)
    assert results.matching == sum(all(naive(item, c) for c in query.constraints) for item in rows)
    for hit in results.hits:
        assert 0 <= hit.score <= 1
        assert not hit.shares or sum(hit.shares.values()) == pytest.approx(1)
    if query.sort is None:  # a gate may leave fewer
        assert len(shown) == min(query.count, int(searcher.allowed(query).sum()))
    assert [searcher.explain_rank(query, item_id) for item_id in shown] == [*range(1, len(shown) + 1)]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1_000), st.sampled_from(["", "boots", "wool running"]), st.booleans())
def test_a_search_through_the_index_shows_what_the_scan_shows(seed: int, text: str, liked: bool) -> None:
    scan, index = many_searched(100_000), many_searched(500)
    red = enforced("colour", Op.EQ, "Red")
    taste = Taste({f"i{seed}": 1.0} if liked else {})
    near = {} if text else {f"i{seed + 1}": 1.0}
    query = Query(text, (red,) if seed % 2 else (), near=near, taste=taste)
    exact, through = scan.search(query), index.search(query)
    assert ids(through) == ids(exact)
    assert [hit.score for hit in through.hits] == pytest.approx([hit.score for hit in exact.hits], abs=1e-4)
    assert exact.plan.startswith("exact scan (")
    if not liked and not text:
        assert through.plan.startswith("index (")


@cache
def many_searched(exact_rows: int) -> Searcher:
    return Searcher(many(), ENCODER, exact_rows=exact_rows)


@cache
def many() -> MemorySnapshot:
    """4,000 items of few words, told apart by random vectors of the encoder's length."""
    words = ("boots", "wool", "running", "café", "scarf", "lamp")
    rows = [
        Item(f"i{at}", f"{words[at % 6]} {at}", {"colour": ("Red", "Blue")[at % 2], "price": float(at)})
        for at in range(4_000)
    ]
    vectors = {"text": cloud(4_000, ENCODER.dimension, 3)}
    return MemorySnapshot(rows, COLUMNS, vectors=vectors, encoder_ids={"text": ENCODER.id})


def test_what_is_asked_for_comes_first_with_its_reasons() -> None:
    results = shop().search(Query("waterproof rain jacket"))
    assert ids(results)[0] == "j1"
    assert results.hits[0].score == 1.0
    assert set(results.hits[0].shares) == {"words", "text"}
    assert results.matching == 12
    assert results.plan == "exact scan (12 of 12 rows left)"


def test_without_encoders_words_alone_rank() -> None:
    results = Searcher(dozen()).search(Query("silk scarf"))
    assert ids(results)[0] == "s2"
    assert results.hits[0].shares == {"words": 1.0}
    assert results.plan == "no vectors needed (12 of 12 rows left)"


def test_the_cheapest_scarf_is_a_scarf() -> None:
    results = shop().search(Query("wool scarf", sort="price"))
    assert ids(results)[0] == "s1"  # the tote is cheaper, the welly is not dearer than the other scarf
    assert not {"h3", "b4"} & set(ids(results))


def test_a_sort_without_words_orders_all_that_fit() -> None:
    boots = enforced("kind", Op.EQ, "boots")
    assert ids(shop().search(Query(constraints=(boots,), sort="price"))) == ["b4", "b2", "b1", "b5"]
    assert ids(shop().search(Query(constraints=(boots,), sort="-price", count=2))) == ["b3", "b5"]
    assert ids(shop().search(Query(constraints=(boots,), sort="-released", count=2))) == ["b2", "b3"]


def test_words_that_all_that_is_left_lacks_do_not_empty_a_sort() -> None:
    scarf = enforced("kind", Op.EQ, "scarf")
    assert ids(shop().search(Query("rubber welly", (scarf,), sort="price"))) == ["s1", "s2"]


def test_items_without_a_value_are_sorted_last_in_either_direction() -> None:
    rows = [Item("none", "a", {}), Item("five", "b", {"price": 5.0}), Item("two", "c", {"price": 2.0})]
    searcher = Searcher(MemorySnapshot(rows, COLUMNS))
    assert ids(searcher.search(Query(sort="price"))) == ["two", "five", "none"]
    assert ids(searcher.search(Query(sort="-price"))) == ["five", "two", "none"]


def test_a_sort_by_no_column_is_said() -> None:
    with pytest.raises(InputError, match="'sort by weight' can't be checked"):
        shop().search(Query(sort="-weight"))


def test_equal_values_are_sorted_by_relevance() -> None:
    rows = [Item("far", "big red lamp", {"price": 5.0}), Item("near", "red lamp", {"price": 5.0})]
    rows += [Item(str(at), f"blue chair {at}", {"price": 1.0}) for at in range(6)]
    assert ids(Searcher(encoded(rows, ENCODER), ENCODER).search(Query("red lamp", sort="price"))) == [
        "near",
        "far",
    ]


def test_more_like_an_item_is_not_the_item() -> None:
    results = shop(image=True).search(Query(near={"b2": 1.0}))
    assert ids(results)[0] == "b3"
    assert results.hits[0].shares == {"similar": 1.0}
    assert "b2" not in ids(results)


def test_like_this_but_in_another_colour() -> None:
    green = enforced("colour", Op.EQ, "green")
    assert ids(shop().search(Query("green", (green,), near={"b2": 1.0})))[0] == "b3"


def test_a_picture_finds_its_item() -> None:
    picture = ENCODER.encode_texts(["Marlow Handbag Mini"])[0]
    results = shop(image=True).search(Query(image=picture))
    assert ids(results)[0] == "h2"
    assert results.hits[0].shares == {"image": 1.0}


def test_nothing_asked_for_shows_what_is_popular() -> None:
    results = shop(taken=True).search(Query())
    assert ids(results)[0] == "b1"
    assert all(hit.shares == {"popularity": 1.0} for hit in results.hits[:2])


def test_a_taste_changes_what_is_shown_and_what_was_judged_is_not_shown_again() -> None:
    results = shop(taken=True).search(Query(taste=Taste({"s1": 1.0})))
    assert ids(results)[0] == "j2"  # cat took to both
    assert "taste" in results.hits[0].shares
    assert "s1" not in ids(results)
    assert "s1" in ids(shop(taken=True).search(Query("wool scarf", taste=Taste({"s1": 1.0}))))


def test_a_dislike_lowers_what_is_like_it() -> None:
    query = Query("leather bag", variety=0.0)
    disliked = Query("leather bag", taste=Taste({"h2": -1.0}), variety=0.0)
    assert shop().explain_rank(disliked, "h2") >= shop().explain_rank(query, "h2")
    assert shop().legs(disliked)["taste.text"][dozen().row("h2")] < 0


def test_a_catalogue_with_nothing_to_rank_by_is_shown_in_its_order() -> None:
    rows = [Item("a", "one", {}), Item("b", "two", {}), Item("c", "three", {})]
    results = Searcher(MemorySnapshot(rows, COLUMNS)).search(Query(count=2))
    assert ids(results) == ["a", "b"]
    assert [(hit.score, hit.shares) for hit in results.hits] == [(0.0, {}), (0.0, {})]


def test_one_title_does_not_fill_the_list() -> None:
    rows = [Item(str(at), "Red Lamp", {"price": float(at)}) for at in range(5)] + [Item("x", "Blue Lamp", {})]
    searcher = Searcher(encoded(rows, ENCODER), ENCODER)
    shown = ids(searcher.search(Query("red lamp", count=3)))
    assert shown[1] == "x" and len(shown) == 3  # repeats come where nothing else is left
    assert ids(searcher.search(Query(sort="price", count=3))) == ["0", "x", "1"]


def test_leaving_the_taste_out_gives_the_rank_without_it() -> None:
    query = Query("light", taste=Taste({"h3": 1.0}), variety=0.0)
    plain = Query("light", variety=0.0)
    for item_id in dozen().ids:
        assert shop().explain_rank(query, item_id, "taste") == shop().explain_rank(plain, item_id)
    assert shop().explain_rank(query, "h3") < shop().explain_rank(query, "h3", "taste")


def test_leaving_a_constraint_out_lets_the_others_back_in() -> None:
    cheap = enforced("price", Op.LE, 70.0)
    query = Query("trail boot", (cheap,), variety=0.0)
    assert shop().explain_rank(query, "b3") == 0  # 84.50
    assert shop().explain_rank(query, "b3", cheap) in (1, 2)


def test_a_ranked_condition_ranks_and_does_not_filter() -> None:
    formal = Constraint(None, Op.CONTAINS, "formal", "formal", Status.RANKED)
    results = shop().search(Query("handbag", (formal,), variety=0.0))
    assert results.matching == 12
    assert ids(results)[0] == "h1"
    not_formal = Constraint(None, Op.NE, "formal", "not formal", Status.RANKED)
    assert ids(shop().search(Query("handbag", (not_formal,), variety=0.0)))[0] != "h1"


def test_constraints_are_counted_and_asked_of_single_items() -> None:
    cheap, unknown = enforced("price", Op.LT, 30.0), enforced("weight", Op.LT, 3.0)
    assert shop().matching((cheap,)) == 2
    assert shop().rows((cheap,)).tolist() == [dozen().row("s1"), dozen().row("h3")]
    assert shop().mask(()).all()
    assert shop().meets(cheap, "s1") and not shop().meets(cheap, "b1")
    assert shop().checkable(cheap) and not shop().checkable(unknown)
    with pytest.raises(KeyError):
        shop().meets(cheap, "gone")


def test_prepare_changes_no_result() -> None:
    ready = Searcher(dozen(taken=TAKEN), ENCODER)
    ready.prepare()
    query = Query("boots", taste=Taste({"b1": 1.0}))
    assert ids(ready.search(query)) == ids(shop(taken=True).search(query))
    Searcher(MemorySnapshot([], COLUMNS)).prepare()


def test_another_recommender_can_stand_in() -> None:
    class Fan:
        def scores(self, items: Mapping[int, float]) -> NDArray[np.float32]:
            return np.asarray(np.eye(12, dtype=np.float32)[11])

    results = Searcher(dozen(), recommender=Fan()).search(Query(taste=Taste({"b1": 1.0})))
    assert ids(results)[0] == dozen().ids[11]


def test_wishes_that_only_rank_bar_nothing_from_an_order() -> None:
    rows = [
        Item("wet", "rain", {"price": 9.0}),
        *(Item(str(at), f"sun {at}", {"price": 1.0 + at}) for at in range(6)),
    ]
    wish = Constraint(None, Op.CONTAINS, "rain", "rain", Status.RANKED)
    found = Searcher(encoded(rows, ENCODER), ENCODER).search(Query("", (wish,), sort="price", count=4))
    assert len(found.hits) == 4
    assert "wet" in ids(found)
