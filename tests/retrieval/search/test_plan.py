from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.search.fusion import Scores, best_first
from retrieval.search.plan import Found, Planner
from retrieval.search.vectors import Probe
from retrieval.types import Item
from tests.fakes.snapshot import MemorySnapshot
from tests.retrieval.search.catalogues import COLUMNS, cloud

ROWS, WANTED, WEIGHTS = 3_000, 10, (0.4, 0.7)


@cache
def catalogue(unreachable: tuple[int, ...] = (), *, index: bool = True) -> MemorySnapshot:
    """Random vectors of two modalities; every seventh row has no picture."""
    pictures = cloud(ROWS, 12, 2)
    pictures[::7] = 0
    rows = [Item(f"i{at}", "", {}) for at in range(ROWS)]
    vectors = {"text": cloud(ROWS, 8, 1), "image": pictures}
    return MemorySnapshot(rows, COLUMNS, vectors=vectors, index=index, unreachable=unreachable)


def case(
    seed: int, part: float = 0.6
) -> tuple[list[Probe], Scores, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Two probes, sparse scores of other legs as BM25 gives them, and a filter that leaves a part of the rows."""
    rng = np.random.default_rng(seed)
    probes = [
        Probe("text", "text", cloud(1, 8, seed + 7)[0]),
        Probe("image.words", "image", cloud(1, 12, seed + 8)[0]),
    ]
    others = np.where(rng.uniform(size=ROWS) < 0.02, rng.uniform(0, 3, size=ROWS), -0.1)
    return probes, others, rng.uniform(size=ROWS) < part


def top(found: Found, others: Scores) -> list[tuple[int, float]]:
    totals = others[found.rows] + np.array(WEIGHTS) @ np.array(found.scores)
    return [(int(found.rows[at]), float(totals[at])) for at in best_first(totals, WANTED).tolist()]


def search(planner: Planner, seed: int, part: float = 0.6) -> tuple[Found, list[tuple[int, float]]]:
    probes, others, allowed = case(seed, part)
    found = planner.search(probes, WEIGHTS, others, allowed, WANTED)
    assert np.all(allowed[found.rows])
    return found, top(found, others)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0.05, 0.3, 0.6, 1.0]))
def test_the_index_and_the_scan_find_the_same(seed: int, part: float) -> None:
    _, exact = search(Planner(catalogue(), audit=64), seed, part)
    _, through = search(Planner(catalogue(), exact_rows=1_000, audit=64), seed, part)
    assert [row for row, _ in through] == [row for row, _ in exact]
    assert [total for _, total in through] == pytest.approx([total for _, total in exact], abs=1e-4)


def test_the_index_is_used_where_it_can_be_and_scores_fewer_rows() -> None:
    planner = Planner(catalogue(), exact_rows=1_000, audit=64)
    for seed in range(20):
        probes, others, allowed = case(seed)
        found = planner.search(probes[:1], WEIGHTS[:1], others, allowed, WANTED)
        assert found.reason == f"index ({len(found.rows)} candidates of 3,000 rows, rescored exactly)"
        assert len(found.rows) <= ROWS / 10


def test_two_kinds_of_vectors_are_searched_deeper_where_needed() -> None:
    planner = Planner(catalogue(), exact_rows=1_000, audit=64)
    reasons = [search(planner, seed)[0].reason.partition(" (")[0] for seed in range(30)]
    assert reasons.count("index") >= 5


def test_a_row_that_the_index_lost_is_noticed_when_another_leg_has_it() -> None:
    probes, others, allowed = case(1, part=1.0)
    texts = catalogue().vectors("text")
    assert texts is not None
    nearest = int(np.argmax(texts @ probes[0].vector))
    others[nearest] = 9.0
    planner = Planner(catalogue((nearest,)), exact_rows=1_000, audit=64)
    found = planner.search(probes, WEIGHTS, others, allowed, WANTED)
    assert found.reason == "exact scan (the index has lost rows)"
    assert nearest in [row for row, _ in top(found, others)]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_lost_rows_that_nothing_else_finds_are_all_that_can_be_missed(seed: int) -> None:
    lost = tuple(range(0, ROWS, 50))  # 2 %, as the worst that was seen of HNSW
    _, exact = search(Planner(catalogue(), audit=64), seed)
    found, through = search(Planner(catalogue(lost), exact_rows=1_000, audit=64), seed)
    shown = [row for row, _ in through]
    kept = [row for row, _ in exact if row in shown or row not in lost]
    assert [row for row in shown if row in kept] == kept
    if found.reason.startswith("exact"):
        assert shown == [row for row, _ in exact]


def test_an_index_that_does_not_answer_or_is_short_is_not_believed() -> None:
    silent, _ = search(Planner(catalogue(index=False), exact_rows=1_000), 3)
    assert silent.reason == "exact scan (the index did not answer)"
    short, _ = search(Planner(catalogue(tuple(range(2_990))), exact_rows=1_000), 3)
    assert short.reason == "exact scan (the index returned 10 of 25)"


def test_few_rows_left_are_scanned_without_asking_the_index() -> None:
    snapshot = catalogue()
    asked = len(snapshot.nearest_calls)
    probes, others, allowed = case(4, part=0.01)
    left = int(allowed.sum())
    small = Planner(snapshot, exact_rows=1_000).search(probes, WEIGHTS, others, allowed, WANTED)
    assert small.reason == f"exact scan ({left} of 3,000 rows left)"
    few = Planner(snapshot, exact_rows=0).search(probes, WEIGHTS, others, allowed, WANTED)
    assert few.reason == f"exact scan ({left} of 3,000 rows left, too few for the index)"
    none = Planner(snapshot).search([], [], others, allowed, WANTED)
    assert none.reason == f"no vectors needed ({left} of 3,000 rows left)"
    assert len(snapshot.nearest_calls) == asked


def test_a_row_without_a_vector_stands_at_the_mean() -> None:
    probes, others, _ = case(5)
    found = Planner(catalogue()).search(probes, WEIGHTS, others, np.ones(ROWS, dtype=np.bool_), WANTED)
    assert found.scores[1][::7].tolist() == [0.0] * len(found.rows[::7])
    assert found.scores[1].std() == pytest.approx(np.sqrt(6 / 7), abs=0.05)
