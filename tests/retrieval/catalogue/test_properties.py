"""What must hold for any file at all."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from encoders.errors import CatalogueError
from encoders.sanitise import sanitise_line
from retrieval.catalogue.cells import is_empty
from retrieval.catalogue.content import document
from retrieval.catalogue.importer import load
from retrieval.types import Role

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
RELAXED = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

clean = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="\ufffd"),
    min_size=1,
    max_size=20,
).map(sanitise_line)
named = clean.filter(lambda text: not is_empty(text, name=True))
cell = clean.filter(lambda text: not is_empty(text))
rows = st.lists(
    st.fixed_dictionaries({"id": named, "title": named, "note": cell, "price": st.integers(0, 10**6)}),
    min_size=1,
    max_size=12,
    unique_by=lambda row: row["id"],
)
wanted = {"note": Role.TEXT, "price": Role.NUMBER}


@RELAXED
@given(rows, st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["\n", "\r\n"]))
def test_any_csv_comes_back(
    tmp_path: Path, table: list[dict[str, str | int]], delimiter: str, end: str
) -> None:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, ["id", "title", "note", "price"], delimiter=delimiter, lineterminator=end)
    writer.writeheader()
    writer.writerows(table)
    path = tmp_path / "items.csv"
    path.write_bytes(stream.getvalue().encode())
    # The delimiter is given where hardly any row could show it.
    (tmp_path / "catalogue.toml").write_text(f"delimiter = {json.dumps(delimiter)}", encoding="utf-8")
    check(path, table)


@RELAXED
@given(rows)
def test_any_json_lines_come_back(tmp_path: Path, table: list[dict[str, str | int]]) -> None:
    path = tmp_path / "items.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in table), encoding="utf-8")
    check(path, table)


def check(path: Path, table: list[dict[str, str | int]]) -> None:
    imported = load(path, roles=wanted)
    assert imported.problems == ()
    assert [(item.id, item.title, item.fields["note"], item.fields["price"]) for item in imported.items] == [
        (row["id"], row["title"], row["note"], float(row["price"])) for row in table
    ]


FRAGMENTS = st.sampled_from(
    [b'"', b"'", b"\n", b"\r", b",", b";", b"|", b"[", b"]", b"{", b"}", b":", b"id", b"title", b"\x1b[2J", b"\x00",
     b"\xff", b"\xe2\x80\xae", b"\\ud800", b"1e999", b"NaN", b"null", b"x.png", b"2024-01-01", b"(1999)", b"PAR1"]
)  # fmt: skip
BASES = st.sampled_from(
    [
        b"",
        b"id,title,price\n1,Red boot (1999),3\n2,Blue hat (2001),4\n",
        b'{"id": 1, "title": "Red boot", "tags": ["a", {"name": "b"}]}\n{"id": 2, "title": "Hat"}\n',
        b'[{"id": 1, "title": "Red boot"}, {"id": 2, "title": "Hat", "x": {"y": 1}}]',
        b'{"1": {"name": "Red boot"}, "2": {"name": "Hat"}}',
    ]
)


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    content = bytearray(draw(BASES))
    for _ in range(draw(st.integers(0, 8))):
        place = draw(st.integers(0, len(content)))
        content[place:place] = draw(FRAGMENTS | st.binary(max_size=6))
    return bytes(content)


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".json", ".parquet", ".dat"])
@RELAXED
@given(content=spoilt() | st.binary(max_size=200))
def test_any_bytes_give_clean_items_or_one_sentence(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"items{suffix}"
    path.write_bytes(content)
    try:
        imported = load(path)
    except CatalogueError as error:
        assert str(error)
        return
    assert imported.items
    assert len({item.id for item in imported.items}) == len(imported.items)
    for item in imported.items:
        assert item.title
        assert len(item.title) <= 300
        assert not CONTROL.search(item.title)
        assert not CONTROL.search(item.id)
        assert document(item, imported.columns).startswith(item.title.rstrip(". ")[:100])
    for column in imported.columns:
        assert column.filled <= len(imported.items)
        assert not CONTROL.search(column.name)
