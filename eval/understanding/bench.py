"""The benchmark `understanding`: case files played on their catalogues and scored."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from encoders.errors import CatalogueError, InputError
from eval.understanding.case import read_cases
from eval.understanding.ear import BUNDLED, Ear, open_reader
from eval.understanding.fitting import fitted
from eval.understanding.play import Player
from eval.understanding.report import Report
from eval.understanding.score import score
from retrieval.library import Library
from retrieval.opening import DEMO, open_catalogue
from retrieval.store.people import People

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from agent.models import Models
    from encoders.protocols import ImageEncoder
    from eval.understanding.case import Case
    from eval.understanding.score import Score
    from retrieval.snapshot import Snapshot

NAME: Final = "understanding"
ABOUT: Final = "requests written by hand → the right act, conditions, items and orders; by catalogue and half"


def run(
    paths: Sequence[Path],
    data_dir: Path,
    models: Models,
    say: Callable[[str], None],
    *,
    reader: str = BUNDLED,
    heed: bool = True,
    image: Callable[[], ImageEncoder | None] = lambda: None,
) -> Report:
    """Play the case files at `paths`, a folder standing for all YAML files in it; `image` is for new catalogues.

    A file whose catalogue is not indexed, and a case whose label its catalogue doesn't know, is told and left out.

    Raises InputError when a file can't be read or nothing is left to play, UsageError for an unknown reader,
    ModelError when no reading at all is valid.
    """
    files = [(path, read_cases(path)) for path in case_files(paths)]
    ear = Ear(open_reader(reader, models))
    scores: list[Score] = []
    skipped: list[str] = []
    faulty = 0
    with (
        tempfile.TemporaryDirectory(prefix="vitrine-bench-") as folder,
        closing(People(Path(folder) / "people.sqlite")) as people,
    ):
        for path, cases in files:
            try:
                snapshot = _open(cases[0].catalog, path, data_dir, models, image)
            except CatalogueError as error:
                say(str(error))
                skipped.append(path.name)
                continue
            say(f"{path.name}: {len(cases)} requests of {snapshot.name}")
            found, wrong = _played(cases, Player(snapshot, models, ear, people, heed), say)
            scores += found
            faulty += wrong
    if not scores:
        raise InputError(
            "No request could be played: see what is told above, or give other files with --data."
        )
    if not any(one.played.valid for one in scores):
        raise InputError(f"Not one reading was valid; the first: {scores[0].played.failure}")
    notes = {"left out": f"{faulty} requests with faulty labels; files {', '.join(skipped) or 'none'}"}
    return Report(scores, f"{reader} ({ear.id})", heed, notes if faulty or skipped else {})


def case_files(paths: Sequence[Path]) -> list[Path]:
    """Return the case files, those of a folder in alphabetical order.

    Raises InputError for a folder without any.
    """
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
        if not inside:
            raise InputError(f"{path} holds no YAML files: give case files or their folder with --data.")
        found += inside
    return found


def _open(
    catalog: str, path: Path, data_dir: Path, models: Models, image: Callable[[], ImageEncoder | None]
) -> Snapshot:
    """Open what a case file names: an indexed name, the demo, or a path beside it, which is indexed first."""
    beside = path.parent / catalog
    library = Library(data_dir)
    if library.find(catalog) is None and catalog != DEMO:
        if not beside.exists():
            raise CatalogueError(
                f"{path} is left out because its catalogue “{catalog}” is not indexed in {data_dir}: "
                f"run `vitrine index PATH --name {catalog} --data-dir {data_dir}` first."
            )
        catalog = str(beside)
    return open_catalogue(catalog, data_dir, models.text.get, image)


def _played(cases: Sequence[Case], player: Player, say: Callable[[str], None]) -> tuple[list[Score], int]:
    """Score the cases of a file; returns also how many were left out."""
    catalogue = player.conversation.catalogue
    catalogue.linker.warm()
    name, fields = catalogue.snapshot.name, catalogue.fields
    scores: list[Score] = []
    for case in cases:
        try:
            fit = fitted(case, catalogue.snapshot, fields)
        except InputError as error:
            say(f"left out: {error}")
            continue
        scores.append(score(fit, player.play(fit), name, fields))
    return scores, len(cases) - len(scores)
