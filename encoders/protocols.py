"""What the rest of Vitrine asks of a model, as protocols; every encoder returns unit vectors in float32."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PIL.Image import Image

Vectors = NDArray[np.float32]
"""Shape (n, dimension), each row of length 1."""

Samples = NDArray[np.float32]
"""Mono sound at 16 kHz, shape (n,), in −1…1."""


@runtime_checkable
class TextEncoder(Protocol):
    """Text to vectors; queries and documents may carry different prompts."""

    @property
    def id(self) -> str:
        """Name and revision or checksum: vectors of different ids are never compared."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode requests, shape (len(texts), dimension)."""
        ...

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Encode items, shape (len(texts), dimension)."""
        ...


@runtime_checkable
class ImageEncoder(Protocol):
    """Pictures and words to vectors of one space."""

    @property
    def id(self) -> str:
        """Name and revision or checksum."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    @property
    def scale(self) -> float:
        """What cosines are multiplied by before a softmax over words: the inverse temperature it was trained with."""
        ...

    def encode_images(self, images: Sequence[Image]) -> Vectors:
        """Encode decoded pictures, shape (len(images), dimension)."""
        ...

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """Encode words into the space of the pictures, shape (len(texts), dimension)."""
        ...


@runtime_checkable
class AudioEncoder(Protocol):
    """Sounds of items to vectors."""

    @property
    def id(self) -> str:
        """Name and revision or checksum."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def encode_sounds(self, sounds: Sequence[Samples]) -> Vectors:
        """Encode mono 16 kHz sounds, shape (len(sounds), dimension)."""
        ...


@runtime_checkable
class JointAudioEncoder(AudioEncoder, Protocol):
    """Sounds and words to vectors of one space."""

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """Encode words into the space of the sounds, shape (len(texts), dimension)."""
        ...


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a recogniser heard."""

    text: str
    """The words, sanitised; empty when no speech was found."""
    confidence: float
    """Mean probability of its tokens, 0…1."""
    seconds: float
    """Length of the sound."""


@runtime_checkable
class Recogniser(Protocol):
    """Speech to text."""

    @property
    def id(self) -> str:
        """Name and revision or checksum."""
        ...

    def transcribe(self, sound: Path | Samples, hints: Sequence[str] = ()) -> Transcript:
        """Transcribe a sound file or samples; `hints` are names that may be spoken.

        Raises InputError when the sound can't be decoded or is too long.
        """
        ...
