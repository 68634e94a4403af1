"""`vitrine index`: the table of roles, reports, faults of the file, and two at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.store.layout import catalogue_folder
from retrieval.store.lock import writing
from tests.tui.conftest import DOZEN

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import Vitrine

BROKEN = """id,title,price,colour,picture
1,Red boot,74,red,red.png
,No id at all,12,blue,
1,Red boot again,75,red,
2,Blue boot,cheap,blue,
3,Green boot,60,green,
4,Grey boot,61,grey,
5,Gray boot,62,grey,
"""


def test_roles_reports_and_what_is_reused(vitrine: Vitrine, picture: Path, tmp_path: Path) -> None:
    source, data = tmp_path / "shop.csv", tmp_path / "data"
    source.write_text(BROKEN, encoding="utf-8")
    assert picture.name == "red.png"
    where = ("--data-dir", data)

    first = vitrine("index", source, *where)
    lines = first.out.splitlines()
    assert first.code == 0, first.err
    assert lines[0] == f"shop: 5 items from {source}"
    assert lines[1].split() == ["column", "role", "label", "unit", "why", "for", "example"]
    roles = {line.split()[0]: line.split()[1] for line in lines[2:7]}
    assert roles == {"id": "id", "title": "title", "price": "number", "colour": "facet", "picture": "picture"}
    assert lines[-1].startswith("shop: 5 items indexed in ")
    assert "text: 5 encoded, 0 kept" in lines[-1]
    assert "rows skipped: 2, cells dropped: 1, cells changed: 0, notes: " in first.err
    assert "shop.csv line 3: " in first.err
    assert "shop.csv line 4: " in first.err
    assert "encoding text, 5 …" in first.err
    assert "encoding image, 1 …" in first.err
    assert "\x1b" not in first.err + first.out

    again = vitrine("index", source, *where)
    assert again.out.splitlines()[-1] == "shop is indexed already, and nothing changed: 5 items kept."

    source.write_text(BROKEN.replace("Grey boot", "Grey welly"), encoding="utf-8")
    (report,) = vitrine("index", source, "--json", *where).objects
    assert (report["name"], report["items"]) == ("shop", 5)
    assert report["counts"]["rows_skipped"] == 2
    assert {"file", "line", "reason", "severity"} == set(report["problems"][0])
    text, image = report["index"]["modalities"]
    assert (text["encoded"], text["reused"]) == (1, 4)
    assert (image["encoded"], image["reused"]) == (0, 1)
    assert report["index"]["index"]["serving"]


def test_strict_stops_at_the_first_bad_row(vitrine: Vitrine, tmp_path: Path) -> None:
    source, data = tmp_path / "shop.csv", tmp_path / "data"
    source.write_text(BROKEN, encoding="utf-8")
    ran = vitrine("index", source, "--strict", "--data-dir", data)
    assert (ran.code, ran.out) == (3, "")
    assert "shop.csv line 2: " in ran.err
    assert not data.exists()


def test_a_column_that_is_not_there_is_wrong_usage(vitrine: Vitrine, tmp_path: Path) -> None:
    ran = vitrine("index", DOZEN, "--column", "colur=facet", "--data-dir", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "colur" in ran.err


def test_what_can_not_be_read_as_a_catalogue_is_told(vitrine: Vitrine, tmp_path: Path) -> None:
    empty, binary = tmp_path / "empty.csv", tmp_path / "binary.csv"
    empty.touch()
    binary.write_bytes(bytes(range(256)) * 40)
    for source in (empty, binary, tmp_path / "missing.csv"):
        ran = vitrine("index", source, "--data-dir", tmp_path / "data")
        assert (ran.code, ran.out) == (3, "")
        assert str(source) in ran.err
        assert ran.err.count("\n") == 1


def test_a_second_writer_is_told_who_the_first_is(vitrine: Vitrine, tmp_path: Path) -> None:
    with writing(catalogue_folder(tmp_path, "dozen"), "indexing"):
        ran = vitrine("index", DOZEN, "--json", "--data-dir", tmp_path)
    assert (ran.code, ran.out) == (3, "")
    assert "has been indexing it since" in ran.err.splitlines()[-1]


def test_a_set_without_an_image_model_says_that_pictures_are_not_searched(
    vitrine: Vitrine, picture: Path, tmp_path: Path
) -> None:
    source = tmp_path / "shop.csv"
    source.write_text(BROKEN, encoding="utf-8")
    ran = vitrine("index", source, "--data-dir", tmp_path / "data", "--profile", "laptop")
    assert picture.is_file() and ran.code == 0
    said = "Its pictures (of 1 of 5 items) can't be searched because the 'laptop' set has no image model"
    assert said in ran.err
