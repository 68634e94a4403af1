import json
from pathlib import Path

import pytest

from encoders.errors import CatalogueError
from retrieval.catalogue.delimited import sniff_delimiter
from retrieval.catalogue.problems import Severity
from retrieval.catalogue.readers import open_rows

Reported = list[tuple[int, str, Severity]]


def read(path: Path, content: bytes | str) -> tuple[list[tuple[int, dict[str, object]]], Reported]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    reported: Reported = []
    rows = open_rows(path)
    return list(rows.read(lambda *fault: reported.append(fault))), reported


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    text = "\n".join(
        delimiter.join(row) for row in (["id", "title", "tags"], ["1", "a, b", "x;y"], ["2", "c", "z"])
    )
    if delimiter in ",;":
        text = text.replace("a, b", '"a, b"').replace("x;y", '"x;y"')
    rows, reported = read(tmp_path / "a.csv", text)
    assert rows == [
        (2, {"id": "1", "title": "a, b", "tags": "x;y"}),
        (3, {"id": "2", "title": "c", "tags": "z"}),
    ]
    assert not reported


def test_one_column_has_no_delimiter() -> None:
    assert sniff_delimiter("title\nsome words\n") == ","


def test_quoted_line_ends_stay_and_lines_are_counted(tmp_path: Path) -> None:
    rows, _ = read(tmp_path / "a.csv", 'id,title\r\n1,"two\nlines ""said"""\r\n\r\n2,b\r\n')
    assert rows == [(2, {"id": "1", "title": 'two\nlines "said"'}), (5, {"id": "2", "title": "b"})]


def test_a_cell_larger_than_the_limit_of_the_csv_module_is_read(tmp_path: Path) -> None:
    rows, reported = read(tmp_path / "a.csv", f"id,title\n1,{'x' * 500_000}\n")
    assert len(str(rows[0][1]["title"])) == 500_000
    assert not reported


def test_an_unclosed_quote_costs_its_own_row_alone(tmp_path: Path) -> None:
    rows, reported = read(tmp_path / "a.csv", 'id,title\n1,a\n2,"b\n3,c\n4,d\n')
    assert [row["id"] for _, row in rows] == ["1", "3", "4"]
    assert [line for line, _ in rows] == [2, 4, 5]
    assert reported == [(3, "a quote that opens in this row never closes", Severity.ROW_SKIPPED)]


def test_a_file_of_unclosed_quotes_is_refused(tmp_path: Path) -> None:
    # Such a line ends inside a quote, whether it began inside one or not.
    with pytest.raises(CatalogueError, match="quotes that never close"):
        read(tmp_path / "a.csv", "id,title\n" + '"1","a\n' * 200)


def test_rows_of_another_width_are_accounted_for(tmp_path: Path) -> None:
    rows, reported = read(tmp_path / "a.csv", "id,title,x\n1,a\n2,b,c,d\n3,c,d,,\n")
    assert [row["id"] for _, row in rows] == ["1", "3"]
    assert [(line, severity) for line, _, severity in reported] == [
        (2, Severity.NOTE),
        (3, Severity.ROW_SKIPPED),
    ]


def test_columns_without_a_name_or_with_the_same_one_are_told_apart(tmp_path: Path) -> None:
    rows, _ = read(tmp_path / "a.csv", ",name,name,name (2)\n0,a,b,c\n")
    assert rows[0][1] == {"column 1": "0", "name": "a", "name (2)": "b", "name (2) (2)": "c"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_with_a_mark_or_utf8_need_no_note(tmp_path: Path, encoding: str) -> None:
    rows, reported = read(tmp_path / "a.csv", "id,title\n1,Zoë ñ\n".encode(encoding))
    assert rows == [(2, {"id": "1", "title": "Zoë ñ"})]
    assert not reported


def test_windows_1252_is_read_with_a_note_that_names_the_line(tmp_path: Path) -> None:
    rows, reported = read(tmp_path / "a.csv", "id,title\n1,a\n2,Café £5\n".encode("cp1252"))
    assert rows[1][1]["title"] == "Café £5"
    assert reported == [
        (0, "byte 0xe9 at line 3 is not UTF-8, so the file was read as Windows-1252", Severity.NOTE)
    ]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b" \n ", "is empty"),
        (b"PK\x03\x04rest", "spreadsheet"),
        (b"\x1f\x8b\x08rest", "gzip"),
        (b"\x89PNG\r\n", "picture"),
        (bytes(range(32)) * 20, "binary"),
    ],
)
def test_files_that_are_no_table_are_named_for_what_they_are(
    tmp_path: Path, content: bytes, why: str
) -> None:
    with pytest.raises(CatalogueError, match=why):
        read(tmp_path / "a.csv", content)


