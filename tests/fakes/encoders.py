"""Encoders without a model: same protocols, vectors from hashes, no heavy imports."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from encoders.protocols import Samples, Transcript, Vectors
from encoders.vectors import unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from PIL.Image import Image

DIMENSION = 64


class HashTextEncoder:
    """A TextEncoder whose texts are near one another when they share words or parts of words."""

    def __init__(self, seed: int = 0, dimension: int = DIMENSION) -> None:
        self._seed = seed
        self._dimension = dimension
        self.encoded = 0
        """How many texts were encoded so far: what an unchanged item must not add to."""

    @property
    def id(self) -> str:
        return f"hash-{self._dimension}@{self._seed}"

    @property
    def dimension(self) -> int:
        return self._dimension

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self.encode_documents(texts)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        self.encoded += len(texts)
        rows = np.zeros((len(texts), self._dimension), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for gram, weight in _grams(text):
                digest = hashlib.blake2b(
                    f"{self._seed}:{gram}".encode(errors="replace"), digest_size=8
                ).digest()
                value = int.from_bytes(digest, "little")
                row[value % self._dimension] += weight if value >> 63 else -weight
        return unit(rows)


class HashImageEncoder:
    """An ImageEncoder of coarse colours; the names of colours land near pictures in those colours."""

    _COLOURS: ClassVar[dict[str, tuple[int, int, int]]] = {
        "red": (220, 30, 30),
        "green": (30, 160, 60),
        "blue": (40, 70, 200),
        "black": (15, 15, 15),
        "white": (245, 245, 245),
        "brown": (120, 75, 40),
        "grey": (128, 128, 128),
        "yellow": (240, 210, 40),
    }

    @property
    def id(self) -> str:
        return "hash-image@0"

    @property
    def dimension(self) -> int:
        return 28

    @property
    def scale(self) -> float:
        return 20.0

    def encode_images(self, images: Sequence[Image]) -> Vectors:
        rows = [self._row(np.asarray(image.convert("RGB").resize((3, 3)), np.float32)) for image in images]
        return unit(np.stack(rows)) if rows else np.zeros((0, self.dimension), np.float32)

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        rows = []
        for text in texts:
            colours = [
                self._COLOURS[word] for word in re.findall(r"\w+", text.lower()) if word in self._COLOURS
            ]
            colour = np.mean(colours, axis=0) if colours else np.full(3, 127.5)
            rows.append(self._row(np.broadcast_to(colour, (3, 3, 3)).astype(np.float32)))
        return unit(np.stack(rows)) if rows else np.zeros((0, self.dimension), np.float32)

    @staticmethod
    def _row(pixels: np.ndarray) -> np.ndarray:
        # The last axis keeps a mid-grey picture from being a row of zeros.
        return np.append(pixels.reshape(-1) / 127.5 - 1.0, 0.1)


class ScriptedRecogniser:
    """A Recogniser that hears what it was told to, one transcript a call, and keeps the hints it was given."""

    def __init__(self, *heard: str | Transcript) -> None:
        self._heard = list(heard)
        self.hints: list[tuple[str, ...]] = []

    @property
    def id(self) -> str:
        return "scripted-speech"

    def transcribe(self, sound: Path | Samples, hints: Sequence[str] = ()) -> Transcript:
        self.hints.append(tuple(hints))
        heard = self._heard.pop(0)
        return heard if isinstance(heard, Transcript) else Transcript(heard, 0.9, 1.0)


def _grams(text: str) -> Iterator[tuple[str, float]]:
    """Words, and their three-letter parts at a lower weight."""
    for word in re.findall(r"\w+", text.lower()):
        yield word, 1.0
        padded = f"^{word}$"
        for start in range(len(padded) - 2):
            yield padded[start : start + 3], 0.3
