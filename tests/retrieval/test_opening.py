from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from encoders.errors import CatalogueError, UsageError
from retrieval.index.build import Options, build
from retrieval.opening import check_catalogue, index_catalogue, open_catalogue, read_catalogue
from retrieval.types import Role
from tests.fakes.encoders import HashTextEncoder

if TYPE_CHECKING:
    from encoders.protocols import ImageEncoder, TextEncoder

DOZEN = Path(__file__).parent.parent / "data" / "dozen.csv"


def never() -> TextEncoder | None:
    raise AssertionError("an encoder was asked for")


def never_image() -> ImageEncoder | None:
    raise AssertionError("an image encoder was asked for")


class Recorded:
    """A Progress that keeps what it is told."""

    def __init__(self) -> None:
        self.phases: list[tuple[str, int]] = []
        self.steps = self.ended = 0

    def start(self, phase: str, total: int) -> None:
        self.phases.append((phase, total))
        self.steps = 0

    def advance(self, steps: int) -> None:
        self.steps += steps

    def done(self) -> None:
        self.ended += 1


@pytest.fixture
def indexed(tmp_path: Path) -> Path:
    build(
        read_catalogue(str(DOZEN), tmp_path),
        data_dir=tmp_path,
        text=HashTextEncoder(),
        options=Options(index=False),
    )
    return tmp_path


def test_a_path_is_indexed_the_first_time_and_opened_without_encoders_the_second(tmp_path: Path) -> None:
    progress = Recorded()
    with open_catalogue(str(DOZEN), tmp_path, HashTextEncoder, never_image, progress) as first:
        assert (first.name, len(first)) == ("dozen", 12)
    assert ("reading the catalogue", 12) in progress.phases
    assert len(progress.phases) == progress.ended
    for name in (str(DOZEN), "dozen"):
        with open_catalogue(name, tmp_path, never, never_image) as again:
            assert again.generation == first.generation


def test_pictures_are_encoded_only_where_the_catalogue_has_some(tmp_path: Path) -> None:
    imported = read_catalogue(str(DOZEN), tmp_path)
    asked: list[str] = []

    def text() -> TextEncoder | None:
        asked.append("text")
        return None

    report = index_catalogue(imported, tmp_path, text, never_image)
    assert (asked, report.modalities, report.items) == (["text"], (), 12)


@pytest.mark.parametrize(
    "name", ["nowhere", "", "   ", "no/such/file.csv", "a\0b", "x" * 5000, "~nobody-here/x.csv"]
)
def test_what_is_neither_a_catalogue_nor_a_path_is_refused_before_anything_is_written(
    tmp_path: Path, name: str
) -> None:
    for opening in (
        lambda: open_catalogue(name, tmp_path, never, never_image),
        lambda: check_catalogue(name, tmp_path),
        lambda: read_catalogue(name, tmp_path),
    ):
        with pytest.raises(CatalogueError):
            opening()
    assert not list(tmp_path.iterdir())


def test_the_refusal_names_the_catalogues_there_are(indexed: Path) -> None:
    with pytest.raises(CatalogueError, match="the catalogues here are dozen"):
        check_catalogue("nowhere", indexed)


def test_a_check_never_indexes(tmp_path: Path) -> None:
    assert check_catalogue(str(DOZEN), tmp_path) is None
    assert check_catalogue("demo", tmp_path) is None
    assert not list(tmp_path.iterdir())


def test_demo_means_the_demo_even_beside_a_folder_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "demo").write_text("id,title\n1,Mine\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    data = tmp_path / "data"
    data.write_text("a file where a folder is needed", encoding="utf-8")
    with pytest.raises(CatalogueError, match="demo catalogue can't be made"):
        read_catalogue("demo", data)


def test_a_column_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="colur"):
        read_catalogue(str(DOZEN), tmp_path, roles={"colur": Role.FACET})


def test_a_strict_import_ends_its_phase_when_it_stops(tmp_path: Path) -> None:
    broken = tmp_path / "broken.csv"
    rows = [f"{number},Boot {number}" for number in range(300)]
    broken.write_text("id,title\n" + "\n".join([*rows, ",no id"]) + "\n", encoding="utf-8")
    progress = Recorded()
    with pytest.raises(CatalogueError, match="line 302"):
        read_catalogue(str(broken), tmp_path, strict=True, progress=progress)
    assert (len(progress.phases), progress.ended) == (1, 1)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_a_folder_that_may_not_be_entered_is_a_catalogue_error(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o000)
    with pytest.raises(CatalogueError):
        read_catalogue(str(locked / "items.csv"), tmp_path)
