from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from encoders.errors import StoreError
from retrieval.store import vectors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from encoders.protocols import Vectors


@settings(max_examples=40, deadline=None)
@given(
    blocks=st.lists(
        hnp.arrays(np.float32, st.tuples(st.integers(0, 5), st.just(3)), elements=st.floats(-1, 1, width=32)),
        max_size=4,
    )
)
def test_blocks_come_back_as_one_mapped_array(
    tmp_path_factory: pytest.TempPathFactory, blocks: list[Vectors]
) -> None:
    path = tmp_path_factory.mktemp("vectors") / "text.npy"
    rows = vectors.write(path, iter(blocks), dimension=3)
    whole = np.concatenate([np.zeros((0, 3), np.float32), *blocks])
    read = vectors.read(path)
    assert rows == len(whole)
    assert read.dtype == np.float32
    assert read.flags.c_contiguous
    assert not read.flags.writeable
    np.testing.assert_array_equal(read, whole)


def test_a_write_that_stops_half_way_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "text.npy"
    vectors.write(path, [np.ones((2, 4), np.float32)], dimension=4)

    def breaking() -> Iterator[Vectors]:
        yield np.zeros((1, 4), np.float32)
        raise RuntimeError("encoder gone")

    with pytest.raises(RuntimeError, match="encoder gone"):
        vectors.write(path, breaking(), dimension=4)
    assert vectors.read(path).tolist() == np.ones((2, 4)).tolist()
    assert list(tmp_path.iterdir()) == [path]


def test_a_block_of_another_dimension_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="dimension 4"):
        vectors.write(tmp_path / "text.npy", [np.ones((2, 3), np.float32)], dimension=4)
    assert not (tmp_path / "text.npy").exists()


def test_every_cut_of_the_file_is_told_as_damage(tmp_path: Path) -> None:
    path = tmp_path / "text.npy"
    vectors.write(path, [np.ones((3, 4), np.float32)], dimension=4)
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(StoreError, match=r"text\.npy can't be read"):
            vectors.read(path)


@pytest.mark.parametrize(
    "array", [np.ones((2, 2)), np.ones(3, np.float32), np.asfortranarray(np.ones((3, 2), np.float32))]
)
def test_an_array_of_another_kind_is_refused(tmp_path: Path, array: np.ndarray) -> None:
    np.save(tmp_path / "text.npy", array)
    with pytest.raises(StoreError, match="it holds"):
        vectors.read(tmp_path / "text.npy")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"text\.npy can't be read"):
        vectors.read(tmp_path / "text.npy")


def test_a_full_disk_is_told_and_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "text.npy"
    vectors.write(path, [np.ones((2, 4), np.float32)], dimension=4)

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="no space left on the disk; free some space"):
        vectors.write(path, [np.zeros((9, 4), np.float32)], dimension=4)
    assert vectors.read(path).shape == (2, 4)
    assert list(tmp_path.iterdir()) == [path]


def test_only_rows_of_length_one_count_as_filled() -> None:
    rows = np.array([[1, 0], [0, 0], [0.6, 0.8], [0.5, 0.5], [np.nan, 1]], np.float32)
    assert vectors.filled(rows).tolist() == [True, False, True, False, False]
