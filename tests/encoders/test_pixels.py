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
    assert torch.allclose(pixels.prepare([image], torch.float32)[0], found, atol=1e-5)
    assert float(torch.cosine_similarity(found.flatten(), wanted.flatten(), dim=0)) > 0.999


def test_a_batch_is_its_pictures_one_by_one_with_channels_last() -> None:
    import torch

    pixels = Pixels.of({"size": 32, "mean": 0.5, "std": 0.5})
    images = [drawn(40, 30), drawn(30, 500), drawn(900, 900)]
    together = pixels.read(images)
    assert together.is_contiguous(memory_format=torch.channels_last) and together.dtype == torch.uint8
    for row, image in enumerate(images):
        assert torch.equal(together[row], pixels.read([image])[0])


@pytest.mark.parametrize("mode", ["shortest", "longest"])
def test_what_a_model_is_given_is_the_same_in_one_step_or_two(mode: str) -> None:
    import torch

    pixels = Pixels.of({"size": 32, "mean": MEAN, "std": STD, "resize_mode": mode, "fill_color": 200})
    # In turn wide, high and grey: what is left of one would show in the borders of the next.
    images = [drawn(90, 30), drawn(30, 90), Image.new("L", (5, 5), 9), drawn(40, 40)]
    once = pixels.prepare(images, torch.bfloat16)
    twice = pixels.normalise(pixels.read(images), torch.bfloat16)
    assert once.shape == (4, 3, 32, 32) and once.is_contiguous(memory_format=torch.channels_last)
    assert once.dtype == torch.bfloat16
    # A rounding to the neighbour at most.
    assert torch.allclose(once.float(), twice.float(), rtol=2**-7, atol=1e-6)
    assert pixels.prepare([], torch.float32).shape == (0, 3, 32, 32)


def test_a_picture_of_several_blocks_is_read_and_one_that_is_read_stays_as_it_was() -> None:
    import torch

    small = drawn(60, 40)
    large = small.resize((3000, 2000), Image.Resampling.NEAREST)  # 24 MB, past Pillow's block of 16
    pixels = Pixels.of({"size": 32, "mean": 0.5, "std": 0.5, "resize_mode": "squash"})
    before = small.tobytes()
    near, same = pixels.read([large]), pixels.read([small])
    assert small.tobytes() == before
    assert float((near.float() - same.float()).abs().mean()) < 3
    assert torch.equal(same, pixels.read([small]))


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
