"""A picture and words as one vector: the ways to compose them, over unit vectors of one encoder's space.

None of them is trained; `vitrine eval bench composed` measures them all, and the constants here were chosen by it.

| way | vector |
|---|---|
| weighted sum | (1 − a) · picture + a · words (WeiMoCIR, arXiv 2409.04918) |
| spherical interpolation | the point at share a of the arc from picture to words (Slerp, arXiv 2405.00571) |
| difference form | picture + s · (words wanted − words replaced) (PDV, arXiv 2502.07215) |
| signed terms | picture + Σ weight · term, terms being words or pictures |

The difference form takes away what the words replace: in a sum the picture's own colour pulls towards itself.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Vector = NDArray[np.float32]
"""Shape (dimension,), of length 1."""

WORDS_SHARE: Final = 0.6
"""Part of the words in the weighted sum, chosen on the half of the cases that is not reported, with the bundled model:
NDCG@10 on fashion (306) .058 at .2, .080 at .4, .121 at .6, .106 at .8; on the demo (308) .497, .675, .847, .872 and at
its best .888 at .7. WeiMoCIR took .8 for a large model."""
CHECKED: Final[Mapping[str, float]] = MappingProxyType({"image": 0.25, "text": 0.5})
"""Strength of a term whose value the catalogue checks as well, so that all that is left is green already. 'Like this
product, but in red', fashion, NDCG@10: text vectors .681 at 0 to .5, .661 at 1, .598 at 2 (300 products); pictures .455
at 0, .464 at .25 (294); on the demo .918 and .932 (291)."""
OPEN: Final[Mapping[str, float]] = MappingProxyType({"image": 1.5, "text": 2.0})
"""Strength of a term that nothing else brings about. The same, colour not enforced: text vectors .118 at 0, .268 at .5,
.380 at 1, .525 at 2; pictures .077 at .5, .105 at 1, .136 at 1.5, .134 at 2; on the demo .710, .903, .916, .876."""
_PARALLEL: Final = 1e-4
"""Sine of an angle under which an arc has no direction that float32 can tell."""


def weighted_sum(picture: Vector, words: Vector, share: float = WORDS_SHARE) -> Vector:
    """Return `picture` and `words` added up, `share` (0…1) being the part of the words."""
    return unit((1 - share) * picture + share * words)


def slerp(picture: Vector, words: Vector, share: float) -> Vector:
    """Return the point at `share` (0…1) of the arc from `picture` to `words`; opposite ones are summed."""
    cosine = float(np.clip(picture @ words, -1.0, 1.0))
    angle = float(np.arccos(cosine))
    if np.sin(angle) < _PARALLEL:
        return weighted_sum(picture, words, share)
    return unit(np.sin((1 - share) * angle) * picture + np.sin(share * angle) * words)


def difference(picture: Vector, wanted: Vector, replaced: Vector, strength: float = 1.0) -> Vector:
    """Return `picture` moved by `strength` times the way from the words replaced to those wanted."""
    return signed(picture, ((strength, wanted), (-strength, replaced)))


def signed(vector: Vector, terms: Iterable[tuple[float, Vector]]) -> Vector:
    """Return `vector` with weighted terms added (positive: towards) or taken away (negative: from it).

    A sum in which everything cancels out says nothing: `vector` is then returned as it is.
    """
    total = vector + sum((weight * term for weight, term in terms), np.zeros_like(vector))
    return unit(total) if np.linalg.norm(total) > _PARALLEL else vector


def unit(vector: NDArray[np.floating[Any]]) -> Vector:
    """Return `vector` at length 1; zeros stay zeros."""
    length = float(np.linalg.norm(vector))
    return np.asarray(vector / length if length > 0 else vector, dtype=np.float32)
