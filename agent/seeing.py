"""A few words for what a picture shows: the catalogue's own colours, kinds and materials that fit it best.

Zero-shot classification as in CLIP (Radford et al. 2021): the values of a column are put into words, encoded by the
image model's text side, and the softmax of their cosines, at CLIP's temperature, tells how sure the best one is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from agent.linking.fields import Fields
    from agent.perceive import Perceived
    from encoders.protocols import ImageEncoder
    from retrieval.types import Column

_SHOWN = ("colour", "material")
"""Columns a picture can show, besides those that say what a thing is, in the order their words are read."""
_SURE = 0.4
"""Probability under which the best value of a column is left unsaid."""
_SCALE = 100.0
"""CLIP's learned inverse temperature, at its cap."""
_MOST = 120
"""Values of a column that are tried: 120 short texts take a small text tower about a fifth of a second, once."""


class Sight:
    """Names what pictures show in the words of one catalogue; each column is put into words once."""

    def __init__(self, fields: Fields) -> None:
        """Choose the columns; nothing is encoded yet."""
        shown = [fields.named(name) for name in _SHOWN]
        kinds = [column for column in fields.columns if column.name in fields.categories]
        chosen = [column for column in (*shown, *kinds) if column is not None and len(column.values) > 1]
        self._columns = tuple({column.name: column for column in chosen}.values())
        self._encoded: dict[tuple[str, str], NDArray[np.float32]] = {}

    def see(self, perceived: Perceived, encoder: ImageEncoder) -> Perceived:
        """Return the request with words for each of its pictures."""
        if perceived.each is None:
            return perceived
        pictures = tuple(
            replace(picture, seen=self._words(vector, encoder))
            for picture, vector in zip(perceived.request.pictures, perceived.each, strict=True)
        )
        return replace(perceived, request=replace(perceived.request, pictures=pictures))

    def _words(self, vector: NDArray[np.float32], encoder: ImageEncoder) -> tuple[str, ...]:
        found: list[str] = []
        for column in self._columns:
            logits = _SCALE * (self._values_of(column, encoder) @ vector)
            chances = np.exp(logits - logits.max())
            best = int(chances.argmax())
            if chances[best] / chances.sum() >= _SURE:
                found.append(_values(column)[best])
        return tuple(dict.fromkeys(found))

    def _values_of(self, column: Column, encoder: ImageEncoder) -> NDArray[np.float32]:
        key = column.name, encoder.id
        if key not in self._encoded:
            self._encoded[key] = encoder.encode_texts([f"a picture of {value}" for value in _values(column)])
        return self._encoded[key]


def _values(column: Column) -> Sequence[str]:
    return list(column.values)[:_MOST]
