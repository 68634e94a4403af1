from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from encoders.device import Placement
from encoders.errors import ModelError
from encoders.image import load_image
from encoders.protocols import ImageEncoder
from encoders.quiet import loading
from encoders.vectors import unit
from tests.encoders.families import FULL, OPENAI, TINY, make, make_full, make_tiny
from tests.fakes.encoders import HashImageEncoder

if TYPE_CHECKING:
    from pathlib import Path

    from open_clip import CLIP

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


HALF = Placement("cpu", "bfloat16", "test")
WORDS = ["a red boot", "blue mugs of leather", ""]


def photographs() -> list[Image.Image]:
    """Soft colours of several shapes, of which some are wider than two to one."""
    rng = np.random.default_rng(3)
    sizes = ((90, 60), (60, 90), (64, 64), (300, 70), (500, 480))
    coarse = [Image.fromarray(rng.integers(0, 255, (6, 6, 3), dtype=np.uint8)) for _ in sizes]
    return [one.resize(size, Image.Resampling.BICUBIC) for one, size in zip(coarse, sizes, strict=True)]


def check_family(model: CLIP, folder: Path) -> None:
    """What was saved is what encodes: the model itself over open_clip's own preprocessing gives the same rows."""
    import open_clip
    import torch
    from open_clip.transform import PreprocessCfg, image_transform_v2

    saved = json.loads((folder / "open_clip_config.json").read_text())
    size = saved["model_cfg"]["vision_cfg"]["image_size"]
    transform = image_transform_v2(PreprocessCfg(size=size, **saved["preprocess_cfg"]), is_train=False)
    with loading():
        tokenizer = open_clip.get_tokenizer(f"local-dir:{folder}")
    tokens = tokenizer(WORDS)
    assert tokens.shape == (3, saved["model_cfg"]["text_cfg"]["context_length"])
    with torch.inference_mode():
        seen = unit(model.encode_image(torch.stack([transform(one) for one in photographs()])).numpy())
        read = unit(model.encode_text(tokens).numpy())
    encoder = load_image(folder, placement=EXACT)
    images, words = encoder.encode_images(photographs()), encoder.encode_texts(WORDS)
    np.testing.assert_allclose((images * seen).sum(axis=1), 1, atol=1e-3)
    np.testing.assert_allclose(words, read, atol=1e-4)
    np.testing.assert_allclose(np.linalg.norm(np.concatenate([images, words]), axis=1), 1, atol=1e-5)
    alone = np.concatenate([encoder.encode_images([one]) for one in photographs()])
    np.testing.assert_allclose(images, alone, atol=1e-4)
    # Words past what the tower reads, and ones that no vocabulary has.
    assert encoder.encode_texts(["boot " * 2000, "日本 \x00 🥾"]).shape == (2, encoder.dimension)
    del encoder
    half = load_image(folder, placement=HALF)
    assert float((images * half.encode_images(photographs())).sum(axis=1).min()) > 0.99
    assert float((words * half.encode_texts(WORDS)).sum(axis=1).min()) > 0.99


@pytest.mark.parametrize("family", TINY)
def test_every_family_encodes_as_it_was_saved(family: str, tmp_path: Path) -> None:
    with loading():
        model, folder = make_tiny(family, tmp_path / family)
    check_family(model, folder)


@pytest.mark.slow
@pytest.mark.parametrize("name", FULL)
def test_every_architecture_at_its_published_size_encodes_as_it_was_saved(name: str, tmp_path: Path) -> None:
    with loading():
        model, folder = make_full(name, tmp_path / "model")
    check_family(model, folder)
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    "changed",
    [
        {"mean": [0.1, 0.2, 0.3]},
        {"std": [0.9, 0.5, 0.2]},
        {"interpolation": "bilinear"},
        {"resize_mode": "squash"},
        {"resize_mode": "longest", "fill_color": 200},
    ],
)
def test_the_preprocessing_of_the_folder_is_used(changed: dict[str, object], tmp_path: Path) -> None:
    with loading():
        _, usual = make(TINY["vit"][0], OPENAI, "", tmp_path / "usual")
        model, folder = make(TINY["vit"][0], {**OPENAI, **changed}, "", tmp_path / "changed")
    before = load_image(usual, placement=EXACT).encode_images(photographs())
    after = load_image(folder, placement=EXACT).encode_images(photographs())
    assert float(np.abs(before - after).max()) > 1e-4
    check_family(model, folder)


def test_a_configuration_that_names_no_known_resize_is_told(clip: Path, tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    shutil.copytree(clip, folder)
    configuration = json.loads((folder / "open_clip_config.json").read_text())
    configuration["preprocess_cfg"]["resize_mode"] = "stretch"
    (folder / "open_clip_config.json").write_text(json.dumps(configuration))
    with pytest.raises(ModelError, match="can't be loaded"):
        load_image(folder)


def test_a_text_tower_that_only_a_hub_has_is_told(tmp_path: Path) -> None:
    with loading():
        _, folder = make_tiny("vit", tmp_path / "hub")
    configuration = json.loads((folder / "open_clip_config.json").read_text())
    configuration["model_cfg"]["text_cfg"] = {
        "hf_model_name": "org/absent",
        "hf_tokenizer_name": "org/absent",
    }
    (folder / "open_clip_config.json").write_text(json.dumps(configuration))
    with pytest.raises(ModelError, match="can't be loaded"):
        load_image(folder)


def test_the_fake_knows_colours() -> None:
    fake = HashImageEncoder()
    assert isinstance(fake, ImageEncoder)
    scores = fake.encode_texts(["something blue"]) @ fake.encode_images(pictures()).T
    assert COLOURS[int(np.argmax(scores))] == "blue"
