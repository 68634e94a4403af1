import csv
import json
from pathlib import Path

import pytest
from PIL import Image

from encoders.errors import CatalogueError, UsageError
from retrieval.catalogue.importer import Import, load
from retrieval.catalogue.problems import KEPT, Severity
from retrieval.snapshot import Interaction, Triple
from retrieval.types import Role

DOZEN = Path(__file__).parents[2] / "data" / "dozen.csv"


def items_file(folder: Path, rows: list[list[str]], name: str = "items.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return path


def faults(imported: Import) -> list[tuple[int, str, Severity]]:
    return [(problem.line, problem.reason, problem.severity) for problem in imported.problems]


def test_the_dozen() -> None:
    dozen = load(DOZEN)
    assert (dozen.name, len(dozen.items), dozen.problems) == ("dozen", 12, ())
    assert {column.name: column.role for column in dozen.columns} == {
        "id": Role.ID,
        "title": Role.TITLE,
        "description": Role.TEXT,
        "kind": Role.FACET,
        "colour": Role.FACET,
        "material": Role.FACET,
        "price": Role.NUMBER,
        "rating": Role.NUMBER,
        "tags": Role.LIST,
        "released": Role.DATE,
        "picture": Role.PICTURE,
    }
    columns = {column.name: column for column in dozen.columns}
    assert (columns["price"].low, columns["price"].high) == (18.5, 140.0)
    assert (columns["released"].low, columns["released"].high) == ("2021-06-01", "2025-04-02")
    assert next(iter(columns["tags"].values.items())) == ("waterproof", 5)
    assert (columns["picture"].filled, columns["title"].filled) == (0, 12)
    first = dozen.items[0]
    assert (first.id, first.title) == ("b1", "Fellside Mid Boot")
    assert list(first.fields) == [
        "description",
        "kind",
        "colour",
        "material",
        "price",
        "rating",
        "tags",
        "released",
    ]
    assert first.fields["tags"] == ("waterproof", "walking")


def test_every_fault_has_its_line_reason_and_severity(tmp_path: Path) -> None:
    good = [[f"g{n}", f"Good {n}", "1.5", "a.png"] for n in range(20)]
    Image.new("RGB", (2, 2)).save(tmp_path / "a.png")
    (tmp_path / "fake.png").write_bytes(b"no picture")
    bad = [
        ["", "No id", "1", ""],
        ["x1", "", "1", ""],
        ["g3", "Again", "1", ""],
        ["x2", "Dear", "a lot", ""],
        ["x3", "Lost", "1", "none.png"],
        ["x4", "Out", "1", "../../x.png"],
        ["x5", "Fake", "1", "fake.png"],
        ["x6", "Red\x1b[31m \x07alert", "1", ""],
        ["x7", "\x1b[2J", "1", ""],
        ["x8", "t" * 400, "1", ""],
        ["i" * 300, "Long id", "1", ""],
    ]
    imported = load(items_file(tmp_path, [["id", "title", "price", "image"], *good, *bad]))
    skipped, dropped, changed = Severity.ROW_SKIPPED, Severity.CELL_DROPPED, Severity.CELL_CHANGED
    outside = "leaves the catalogue's folder (only image_folder and sound_folder of the settings may)"
    assert faults(imported) == [
        (22, "no id in column 'id'", skipped),
        (23, "no title in column 'title'", skipped),
        (24, "id 'g3' again, first at 5", skipped),
        (25, "column 'price': no number: 'a lot'", dropped),
        (26, "picture 'none.png' is absent", dropped),
        (27, f"picture '../../x.png' {outside}", dropped),
        (28, "picture 'fake.png' is not a picture", dropped),
        (29, "column 'title': control or undecodable characters", changed),
        (30, "column 'title' holds nothing but control characters", skipped),
        (31, "column 'title': cut from 400 to 300 characters", changed),
        (32, "an id of 300 characters, over 200", skipped),
    ]
    counts = imported.counts
    assert (counts.items, counts.rows_skipped, counts.cells_dropped, counts.cells_changed) == (26, 5, 4, 2)
    assert {item.id: item.title for item in imported.items}["x6"] == "Red alert"
    assert "price" not in next(item for item in imported.items if item.id == "x2").fields
    assert imported.items[0].picture == str((tmp_path / "a.png").resolve())
    assert str(imported.problems[0]) == "items.csv line 22: no id in column 'id' (row skipped)"


def test_strict_stops_at_the_first_fault_with_file_line_and_reason(tmp_path: Path) -> None:
    path = items_file(tmp_path, [["id", "title"], ["1", "a"], ["1", "b"], ["", "c"]])
    with pytest.raises(
        CatalogueError, match=r"items.csv line 3: id '1' again, first at 2 .*without --strict"
    ):
        load(path, strict=True)
    assert len(load(path).items) == 1


def test_a_file_of_bad_rows_alone_says_what_is_wrong_with_the_first(tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_bytes("id,title,maker\n1,,Café\n2,,x\n".encode("cp1252"))
    with pytest.raises(CatalogueError, match=r"of 2: items\.csv line 2: no title in column 'title'"):
        load(path)


def test_strict_lets_notes_pass(tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_bytes("id,title\n1,Café\n".encode("cp1252"))
    assert load(path, strict=True).counts.notes == 1


def test_long_cells_are_cut_and_said_to_be(tmp_path: Path) -> None:
    imported = load(items_file(tmp_path, [["id", "title", "description"], ["1", "a", "some words " * 3000]]))
    assert len(str(imported.items[0].fields["description"])) <= 20_000
    assert faults(imported)[0][1] == "column 'description': cut from 33,000 to 20,000 characters"


def test_faults_are_counted_beyond_those_kept(tmp_path: Path) -> None:
    rows = [["id", "title"], ["1", "a"], *([["1", "b"]] * (KEPT + 5))]
    imported = load(items_file(tmp_path, rows))
    assert (len(imported.problems), imported.counts.rows_skipped) == (KEPT, KEPT + 5)


def test_flags_prevail_over_settings_and_settings_over_guesses(tmp_path: Path) -> None:
    path = items_file(tmp_path, [["id", "title", "a", "b"], ["1", "x", "3", "4"], ["2", "y", "5", "6/7"]])
    (tmp_path / "catalogue.toml").write_text(
        'name = "corner shop"\n[columns]\na = "facet"\nb = { role = "list", separator = "/", label = "bees" }\n',
        encoding="utf-8",
    )
    by_settings = load(path)
    assert by_settings.name == "corner shop"
    assert by_settings.items[1].fields == {"a": "5", "b": ("6", "7")}
    assert load(path, name="mine", roles={"a": Role.NUMBER}).items[0].fields["a"] == 3.0
    table = {row.column: row for row in load(path, roles={"a": Role.IGNORE}).roles}
    assert (table["a"].role, table["a"].why, table["b"].why) == (
        Role.IGNORE,
        "set by --column",
        "set by catalogue.toml",
    )
    assert table["b"].label == "bees"


def test_a_column_set_that_is_not_there_is_named_with_the_nearest(tmp_path: Path) -> None:
    path = items_file(tmp_path, [["id", "title", "price"], ["1", "a", "3"]])
    with pytest.raises(UsageError, match=r"no column 'prize'; did you mean 'price'\?"):
        load(path, roles={"prize": Role.NUMBER})
    (tmp_path / "catalogue.toml").write_text('[columns]\nprize = "number"', encoding="utf-8")
    with pytest.raises(
        CatalogueError, match=r"catalogue\.toml: 'columns\.prize' names no column .*'price'\?"
    ):
        load(path)
    (tmp_path / "catalogue.toml").write_text('[columns]\nyear = "number"', encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"'columns\.year' names no column"):
        load(path)


def test_a_settings_file_elsewhere_can_be_named(tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text('name = "other"', encoding="utf-8")
    assert load(DOZEN, settings=other).name == "other"


def test_the_name_is_that_of_the_folder_or_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "My shop!"
    folder.mkdir()
    items_file(folder, [["id", "title"], ["1", "a"]])
    assert load(folder).name == load(folder / "items.csv").name == "My-shop"
    with pytest.raises(UsageError, match="can't name a catalogue"):
        load(folder, name="../elsewhere")


def test_a_folder_with_pictures_named_after_ids_and_tables_beside(tmp_path: Path) -> None:
    items_file(tmp_path, [["id", "title"], ["1", "a"], ["2", "b"]])
    items_file(
        tmp_path,
        [
            ["user_id", "item_id", "rating", "timestamp"],
            ["u", "1", "4.5", "1700000000"],
            ["u", "9", "1", ""],
            ["", "1", "1", ""],
            ["v", "2", "", "2024-01-01"],
            ["v", "1", "good", ""],
            ["w", "1", "2", "yesterday"],
        ],
        "interactions.csv",
    )
    (tmp_path / "triples.jsonl").write_text(
        '{"head": "1", "relation": "made by", "tail": "Oak & Co"}\n{"head": "2", "relation": "made by"}\n',
        encoding="utf-8",
    )
    (tmp_path / "images").mkdir()
    Image.new("RGB", (2, 2)).save(tmp_path / "images" / "2.png")
    imported = load(tmp_path)
    assert [item.picture for item in imported.items] == [None, str((tmp_path / "images" / "2.png").resolve())]
    assert imported.columns[-1].role is Role.PICTURE
    assert imported.roles[-1].why == "derived: 1 files, named after the ids"
    assert imported.interactions == (
        Interaction("u", "1", 4.5, "rating", 1_700_000_000.0),
        Interaction("v", "2", 1.0, "rating", 1_704_067_200.0),
        Interaction("w", "1", 2.0, "rating", 0.0),
    )
    assert imported.triples == (Triple("1", "made by", "Oak & Co"),)
    assert [(problem.file.name, problem.line) for problem in imported.problems] == [
        ("interactions.csv", 3),
        ("interactions.csv", 4),
        ("interactions.csv", 6),
        ("interactions.csv", 7),
        ("triples.jsonl", 2),
    ]
    assert (imported.counts.rows_skipped, imported.counts.cells_dropped) == (4, 1)


def test_derived_pictures_can_be_ignored(tmp_path: Path) -> None:
    items_file(tmp_path, [["id", "title"], ["1", "a"]])
    (tmp_path / "pictures").mkdir()
    Image.new("RGB", (2, 2)).save(tmp_path / "pictures" / "1.png")
    assert load(tmp_path).items[0].picture is not None
    assert load(tmp_path, roles={"picture": Role.IGNORE}).items[0].picture is None


def test_a_table_beside_without_its_columns_is_refused(tmp_path: Path) -> None:
    items_file(tmp_path, [["id", "title"], ["1", "a"]])
    items_file(tmp_path, [["who", "item"], ["u", "1"]], "interactions.csv")
    with pytest.raises(CatalogueError, match=r"interactions\.csv has no column 'user' among who, item"):
        load(tmp_path)


def test_a_folder_of_pictures_and_sounds_is_a_catalogue(tmp_path: Path) -> None:
    for name in ("bags/red-leather_bag.png", "bags/0042.png", "hats/straw hat.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        Image.new("RGB", (2, 2)).save(tmp_path / name)
    (tmp_path / "songs").mkdir()
    (tmp_path / "songs" / "blue.wav").write_bytes(b"RIFF\x00\x00\x00\x00WAVE")
    (tmp_path / "LICENSE").write_text("mine", encoding="utf-8")
    imported = load(tmp_path)
    assert {item.id: item.title for item in imported.items} == {
        "bags/0042.png": "bags 0042",
        "bags/red-leather_bag.png": "red leather bag",
        "hats/straw hat.png": "straw hat",
        "songs/blue.wav": "blue",
    }
    assert imported.items[0].fields == {"folder": "bags"}
    assert imported.items[0].picture is not None
    assert imported.items[3].sound == str((tmp_path / "songs" / "blue.wav").resolve())


def test_folders_that_are_no_catalogue_say_why(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="holds no items file and no pictures or sounds"):
        load(tmp_path)
    items_file(tmp_path, [["id", "title"]], "a.csv")
    items_file(tmp_path, [["id", "title"]], "b.csv")
    with pytest.raises(CatalogueError, match=r"several tables, a\.csv, b\.csv"):
        load(tmp_path)
    with pytest.raises(CatalogueError, match="neither a file nor a folder"):
        load(tmp_path / "none")
    with pytest.raises(CatalogueError, match="has no row that can be read"):
        load(tmp_path / "a.csv")


def test_the_year_is_read_off_titles(tmp_path: Path) -> None:
    films = {str(n): {"name": f"Film {n} ({1990 + n})"} for n in range(10)}
    films["10"] = {"name": "Alien"}
    path = tmp_path / "films.json"
    path.write_text(json.dumps(films), encoding="utf-8")
    imported = load(path)
    assert [item.fields.get("year") for item in imported.items] == [*(1990.0 + n for n in range(10)), None]
    assert (imported.columns[-1].low, imported.columns[-1].high, imported.columns[-1].filled) == (
        1990.0,
        1999.0,
        10,
    )
    assert imported.items[0].title == "Film 0 (1990)"
    assert "year" not in load(path, roles={"year": Role.IGNORE}).items[0].fields


def test_values_that_differ_in_case_alone_become_one(tmp_path: Path) -> None:
    colours = ["Black", "black", "Black", "red", "Red", "red"]
    rows = [["id", "title", "colour"], *([str(n), f"t{n}", colour] for n, colour in enumerate(colours))]
    imported = load(items_file(tmp_path, rows))
    assert imported.columns[2].values == {"Black": 3, "red": 3}
    assert [severity for _, _, severity in faults(imported)] == [Severity.NOTE]


def test_progress_ends_at_the_number_of_rows(tmp_path: Path) -> None:
    path = items_file(tmp_path, [["id", "title"], *([str(n), "x"] for n in range(600))])
    calls: list[tuple[int, int]] = []
    load(path, progress=lambda done, rows: calls.append((done, rows)))
    assert calls == [(256, 600), (512, 600), (600, 600)]
