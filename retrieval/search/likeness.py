"""The item that a picture is nearest to, and whether it is near enough to stand for it: 'this, cheaper'.

Near enough is a matter of the catalogue and of the encoder, whose cosines are not comparable with another's: an item
stands for a picture that lies as near to it as the catalogue's own pictures lie to their nearest neighbours. Standard
deviations above the mean cosine, the obvious measure, tell nothing: over 400 fashion photographs they were 1.6 to 3.4
for the very picture, 1.6 to 3.3 for its nearest neighbour and 1.9 to 4.3 for 84 photographs of people in other clothes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retrieval.search.columns import Mask
    from retrieval.search.composition import Vector
    from retrieval.snapshot import Snapshot

USUAL: Final = 0.1
"""Part of the catalogue's pictures that may lie farther from their nearest neighbour than a picture from the item that
stands for it. On fashion (cosine .93) it keeps nine of ten pictures whose like is there, and about a quarter of
photographs of people in other clothes."""
_SAMPLE: Final = 200
"""Pictures whose neighbours are looked up: a tenth of 200 is a bound to within 2 % of the catalogue."""
_AMONG: Final = 20_000
"""Pictures that they are looked up among, so that it stays under a tenth of a second."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a picture its nearest item looks."""

    item: str
    cosine: float
    usual: float
    """The cosine from which pictures of this catalogue count as near."""

    @property
    def near(self) -> bool:
        """Whether the item may stand for the picture."""
        return self.cosine >= self.usual


def nearest(snapshot: Snapshot, picture: Vector, among: Mask | None = None) -> Likeness | None:
    """Return the item of the rows `among` (all by default) whose picture is nearest to a unit vector of its encoder.

    None when no such item has a picture, or the pictures were encoded by another model.
    """
    vectors: NDArray[np.float32] | None = snapshot.vectors("image")
    if vectors is None or vectors.shape[1:] != picture.shape:
        return None
    pictured = np.any(vectors, axis=1)
    allowed = pictured if among is None else pictured & among
    if not allowed.any():
        return None
    cosines = np.where(allowed, vectors @ picture, -np.inf)
    row = int(cosines.argmax())
    return Likeness(snapshot.ids[row], float(cosines[row]), _usual(vectors[pictured]))


def _usual(vectors: NDArray[np.float32]) -> float:
    """Return the cosine to the nearest neighbour that all but `USUAL` of the pictures reach; −1 of fewer than two."""
    if len(vectors) < 2:
        return -1.0
    others = vectors[_spread(len(vectors), _AMONG)]
    at = _spread(len(others), _SAMPLE)
    cosines = others[at] @ others.T
    cosines[np.arange(len(at)), at] = -np.inf
    # The same picture may serve several items; a neighbour is another picture, or every bound would be 1.
    cosines[cosines > 1 - 1e-6] = -np.inf
    neighbours = cosines.max(axis=1)
    neighbours = neighbours[np.isfinite(neighbours)]
    return float(np.quantile(neighbours, USUAL)) if len(neighbours) else -1.0


def _spread(total: int, count: int) -> NDArray[np.int64]:
    return np.unique(np.linspace(0, total - 1, min(total, count)).astype(np.int64))
