"""The item that a picture is nearest to, and whether it is near enough to stand for it: 'this, cheaper'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from retrieval.search.fusion import Scale

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retrieval.search.columns import Mask
    from retrieval.search.composition import Vector
    from retrieval.snapshot import Snapshot

NEAR_ENOUGH: Final = 2.5
"""Standard deviations above the catalogue's mean cosine from which an item stands for a picture. Cosines of different
models are not comparable, their spread over a catalogue is."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a picture its nearest item looks."""

    item: str
    cosine: float
    deviations: float
    """How far the cosine lies above the mean over the catalogue, in standard deviations."""

    @property
    def near(self) -> bool:
        """Whether the item may stand for the picture."""
        return self.deviations >= NEAR_ENOUGH


def nearest(snapshot: Snapshot, picture: Vector, among: Mask | None = None) -> Likeness | None:
    """Return the item of the rows `among` (all by default) whose picture is nearest to a unit vector of its encoder.

    None when no such item has a picture, or the pictures were encoded by another model.
    """
    vectors: NDArray[np.float32] | None = snapshot.vectors("image")
    if vectors is None or vectors.shape[1:] != picture.shape:
        return None
    pictured = np.any(vectors, axis=1)
    cosines = np.where(pictured, vectors @ picture, np.float32(np.nan))
    allowed = pictured if among is None else pictured & among
    if not allowed.any():
        return None
    row = int(np.where(allowed, cosines, -np.inf).argmax())
    deviations = float(Scale.of(cosines).apply(cosines[row : row + 1])[0])
    return Likeness(snapshot.ids[row], float(cosines[row]), deviations)
