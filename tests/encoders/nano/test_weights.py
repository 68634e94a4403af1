"""The shipped weights, as everyone has them."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from encoders.image import load_image
from encoders.inventory import Wholeness, verify
from encoders.layout import Slot
from encoders.nano.clip import FOLDER
from encoders.nano.clip.lessons import caption
from encoders.nano.clip.score import DAMAGES, damaged, found_at
from encoders.profiles import BUNDLED_IMAGE, ModelRef
from retrieval.demo.build import entries
from retrieval.lessons.drawings import raster
from retrieval.lessons.facts import facts_of
from retrieval.lessons.invent import held_out

if TYPE_CHECKING:
    from pathlib import Path

    from encoders.image import OpenClipEncoder
    from encoders.protocols import Vectors

_LARGEST = 30 * 10**6
KEPT = [entry for entry in entries() if held_out(entry)][::5]
"""Every fifth of the drawings that training never saw."""


@pytest.fixture(scope="module")
def encoder() -> OpenClipEncoder:
    return load_image(FOLDER)


@pytest.fixture(scope="module")
def pictures() -> list[Image.Image]:
    made = []
    for entry in KEPT:
        drawn = Image.fromarray(raster(entry.drawing))
        ground = Image.new("RGBA", drawn.size, "#f3eee6")
        made.append(Image.alpha_composite(ground, drawn).convert("RGB"))
    return made


@pytest.fixture(scope="module")
def vectors(encoder: OpenClipEncoder, pictures: list[Image.Image]) -> Vectors:
    return encoder.encode_images(pictures)


def test_it_is_small_and_holds_no_code() -> None:
    files = [path for path in FOLDER.iterdir() if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= _LARGEST
    assert {path.suffix for path in files} <= {".json", ".safetensors", ".md"}


def test_its_files_are_those_that_were_saved(tmp_path: Path) -> None:
    checked = list(verify(tmp_path, (ModelRef(Slot.IMAGE, BUNDLED_IMAGE),)))
    assert {"open_clip_model.safetensors", "tokenizer.json"} <= {one.file for one in checked}
    assert all(one.result is Wholeness.OK for one in checked)


def test_words_find_drawings_it_never_saw(encoder: OpenClipEncoder, vectors: Vectors) -> None:
    words = [
        caption(facts_of(one.drawing, one.text("colour"), one.cells).true, Random(0), whole=True).text
        for one in KEPT
    ]
    ranks = found_at(encoder.encode_texts(words), vectors, np.eye(len(KEPT), dtype=np.bool_))
    assert np.mean(ranks <= 10) >= 0.85


def test_a_damaged_picture_finds_its_own(
    encoder: OpenClipEncoder, pictures: list[Image.Image], vectors: Vectors
) -> None:
    random = Random(2)
    worse = encoder.encode_images([damaged(one, DAMAGES["all five"], random) for one in pictures])
    ranks = found_at(worse, vectors, np.eye(len(KEPT), dtype=np.bool_))
    assert np.mean(ranks == 1) >= 0.8


def test_a_word_that_was_never_taught_does_as_its_neighbours(encoder: OpenClipEncoder) -> None:
    taught, untaught, other = encoder.encode_texts(["trainers", "gym shoes", "a teapot"])
    assert float(taught @ untaught) > float(taught @ other)
