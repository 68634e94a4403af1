"""The installed console script with the bundled models, nothing faked; about 8 s a process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.tui.conftest import DOZEN, Ran
from tests.tui.test_chat import check_shape

SCRIPT = Path(sys.executable).with_name("vitrine")


def vitrine(*arguments: str | Path, stdin: str = "") -> Ran:
    ran = subprocess.run(
        [str(SCRIPT), *map(str, arguments)], input=stdin, capture_output=True, text=True, check=False
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundled")
    ran = vitrine("index", DOZEN, "--data-dir", folder, "--json")
    assert ran.code == 0, ran.err
    report = json.loads(ran.out)
    assert report["index"]["modalities"][0]["encoder"].startswith("all-MiniLM-L6-v2@")
    assert report["index"]["index"]["serving"]
    return folder


def test_a_conversation_as_json(data: Path) -> None:
    lines = "waterproof boots under 80\n/like 1\n/why 1\n/new\na red scarf\n"
    ran = vitrine("chat", "--json", "--catalog", "dozen", "--data-dir", data, stdin=lines)
    assert ran.code == 0, ran.err
    turns: list[dict[str, Any]] = ran.objects
    for turn in turns:
        check_shape(turn)
        assert turn["answer"]
    assert [turn["turn"] for turn in turns] == [1, 2, 3, 1]
    assert [turn["act"]["name"] for turn in turns] == ["recommend", "like", "explain", "recommend"]
    first = turns[0]
    assert ("price", "<=", 80, "enforced") in {
        (c["field"], c["op"], c["value"], c["status"]) for c in first["act"]["constraints"]
    }
    assert first["items"]
    assert all(item["price"] <= 80 for item in first["items"])
    assert turns[3]["items"][0]["id"] == "s1"
    assert first["models"]["text"].startswith("all-MiniLM-L6-v2@")
    assert "nano" in first["models"]["chat"]


def test_a_conversation_in_words(data: Path) -> None:
    lines = "boots under 80\n/rate 1 4\n/profile\n"
    ran = vitrine("--catalog", DOZEN, "--data-dir", data, "--user", "ana", stdin=lines)
    assert ran.code == 0, ran.err
    assert "looking for: boots · price ≤ 80" in ran.out
    assert "\nitem 1 of 4: " in ran.out
    assert "\nnoted: " in ran.out
    assert "\nrated: " in ran.out
    assert "Traceback" not in ran.err


@pytest.mark.slow
def test_ask_and_doctor(data: Path) -> None:
    ran = vitrine("ask", "a silk scarf", "--catalog", "dozen", "--data-dir", data)
    assert ran.code == 0, ran.err
    assert "Tern Silk Scarf" in ran.out
    assert vitrine("doctor", "--data-dir", data).code == 0


@pytest.mark.slow
def test_an_index_made_by_the_script_is_opened_by_its_path(data: Path) -> None:
    ran = vitrine("index", DOZEN, "--data-dir", data)
    assert ran.out.splitlines()[-1] == "dozen is indexed already, and nothing changed: 12 items kept."
