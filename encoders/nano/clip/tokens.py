"""The vectors of word pieces: each what the bundled text encoder makes of the piece alone, in fewer dimensions.

The training names some 600 things and colours; people name thousands. Pieces that mean alike lie close in these fixed
vectors, so that a word the tower was never taught ('sneakers') does as its neighbours ('trainers') do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from encoders.text import bundled_folder, load_text

if TYPE_CHECKING:
    from encoders.protocols import Vectors

_SPECIAL = 999
"""The first pieces of the vocabulary are [PAD], [CLS], [SEP] and places kept free."""


def token_vectors(width: int) -> Vectors:
    """Return the vectors of all word pieces, shape (pieces, width), with a standard deviation of .02 as CLIP begins.

    The reduction is by principal components of the pieces themselves.
    """
    pieces = (bundled_folder() / "vocab.txt").read_text(encoding="utf-8").split("\n")
    pieces = pieces[:-1] if not pieces[-1] else pieces
    encoder = load_text(bundled_folder())
    vectors = encoder.encode_documents([piece.removeprefix("##") for piece in pieces[_SPECIAL:]])
    centred = vectors - vectors.mean(axis=0)
    _, _, axes = np.linalg.svd(centred[:: max(1, len(centred) // 8000)], full_matrices=False)
    reduced = centred @ axes[:width].T
    table = np.zeros((len(pieces), width), np.float32)
    table[_SPECIAL:] = reduced
    table[:_SPECIAL] = np.random.default_rng(0).normal(0, reduced.std(), (_SPECIAL, width))
    return np.asarray(table * (0.02 / reduced.std()), np.float32)
