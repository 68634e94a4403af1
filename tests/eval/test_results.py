from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from encoders.errors import InputError, VitrineError
from eval.results import commit, keep, newest

if TYPE_CHECKING:
    from pathlib import Path


def test_a_result_is_kept_as_json_with_commit_machine_and_date(tmp_path: Path) -> None:
    began = datetime.now(UTC).replace(microsecond=0)
    path = keep("speed", {"p50": 1.5, "said": "£5 “über”"}, tmp_path)
    record = json.loads(path.read_text(encoding="utf-8"))
    assert record["name"] == "speed"
    assert record["measured"] == {"p50": 1.5, "said": "£5 “über”"}
    assert record["machine"]["cores"] >= 1
    assert record["machine"]["processor"] and record["machine"]["python"].startswith("3.")
    assert record["commit"] == commit()
    assert began <= datetime.fromisoformat(record["date"]) <= datetime.now(UTC)


def test_no_result_is_written_over(tmp_path: Path) -> None:
    paths = [keep("speed", {"run": number}, tmp_path) for number in range(3)]
    assert len(set(paths)) == 3
    assert [json.loads(path.read_text(encoding="utf-8"))["measured"]["run"] for path in paths] == [0, 1, 2]
    assert {path.suffix for path in tmp_path.iterdir()} == {".json"}


def test_what_json_cannot_hold_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="JSON"):
        keep("speed", {"p50": float("nan")}, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "results").write_text("a file", encoding="utf-8")
    with pytest.raises(VitrineError, match="can't be kept in"):
        keep("speed", {}, tmp_path / "results")


def test_the_newest_of_each_name_is_read_back(tmp_path: Path) -> None:
    for number in range(12):
        keep("speed", {"run": number}, tmp_path)
    keep("bench-redial", {"run": -1}, tmp_path)
    (tmp_path / "README.md").write_text("# Results", encoding="utf-8")
    assert [(record.name, record.measured["run"]) for record in newest(tmp_path)] == [
        ("bench-redial", -1),
        ("speed", 11),
    ]


def test_nothing_kept_is_no_error(tmp_path: Path) -> None:
    assert newest(tmp_path / "absent") == []


@pytest.mark.parametrize("text", ["{", "[]", '{"name": "speed"}'])
def test_a_file_that_is_no_result_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "odd.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"odd\.json is not a kept result"):
        newest(tmp_path)
