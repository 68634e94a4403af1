"""A catalogue that was read, cleaned and made ready to be encoded and stored."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, astuple, dataclass
from typing import TYPE_CHECKING, Any, Protocol

from encoders.sanitise import sanitise
from retrieval.catalogue.content import document
from retrieval.index.inputs import Inputs, audio_inputs, file_keys, image_inputs, text_inputs, text_keys
from retrieval.store.records import clean_column, clean_item, to_row
from retrieval.types import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from encoders.protocols import AudioEncoder, ImageEncoder, TextEncoder
    from retrieval.snapshot import Interaction, Triple
    from retrieval.types import Column, Item


class Imported(Protocol):
    """A catalogue that was read; `retrieval.catalogue.importer.Import` is one."""

    @property
    def name(self) -> str:
        """What it is to be called."""
        ...

    @property
    def source(self) -> str | Path:
        """The path it was read from."""
        ...

    @property
    def columns(self) -> Sequence[Column]:
        """Its columns."""
        ...

    @property
    def items(self) -> Sequence[Item]:
        """Its items, ids unique."""
        ...

    @property
    def interactions(self) -> Sequence[Interaction]:
        """What people did with them."""
        ...

    @property
    def triples(self) -> Sequence[Triple]:
        """Its knowledge graph."""
        ...


@dataclass(frozen=True, slots=True)
class BatchSizes:
    """How many items are encoded, and made safe from a kill, at once."""

    text: int = 256
    image: int = 32
    audio: int = 16


@dataclass(frozen=True, slots=True)
class Content:
    """A cleaned catalogue and what is encoded of it."""

    columns: tuple[Column, ...]
    items: list[Item]
    interactions: Sequence[Interaction]
    triples: Sequence[Triple]
    documents: list[str]
    inputs: tuple[Inputs[Any], ...]
    keys: list[tuple[str | None, str | None, str | None]]
    """By row: of text, picture and sound."""
    digest: str
    """Over all of it, and the encoders."""


@dataclass(frozen=True, slots=True)
class Encoders:
    """Who encodes; a modality without an encoder gets no vectors."""

    text: TextEncoder | None = None
    image: ImageEncoder | None = None
    audio: AudioEncoder | None = None


def prepare(imported: Imported, encoders: Encoders, batches: BatchSizes) -> Content:
    """Clean a catalogue, write its documents and hash what is to be encoded."""
    columns = tuple(clean_column(column) for column in imported.columns if column.role is not Role.IGNORE)
    items = [clean_item(item) for item in imported.items]
    documents = [sanitise(document(item, columns)) for item in items]
    texts = text_keys(documents)
    nothing: list[str | None] = [None] * len(items)
    pictures = nothing if encoders.image is None else file_keys([item.picture for item in items])
    sounds = nothing if encoders.audio is None else file_keys([item.sound for item in items])
    inputs: list[Inputs[Any]] = []
    if encoders.text is not None:
        inputs.append(text_inputs(encoders.text, documents, texts, batches.text))
    if encoders.image is not None:
        inputs.append(image_inputs(encoders.image, items, pictures, batches.image))
    if encoders.audio is not None:
        inputs.append(audio_inputs(encoders.audio, items, sounds, batches.audio))
    keys = list(zip(texts, pictures, sounds, strict=True))
    return Content(
        columns=columns,
        items=items,
        interactions=imported.interactions,
        triples=imported.triples,
        documents=documents,
        inputs=tuple(inputs),
        keys=keys,
        digest=_digest(
            [[one.modality, one.encoder_id, one.dimension] for one in inputs],
            [{**asdict(column), "values": dict(column.values)} for column in columns],
            (([str(part) for part in to_row(item)], key) for item, key in zip(items, keys, strict=True)),
            (astuple(one) for one in imported.interactions),
            (astuple(one) for one in imported.triples),
        ),
    )


def _digest(*parts: Iterable[object]) -> str:
    """Hash rows of values; JSON with its lengths in front keeps ('ab', 'c') apart from ('a', 'bc')."""
    digest = hashlib.sha256()
    for part in parts:
        for row in part:
            line = json.dumps(row).encode("ascii")
            digest.update(f"{len(line)}:".encode("ascii") + line)
        digest.update(b";")
    return digest.hexdigest()
