from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from encoders.errors import CatalogueError, UsageError
from eval.benchmarks.protocol import find
from eval.benchmarks.queries import JudgedQuery
from eval.benchmarks.search import SearchLegs, measure
from retrieval.search.fusion import best_first
from retrieval.search.searcher import Searcher
from retrieval.types import Query
from tests.fakes.encoders import HashTextEncoder
from tests.fakes.snapshot import DOZEN, MemorySnapshot

if TYPE_CHECKING:
    from pathlib import Path

TEXT = HashTextEncoder()
SEARCHER = Searcher(MemorySnapshot.from_csv(text=TEXT), TEXT)
SYSTEMS = ["words alone", "text alone", "fused, our weights", "fused, equal weights"]


def test_each_leg_and_each_fusion_is_measured() -> None:
    scarves = JudgedQuery("scarf", frozenset({"s1", "s2"}))
    found = measure(SEARCHER, [scarves])
    assert list(found) == SYSTEMS
    # Both scarves stand first and second for words that only they have.
    assert [mean.value for mean in found["words alone"]] == [pytest.approx(1), 1]
    assert {mean.cases for means in found.values() for mean in means} == {1}


def test_the_place_of_what_is_right_counts() -> None:
    legs = SEARCHER.legs(Query("waterproof boot"))
    for leg, scores in legs.items():
        ranked = [SEARCHER.snapshot.ids[row] for row in best_first(scores).tolist()]
        for place, item in enumerate(ranked):
            found = measure(SEARCHER, [JudgedQuery("waterproof boot", frozenset({item}))])[f"{leg} alone"]
            ten = place < 10
            assert [mean.value for mean in found] == [pytest.approx(ten / math.log2(place + 2)), float(ten)]


def test_the_benchmark_indexes_a_file_and_prints_its_ablation() -> None:
    said: list[str] = []
    table = SearchLegs().run(DOZEN, HashTextEncoder(), said.append)
    kinds = ["facet values", "other words", "title words", "text words"]
    assert list(table.rows) == [f"{kind}: {system}" for kind in kinds for system in SYSTEMS]
    assert table.measures == ["NDCG@10", "R@10"]
    assert all(0 <= mean.value <= 1 for row in table.rows.values() for mean in row)
    assert table.rows["title words: words alone"][0].value > 0.9
    assert {"ablation, words", "ablation, text", "our weights"} <= set(table.notes)
    assert "held out" in table.notes["weights chosen on these queries"]
    assert table.notes["items"] == "12"
    assert said[0] == "indexing"


def test_the_same_data_gives_the_same_table() -> None:
    tables = [SearchLegs().run(DOZEN, HashTextEncoder(), lambda _: None) for _ in range(2)]
    assert tables[0] == tables[1]


def test_data_that_is_no_catalogue_is_told(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError):
        SearchLegs().run(tmp_path / "absent", HashTextEncoder(), lambda _: None)


def test_benchmarks_are_found_by_name() -> None:
    assert find("search").name == "search"
    assert find("redial").name == "redial"
    with pytest.raises(UsageError, match="redial, search"):
        find("imagenet")
