"""Which folder a catalogue gets: its name in plain letters, with -2, -3 when another path has that name.

A data folder may be copied or moved: what lies in it, as the demo does, is the same catalogue in the new place.
"""

from __future__ import annotations

import os
import re
import unicodedata
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from encoders.atomic import replacing
from retrieval.store.faults import explained
from retrieval.store.layout import catalogue_folder
from retrieval.store.lock import writing

if TYPE_CHECKING:
    from retrieval.store.layout import CatalogueFolder

LONGEST = 40
"""Characters of a name; leaves room for what Chroma adds within its 512 and paths within Windows' 260."""


def slug(name: str) -> str:
    """Return a name of a–z, 0–9 and hyphens: 'Été 2024!' becomes 'ete-2024'; 'catalogue' when nothing is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].rstrip("-") or "catalogue"


def source_of(folder: CatalogueFolder) -> str | None:
    """Return the path that a catalogue was indexed from, None when the folder is no catalogue. Raises StoreError."""
    with explained("read", folder.source):
        try:
            return os.fsdecode(folder.source.read_bytes())
        except (FileNotFoundError, NotADirectoryError):
            return None


def _is_own(owner: str | None, source: str, data_dir: Path) -> bool:
    """Tell whether a folder is free, of this source, or of the same place in a data folder that lay elsewhere."""
    if owner in (None, source):
        return True
    home = data_dir.resolve()
    if not Path(source).is_relative_to(home):
        return False
    inside = Path(source).relative_to(home).parts
    return bool(inside) and Path(owner or "").parts[-len(inside) :] == inside


def claim(data_dir: Path, name: str, source: str, stack: ExitStack) -> CatalogueFolder:
    """Lock the folder of this source for writing until the stack is closed, making it where it is new.

    Raises StoreBusy when another process writes this catalogue, StoreError when the disk refuses.
    """
    wanted = slug(name)
    for number in count(1):
        folder = catalogue_folder(data_dir, wanted if number == 1 else f"{wanted}-{number}")
        if not _is_own(source_of(folder), source, data_dir):
            continue
        with ExitStack() as held:
            held.enter_context(writing(folder, "indexing"))
            # Whoever held the lock until now may have claimed the folder.
            owner = source_of(folder)
            if not _is_own(owner, source, data_dir):
                continue
            if owner != source:
                with explained("written", folder.source), replacing(folder.source) as file:
                    file.write(os.fsencode(source))
            stack.push(held.pop_all())
            return folder
    raise AssertionError  # count() has no end
