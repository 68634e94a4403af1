from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from encoders.errors import StoreBusy, StoreError
from retrieval.store.layout import CatalogueFolder
from retrieval.store.lock import writing

if TYPE_CHECKING:
    from pathlib import Path

HOLDER = """
import sys, time
from pathlib import Path
from retrieval.store.layout import CatalogueFolder
from retrieval.store.lock import writing
with writing(CatalogueFolder(Path(sys.argv[1])), "indexing"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_writer_is_told_who_writes_and_a_killed_one_leaves_no_lock(tmp_path: Path) -> None:
    folder = CatalogueFolder(tmp_path / "dozen")
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(folder.path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with (
            pytest.raises(
                StoreBusy, match=rf"'dozen' can't be written: process {holder.pid} .* indexing it since"
            ),
            writing(folder, "indexing"),
        ):
            pass
        holder.kill()
        holder.wait()
    with writing(folder, "indexing"):
        pass


def test_the_same_process_can_not_hold_it_twice_but_again(tmp_path: Path) -> None:
    folder = CatalogueFolder(tmp_path / "dozen")
    for _ in range(2):
        with writing(folder, "indexing"), pytest.raises(StoreBusy), writing(folder, "mending"):
            pass


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "catalogues").write_text("mine", "utf-8")
    folder = CatalogueFolder(tmp_path / "catalogues" / "dozen")
    with (
        pytest.raises(StoreError, match="a file stands where a folder is needed; move that file away"),
        writing(folder, "indexing"),
    ):
        pass
    assert (tmp_path / "catalogues").read_text("utf-8") == "mine"
