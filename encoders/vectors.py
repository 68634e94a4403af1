"""Arithmetic on vectors that every encoder shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from encoders.protocols import Vectors


def unit(vectors: object) -> Vectors:
    """Return float32 rows of length 1; a row of zeros, or one that is not finite, becomes the first axis.

    A vector index takes no row of length 0, and such rows come from empty texts in some models.
    """
    # In double precision: the square of a float32 can pass its range.
    rows = np.asarray(vectors, dtype=np.float64)
    rows = np.where(np.isfinite(rows).all(axis=1, keepdims=True), rows, 0.0)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    axis = np.zeros((1, rows.shape[1]))
    axis[0, 0] = 1.0
    return np.where(lengths > 1e-30, rows / np.maximum(lengths, 1e-30), axis).astype(np.float32)
