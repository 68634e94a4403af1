"""Encoders without a model: a text is the bag of its words, each word a random direction fixed by its letters."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from PIL.Image import Image

    from encoders.protocols import Vectors


class BagOfWordsEncoder:
    """Both a TextEncoder and an ImageEncoder: the cosine of two texts grows with the words they share."""

    def __init__(self, dimension: int = 64, name: str = "bag-of-words") -> None:
        self._dimension, self._name = dimension, name
        self.encoded: list[str] = []
        """Every query encoded, oldest first."""

    @property
    def id(self) -> str:
        return f"{self._name}-{self._dimension}"

    @property
    def dimension(self) -> int:
        return self._dimension

    @property
    def scale(self) -> float:
        return 20.0

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        self.encoded.extend(texts)
        return self.encode_documents(texts)

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        return self.encode_documents(texts)

    def encode_images(self, images: Sequence[Image]) -> Vectors:
        return self.encode_documents([f"{image.size} {image.getpixel((0, 0))}" for image in images])

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        rows = [self._vector(text) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(rows), self._dimension)

    def _vector(self, text: str) -> NDArray[np.float64]:
        words = re.findall(r"\w+", text.lower()) or [""]
        total = np.sum([self._direction(word) for word in words], axis=0)
        return np.asarray(total / np.linalg.norm(total), dtype=np.float64)

    def _direction(self, word: str) -> NDArray[np.float64]:
        return np.random.default_rng(zlib.crc32(word.encode())).normal(size=self._dimension)
