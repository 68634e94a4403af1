from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from encoders.pixels import Pixels

if TYPE_CHECKING:
    import torch

MEAN, STD = (0.48, 0.46, 0.41), (0.27, 0.26, 0.28)


def drawn(width: int, height: int) -> Image.Image:
    """Soft colours and one hard edge, as in a photograph of a thing on white."""
    coarse = np.random.default_rng(width * 7 + height).integers(0, 255, (9, 9, 3), dtype=np.uint8)
    picture = Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)
    picture.paste("white", (0, 0, max(width // 3, 1), height))
    return picture


def reference(image: Image.Image, configuration: dict[str, object]) -> torch.Tensor:
    from open_clip.transform import PreprocessCfg, image_transform_v2

    pixels: torch.Tensor = image_transform_v2(PreprocessCfg(**configuration), is_train=False)(image)
    return pixels


@settings(max_examples=80, deadline=None)
@given(
    width=st.integers(1, 700),
    height=st.integers(1, 700),
    size=st.sampled_from([32, (32, 32), (48, 32), (32, 56)]),
    mode=st.sampled_from(["shortest", "longest", "squash"]),
    interpolation=st.sampled_from(["bicubic", "bilinear"]),
)
def test_pixels_are_those_of_open_clip(
    width: int, height: int, size: int | tuple[int, int], mode: str, interpolation: str
) -> None:
    if mode == "longest" and max(width, height) >= 32 * min(width, height):
        return  # open_clip itself fails on what becomes thinner than a pixel
    import torch

    image = drawn(width, height)
    configuration: dict[str, object] = {
        "size": size,
        "mean": MEAN,
        "std": STD,
        "interpolation": interpolation,
        "resize_mode": mode,
        "fill_color": 255,
    }
    pixels = Pixels.of(configuration)
    found = pixels.normalise(pixels.read([image]), torch.float32)[0]
    wanted = reference(image, configuration)
    assert found.shape == wanted.shape
    assert float((found - wanted).abs().mean()) < 0.01
    assert float(torch.cosine_similarity(found.flatten(), wanted.flatten(), dim=0)) > 0.999


def test_a_batch_is_its_pictures_one_by_one_with_channels_last() -> None:
    import torch

    pixels = Pixels.of({"size": 32, "mean": 0.5, "std": 0.5})
    images = [drawn(40, 30), drawn(30, 500), drawn(900, 900)]
    together = pixels.read(images)
    assert together.is_contiguous(memory_format=torch.channels_last) and together.dtype == torch.uint8
    for row, image in enumerate(images):
        assert torch.equal(together[row], pixels.read([image])[0])


def test_a_line_of_one_pixel_is_cut_before_it_is_resized() -> None:
    pixels = Pixels.of({"size": 256, "mean": MEAN, "std": STD})
    began = time.process_time()
    # Resized first it would be 4 million pixels wide: 3 GB.
    assert bool((pixels.read([Image.new("RGB", (16_000, 1), "red")])[0, 0] == 255).all())
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    "wrong", [{"resize_mode": "crop"}, {"interpolation": "nearest"}, {"mean": (0.5, 0.5)}, {"size": None}]
)
def test_a_configuration_that_is_none_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises((ValueError, TypeError)):
        Pixels.of({"size": 32, "mean": 0.5, "std": 0.5, **wrong})
