"""Making the demo catalogue: the same bytes on each run, from code and tables alone."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from encoders.errors import CatalogueError
from retrieval.demo.settings import settings_toml
from retrieval.index.progress import Silent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retrieval.demo.entry import Entry
    from retrieval.demo.rendering import Job
    from retrieval.index.progress import Progress

STAMP = ".version"
"""File that is written last: what it names is whole."""


def version() -> str:
    """Return a digest of the code and the tables that make the demo."""
    here = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted((*here.rglob("*.py"), *here.rglob("*.psv"))):
        digest.update(path.relative_to(here).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def entries() -> list[Entry]:
    """Return all items of the demo, shelf by shelf."""
    from retrieval.demo.products import products
    from retrieval.demo.town import town
    from retrieval.demo.works import works

    return [*products(), *works(), *town()]


def make(folder: Path, progress: Progress | None = None) -> Path:
    """Make the demo in a folder, unless this version of it is there already, and return the folder.

    It then holds items.jsonl, interactions.csv, triples.csv, catalogue.toml, pictures/ and sounds/.

    Raises CatalogueError when the folder can't be written.
    """
    current = version()
    try:
        if _is_whole(folder, current):
            return folder
        folder.mkdir(parents=True, exist_ok=True)
        # Two programs started together on a fresh machine: the second waits, and finds it made.
        with FileLock(folder / ".lock"):
            if not _is_whole(folder, current):
                _make(folder, current, progress or Silent())
    except OSError as error:
        raise CatalogueError(
            f"The demo catalogue can't be made in {folder} ({error.strerror or error}); "
            "free some space there or choose another folder with --data-dir."
        ) from error
    return folder


def _is_whole(folder: Path, current: str) -> bool:
    stamp = folder / STAMP
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == current


def _make(folder: Path, current: str, progress: Progress) -> None:
    stamp = folder / STAMP
    stamp.unlink(missing_ok=True)
    for name in ("pictures", "sounds"):
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir()
    _write(folder, entries(), progress)
    stamp.write_text(current, encoding="utf-8")


def _write(folder: Path, made: Sequence[Entry], progress: Progress) -> None:
    from retrieval.demo.graph import triples
    from retrieval.demo.rendering import render_all
    from retrieval.demo.shoppers import interactions

    jobs: list[Job] = [(str(folder / "pictures" / f"{item.id}.png"), item.drawing) for item in made]
    jobs += [(str(folder / "sounds" / f"{item.id}.ogg"), item.preview) for item in made if item.preview]
    progress.start("drawing the demo catalogue", len(jobs))
    try:
        for steps in render_all(jobs):
            progress.advance(steps)
    finally:
        progress.done()
    with (folder / "items.jsonl").open("w", encoding="utf-8", newline="\n") as stream:
        for item in made:
            stream.write(json.dumps(_row(item), ensure_ascii=False) + "\n")
    _table(folder / "interactions.csv", ("user", "item", "rating", "time"), interactions(made))
    _table(folder / "triples.csv", ("head", "relation", "tail"), triples(made))
    (folder / "catalogue.toml").write_text(settings_toml(), encoding="utf-8", newline="\n")


def _row(item: Entry) -> dict[str, object]:
    row: dict[str, object] = {**item.cells, "picture": f"pictures/{item.id}.png"}
    if item.preview:
        row["sound"] = f"sounds/{item.id}.ogg"
    return row


def _table(path: Path, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
