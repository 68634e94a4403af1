"""Does a collection find what is in it? The self-retrieval probe; run in a child process, which Chroma can end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retrieval.index.chroma import connect, disconnect
from retrieval.store import vectors as vector_files

if TYPE_CHECKING:
    from encoders.protocols import Vectors
    from retrieval.index.chroma import Collection
    from retrieval.index.place import Place

SAMPLE = 64
"""Rows asked for: a collection in which 5 % can't be reached passes with a chance of 4 %, one with 10 % of 0.1 %."""
TWIN = 1e-4
"""Rows with the same vector may stand in for each other: their distance is 0 but for rounding."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the probe of one collection found."""

    count: int
    """Rows in the collection."""
    asked: int
    found: int
    fault: str
    """Empty when it may serve."""


def probe(place: Place, modality: str) -> Verdict:
    """Compare the collection with the store: the count, stored vectors, and that sampled rows find themselves.

    Raises whatever Chroma raises.
    """
    vectors = vector_files.read(place.folder.vectors(modality))
    rows = np.flatnonzero(vector_files.filled(vectors))
    # A fixed seed: the same collection gets the same verdict.
    sample = np.sort(np.random.default_rng(0).choice(rows, size=min(SAMPLE, len(rows)), replace=False))
    client = connect(place)
    try:
        collection = client.get_collection(place.collection(modality), embedding_function=None)
        return _compare(collection, vectors, sample.tolist(), len(rows))
    finally:
        disconnect(client)


def _compare(collection: Collection, vectors: Vectors, sample: list[int], expected: int) -> Verdict:
    count = collection.count()
    if count != expected:
        return Verdict(count, len(sample), 0, f"it holds {count:,} of {expected:,} rows")
    if not sample:
        return Verdict(count, 0, 0, "")
    stored = collection.get(ids=[str(row) for row in sample], include=["embeddings"])
    order = [int(row) for row in stored["ids"]]
    if sorted(order) != sample or not np.allclose(stored["embeddings"], vectors[order], atol=1e-5):
        return Verdict(count, len(sample), 0, "its vectors are not those of the store")
    answer = collection.query(
        query_embeddings=vectors[sample], n_results=min(10, count), include=["distances"]
    )
    found = sum(
        str(row) in ids or bool(distances and distances[0] < TWIN)
        for row, ids, distances in zip(sample, answer["ids"], answer["distances"], strict=True)
    )
    fault = "" if found == len(sample) else f"only {found} of {len(sample)} sampled rows find themselves"
    return Verdict(count, len(sample), found, fault)
