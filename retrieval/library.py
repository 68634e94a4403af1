"""The catalogues of a data folder: by name or by the path that was indexed, opened, examined and removed."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from encoders.errors import CatalogueError, StoreError
from retrieval.index import upkeep
from retrieval.index.chroma import ChromaIndex
from retrieval.index.claim import source_of
from retrieval.index.place import check_url
from retrieval.index.progress import Progress, Silent
from retrieval.store import database, generation, vectors
from retrieval.store.faults import explained
from retrieval.store.layout import CatalogueFolder, catalogue_folder, catalogues_folder
from retrieval.store.lock import writing
from retrieval.store.manifest import Encoded, Manifest
from retrieval.store.manifest import read as read_manifest
from retrieval.store.reader import StoredSnapshot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retrieval.index.upkeep import IndexStatus
    from retrieval.store.layout import GenerationFolder

ATTEMPTS = 5
"""Times a generation is looked up again when it was replaced twice between reading its name and opening it."""


@dataclass(frozen=True, slots=True)
class Health:
    """What the doctor finds about one catalogue."""

    name: str
    source: str | None
    """The path that was indexed."""
    generation: str | None
    """The one served; None when none is."""
    created: str | None
    """When it was built, ISO 8601."""
    items: int
    encoded: Mapping[str, Encoded]
    """By modality: encoder, dimension and how many items have a vector."""
    index: IndexStatus
    """Whether the vector index serves; search scans exactly where it does not."""
    problems: tuple[str, ...]
    """A sentence each; empty when the store is whole."""


class Library:
    """The catalogues of a data folder."""

    def __init__(self, data_dir: Path, chroma_url: str | None = None) -> None:
        """Look into `data_dir`, which need not exist; `chroma_url` names a server that holds the vector indexes.

        Raises UsageError when that is no address.
        """
        self._data_dir = data_dir
        self._chroma_url = None if chroma_url is None else check_url(chroma_url)
        self._open: dict[str, StoredSnapshot] = {}

    def names(self) -> list[str]:
        """Return the names of all catalogues that were indexed to the end, in alphabetical order."""
        root = catalogues_folder(self._data_dir)
        with explained("read", root):
            try:
                return sorted(path.name for path in root.iterdir() if CatalogueFolder(path).current.is_file())
            except FileNotFoundError:
                return []

    def find(self, name_or_path: str) -> str | None:
        """Return the name of a catalogue given by its name or by the path that was indexed, None when there is none.

        The path may be that of the folder the items file lies in. A name goes before a path; among several catalogues
        of one path the one built last is meant.
        """
        names = self.names()
        if name_or_path in names or not name_or_path.strip():
            return name_or_path if name_or_path in names else None
        try:
            wanted = Path(name_or_path).expanduser().resolve()
        except (OSError, ValueError, RuntimeError):
            return None  # no path at all: too long, a zero byte, the home of an unknown user
        sources = {name: Path(source_of(self._folder(name)) or "") for name in names}
        exact = [name for name, source in sources.items() if source == wanted]
        found = exact or [name for name, source in sources.items() if source.parent == wanted]
        return max(found, key=lambda name: self._folder(name).current.stat().st_mtime_ns, default=None)

    def open(self, name_or_path: str) -> StoredSnapshot:
        """Open the generation served; the same object again until the catalogue is indexed anew.

        Raises CatalogueError when it was never indexed, StoreTooNew or StoreError when it can't be read.
        """
        name = self._known(name_or_path)
        opened = self._open.get(name)
        if opened is None or not opened.is_current():
            opened = self._open[name] = self._opened(name)
        return opened

    def _opened(self, name: str) -> StoredSnapshot:
        for attempt in range(ATTEMPTS):
            served = self._served(name)
            try:
                manifest = read_manifest(served.manifest)
                place = upkeep.place_of(served, manifest, self._chroma_url)
                return StoredSnapshot(served, ChromaIndex(place))
            except StoreError:
                if attempt == ATTEMPTS - 1 or self._served(name) == served:
                    raise
        raise AssertionError  # the last attempt returns or raises

    def _served(self, name: str) -> GenerationFolder:
        served = generation.current(self._folder(name))
        if served is None:
            raise CatalogueError(self._unknown(name))
        return served

    def health(self, name_or_path: str) -> Health:
        """Examine a catalogue: the database, the vectors, and the index by its probe (about 2 s); never writes.

        Raises CatalogueError when there is no such catalogue.
        """
        name = self._known(name_or_path)
        folder = self._folder(name)
        nothing = upkeep.IndexStatus(False, (), "there is no store to index")
        try:
            served = self._served(name)
            manifest = read_manifest(served.manifest)
        except StoreError as error:
            return Health(name, source_of(folder), None, None, 0, {}, nothing, (str(error),))
        problems = _store_problems(served, manifest)
        index = upkeep.examine(upkeep.place_of(served, manifest, self._chroma_url), manifest)
        return Health(
            name=name,
            source=manifest.source,
            generation=served.name,
            created=manifest.created,
            items=manifest.items,
            encoded=manifest.encoded,
            index=index,
            problems=tuple(problems),
        )

    def mend(self, name_or_path: str, progress: Progress | None = None) -> IndexStatus:
        """Build the vector index again from the store where its probe fails.

        Raises CatalogueError, StoreBusy, or StoreError when the store itself can't be read.
        """
        name = self._known(name_or_path)
        with writing(self._folder(name), "mending"):
            served = self._served(name)
            manifest = read_manifest(served.manifest)
            place = upkeep.place_of(served, manifest, self._chroma_url)
            found = upkeep.examine(place, manifest)
            return found if found.serving else upkeep.rebuild(place, manifest, progress or Silent())

    def remove(self, name_or_path: str) -> None:
        """Remove a catalogue; what people said about its items stays with them.

        Raises CatalogueError when there is none, StoreBusy while it is written, StoreError when the disk refuses.
        """
        name = self._known(name_or_path)
        folder = self._folder(name)
        opened = self._open.pop(name, None)
        if opened is not None:
            opened.close()
        with writing(folder, "removing"), explained("removed", folder.path):
            # First the pointer: from here on there is no such catalogue, however far the rest gets.
            folder.current.unlink(missing_ok=True)
            for old in generation.complete(folder):
                with suppress(StoreError):  # a damaged one does not say what it has on a server
                    manifest = read_manifest(old.manifest)
                    upkeep.drop(upkeep.place_of(old, manifest, self._chroma_url), manifest)
            shutil.rmtree(folder.path)

    def close(self) -> None:
        """Close every snapshot that was opened."""
        for snapshot in self._open.values():
            snapshot.close()
        self._open.clear()

    def _folder(self, name: str) -> CatalogueFolder:
        return catalogue_folder(self._data_dir, name)

    def _known(self, name_or_path: str) -> str:
        name = self.find(name_or_path)
        if name is None:
            raise CatalogueError(self._unknown(name_or_path))
        return name

    def _unknown(self, name_or_path: str) -> str:
        known = ", ".join(self.names())
        listed = f"the catalogues here are {known}" if known else "nothing is indexed here yet"
        return (
            f"There is no catalogue '{name_or_path}': {listed}; give one of these names, or index a file with "
            "`vitrine index PATH`."
        )


def _store_problems(served: GenerationFolder, manifest: Manifest) -> list[str]:
    """Read a generation as far as a search would, and say what is wrong."""
    problems = []
    try:
        damaged = database.damage(served.database)
        if damaged:
            problems.append(
                f"The database {served.database} is damaged ({damaged}); index the catalogue again."
            )
        with StoredSnapshot(served) as snapshot:
            for modality, entry in manifest.encoded.items():
                array = snapshot.vectors(modality)
                whole = 0 if array is None else int(vectors.filled(array).sum())
                if whole != entry.filled:
                    problems.append(
                        f"{whole:,} of {entry.filled:,} {modality} vectors of '{manifest.name}' are whole; "
                        "index the catalogue again."
                    )
    except StoreError as error:
        problems.append(str(error))
    return problems
