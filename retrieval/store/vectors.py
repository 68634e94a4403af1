"""Vectors on disk: NumPy's format 1.0, float32, C order, opened as a memory map."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, cast

import numpy as np
from numpy.lib import format as npy

from encoders.atomic import replacing
from encoders.errors import StoreError
from retrieval.store.faults import REBUILD, explained

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from encoders.protocols import Vectors


def write(path: Path, blocks: Iterable[Vectors], *, dimension: int) -> int:
    """Write blocks of rows, each of shape (n, dimension), one below the other, and return the number of rows.

    Ordinary writes instead of a writable memory map: on a full disk they raise, where a map kills the process (SIGBUS).
    Raises StoreError when the disk refuses.
    """
    rows = 0
    with explained("written", path), replacing(path) as file:
        # Reserve the header: its length does not depend on the number of rows, which is padded for growth.
        _header(file, 0, dimension)
        for block in blocks:
            if block.ndim != 2 or block.shape[1] != dimension:
                message = f"a block of shape {block.shape} among vectors of dimension {dimension}"
                raise ValueError(message)
            file.write(np.ascontiguousarray(block, dtype=np.float32).tobytes())
            rows += len(block)
        file.seek(0)
        _header(file, rows, dimension)
    return rows


def _header(file: BinaryIO, rows: int, dimension: int) -> None:
    npy.write_array_header_1_0(file, {"descr": "<f4", "fortran_order": False, "shape": (rows, dimension)})


def read(path: Path) -> Vectors:
    """Open vectors as a read-only memory map of shape (rows, dimension).

    Raises StoreError when the file is missing, cut short or no such array.
    """
    with explained("read", path):
        try:
            array = np.load(path, mmap_mode="r", allow_pickle=False)
        except (ValueError, EOFError, OverflowError) as error:
            raise StoreError(f"{path} can't be read: it is damaged ({error}); {REBUILD}.") from error
    if array.dtype != np.dtype("<f4") or array.ndim != 2 or not array.flags.c_contiguous:
        raise StoreError(f"{path} can't be read: it holds {array.dtype} of shape {array.shape}; {REBUILD}.")
    return cast("Vectors", array)


def filled(vectors: Vectors) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which rows hold a vector: length 1 within 0.1 %, which a zero or torn row is not; shape (rows,)."""
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors, dtype=np.float32))
    return np.asarray(np.abs(lengths - 1) < 1e-3)
