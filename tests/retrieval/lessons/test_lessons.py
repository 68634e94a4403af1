from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from encoders.colours import ColourShare
from retrieval.demo.build import entries
from retrieval.demo.drawing.motifs import MOTIFS
from retrieval.demo.drawing.palette import SHADES
from retrieval.demo.drawing.picture import SHAPES, Product
from retrieval.lessons import drawings, photographs
from retrieval.lessons.facts import facts_of
from retrieval.lessons.invent import held_out, invent, signature
from retrieval.lessons.words import NEAR, near_words, table, words_of

if TYPE_CHECKING:
    from pathlib import Path


def test_every_shape_motif_and_colour_of_the_demo_has_words() -> None:
    assert set(table()["motif"]) == set(MOTIFS)
    assert set(table()["kind"]) >= set(SHAPES) | {
        "book",
        "film",
        "record",
        "page",
        "badge",
        "portrait",
        "room",
    }
    assert set(table()["colour"]) == set(SHADES) == set(NEAR)


def test_a_neighbouring_colour_is_left_open_and_never_denied_its_own_name() -> None:
    assert "blue" in near_words("navy")
    assert not set(near_words("burgundy")) & set(words_of("colour", "burgundy"))
    shown = facts_of(Product("coat", "#20305c", "wool", ("striped",)), "navy")
    assert "navy" in shown.true["colour"] and "blue" in shown.open["colour"]
    assert shown.true["pattern"][0] == "striped" and shown.true["material"] == ("wool",)


def test_a_fifth_of_the_demo_is_held_out_by_whole_product_lines() -> None:
    made = entries()
    kept = [one for one in made if held_out(one)]
    assert 0.15 < len(kept) / len(made) < 0.3
    lines = {(one.text("shelf"), one.line) for one in kept}
    assert not lines & {(one.text("shelf"), one.line) for one in made if not held_out(one)}


def test_no_invented_drawing_looks_like_one_held_out() -> None:
    made = entries()
    kept = {signature(one.drawing, one.text("colour")) for one in made if held_out(one)}
    for drawing, facts in invent(400, made, seed=5):
        colour = facts.true.get("colour", ("",))[0]
        assert signature(drawing, colour) not in kept


def test_inventions_are_the_same_for_a_seed() -> None:
    made = entries()
    assert list(invent(20, made, seed=3)) == list(invent(20, made, seed=3))
    assert list(invent(20, made, seed=3)) != list(invent(20, made, seed=4))


def test_a_product_is_drawn_without_its_ground() -> None:
    pixels = drawings.raster(Product("mug", "#cf2c2c", "stoneware", ()))
    assert pixels.shape == (drawings.SIDE, drawings.SIDE, 4)
    assert pixels[0, 0, 3] == 0 and pixels[drawings.SIDE // 2, drawings.SIDE // 2, 3] == 255


@pytest.mark.parametrize(
    ("name", "share", "words"),
    [
        ("red", 0.8, "red"),
        ("maroon", 0.7, "burgundy"),
        ("red", 0.4, None),
        ("taupe", 0.9, None),
        ("grey", 0.9, None),
    ],
)
def test_a_photograph_is_called_by_a_colour_that_is_most_of_it_and_certain(
    name: str, share: float, words: str | None
) -> None:
    true, left_open = photographs.colour_words((ColourShare(name, (1, 2, 3), share),))
    assert (true[0] if true else None) == words
    assert (left_open == ("*",)) == (words is None)


def test_photographs_become_lessons_of_their_split(tmp_path: Path) -> None:
    for split, label in (("train", "hat"), ("test", "skirt")):
        folder = tmp_path / "source" / split / label
        folder.mkdir(parents=True)
        Image.new("RGB", (60, 80), "white").save(folder / f"{label}.jpg")
    assert photographs.write(tmp_path / "source", tmp_path / "made") == 2
    rows = [json.loads(line) for line in (tmp_path / "made" / "facts.jsonl").read_text().splitlines()]
    assert [(row["split"], row["label"]) for row in rows] == [("train", "hat"), ("test", "skirt")]
    assert "beanie" in rows[0]["open"]["kind"] and "hat" in rows[0]["true"]["kind"]
    assert np.load(tmp_path / "made" / "pictures.npy").shape == (2, photographs.SIDE, photographs.SIDE, 3)
