"""What is encoded of each item, and the hash that says whether it changed since it was encoded."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from encoders.ahead import ahead
from encoders.errors import InputError, ModelError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence

    from PIL.Image import Image

    from encoders.protocols import AudioEncoder, ImageEncoder, Samples, TextEncoder, Vectors
    from retrieval.types import Item

LONGEST_SOUND = 60.0
"""Seconds of an item's sound that are encoded: previews are 30 s, and 16 sounds of five minutes would take 300 MB."""


Loaded = TypeVar("Loaded")


@dataclass(frozen=True, slots=True)
class Inputs(Generic[Loaded]):
    """One modality of a catalogue, ready to be encoded row by row."""

    modality: str
    """'text', 'image' or 'audio'."""
    encoder_id: str
    """Which encoder makes the vectors."""
    dimension: int
    """Length of a vector."""
    keys: Sequence[str | None]
    """By row, the hash of what is encoded; None where there is nothing."""
    batch: int
    """How many are encoded, and made safe from a kill, at once."""
    load: Callable[[int], Loaded]
    """Reads what is encoded of a row; raises InputError when it can't be used."""
    vectors: Callable[[Sequence[Loaded]], Vectors]
    """Encodes what was read, shape (n, dimension)."""

    ahead: bool = True
    """Reading takes long enough to be done in threads while what was read before is encoded."""

    def read(self, rows: Iterable[int]) -> Generator[tuple[int, Loaded | InputError], None, None]:
        """Yield each row with what is encoded of it, or with why it can't be used.

        At most a batch is read before it is asked for, so that twice a batch is in memory.
        """
        if self.ahead:
            # Four keep up with a GPU at 200 pictures a second each; one of 64 million pixels takes 600 MB to decode.
            threads = min(4, os.cpu_count() or 1)
            yield from ahead(self._read_one, rows, depth=self.batch, threads=threads)
        else:
            yield from map(self._read_one, rows)

    def _read_one(self, row: int) -> tuple[int, Loaded | InputError]:
        try:
            return row, self.load(row)
        except InputError as error:
            return row, error


def text_inputs(
    encoder: TextEncoder, documents: Sequence[str], keys: Sequence[str | None], batch: int
) -> Inputs[str]:
    """Return the documents of the items, by row."""
    return Inputs(
        "text",
        encoder.id,
        encoder.dimension,
        keys,
        batch,
        documents.__getitem__,
        encoder.encode_documents,
        ahead=False,
    )


def image_inputs(
    encoder: ImageEncoder, items: Sequence[Item], keys: Sequence[str | None], batch: int
) -> Inputs[Image]:
    """Return the pictures of the items, by row."""

    def load(row: int) -> Image:
        from encoders.picture import decode_picture

        return decode_picture(Path(items[row].picture or ""))

    return Inputs("image", encoder.id, encoder.dimension, keys, batch, load, encoder.encode_images)


def audio_inputs(
    encoder: AudioEncoder, items: Sequence[Item], keys: Sequence[str | None], batch: int
) -> Inputs[Samples]:
    """Return the beginnings of the sounds of the items, by row."""

    def load(row: int) -> Samples:
        from encoders.sound import SoundLimits, decode_sound

        return decode_sound(Path(items[row].sound or ""), SoundLimits(max_seconds=LONGEST_SOUND, cut=True))

    return Inputs("audio", encoder.id, encoder.dimension, keys, batch, load, encoder.encode_sounds)


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


def check(inputs: Inputs[Any], rows: Sequence[int], vectors: Vectors) -> None:
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
