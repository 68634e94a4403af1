from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from encoders.atomic import flush_file, replacing, write_text

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_replaced_whole_and_its_folder_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "pointer"
    for text in ("g-1\n", "g-2 “é”\n"):
        write_text(path, text)
        assert path.read_text(encoding="utf-8") == text
    assert list(path.parent.iterdir()) == [path]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "pointer"
    write_text(path, "old")
    with pytest.raises(KeyboardInterrupt), replacing(path) as file:
        file.write(b"half")
        raise KeyboardInterrupt
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_old_file_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "pointer"
    write_text(path, "old")
    with replacing(path) as file:
        file.write(b"new")
        assert path.read_text(encoding="utf-8") == "old"
    flush_file(path)
    assert path.read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_file_that_only_its_owner_may_read_is_that_from_its_first_byte(tmp_path: Path) -> None:
    path = tmp_path / "state"
    path.write_text("old")
    with replacing(path, 0o600) as file:
        file.write(b"secret")
        (beside,) = [other for other in tmp_path.iterdir() if other != path]
        assert stat.S_IMODE(beside.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
