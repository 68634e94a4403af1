"""Which build of a catalogue is served: a pointer swapped in one step, and the removal of builds no longer needed."""

from __future__ import annotations

import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from encoders.atomic import flush_folder, write_text
from encoders.errors import StoreError
from retrieval.store.faults import REBUILD, explained
from retrieval.store.layout import generation_number

if TYPE_CHECKING:
    from retrieval.store.layout import CatalogueFolder, GenerationFolder


def current(folder: CatalogueFolder) -> GenerationFolder | None:
    """Return the generation served, None when the catalogue was never indexed to the end.

    Raises StoreError when the pointer can't be read or names no generation.
    """
    try:
        with explained("read", folder.current):
            name = folder.current.read_text("utf-8", errors="replace").strip()
    except StoreError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            return None
        raise
    if generation_number(name) is None:
        raise StoreError(f"{folder.current} can't be read: it names no generation; {REBUILD}.")
    return folder.generation(name)


def fresh(folder: CatalogueFolder) -> GenerationFolder:
    """Return the folder of the next generation: one above every number seen, so that none is used twice."""
    numbers = [generation_number(path.name) or 0 for path in folder.path.glob("g-*")]
    try:
        served = current(folder)
    except StoreError:
        served = None  # a damaged pointer must not keep its catalogue from being indexed again
    if served is not None:
        numbers.append(generation_number(served.name) or 0)
    return folder.generation(f"g-{max(numbers, default=0) + 1}")


def swap(folder: CatalogueFolder, generation: GenerationFolder) -> None:
    """Serve this generation from now on. Raises StoreError when the pointer can't be written; the old one stays."""
    with explained("written", folder.current):
        # What the pointer names must be on the disk before the pointer is.
        flush_folder(generation.path)
        flush_folder(folder.path)
        write_text(folder.current, f"{generation.name}\n")


def complete(folder: CatalogueFolder) -> list[GenerationFolder]:
    """Return the generations that were finished, newest first."""
    found = [folder.generation(path.name) for path in folder.path.glob("g-*") if generation_number(path.name)]
    finished = [generation for generation in found if generation.manifest.is_file()]
    return sorted(finished, key=lambda generation: generation_number(generation.name) or 0, reverse=True)


def obsolete(folder: CatalogueFolder) -> list[GenerationFolder]:
    """Return every generation but the served one and the finished one before it.

    The one before stays because a reader may be opening it at this moment, and because vectors of an encoder that is
    switched back to are taken from it.
    """
    served = current(folder)
    if served is None:
        return []
    number = generation_number(served.name) or 0
    before = [older for older in complete(folder) if (generation_number(older.name) or 0) < number]
    keep = {served.name} | {older.name for older in before[:1]}
    names = sorted(path.name for path in folder.path.glob("g-*"))
    return [
        folder.generation(name) for name in names if generation_number(name) is not None and name not in keep
    ]


def remove(generation: GenerationFolder) -> None:
    """Remove a generation; what can't be removed (a file open on Windows) is left for the next time.

    The manifest goes first, so that a half-removed generation is not taken for a finished one.
    """
    with suppress(OSError):
        generation.manifest.unlink(missing_ok=True)
    shutil.rmtree(generation.path, ignore_errors=True)
