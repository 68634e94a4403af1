from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from encoders.errors import InputError, UsageError
from eval.benchmarks.composed import MEASURES, WAYS, run
from eval.benchmarks.composed_cases import cases
from eval.benchmarks.protocol import find
from retrieval.opening import read_catalogue
from tests.agent.test_perceive import with_pictures
from tests.fakes.encoders import HashImageEncoder, HashTextEncoder
from tests.fakes.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from pathlib import Path

COLOURS = ("red", "green", "blue", "black", "white")
TYPES = ("Handbags", "Scarves")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each type in each colour three times; a scarf's picture has a grey band, so that types look different."""
    folder = tmp_path_factory.mktemp("shop")
    (folder / "images").mkdir()
    with (folder / "items.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("id", "name", "gender", "articleType", "usage", "baseColour", "image"))
        for kind in TYPES:
            for colour in COLOURS:
                for number in range(3):
                    item = f"{kind[0]}{colour}{number}"
                    picture = Image.new("RGB", (30, 30), colour)
                    if kind == "Scarves":
                        picture.paste("grey", (0, 0, 30, 10))
                    picture.save(folder / "images" / f"{item}.png")
                    title = f"{kind.removesuffix('s')} number {number} of {colour}"
                    audience = ("Women", "Formal") if kind == "Handbags" else ("Men", "Casual")
                    row = (item, title, audience[0], kind, audience[1], colour.title(), f"images/{item}.png")
                    rows.writerow(row)
    return folder


def snapshot(shop: Path) -> MemorySnapshot:
    imported = read_catalogue(str(shop), shop)
    image = HashImageEncoder()
    items = [*imported.items]
    pictures = image.encode_images([Image.open(str(item.picture)) for item in items])
    return MemorySnapshot(
        items, imported.columns, vectors={"image": pictures}, encoder_ids={"image": image.id}
    )


def test_right_is_the_same_in_all_but_the_colour(shop: Path) -> None:
    shown = snapshot(shop)
    found = cases(shown)
    assert len(found) == len(shown)
    for case in found:
        own = shown.item(shown.ids[case.row]).fields
        assert own["baseColour"] != case.colour
        assert len(case.relevant) == 3
        for row in case.relevant:
            other = shown.item(shown.ids[row]).fields
            assert (other["articleType"], other["baseColour"]) == (own["articleType"], case.colour)
    assert {case.reported for case in found} == {True, False}
    assert found[0].said == f"the same but in {found[0].colour.casefold()}"
    assert cases(shown, 5) == found[:5]


def test_a_catalogue_without_what_is_needed_is_refused(shop: Path) -> None:
    with pytest.raises(InputError, match="can't be told"):
        cases(with_pictures())
    bare = MemorySnapshot([*snapshot(shop).items(snapshot(shop).ids)], snapshot(shop).columns)
    with pytest.raises(InputError, match="needs pictures"):
        cases(bare)
    with pytest.raises(UsageError, match="composed"):
        find("nothing")


def test_every_way_and_the_whole_search_are_measured(shop: Path) -> None:
    said: list[str] = []
    table = run(shop, HashTextEncoder(), HashImageEncoder(), said.append)
    assert table.measures == MEASURES
    assert {f"{name}{suffix}" for name in WAYS for suffix in ("", " + caption")} <= table.rows.keys()
    assert said[0] == "indexing"
    hits = {name: means[2].value for name, means in table.rows.items()}
    # A red bag is nearest to red bags; with the colour enforced the three asked for stand first.
    assert table.rows["picture only"][0].value == 0
    assert hits["search: picture, colour enforced, terms"] == 1
    # The nearest blue thing to a red bag is a blue bag for the terms, and anything but red for the bag alone.
    assert hits["weighted sum"] >= hits["picture only"]
    assert table.rows["search: picture, terms"][1].value > table.rows["picture only"][1].value
    assert all(0 <= mean.value <= 1 for means in table.rows.values() for mean in means)
    assert "0.8: " in table.notes["weighted sum, NDCG@10 of the other half by parameter"]
