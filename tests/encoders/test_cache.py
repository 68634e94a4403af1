from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from encoders.cache import CachedTextEncoder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from encoders.protocols import Vectors


class Counting:
    """An encoder that keeps what it was asked for."""

    id = "counting"
    dimension = 2

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        self.asked.append(list(texts))
        return np.array([[len(text), 1.0] for text in texts], np.float32)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        return self.encode_queries(texts)


def test_a_query_is_encoded_once_and_rows_keep_their_order() -> None:
    inner = Counting()
    cached = CachedTextEncoder(inner, size=2)
    assert cached.encode_queries(["a", "bbb", "a"])[:, 0].tolist() == [1, 3, 1]
    assert cached.encode_queries(["bbb", "cc"])[:, 0].tolist() == [3, 2]
    assert inner.asked == [["a", "bbb"], ["cc"]]


def test_the_longest_unused_query_is_forgotten_first() -> None:
    inner = Counting()
    cached = CachedTextEncoder(inner, size=2)
    for text in ("a", "b", "a", "c", "a", "b"):
        cached.encode_queries([text])
    assert inner.asked == [["a"], ["b"], ["c"], ["b"]]


def test_no_queries_give_no_rows() -> None:
    assert CachedTextEncoder(Counting()).encode_queries([]).shape == (0, 2)
