"""Small catalogues made for search tests, and generated ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import strategies as st

from retrieval.snapshot import Interaction
from retrieval.types import Column, Item, Role, Value
from tests.fakes.bag_of_words import BagOfWordsEncoder
from tests.fakes.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.types import Results

COLUMNS = (
    Column("id", Role.ID, "id"),
    Column("title", Role.TITLE, "title"),
    Column("about", Role.TEXT, "about"),
    Column("colour", Role.FACET, "colour"),
    Column("tags", Role.LIST, "tags"),
    Column("price", Role.NUMBER, "price"),
    Column("day", Role.DATE, "day"),
)
COLOURS = ("Red", "navy blue", "Blue", "38", "40.5")
TAGS = ("warm", "Light", "vegan", "rain proof")
WORDS = ("boots", "boot", "running", "runs", "wool", "Café", "the", "over", "a", "women's")
DAYS = ("1995", "1995-06", "1995-06-03", "1994-12-31", "1995-12-31T23:59:59", "1996", "1996-01-01", "2001-02")
PRICES = (0.0, 1.0, 9.99, 10.0, 11.5, 11.51, 80.0, 92.0, 93.0, -5.0)


TAKEN = [
    ("ann", "b1"),
    ("ann", "b2"),
    ("ben", "b1"),
    ("ben", "b2"),
    ("cat", "s1"),
    ("cat", "j2"),
    ("dee", "b1"),
]
"""Who took to what: two tastes, and one person between them."""


def phrases(most: int) -> st.SearchStrategy[str]:
    """Some of a few words, in any order."""
    return st.lists(st.sampled_from(WORDS), min_size=1, max_size=most).map(" ".join)


def cells() -> st.SearchStrategy[dict[str, Value]]:
    """The cells of an item, any of them absent."""
    values: dict[str, st.SearchStrategy[Value]] = {
        "about": phrases(5),
        "colour": st.sampled_from(COLOURS),
        "tags": st.lists(st.sampled_from(TAGS), min_size=1, max_size=3, unique=True).map(tuple),
        "price": st.sampled_from(PRICES),
        "day": st.sampled_from(DAYS),
    }
    return st.fixed_dictionaries({}, optional=values)


def items(least: int = 1, most: int = 12) -> st.SearchStrategy[list[Item]]:
    """Items with ids by number and titles that repeat."""
    drawn = st.lists(st.tuples(phrases(2), cells()), min_size=least, max_size=most)
    return drawn.map(lambda rows: [Item(f"i{at}", title, fields) for at, (title, fields) in enumerate(rows)])


def encoded(rows: Sequence[Item], encoder: BagOfWordsEncoder, *, image: bool = False) -> MemorySnapshot:
    """A snapshot of items with vectors of their documents, and of their titles as pictures."""
    plain = MemorySnapshot(rows, COLUMNS)
    vectors = {"text": encoder.encode_documents(plain.documents())}
    if image:
        vectors["image"] = encoder.encode_documents(plain.titles())
    return MemorySnapshot(rows, COLUMNS, vectors=vectors, encoder_ids=dict.fromkeys(vectors, encoder.id))


def dozen(*, image: bool = False, taken: Sequence[tuple[str, str]] = ()) -> MemorySnapshot:
    """The twelve items, encoded; `taken` is (person, item) of interactions."""
    encoder = BagOfWordsEncoder()
    interactions = [Interaction(user, item, 1.0, "buy", 0.0) for user, item in taken]
    return MemorySnapshot.from_csv(text=encoder, image=encoder if image else None, interactions=interactions)


def cloud(rows: int, dimension: int, seed: int) -> NDArray[np.float32]:
    """Random unit vectors, shape (rows, dimension)."""
    points = np.random.default_rng(seed).normal(size=(rows, dimension))
    return np.asarray(points / np.linalg.norm(points, axis=1, keepdims=True), dtype=np.float32)


def ids(results: Results) -> list[str]:
    """Ids of the hits, in order."""
    return [hit.item.id for hit in results.hits]
