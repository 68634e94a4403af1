from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from retrieval.demo.drawing.motifs import MOTIFS
from retrieval.demo.drawing.palette import SHADES, channels, darker, lighter, lightness, mix
from retrieval.demo.drawing.picture import SHAPES, Badge, Drawing, Page, Product, Room, Work, png, svg
from retrieval.demo.drawing.rooms import DEVICES
from retrieval.demo.drawing.works import MOODS
from retrieval.demo.entry import Entry
from retrieval.demo.rendering import render
from retrieval.demo.tables import listed, read_table

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

Town = tuple[Entry, ...]


def pixels(path: Path) -> NDArray[np.int16]:
    with Image.open(path) as image:
        assert (image.format, image.size) == ("PNG", (256, 256))
        return np.asarray(image.convert("RGB"), np.int16)


def test_pictures_decode_and_are_small(town: Town, sampled: dict[str, Path]) -> None:
    sizes = [path.stat().st_size for path in sampled.values() if path.suffix == ".png"]
    for path in sampled.values():
        if path.suffix == ".png":
            assert pixels(path).std() > 5  # not blank
    assert sum(sizes) / len(sizes) * len(town) < 8e6


def test_things_show_their_colour(town: Town, sampled: dict[str, Path]) -> None:
    """Of the pixels that differ from the ground, enough are near the item's colour, its light or its dark side."""
    seen = 0
    for item in town:
        if item.id in sampled and isinstance(item.drawing, Product):
            image = pixels(sampled[item.id]).reshape(-1, 3)
            drawn = image[np.abs(image - image[0]).max(axis=1) > 12]
            main = item.drawing.colour
            tints = (
                main,
                mix(main, "#ffffff", 0.2),
                darker(main, 0.15),
                darker(main, 0.28),
                lighter(main, 0.35),
            )
            near = np.zeros(len(drawn), bool)
            for tint in tints:
                near |= np.abs(drawn - np.array(channels(tint))).max(axis=1) < 30
            assert near.mean() > 0.15, (item.id, near.mean())
            seen += 1
    assert seen > 30


def test_drawing_again_gives_the_same_bytes(town: Town, sampled: dict[str, Path], tmp_path: Path) -> None:
    for item in town[::160]:
        again = tmp_path / f"{item.id}.png"
        render((str(again), item.drawing))
        assert again.read_bytes() == sampled[item.id].read_bytes()


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_every_shape_draws_in_black_in_white_and_in_a_pattern(shape: str) -> None:
    for colour, features in (("#23252b", ()), ("#fafafa", ()), ("#cf2c2c", ("striped",))):
        source = svg(Product(shape, colour, "leather", features))
        assert source.count("<svg") == 1
        assert colour in source or "url(#p)" in source


def test_there_are_forty_shapes_and_more() -> None:
    assert len(SHAPES) >= 40


SAMPLES: list[Drawing] = [
    *(
        Work(form, mood, "ship", f"{form} {mood}")
        for form, mood in product(("book", "film", "record"), MOODS)
    ),
    *(Page(section, "bird", section) for section in ("local", "sport", "environment")),
    *(Badge(person, "chess", str(seed)) for person in (True, False) for seed in range(8)),
    *(Room("kitchen", "night", (device,)) for device in sorted(DEVICES)),
    Room("garden", "morning", ("camera", "lights", "sprinkler")),
]


@pytest.mark.parametrize("drawing", SAMPLES[::5], ids=str)
def test_works_pages_badges_and_rooms_render(drawing: Drawing) -> None:
    assert png(svg(drawing)).startswith(b"\x89PNG")


def test_the_tables_name_only_what_can_be_drawn() -> None:
    for table in ("books", "films", "music", "news", "clubs", "people"):
        for row in read_table(table):
            assert row["motif"] in MOTIFS and row["mood"] in MOODS, row
    for row in read_table("scenes"):
        assert set(listed(row["devices"])) <= DEVICES, row


def test_pictures_ask_for_no_font(town: Town) -> None:
    assert not any("<text" in svg(item.drawing) for item in town[::7])


def test_shades_have_the_lightness_of_their_name() -> None:
    for name, shades in SHADES.items():
        for _, shade in shades:
            assert 0 <= lightness(shade) <= 1
            if name in ("black", "navy"):
                assert lightness(shade) < 0.25
            if name in ("white", "cream"):
                assert lightness(shade) > 0.85
