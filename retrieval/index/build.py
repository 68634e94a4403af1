"""Indexing runs: a catalogue that was read becomes a generation of the store.

One writer at a time. Everything is written to a new folder, verified, and then served by swapping one pointer; a run
that is killed leaves the old generation serving, and the next run goes on from the vectors that were done.
"""

from __future__ import annotations

import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from encoders.errors import CatalogueError, StoreError, StoreTooNew
from retrieval.index import upkeep
from retrieval.index.claim import claim
from retrieval.index.content import BatchSizes, Content, Encoders, Imported, prepare
from retrieval.index.encode import EncodedModality, Vectoriser
from retrieval.index.place import check_url
from retrieval.index.progress import Progress, Silent
from retrieval.index.work import Work
from retrieval.store import database, generation, vectors
from retrieval.store import manifest as manifests
from retrieval.store.manifest import Encoded, Manifest
from retrieval.store.reader import StoredSnapshot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from encoders.protocols import AudioEncoder, ImageEncoder, TextEncoder
    from retrieval.index.upkeep import IndexStatus
    from retrieval.store.layout import CatalogueFolder, GenerationFolder


@dataclass(frozen=True, slots=True)
class Options:
    """How to index."""

    batches: BatchSizes = field(default_factory=BatchSizes)
    index: bool = True
    """Build the vector index; without it search scans exactly."""
    chroma_url: str | None = None
    """A Chroma server to hold the collections instead of the generation's folder."""
    again: bool = False
    """Build a new generation even when nothing changed."""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an indexing run did."""

    name: str
    """What the catalogue is called from now on."""
    generation: str
    """The generation served."""
    unchanged: bool
    """True when it was served already, and nothing was built."""
    items: int
    interactions: int
    triples: int
    modalities: tuple[EncodedModality, ...]
    index: IndexStatus
    problems: tuple[str, ...]
    """A sentence for each picture and sound that can't be used."""
    seconds: Mapping[str, float]
    """By phase: 'encode', 'store', 'index', 'total'."""


def build(
    imported: Imported,
    *,
    data_dir: Path,
    text: TextEncoder | None = None,
    image: ImageEncoder | None = None,
    audio: AudioEncoder | None = None,
    progress: Progress | None = None,
    options: Options | None = None,
) -> IndexReport:
    """Index a catalogue and serve the result; a modality without an encoder gets no vectors.

    Raises CatalogueError for a catalogue without items, StoreBusy when another process writes it, StoreTooNew when a
    later version wrote it, StoreError when the disk refuses, ModelError when an encoder fails. What was served before
    goes on being served, and vectors that were made are kept for the next run.
    """
    options = options or Options()
    if not imported.items:
        raise CatalogueError(
            f"{imported.source} can't be indexed: it has no items; choose a file that has some."
        )
    if options.chroma_url is not None:
        check_url(options.chroma_url)
    source = str(Path(imported.source).resolve())
    with ExitStack() as stack:
        folder = claim(data_dir, imported.name, source, stack)
        content = prepare(imported, Encoders(text, image, audio), options.batches)
        return _Run(folder, source, options, progress or Silent()).build(content, stack)