def test_json_lines_report_bad_lines_and_go_on(tmp_path: Path) -> None:
    rows, reported = read(
        tmp_path / "a.jsonl", '{"id": 1}\n\n{"id": \n[1]\n{"id": 2, "x": {"y": {"z": 3}}}\n'
    )
    assert rows == [(1, {"id": 1}), (5, {"id": 2, "x.y.z": 3})]
    assert [line for line, _, _ in reported] == [3, 4]
    assert "not JSON" in reported[0][1]
    assert "a list" in reported[1][1]


@pytest.mark.parametrize(
    "document",
    [
        [{"id": "a"}, {"id": "b"}],
        {"a": {}, "b": {}},
        {"films": {"a": {"x": 1}, "b": {"x": 1}}},
        {"version": 3, "items": [{"id": "a"}, {"id": "b"}]},
    ],
)
def test_shapes_of_json(tmp_path: Path, document: object) -> None:
    rows, _ = read(tmp_path / "a.json", json.dumps(document))
    assert [row["id"] for _, row in rows] == ["a", "b"]
    assert [number for number, _ in rows] == [1, 2]


def test_an_object_by_id_keeps_an_inner_id_and_both_items_of_one_key(tmp_path: Path) -> None:
    rows, _ = read(tmp_path / "a.json", '{"a": {"id": 7}, "b": {"t": 1}, "a": {"t": 2}}')
    assert [row for _, row in rows] == [
        {"id": "a", "id (inner)": 7},
        {"id": "b", "t": 1},
        {"id": "a", "t": 2},
    ]


@pytest.mark.parametrize("document", ["[]", "{}", "3", '{"a": [{"x": 1}], "b": [{"x": 1}]}', "[" * 100_000])
def test_json_without_one_table_is_refused(tmp_path: Path, document: str) -> None:
    with pytest.raises(CatalogueError, match=r"list of objects|lists of objects|not JSON"):
        read(tmp_path / "a.json", document)


def test_json_lines_under_the_name_of_json_are_read(tmp_path: Path) -> None:
    rows, _ = read(tmp_path / "a.json", '{"id": 1}\n{"id": 2}\n')
    assert [row["id"] for _, row in rows] == [1, 2]


def test_parquet(tmp_path: Path) -> None:
    import pyarrow
    import pyarrow.parquet

    path = tmp_path / "a.parquet"
    table = {
        "id": [1, 2],
        "title": ["a", None],
        "tags": [["x", "y"], []],
        "image": [{"bytes": b"z", "path": "p"}, None],
    }
    pyarrow.parquet.write_table(pyarrow.table(table), path)
    rows = open_rows(path)
    assert list(rows.read(lambda *_: None)) == list(rows.read(lambda *_: None))
    first = next(iter(rows.read(lambda *_: None)))
    assert first == (1, {"id": 1, "title": "a", "tags": ["x", "y"], "image.bytes": b"z", "image.path": "p"})


def test_a_name_without_a_known_suffix_is_judged_by_content(tmp_path: Path) -> None:
    assert read(tmp_path / "a.dat", '[{"id": 1}]')[0] == [(1, {"id": 1})]
    assert read(tmp_path / "b.dat", "id\ttitle\n1\ta\n")[0] == [(2, {"id": "1", "title": "a"})]


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"can't be read .*; check the path"):
        open_rows(tmp_path / "none.csv")
