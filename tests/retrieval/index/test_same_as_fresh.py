from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.index.build import Options, build
from retrieval.library import Library
from retrieval.snapshot import Interaction
from retrieval.types import Item, Value
from tests.fakes.encoders import HashTextEncoder
from tests.retrieval.index.catalogues import dozen

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from retrieval.store.reader import StoredSnapshot
    from tests.retrieval.index.catalogues import Catalogue

words = st.sampled_from(["red", "green boot", "Wool", "silk scarf", "", "é"])
fields: st.SearchStrategy[dict[str, Value]] = st.fixed_dictionaries(
    {},
    optional={
        "colour": words,
        "price": st.floats(0, 100),
        "tags": st.lists(words, max_size=3).map(tuple),
        "description": words,
    },
)
shelves = st.lists(
    st.builds(Item, id=st.sampled_from([f"i{n}" for n in range(8)]), title=words, fields=fields),
    min_size=1,
    max_size=8,
    unique_by=lambda item: item.id,
)
deeds = st.lists(
    st.builds(Interaction, st.sampled_from("ab"), st.just("i1"), st.just(1.0), st.just("buy"), st.just(0.0)),
    max_size=2,
)


@settings(max_examples=15, deadline=None)
@given(
    runs=st.lists(st.tuples(shelves, deeds, st.integers(0, 1)), min_size=1, max_size=5),
    batch=st.integers(1, 5),
)
def test_any_sequence_of_runs_equals_a_fresh_build_of_the_last(
    tmp_path_factory: pytest.TempPathFactory,
    runs: list[tuple[list[Item], list[Interaction], int]],
    batch: int,
) -> None:
    root: Path = tmp_path_factory.mktemp("runs")
    options = Options(index=False)
    options = replace(options, batches=replace(options.batches, text=batch))
    for items, interactions, seed in runs:
        catalogue: Catalogue = replace(dozen().with_items(*items), interactions=tuple(interactions))
        build(catalogue, data_dir=root / "again", text=HashTextEncoder(seed), options=options)
    build(catalogue, data_dir=root / "fresh", text=HashTextEncoder(seed), options=Options(index=False))
    again, fresh = Library(root / "again"), Library(root / "fresh")
    assert _all(again.open("dozen")) == _all(fresh.open("dozen"))
    array = again.open("dozen").vectors("text")
    documents = fresh.open("dozen").documents()
    if any(documents):
        assert array is not None
        rows = [row for row, document in enumerate(documents) if document.strip()]
        expected = HashTextEncoder(seed).encode_documents([documents[row] for row in rows])
        np.testing.assert_array_equal(array[rows], expected)
        assert not np.delete(array, rows, axis=0).any()
    assert len(list((root / "again" / "catalogues" / "dozen").glob("g-*"))) <= 2
    again.close()
    fresh.close()


def _all(snapshot: StoredSnapshot) -> tuple[object, ...]:
    array = snapshot.vectors("text")
    verbal = [column.name for column in snapshot.columns if column.name not in ("price", "rating", "picture")]
    return (
        tuple(snapshot.ids),
        snapshot.items(snapshot.ids),
        tuple(snapshot.documents()),
        None if array is None else np.asarray(array).tobytes(),
        snapshot.encoder_id("text"),
        snapshot.numbers("price").tobytes(),
        tuple(tuple(snapshot.words(name)) for name in verbal),
        tuple(snapshot.interactions()),
        tuple(snapshot.triples()),
        snapshot.columns,
    )
