"""Open a catalogue by name or path, importing and indexing it first where that was not done yet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from encoders.errors import CatalogueError
from retrieval.index.progress import Silent
from retrieval.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from encoders.protocols import AudioEncoder, ImageEncoder, TextEncoder
    from retrieval.catalogue.importer import Import
    from retrieval.index.build import IndexReport
    from retrieval.index.progress import Progress
    from retrieval.store.reader import StoredSnapshot
    from retrieval.types import Role

DEMO = "demo"
"""The name that means the catalogue made by `retrieval.demo`; a folder of that name is './demo'."""


def open_catalogue(
    name_or_path: str,
    data_dir: Path,
    text: Callable[[], TextEncoder | None],
    image: Callable[[], ImageEncoder | None],
    progress: Progress | None = None,
    chroma_url: str | None = None,
    audio: Callable[[], AudioEncoder | None] | None = None,
) -> StoredSnapshot:
    """Open a catalogue; a path, or the demo, that is not indexed yet is indexed first.

    Encoders are asked for only when something must be encoded.

    Raises CatalogueError when there is no such catalogue or file, StoreError when the store can't be used.
    """
    opened = check_catalogue(name_or_path, data_dir, chroma_url)
    if opened is not None:
        return opened
    imported = read_catalogue(name_or_path, data_dir, progress=progress)
    report = index_catalogue(imported, data_dir, text, image, progress, chroma_url, audio)
    return Library(data_dir, chroma_url).open(report.name)


def check_catalogue(
    name_or_path: str, data_dir: Path, chroma_url: str | None = None
) -> StoredSnapshot | None:
    """Open a catalogue that is indexed; None for one that could be, a path that exists or the demo.

    Raises CatalogueError when it is neither, StoreError when the store can't be used.
    """
    library = Library(data_dir, chroma_url)
    if library.find(name_or_path) is None and (name_or_path == DEMO or _path(name_or_path) is not None):
        return None
    return library.open(name_or_path)  # raises for an unknown one, naming the catalogues there are


def read_catalogue(
    source: str,
    data_dir: Path,
    *,
    name: str | None = None,
    roles: Mapping[str, Role] | None = None,
    settings: Path | None = None,
    strict: bool = False,
    progress: Progress | None = None,
) -> Import:
    """Import a catalogue from a path, or make and import the demo.

    Raises CatalogueError when the path holds none or the demo can't be written, UsageError when `roles` names a column
    that is not there.
    """
    from retrieval.catalogue.importer import load

    progress = progress or Silent()
    if source == DEMO:
        from retrieval.demo import make

        path = make(data_dir / "demo", progress)
    else:
        found = _path(source)
        if found is None:
            raise CatalogueError(
                f"There is no file or folder '{source}' that can be read: check the path, or index 'demo'."
            )
        path = found
    read = _Reading(progress)
    try:
        return load(path, name=name, roles=roles, settings=settings, strict=strict, progress=read)
    finally:
        read.done()


def index_catalogue(
    imported: Import,
    data_dir: Path,
    text: Callable[[], TextEncoder | None],
    image: Callable[[], ImageEncoder | None],
    progress: Progress | None = None,
    chroma_url: str | None = None,
    audio: Callable[[], AudioEncoder | None] | None = None,
) -> IndexReport:
    """Index an imported catalogue; an encoder is asked for only when the catalogue has something for it.

    Sounds are encoded by the bundled statistics unless `audio` gives another encoder, or None for none.

    Raises StoreBusy while another process indexes it, StoreError when the data folder can't be written.
    """
    from retrieval.index.build import Options, build

    return build(
        imported,
        data_dir=data_dir,
        text=text(),
        image=image() if any(item.picture for item in imported.items) else None,
        audio=(audio or _audio)() if any(item.sound for item in imported.items) else None,
        progress=progress,
        options=Options(chroma_url=chroma_url),
    )


def _path(text: str) -> Path | None:
    """Return the path that `text` names when something is there, None when not or when it can't be a path."""
    if not text.strip():
        return None
    try:
        path = Path(text).expanduser()
        return path if path.exists() else None
    except (OSError, ValueError, RuntimeError):
        return None  # too long, a zero byte, the home of an unknown user, a folder that may not be read


def _audio() -> AudioEncoder:
    from encoders.audio import LogMelStatistics

    return LogMelStatistics()


class _Reading:
    """Tells an import's (rows done, rows in all) as a phase."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._done: int | None = None

    def __call__(self, done: int, total: int) -> None:
        if self._done is None:
            self._progress.start("reading the catalogue", total)
            self._done = 0
        self._progress.advance(done - self._done)
        self._done = done

    def done(self) -> None:
        """End the phase, if it began."""
        if self._done is not None:
            self._progress.done()
