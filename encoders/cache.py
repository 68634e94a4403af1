"""A text encoder that remembers: one turn asks for the vector of the same words in several places."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from encoders.protocols import TextEncoder, Vectors

SIZE = 512
"""Queries kept; 512 vectors of 384 numbers are 0.8 MB."""


class CachedTextEncoder:
    """A TextEncoder whose last queries are kept; documents pass through."""

    def __init__(self, encoder: TextEncoder, size: int = SIZE) -> None:
        """Remember the last `size` queries of `encoder`."""
        self._encoder = encoder
        self._size = size
        self._kept: OrderedDict[str, Vectors] = OrderedDict()

    @property
    def id(self) -> str:
        """The encoder's id."""
        return self._encoder.id

    @property
    def dimension(self) -> int:
        """The encoder's dimension."""
        return self._encoder.dimension

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode requests, shape (len(texts), dimension), asking the encoder only for those not kept."""
        new = [text for text in dict.fromkeys(texts) if text not in self._kept]
        fresh = dict(zip(new, self._encoder.encode_queries(new), strict=True)) if new else {}
        self._kept.update(fresh)
        rows = [self._kept[text] for text in texts]
        for text in texts:
            self._kept.move_to_end(text)
        while len(self._kept) > self._size:
            self._kept.popitem(last=False)
        return np.stack(rows) if rows else np.zeros((0, self.dimension), np.float32)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Encode items, shape (len(texts), dimension)."""
        return self._encoder.encode_documents(texts)
