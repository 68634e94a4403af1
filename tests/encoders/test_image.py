from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from encoders.device import Placement
from encoders.errors import ModelError
from encoders.image import load_image
from encoders.protocols import ImageEncoder
from tests.fakes.encoders import HashImageEncoder

if TYPE_CHECKING:
    from pathlib import Path

EXACT = Placement("cpu", "float32", "test")
COLOURS = ("red", "green", "blue", "white", "black")


def pictures() -> list[Image.Image]:
    return [Image.new("RGB", (40 + 5 * index, 60), colour) for index, colour in enumerate(COLOURS)]


def test_a_local_model_encodes_pictures_and_words_into_one_space(clip: Path) -> None:
    encoder = load_image(clip, placement=EXACT)
    assert isinstance(encoder, ImageEncoder)
    assert encoder.id.startswith("tiny-clip@") and encoder.dimension == 32
    images, words = encoder.encode_images(pictures()), encoder.encode_texts(["a red boot", ""])
    assert images.shape == (5, 32) and words.shape == (2, 32) and images.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(np.concatenate([images, words]), axis=1), 1, atol=1e-5)


def test_vectors_do_not_depend_on_the_batch(clip: Path) -> None:
    encoder = load_image(clip, placement=EXACT)
    many = pictures() * 5
    together = encoder.encode_images(many)
    np.testing.assert_allclose(together[:5], encoder.encode_images(many[:5]), atol=1e-5)
    np.testing.assert_allclose(together[:5], together[20:], atol=1e-5)


def test_weights_load_equal_to_what_was_saved(clip: Path) -> None:
    from safetensors.torch import load_file

    encoder = load_image(clip, placement=EXACT)
    saved = load_file(clip / "open_clip_model.safetensors")
    loaded = encoder._model.state_dict()
    assert saved.keys() == loaded.keys()
    assert all(bool((saved[name] == loaded[name]).all()) for name in saved)


def test_half_precision_stays_close(clip: Path) -> None:
    exact = load_image(clip, placement=EXACT).encode_images(pictures())
    half = load_image(clip, placement=Placement("cpu", "bfloat16", "test")).encode_images(pictures())
    assert float((exact * half).sum(axis=1).min()) > 0.99


def test_nothing_in_nothing_out(clip: Path) -> None:
    encoder = load_image(clip, placement=EXACT)
    assert encoder.encode_images([]).shape == (0, 32) and encoder.encode_texts([]).shape == (0, 32)


def test_grey_and_transparent_pictures_are_taken(clip: Path) -> None:
    odd = [Image.new("L", (10, 10)), Image.new("RGBA", (1, 1)), Image.new("P", (7, 300))]
    assert load_image(clip, placement=EXACT).encode_images(odd).shape == (3, 32)


def test_a_pickle_is_never_loaded(clip: Path, tmp_path: Path) -> None:
    folder = tmp_path / "pickled"
    shutil.copytree(clip, folder)
    (folder / "open_clip_model.safetensors").rename(folder / "open_clip_pytorch_model.bin")
    with pytest.raises(ModelError, match=r"lacks model.safetensors"):
        load_image(folder)


def test_damaged_weights_are_told_in_a_sentence(clip: Path, tmp_path: Path) -> None:
    folder = tmp_path / "damaged"
    shutil.copytree(clip, folder)
    (folder / "open_clip_model.safetensors").write_bytes(b"\x00" * 64)
    with pytest.raises(ModelError, match="can't be loaded"):
        load_image(folder)


def test_loading_writes_nothing(clip: Path, capfd: pytest.CaptureFixture[str]) -> None:
    load_image(clip, placement=EXACT)
    assert capfd.readouterr() == ("", "")


def test_the_fake_knows_colours() -> None:
    fake = HashImageEncoder()
    assert isinstance(fake, ImageEncoder)
    scores = fake.encode_texts(["something blue"]) @ fake.encode_images(pictures()).T
    assert COLOURS[int(np.argmax(scores))] == "blue"
