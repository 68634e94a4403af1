from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from encoders import text as text_module
from encoders.device import Placement
from encoders.errors import ModelError
from encoders.protocols import TextEncoder
from encoders.text import bundled_folder, load_text
from encoders.vectors import unit
from tests.fakes.encoders import HashTextEncoder

if TYPE_CHECKING:
    from pathlib import Path

EXACT = Placement("cpu", "float32", "test")


def test_the_bundled_model_is_the_publishers_and_knows_what_belongs_together() -> None:
    encoder = load_text()
    assert isinstance(encoder, TextEncoder)
    assert encoder.id == "all-MiniLM-L6-v2@53aa51172d14" and encoder.dimension == 384
    query = encoder.encode_queries(["boots that keep the rain out"])
    documents = encoder.encode_documents(["Waterproof walking boot", "Porcelain tea cup", "Jazz record"])
    assert documents.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(documents, axis=1), 1, atol=1e-5)
    assert int(np.argmax(query @ documents.T)) == 0


def test_a_damaged_bundled_model_is_refused(bert: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_module, "bundled_folder", lambda: bert)
    with pytest.raises(ModelError, match=r"damaged.*force-reinstall"):
        load_text()


def test_a_local_model_loads_with_its_prompts_and_an_id_of_its_weights(bert: Path) -> None:
    encoder = load_text(bert, placement=EXACT)
    assert encoder.id.startswith("tiny-bert@") and len(encoder.id) == len("tiny-bert@") + 12
    query, plain = encoder.encode_queries(["boot"]), encoder.encode_documents(["red boot"])
    np.testing.assert_allclose(query, plain, atol=1e-6)
    assert not np.allclose(query, encoder.encode_documents(["boot"]), atol=1e-3)


def test_vectors_do_not_depend_on_what_else_is_in_the_batch(bert: Path) -> None:
    encoder = load_text(bert, placement=EXACT)
    texts = ["red boot"] * 3 + ["the blue mug of the walking leather boot", "", "green"] * 20
    together = encoder.encode_documents(texts)
    alone = np.concatenate([encoder.encode_documents([text]) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_no_texts_give_no_vectors(bert: Path) -> None:
    assert load_text(bert, placement=EXACT).encode_queries([]).shape == (0, 32)


def test_other_weights_have_another_id(bert: Path, tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    changed = tmp_path / "tiny-bert"
    shutil.copytree(bert, changed)
    weights = load_file(changed / "model.safetensors")
    name = sorted(weights)[0]
    save_file({**weights, name: weights[name] + 1}, changed / "model.safetensors", {"format": "pt"})
    assert load_text(changed, placement=EXACT).id != load_text(bert, placement=EXACT).id


@pytest.mark.parametrize("damage", ["missing", "garbage", "pickle"])
def test_weights_that_cannot_be_used_are_told_in_a_sentence(damage: str, bert: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(bert, folder)
    weights = folder / "model.safetensors"
    if damage == "garbage":
        weights.write_bytes(b"\xff" * 1000)
    elif damage == "missing":
        weights.unlink()
    else:
        weights.rename(folder / "pytorch_model.bin")
    with pytest.raises(ModelError, match=r"lacks model.safetensors|can't be loaded"):
        load_text(folder, placement=EXACT)


def test_loading_writes_nothing(bert: Path, capfd: pytest.CaptureFixture[str]) -> None:
    load_text(bert, placement=EXACT).encode_documents(["red boot"])
    assert capfd.readouterr() == ("", "")


def test_the_bundled_folder_holds_safetensors_only() -> None:
    assert not [path for path in bundled_folder().rglob("*") if path.suffix in (".bin", ".pt", ".pkl", ".py")]


@given(arrays(np.float32, (3, 5), elements=st.floats(width=32)))
def test_unit_gives_rows_of_length_one_whatever_comes_in(rows: np.ndarray) -> None:
    with np.errstate(all="ignore"):
        lengths = np.linalg.norm(unit(rows).astype(np.float64), axis=1)
    np.testing.assert_allclose(lengths, 1, atol=1e-4)


def test_the_fake_puts_shared_words_near_each_other() -> None:
    fake = HashTextEncoder()
    assert isinstance(fake, TextEncoder)
    query = fake.encode_queries(["waterproof boots"])
    documents = fake.encode_documents(["a waterproof boot for walking", "porcelain cup", ""])
    assert documents.shape == (3, 64) and int(np.argmax(query @ documents.T)) == 0
    assert fake.encoded == 4
