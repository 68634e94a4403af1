"""What is encoded of each item, and the hash that says whether it changed since it was encoded."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from encoders.errors import InputError, ModelError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PIL.Image import Image

    from encoders.protocols import AudioEncoder, ImageEncoder, Samples, TextEncoder, Vectors
    from retrieval.types import Item

LONGEST_SOUND = 60.0
"""Seconds of an item's sound that are encoded: previews are 30 s, and 16 sounds of five minutes would take 300 MB."""


class Inputs(Protocol):
    """One modality of a catalogue, ready to be encoded row by row."""

    @property
    def modality(self) -> str:
        """'text', 'image' or 'audio'."""
        ...

    @property
    def encoder_id(self) -> str:
        """Which encoder makes the vectors."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    @property
    def batch(self) -> int:
        """How many are encoded, and made safe from a kill, at once."""
        ...

    @property
    def keys(self) -> Sequence[str | None]:
        """By row, the hash of what is encoded; None where there is nothing."""
        ...

    def encode(self, rows: Sequence[int], fail: Callable[[int, str], None]) -> tuple[list[int], Vectors]:
        """Encode these rows: those that could be, with their vectors of shape (len, dimension).

        The others are told to `fail` with a sentence.
        """
        ...


@dataclass(frozen=True, slots=True)
class TextInputs:
    """The documents of the items."""

    encoder: TextEncoder
    documents: Sequence[str]
    keys: Sequence[str | None]
    batch: int = 256
    modality: str = "text"

    @property
    def encoder_id(self) -> str:
        """Which encoder makes the vectors."""
        return self.encoder.id

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self.encoder.dimension

    def encode(self, rows: Sequence[int], fail: Callable[[int, str], None]) -> tuple[list[int], Vectors]:
        """Encode the documents of these rows; none fails alone."""
        del fail
        return list(rows), self.encoder.encode_documents([self.documents[row] for row in rows])


@dataclass(frozen=True, slots=True)
class ImageInputs:
    """The pictures of the items."""

    encoder: ImageEncoder
    items: Sequence[Item]
    keys: Sequence[str | None]
    batch: int = 32
    modality: str = "image"

    @property
    def encoder_id(self) -> str:
        """Which encoder makes the vectors."""
        return self.encoder.id

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self.encoder.dimension

    def encode(self, rows: Sequence[int], fail: Callable[[int, str], None]) -> tuple[list[int], Vectors]:
        """Decode and encode the pictures of these rows."""
        from encoders.picture import decode_picture

        decoded: dict[int, Image] = {}
        for row in rows:
            try:
                decoded[row] = decode_picture(Path(self.items[row].picture or ""))
            except InputError as error:
                fail(row, str(error))
        if not decoded:
            return [], np.zeros((0, self.dimension), dtype=np.float32)
        return list(decoded), self.encoder.encode_images(list(decoded.values()))


@dataclass(frozen=True, slots=True)
class AudioInputs:
    """The sounds of the items."""

    encoder: AudioEncoder
    items: Sequence[Item]
    keys: Sequence[str | None]
    batch: int = 16
    modality: str = "audio"

    @property
    def encoder_id(self) -> str:
        """Which encoder makes the vectors."""
        return self.encoder.id

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self.encoder.dimension

    def encode(self, rows: Sequence[int], fail: Callable[[int, str], None]) -> tuple[list[int], Vectors]:
        """Decode and encode the beginning of the sounds of these rows."""
        from encoders.sound import SoundLimits, decode_sound

        limits = SoundLimits(max_seconds=LONGEST_SOUND, cut=True)
        decoded: dict[int, Samples] = {}
        for row in rows:
            try:
                decoded[row] = decode_sound(Path(self.items[row].sound or ""), limits)
            except InputError as error:
                fail(row, str(error))
        if not decoded:
            return [], np.zeros((0, self.dimension), dtype=np.float32)
        return list(decoded), self.encoder.encode_sounds(list(decoded.values()))


def text_keys(documents: Sequence[str]) -> list[str | None]:
    """Return the hash of each document, None for an empty one."""
    return [_digest(document.encode("utf-8")) if document.strip() else None for document in documents]


def file_keys(paths: Sequence[str | None]) -> list[str | None]:
    """Return the hash of each file's bytes, None where there is no path.

    Bytes and not times: a copied folder has new times, an edited picture may have the old one. A file that can't be
    read gets the hash of its path, so that encoding is tried and the reason told.
    """
    return [None if path is None else _file_digest(path) for path in paths]


def _file_digest(path: str) -> str:
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
    except (OSError, ValueError):
        return "unreadable:" + _digest(path.encode("utf-8", errors="surrogateescape"))


def _digest(data: bytes) -> str:
    # 128 bits: two of a billion different items collide with a chance below 10⁻²⁰.
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def check(inputs: Inputs, rows: Sequence[int], vectors: Vectors) -> None:
    """Raise ModelError when an encoder returned anything but a unit vector for each row."""
    from retrieval.store.vectors import filled

    wanted = (len(rows), inputs.dimension)
    if vectors.shape != wanted:
        raise ModelError(
            f"The {inputs.modality} encoder {inputs.encoder_id} returned an array of shape {vectors.shape} for "
            f"{wanted}; choose another encoder or report this."
        )
    if not filled(vectors).all():
        raise ModelError(
            f"The {inputs.modality} encoder {inputs.encoder_id} returned a vector that has no length of 1; "
            "choose another encoder or report this."
        )
