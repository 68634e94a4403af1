from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from encoders.clap import ClapEncoder, load_clap
from encoders.errors import ModelError
from encoders.protocols import JointAudioEncoder, Samples
from encoders.sound import RATE
from tests.encoders.tiny import make_clap

if TYPE_CHECKING:
    from pathlib import Path


def tone(pitch: float, seconds: float) -> Samples:
    return np.asarray(0.3 * np.sin(2 * np.pi * pitch * np.arange(int(seconds * RATE)) / RATE), np.float32)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clap(tmp_path_factory.mktemp("clap"))


@pytest.fixture(scope="module")
def encoder(folder: Path) -> ClapEncoder:
    return load_clap(folder)


def test_sounds_and_words_become_unit_vectors_of_one_space(encoder: ClapEncoder) -> None:
    assert isinstance(encoder, JointAudioEncoder)
    sounds = encoder.encode_sounds([tone(220, 0.3), tone(880, 3.7), np.zeros(0, np.float32)])
    words = encoder.encode_texts(["gentle rain", "a loud drum " * 400, ""])
    for rows in (sounds, words):
        assert rows.shape == (3, encoder.dimension) and rows.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert encoder.encode_sounds([]).shape == encoder.encode_texts([]).shape == (0, encoder.dimension)


def test_the_same_sound_gives_the_same_vector_alone_and_among_others(encoder: ClapEncoder) -> None:
    # The extractor's own crop of what is longer than its window is drawn at random.
    long, short = tone(330, 5.3), tone(880, 0.4)
    alone = encoder.encode_sounds([long])
    np.testing.assert_allclose(encoder.encode_sounds([long]), alone, atol=1e-6)
    np.testing.assert_allclose(encoder.encode_sounds([short, long, short])[1:2], alone, atol=2e-2)
    assert float(encoder.encode_sounds([short])[0] @ alone[0]) < 0.9999


def test_the_whole_of_a_long_sound_counts(encoder: ClapEncoder) -> None:
    low, both = tone(220, 4.0), np.concatenate([tone(220, 2.0), tone(3000, 2.0)])
    rows = encoder.encode_sounds([low, both])
    assert float(rows[0] @ rows[1]) < 0.9999


def test_its_id_changes_with_its_weights(folder: Path, encoder: ClapEncoder) -> None:
    assert encoder.id.startswith("tiny-clap@")
    assert load_clap(folder, "laion/clap").id.startswith("laion/clap@")


def test_what_is_no_clap_is_told_in_one_sentence(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(
        ModelError, match=r"lacks config\.json, model\.safetensors, preprocessor_config\.json"
    ):
        load_clap(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    for file in folder.iterdir():
        (other / file.name).write_bytes(file.read_bytes())
    (other / "config.json").write_text(json.dumps({"model_type": "bert"}))
    with pytest.raises(ModelError, match="is of the type 'bert' and not CLAP"):
        load_clap(other)
    (other / "config.json").write_bytes((folder / "config.json").read_bytes())
    (other / "model.safetensors").write_bytes(b"damaged")
    with pytest.raises(ModelError, match="can't be loaded"):
        load_clap(other)


@pytest.mark.slow
def test_the_true_shape_is_saved_and_loaded(tmp_path: Path) -> None:
    encoder = load_clap(make_clap(tmp_path, whole=True))
    assert encoder.dimension == 512
    assert encoder.encode_sounds([tone(220, 12.0)]).shape == (1, 512)
    assert encoder.encode_texts(["gentle rain"]).shape == (1, 512)