class _Run:
    def __init__(self, folder: CatalogueFolder, source: str, options: Options, progress: Progress) -> None:
        self._folder = folder
        self._source = source
        self._options = options
        self._progress = progress
        self._began = time.monotonic()
        self._seconds: dict[str, float] = {}

    def build(self, content: Content, stack: ExitStack) -> IndexReport:
        served = _served(self._folder)
        work = stack.enter_context(Work(self._folder.building))
        earlier = _earlier(self._folder, stack)
        vectorisers = [Vectoriser(inputs, work, earlier) for inputs in content.inputs]
        encoded = tuple(vectoriser.encode(self._progress) for vectoriser in vectorisers)
        problems = tuple(problem for vectoriser in vectorisers for problem in vectoriser.problems)
        self._mark("encode")
        if served is not None and not self._is_changed(served, content, encoded):
            work.discard()
            index = self._index(served.folder, served.manifest)
            return self._report(served.folder, served.manifest, encoded, index, problems, unchanged=True)
        target = generation.fresh(self._folder)
        manifest = self._store(target, content, encoded, vectorisers)
        self._mark("store")
        index = self._index(target, manifest)
        fault = find_fault(target, content)
        if fault:
            raise StoreError(
                f"{target.path} can't be served: {fault}; check the disk and index the catalogue again."
            )
        generation.swap(self._folder, target)
        work.discard()
        self._clear()
        return self._report(target, manifest, encoded, index, problems)

    def _is_changed(self, served: _Served, content: Content, encoded: Sequence[EncodedModality]) -> bool:
        return (
            self._options.again
            or served.manifest.digest != content.digest
            or any(modality.encoded for modality in encoded)
            or bool(find_fault(served.folder, content))
        )

    def _mark(self, phase: str) -> None:
        self._seconds[phase] = time.monotonic() - self._began - sum(self._seconds.values())

    def _store(
        self,
        target: GenerationFolder,
        content: Content,
        encoded: Sequence[EncodedModality],
        vectorisers: Sequence[Vectoriser],
    ) -> Manifest:
        total = len(content.items) + len(content.interactions) + len(content.triples)
        self._progress.start("storing", total)
        try:
            with database.Writer(target.database) as writer:
                advance = self._progress.advance
                writer.items(content.items, content.columns, content.documents, content.keys, advance=advance)
                writer.interactions(content.interactions, advance=advance)
                writer.triples(content.triples, advance=advance)
                writer.finish()
        finally:
            self._progress.done()
        entries: dict[str, Encoded] = {}
        for one, vectoriser in zip(encoded, vectorisers, strict=True):
            if not vectoriser.filled:
                continue  # a catalogue without pictures has no space of pictures
            vectors.write(target.vectors(one.modality), vectoriser.blocks(), dimension=one.dimension)
            entries[one.modality] = Encoded(one.encoder, one.dimension, vectoriser.filled)
        manifest = Manifest(
            name=self._folder.name,
            source=self._source,
            created=datetime.now().astimezone().isoformat(timespec="seconds"),
            items=len(content.items),
            interactions=len(content.interactions),
            triples=len(content.triples),
            columns=content.columns,
            encoded=entries,
            digest=content.digest,
        )
        manifests.write(target.manifest, manifest)
        return manifest

    def _index(self, target: GenerationFolder, manifest: Manifest) -> IndexStatus:
        place = upkeep.place_of(target, manifest, self._options.chroma_url)
        status = upkeep.status(place)
        if self._options.index and not status.serving:
            status = upkeep.rebuild(place, manifest, self._progress)
        self._mark("index")
        return status

    def _clear(self) -> None:
        for old in generation.obsolete(self._folder):
            with suppress(StoreError):  # a generation that was never finished has no manifest
                manifest = manifests.read(old.manifest)
                upkeep.drop(upkeep.place_of(old, manifest, self._options.chroma_url), manifest)
            generation.remove(old)

    def _report(
        self,
        target: GenerationFolder,
        manifest: Manifest,
        encoded: tuple[EncodedModality, ...],
        index: IndexStatus,
        problems: tuple[str, ...],
        unchanged: bool = False,
    ) -> IndexReport:
        return IndexReport(
            name=self._folder.name,
            generation=target.name,
            unchanged=unchanged,
            items=manifest.items,
            interactions=manifest.interactions,
            triples=manifest.triples,
            modalities=encoded,
            index=index,
            problems=problems,
            seconds={**self._seconds, "total": time.monotonic() - self._began},
        )


@dataclass(frozen=True, slots=True)
class _Served:
    folder: GenerationFolder
    manifest: Manifest


def _served(folder: CatalogueFolder) -> _Served | None:
    """Return the generation served; None when there is none or it is damaged. Raises StoreTooNew."""
    try:
        served = generation.current(folder)
        return None if served is None else _Served(served, manifests.read(served.manifest))
    except StoreTooNew:
        raise
    except StoreError:
        return None  # a damaged one is replaced


def _earlier(folder: CatalogueFolder, stack: ExitStack) -> list[StoredSnapshot]:
    """Open the finished generations, newest first, to take vectors from; damaged ones have none to give."""
    opened = []
    for earlier in generation.complete(folder):
        with suppress(StoreError):
            opened.append(stack.enter_context(StoredSnapshot(earlier)))
    return opened


def find_fault(target: GenerationFolder, content: Content) -> str:
    """Read a generation back and compare it with what went in; empty when all is there."""
    try:
        damaged = database.damage(target.database)
        if damaged:
            return f"its database is damaged ({damaged})"
        with StoredSnapshot(target) as snapshot:
            if list(snapshot.ids) != [item.id for item in content.items]:
                return "its items are not those of the catalogue"
            for modality, entry in snapshot.manifest.encoded.items():
                array = snapshot.vectors(modality)
                if array is None or int(vectors.filled(array).sum()) != entry.filled:
                    return f"its {modality} vectors are not complete"
    except StoreError as error:
        return str(error).rstrip(".")
    return ""
