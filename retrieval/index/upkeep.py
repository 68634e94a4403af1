"""The life of a generation's collections: built, probed, marked, and built again when the probe fails."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from encoders.errors import StoreError
from retrieval.index import child
from retrieval.index.place import Place, read_mark, write_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.index.progress import Progress
    from retrieval.store.layout import GenerationFolder
    from retrieval.store.manifest import Manifest

ATTEMPTS = 2
"""Builds before it is given up: a second one differs, because the graph is built by several threads."""


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """Whether the vector index serves."""

    serving: bool
    modalities: tuple[str, ...]
    """Vector spaces that it serves."""
    reason: str
    """For people: what was found; search scans exactly where the index does not serve."""


def modalities_of(manifest: Manifest) -> list[str]:
    """Return the modalities that have at least one vector."""
    return [modality for modality, entry in manifest.encoded.items() if entry.filled]


def rebuild(place: Place, manifest: Manifest, progress: Progress) -> IndexStatus:
    """Build all collections from the store, probe them, and mark them as whole when they are.

    The caller holds the writer's lock. Never raises for what Chroma does: the store serves without it.
    """
    modalities = modalities_of(manifest)
    if not modalities:
        return IndexStatus(False, (), "nothing is encoded")
    fault = ""
    for _ in range(ATTEMPTS):
        try:
            fault = _attempt(place, manifest, modalities, progress)
        except (OSError, StoreError) as error:
            fault = str(error)
        if not fault:
            return status(place)
    return IndexStatus(False, (), f"the collections at {place.label} can't serve: {fault}")


def _attempt(place: Place, manifest: Manifest, modalities: Sequence[str], progress: Progress) -> str:
    """Build and probe once; return what is wrong, empty when all is well."""
    place.mark.unlink(missing_ok=True)
    if place.url is None and place.folder.chroma.exists():
        # Moved away first: a reader that has it open goes on with its own files until it reopens.
        old = place.folder.chroma.with_name("chroma.old")
        shutil.rmtree(old, ignore_errors=True)
        place.folder.chroma.rename(old)
        shutil.rmtree(old, ignore_errors=True)
    progress.start(
        "building the vector index", sum(manifest.encoded[modality].filled for modality in modalities)
    )
    try:
        built = child.run("fill", place, modalities, progress.advance)
    finally:
        progress.done()
    if built.failure:
        return built.failure
    probed = child.run("probe", place, modalities, lambda _: None)
    fault = _fault(probed, modalities)
    if not fault:
        write_mark(place, probed.counts)
    return fault


def _fault(probed: child.Outcome, modalities: Sequence[str]) -> str:
    if probed.failure:
        return f"while it was probed, {probed.failure}"
    silent = [modality for modality in modalities if modality not in probed.counts]
    if silent:
        return f"the probe said nothing of {', '.join(silent)}"
    return "; ".join(f"{modality}: {fault}" for modality, fault in probed.faults.items())


def status(place: Place) -> IndexStatus:
    """Tell from the mark alone, in a millisecond, whether the index serves."""
    counts = read_mark(place)
    if counts is None:
        return IndexStatus(False, (), f"the collections at {place.label} are not built or not whole")
    held = ", ".join(f"{count:,} {modality}" for modality, count in counts.items())
    return IndexStatus(True, tuple(counts), f"Chroma at {place.label} holds {held} vectors")


def examine(place: Place, manifest: Manifest) -> IndexStatus:
    """Probe the collections once more, in a child process (about 2 s)."""
    known = status(place)
    if not known.serving:
        return known
    fault = _fault(
        child.run("probe", place, modalities_of(manifest), lambda _: None), modalities_of(manifest)
    )
    if fault:
        return IndexStatus(False, (), f"the collections at {place.label} can't serve: {fault}")
    return IndexStatus(True, known.modalities, f"{known.reason}; sampled rows find themselves")


def place_of(generation: GenerationFolder, manifest: Manifest, url: str | None) -> Place:
    """Return where the collections of a generation are."""
    return Place(generation, url, manifest.digest)


def drop(place: Place, manifest: Manifest) -> None:
    """Remove the collections of a generation that goes away from a server; the folder takes its own along."""
    if place.url is not None and place.mark.exists():
        child.run("drop", place, modalities_of(manifest), lambda _: None)
