from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encoders.errors import CatalogueError, StoreBusy, StoreError
from retrieval.index.build import Options, build
from retrieval.index.claim import slug
from retrieval.library import Library
from retrieval.store.layout import catalogue_folder
from retrieval.store.lock import writing
from retrieval.types import Item
from tests.fakes.encoders import HashTextEncoder
from tests.fakes.snapshot import DOZEN
from tests.retrieval.index.catalogues import dozen

if TYPE_CHECKING:
    from pathlib import Path

    from tests.retrieval.index.catalogues import Catalogue


def index(catalogue: Catalogue, data_dir: Path) -> str:
    return build(catalogue, data_dir=data_dir, text=HashTextEncoder(), options=Options(index=False)).name


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_a_name_is_always_a_plain_folder_name(name: str) -> None:
    made = slug(name)
    assert 0 < len(made) <= 40
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug(made) == made
    assert not made.startswith("-")


def test_nothing_is_there_before_anything_is_indexed(tmp_path: Path) -> None:
    library = Library(tmp_path / "data")
    assert library.names() == []
    assert library.find("dozen") is None
    with pytest.raises(
        CatalogueError, match=r"There is no catalogue 'dozen': nothing is indexed here yet; .* index a file"
    ):
        library.open("dozen")
    assert not (tmp_path / "data").exists()


def test_a_catalogue_is_found_by_its_name_its_path_and_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(dozen(), tmp_path)
    library = Library(tmp_path)
    monkeypatch.chdir(DOZEN.parent)
    for given_as in ("dozen", str(DOZEN), "dozen.csv", "./dozen.csv", str(DOZEN.parent), "."):
        assert library.find(given_as) == "dozen"
    for other in ("", "Dozen", "dozen2", "/", "../..", "\x00", "x" * 5000, "~nobody-here/x"):
        assert library.find(other) is None
        with pytest.raises(CatalogueError, match="the catalogues here are dozen; give one of these"):
            library.open(other)


def test_names_are_listed_in_order_and_a_name_goes_before_a_path(tmp_path: Path) -> None:
    index(dozen(tmp_path / "b.csv", "films"), tmp_path / "data")
    index(dozen(tmp_path / "a.csv", "bags"), tmp_path / "data")
    library = Library(tmp_path / "data")
    assert library.names() == ["bags", "films"]
    assert library.find(str(tmp_path / "a.csv")) == "bags"


def test_opening_gives_the_same_snapshot_until_it_is_indexed_anew(tmp_path: Path) -> None:
    index(dozen(), tmp_path)
    library = Library(tmp_path)
    first = library.open("dozen")
    assert library.open(str(DOZEN)) is first
    index(dozen().with_items(Item("x", "X", {})), tmp_path)
    assert not first.is_current()
    second = library.open("dozen")
    assert (second.generation, len(second), len(first)) == ("g-2", 1, 12)
    assert first.item("b1").title == "Fellside Mid Boot"
    library.close()


def test_an_unfinished_first_run_is_no_catalogue(tmp_path: Path) -> None:
    folder = catalogue_folder(tmp_path, "dozen")
    folder.generation("g-1").path.mkdir(parents=True)
    assert Library(tmp_path).names() == []


def test_health_of_a_whole_catalogue(tmp_path: Path) -> None:
    index(dozen(), tmp_path)
    health = Library(tmp_path).health("dozen")
    assert (health.name, health.source, health.generation, health.items) == ("dozen", str(DOZEN), "g-1", 12)
    assert health.encoded["text"].filled == 12
    assert health.problems == ()
    assert not health.index.serving
    assert "not built" in health.index.reason


@pytest.mark.parametrize("damage", ["manifest", "database", "vectors", "zeroed vectors"])
def test_health_of_a_damaged_catalogue_is_told_not_raised(tmp_path: Path, damage: str) -> None:
    index(dozen(), tmp_path)
    served = catalogue_folder(tmp_path, "dozen").generation("g-1")
    if damage == "zeroed vectors":
        content = served.vectors("text").read_bytes()
        served.vectors("text").write_bytes(content[:-256] + bytes(256))
    else:
        path = {"manifest": served.manifest, "database": served.database, "vectors": served.vectors("text")}[
            damage
        ]
        path.write_bytes(b"{")
    problems = Library(tmp_path).health("dozen").problems
    assert problems
    assert all(problem.endswith(("`vitrine index`.", "index the catalogue again.")) for problem in problems)


def test_a_removed_catalogue_is_gone_and_its_name_is_free(tmp_path: Path) -> None:
    index(dozen(), tmp_path)
    library = Library(tmp_path)
    library.open("dozen")
    library.remove(str(DOZEN))
    assert library.names() == []
    assert not catalogue_folder(tmp_path, "dozen").path.exists()
    with pytest.raises(CatalogueError):
        library.remove("dozen")
    assert index(dozen(DOZEN.with_name("other.csv")), tmp_path) == "dozen"


def test_a_damaged_catalogue_can_be_removed(tmp_path: Path) -> None:
    index(dozen(), tmp_path)
    catalogue_folder(tmp_path, "dozen").generation("g-1").manifest.write_text("{", "utf-8")
    Library(tmp_path).remove("dozen")
    assert Library(tmp_path).names() == []


def test_a_catalogue_that_is_written_is_not_removed(tmp_path: Path) -> None:
    index(dozen(), tmp_path)
    library = Library(tmp_path)
    with (
        writing(catalogue_folder(tmp_path, "dozen"), "indexing"),
        pytest.raises(StoreBusy, match=f"process {os.getpid()}"),
    ):
        library.remove("dozen")
    assert library.names() == ["dozen"]


def test_a_pointer_to_a_generation_that_is_gone_is_told(tmp_path: Path) -> None:
    index(dozen(), tmp_path)
    catalogue_folder(tmp_path, "dozen").current.write_text("g-9\n", "utf-8")
    with pytest.raises(StoreError, match=r"manifest\.json can't be read"):
        Library(tmp_path).open("dozen")
