"""Data folders that can't be used: each gets one sentence and exit code 3, and nothing in them is lost."""

from __future__ import annotations

import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.tui.conftest import DOZEN

if TYPE_CHECKING:
    from tests.tui.conftest import Ran, Vitrine

ROOT = Path(__file__).parents[2]
BOOTS = "boots that dont leak, 80 tops"


def told(ran: Ran, *says: str) -> None:
    assert (ran.code, ran.out) == (3, "")
    sentences = [line for line in ran.err.splitlines() if line.startswith("vitrine: ")]
    assert len(sentences) == 1, ran.err
    assert "Traceback" not in ran.err
    for part in says:
        assert part in sentences[0]


def ask(vitrine: Vitrine, data: Path | str, catalog: str = "dozen") -> Ran:
    return vitrine("ask", BOOTS, "--catalog", catalog, "--data-dir", data)


def test_a_file_in_place_of_the_data_folder(vitrine: Vitrine, tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.write_text("mine", encoding="utf-8")
    for catalog in ("dozen", str(DOZEN)):
        told(ask(vitrine, file, catalog), str(file), "--data-dir")
    told(vitrine("index", DOZEN, "--json", "--data-dir", file), "--data-dir")
    told(vitrine("profile", "show", "--data-dir", file), str(file))
    assert file.read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder that nobody may write")
def test_a_data_folder_that_can_not_be_written(vitrine: Vitrine) -> None:
    told(ask(vitrine, "/proc/vitrine", str(DOZEN)), "/proc/vitrine")
    told(vitrine("profile", "forget", "--yes", "--data-dir", "/proc/vitrine"), "/proc/vitrine")


def test_a_store_that_a_later_version_wrote(vitrine: Vitrine, data: Path) -> None:
    (manifest,) = data.glob("catalogues/dozen/g-*/manifest.json")
    content = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**content, "format": 999}), encoding="utf-8")
    before = manifest.read_bytes()
    told(ask(vitrine, data), "later version", "update Vitrine")
    told(vitrine("index", DOZEN, "--json", "--data-dir", data), "later version")
    assert manifest.read_bytes() == before


def test_a_profile_that_a_later_version_wrote(vitrine: Vitrine, data: Path) -> None:
    with sqlite3.connect(data / "people.sqlite") as database:
        database.execute("PRAGMA user_version=999")
    database.close()
    told(vitrine("profile", "show", "--data-dir", data), "later version")
    told(vitrine("profile", "forget", "--yes", "--data-dir", data), "later version")


@pytest.mark.parametrize("file", ["catalogue.sqlite", "manifest.json", "vectors/text.npy"])
def test_a_damaged_store(vitrine: Vitrine, data: Path, file: str) -> None:
    (damaged,) = data.glob(f"catalogues/dozen/g-*/{file}")
    damaged.write_bytes(b"\x00garbage" * 50)
    told(ask(vitrine, data), "vitrine index")


def test_a_damaged_profile_is_kept_and_told(vitrine: Vitrine, data: Path) -> None:
    (data / "people.sqlite").write_bytes(b"garbage " * 1000)
    told(vitrine("profile", "show", "--data-dir", data), "damaged", "move it away")
    assert (data / "people.sqlite").read_bytes() == b"garbage " * 1000


def limited(limit: int, *arguments: str | Path, stdin: str = "") -> Ran:
    """Run the scripted console script as if the disk were full after `limit` bytes of a file."""
    from tests.tui.conftest import Ran

    def limit_files() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    ran = subprocess.run(
        [sys.executable, "-m", "tests.tui.scripted", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=limit_files,
        check=False,
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr)


def test_nothing_is_written_for_a_person_of_whom_nothing_is_known(vitrine: Vitrine, data: Path) -> None:
    assert ask(vitrine, data).code == 0
    assert vitrine("profile", "show", "--data-dir", data).code == 0
    assert not list(data.glob("people*"))


def test_a_full_disk_while_indexing_leaves_the_old_index_serving(vitrine: Vitrine, data: Path) -> None:
    served = (data / "catalogues" / "dozen" / "CURRENT").read_text(encoding="utf-8")
    changed = data / "dozen.csv"
    changed.write_text(DOZEN.read_text(encoding="utf-8").replace("Boot", "Bootee"), encoding="utf-8")
    (data / "catalogues" / "dozen" / "SOURCE").write_text(str(changed.resolve()), encoding="utf-8")
    ran = limited(2_000, "index", changed, "--json", "--data-dir", data)
    told(ran, "free space")
    assert (data / "catalogues" / "dozen" / "CURRENT").read_text(encoding="utf-8") == served
    assert ask(vitrine, data).code == 0


def test_a_full_disk_while_rating_is_a_sentence_and_the_talk_goes_on(vitrine: Vitrine, data: Path) -> None:
    ran = limited(
        2_000,
        *("chat", "--json", "--catalog", "dozen", "--data-dir", data),
        stdin=f"{BOOTS}\n/like 1\n/why 1\n",
    )
    assert ran.code == 0, ran.err
    first, refused, last = ran.objects
    assert len(first["items"]) == 3
    assert "free" in refused["answer"]
    assert last["turn"] == 3
    freed = vitrine(
        *("chat", "--plain", "--catalog", "dozen", "--data-dir", data), stdin=f"{BOOTS}\n/like 1\n/profile\n"
    )
    assert "\nlikes: " in freed.out
