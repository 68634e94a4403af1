from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import Vitrine


def without_models(problems: list[str]) -> list[str]:
    """Leave out what is said of models: their files are not the store's."""
    return [
        problem for problem in problems if "bundled reader" not in problem and "bundled writer" not in problem
    ]


def test_an_empty_data_folder_is_well_and_stays_empty(vitrine: Vitrine, tmp_path: Path) -> None:
    ran = vitrine("doctor", "--data-dir", tmp_path / "data")
    assert "catalogues: none indexed yet" in ran.out
    assert "text: bundled:all-MiniLM-L6-v2 (ready)" in ran.out
    assert "chat: plain, because standard input and output are no terminal" in ran.out
    assert "pictures: off, because standard output is no terminal" in ran.out
    assert re.search(
        r"^microphone: (none\. .+/voice FILE\.|.+ samples a second, because it is .+)$", ran.out, re.M
    )
    (found,) = vitrine("doctor", "--json", "--data-dir", tmp_path / "data").objects
    assert set(found["microphone"]) == {"name", "rate", "why"}
    assert without_models(found["problems"]) == []
    assert ran.code == (1 if found["problems"] else 0)
    assert set(found) == {
        "machine",
        "chat",
        "pictures",
        "microphone",
        "keys",
        "models",
        "data_dir",
        "catalogues",
        "people",
        "problems",
    }
    assert not (tmp_path / "data").exists()


def test_an_index_that_does_not_serve_is_named_and_mended(vitrine: Vitrine, data: Path) -> None:
    where = ("--json", "--data-dir", data)
    ran = vitrine("doctor", *where)
    (found,) = ran.objects
    (problem,) = without_models(found["problems"])
    assert ran.code == 1
    assert "vector index of 'dozen' does not serve" in problem
    assert "`vitrine doctor --mend`" in problem
    (mended,) = vitrine("doctor", "--mend", *where).objects
    assert without_models(mended["problems"]) == []
    (catalogue,) = mended["catalogues"]
    assert catalogue["index"]["serving"]
    assert (catalogue["items"], catalogue["encoded"]["text"]["filled"]) == (12, 12)


@pytest.mark.parametrize("file", ["catalogue.sqlite", "manifest.json", "vectors/text.npy"])
def test_damage_is_named_and_leaves_the_rest_examined(vitrine: Vitrine, data: Path, file: str) -> None:
    (damaged,) = data.glob(f"catalogues/dozen/g-*/{file}")
    damaged.write_bytes(b"garbage")
    (data / "people.sqlite").write_bytes(b"garbage " * 100)
    ran = vitrine("doctor", "--mend", "--data-dir", data)
    problems = [line for line in ran.out.splitlines() if line.startswith("problem: ")]
    assert ran.code == 1
    assert any("people.sqlite" in problem for problem in problems)
    assert any("g-1" in problem or "'dozen'" in problem for problem in problems)
    assert "catalogue dozen: " in ran.out
    assert "Traceback" not in ran.err


def test_a_file_in_place_of_the_data_folder_is_a_problem(vitrine: Vitrine, tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.touch()
    ran = vitrine("doctor", "--data-dir", file)
    assert ran.code == 1
    assert f"problem: {file}" in ran.out


def test_a_set_without_its_files_is_a_problem_with_the_command_that_gets_them(
    vitrine: Vitrine, tmp_path: Path
) -> None:
    ran = vitrine("doctor", "--profile", "laptop", "--data-dir", tmp_path)
    assert ran.code == 1
    assert "problem: The text model BAAI/bge-small-en-v1.5 is not on this disk" in ran.out
    assert "`vitrine models pull laptop`" in ran.out
