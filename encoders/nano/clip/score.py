"""How good an image model is on pictures whose right answer is known; any ImageEncoder can be measured."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from encoders.wordings import encode_wordings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

    from numpy.typing import NDArray
    from PIL.Image import Image

    from encoders.protocols import ImageEncoder, Vectors

PROMPTS = ("{}", "a photo of a {}", "a picture of {}")
"""Forms in which a label is put into words; their vectors are averaged."""


def label_vectors(encoder: ImageEncoder, labels: Sequence[str]) -> Vectors:
    """Encode labels through `PROMPTS`, shape (len(labels), dimension)."""
    return encode_wordings(encoder, [[form.format(label) for label in labels] for form in PROMPTS])


def zero_shot(encoder: ImageEncoder, pictures: Vectors, right: Sequence[str]) -> list[bool]:
    """Tell of each picture whether its own label fits best of all labels (top-1)."""
    labels = sorted(set(right))
    best = (pictures @ label_vectors(encoder, labels).T).argmax(axis=1)
    return [labels[at] == one for at, one in zip(best, right, strict=True)]


def found_at(queries: Vectors, gallery: Vectors, right: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the rank, from 1, of the first right row of the gallery for each query; `right` is (queries, gallery)."""
    scores = queries @ gallery.T
    best = np.where(right, scores, -np.inf).max(axis=1)
    return np.asarray((scores > best[:, None]).sum(axis=1) + 1, np.int64)


@dataclass(frozen=True, slots=True)
class Damage:
    """What is done to a picture before it is looked for."""

    crop: float = 0.0
    """Part of each side that is cut away, at most."""
    turn: float = 0.0
    """Degrees, at most, either way; the corners are filled with the colour of the first pixel."""
    blur: float = 0.0
    """Radius of a Gaussian blur, in thousandths of the longer side."""
    quality: int = 0
    """Of a JPEG; 0 leaves it as it is."""
    cast: float = 0.0
    """How far each colour channel is scaled up or down, at most."""


DAMAGES: Mapping[str, Damage] = {
    "crop": Damage(crop=0.25),
    "rotation": Damage(turn=20),
    "blur": Damage(blur=8),
    "JPEG 30": Damage(quality=30),
    "colour cast": Damage(cast=0.15),
    "all five": Damage(0.15, 12, 5, 30, 0.1),
}


def damaged(picture: Image, damage: Damage, random: Random) -> Image:
    """Return the picture as a poor camera would give it."""
    from PIL import Image as Pillow
    from PIL import ImageFilter

    result = picture.convert("RGB")
    if damage.turn:
        ground = result.getpixel((0, 0))
        angle = random.uniform(-damage.turn, damage.turn)
        result = result.rotate(angle, Pillow.Resampling.BICUBIC, fillcolor=ground)
    if damage.crop:
        wide, high = result.size
        left, right = (random.uniform(0, damage.crop / 2) * wide for _ in range(2))
        top, bottom = (random.uniform(0, damage.crop / 2) * high for _ in range(2))
        result = result.crop((int(left), int(top), int(wide - right), int(high - bottom)))
    if damage.blur:
        result = result.filter(ImageFilter.GaussianBlur(damage.blur * max(result.size) / 1000))
    if damage.cast:
        gains = [random.uniform(1 - damage.cast, 1 + damage.cast) for _ in range(3)]
        array = np.asarray(result, np.float32) * np.array(gains, np.float32)
        result = Pillow.fromarray(array.clip(0, 255).astype(np.uint8))
    if damage.quality:
        buffer = io.BytesIO()
        result.save(buffer, "JPEG", quality=damage.quality)
        with Pillow.open(buffer) as again:
            result = again.convert("RGB")
    return result
