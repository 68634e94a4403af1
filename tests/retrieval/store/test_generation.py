from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encoders.errors import StoreError
from retrieval.store import generation
from retrieval.store.layout import CatalogueFolder, generation_number

if TYPE_CHECKING:
    from pathlib import Path


def finished(folder: CatalogueFolder, name: str) -> None:
    folder.generation(name).path.mkdir(parents=True)
    folder.generation(name).manifest.write_text("{}", "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> CatalogueFolder:
    folder = CatalogueFolder(tmp_path / "dozen")
    folder.path.mkdir()
    return folder


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=8))
def test_only_names_of_generations_are_numbers(name: str) -> None:
    number = generation_number(name)
    assert number is None or name == f"g-{number}"


def test_numbers_grow_and_are_never_used_twice(folder: CatalogueFolder) -> None:
    assert generation.current(folder) is None
    assert generation.fresh(folder).name == "g-1"
    finished(folder, "g-1")
    folder.generation("g-7").path.mkdir()
    generation.swap(folder, folder.generation("g-1"))
    assert generation.fresh(folder).name == "g-8"
    served = generation.current(folder)
    assert served is not None
    assert served.name == "g-1"


def test_a_swap_that_fails_leaves_the_old_pointer(
    folder: CatalogueFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    finished(folder, "g-1")
    finished(folder, "g-2")
    generation.swap(folder, folder.generation("g-1"))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(StoreError, match="no space left on the disk"):
        generation.swap(folder, folder.generation("g-2"))
    assert folder.current.read_text("utf-8") == "g-1\n"
    assert not list(folder.path.glob(".CURRENT*"))


@pytest.mark.parametrize("content", [b"", b"../../etc", b"g-0", b"\xff\xfe", b"g-1 g-2"])
def test_a_pointer_to_nothing_is_told(folder: CatalogueFolder, content: bytes) -> None:
    folder.current.write_bytes(content)
    with pytest.raises(StoreError, match="it names no generation"):
        generation.current(folder)
    assert generation.fresh(folder).name == "g-1"


@settings(max_examples=40, deadline=None)
@given(numbers=st.sets(st.integers(1, 20), min_size=1), torn=st.sets(st.integers(1, 20)), data=st.data())
def test_the_served_one_and_the_finished_one_before_it_stay(
    tmp_path_factory: pytest.TempPathFactory, numbers: set[int], torn: set[int], data: st.DataObject
) -> None:
    folder = CatalogueFolder(tmp_path_factory.mktemp("catalogue"))
    for number in numbers:
        finished(folder, f"g-{number}")
    for number in torn - numbers:
        folder.generation(f"g-{number}").path.mkdir()
    served = data.draw(st.sampled_from(sorted(numbers)))
    generation.swap(folder, folder.generation(f"g-{served}"))
    for old in generation.obsolete(folder):
        generation.remove(old)
    before = [number for number in numbers if number < served]
    assert {path.name for path in folder.path.glob("g-*")} == {
        f"g-{n}" for n in [served, *sorted(before)[-1:]]
    }
