"""One vector for several wordings of the same thing: prompt ensembling, as in CLIP (Radford et al., 2021)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from encoders.vectors import unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from encoders.protocols import ImageEncoder, Vectors


def encode_wordings(encoder: ImageEncoder, wordings: Sequence[Sequence[str]]) -> Vectors:
    """Encode things that are each said in as many ways, shape (things, dimension).

    `wordings` holds for each way the words for all things, in their order: one alone leans towards how captions were
    written.
    """
    return unit(np.mean([encoder.encode_texts(said) for said in wordings], axis=0))
