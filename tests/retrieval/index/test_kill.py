from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from retrieval.index.build import Options, build
from retrieval.library import Library
from retrieval.store.layout import catalogue_folder
from tests.fakes.encoders import HashTextEncoder
from tests.retrieval.index.slow_build import changed

ROOT = Path(__file__).parents[3]


def run_and_kill(data_dir: Path, suffix: str, seconds: float, after: float, index: str) -> bool:
    """Start a build, kill it `after` so many seconds; tell whether it was killed before it ended."""
    command = [
        sys.executable,
        "-m",
        "tests.retrieval.index.slow_build",
        str(data_dir),
        suffix,
        str(seconds),
        index,
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"begin\n"
        time.sleep(after)
        killed = child.poll() is None
        child.kill()
        child.wait()
    assert killed or child.returncode == 0
    return killed


def assert_serves(data_dir: Path, suffix: str) -> None:
    library = Library(data_dir)
    snapshot = library.open("dozen")
    items = changed(suffix).items
    assert snapshot.items(snapshot.ids) == items
    array = snapshot.vectors("text")
    assert array is not None
    np.testing.assert_array_equal(array, HashTextEncoder().encode_documents(snapshot.documents()))
    library.close()


def test_a_build_killed_at_any_moment_leaves_the_old_one_serving_and_the_next_resumes(tmp_path: Path) -> None:
    build(changed(""), data_dir=tmp_path, text=HashTextEncoder(), options=Options(index=False))
    moments = random.Random(7)
    kills = 0
    served = ""
    for attempt in range(8):
        suffix = f" v{attempt}"
        # 12 batches of 10 ms, then about 50 ms of storing, verifying and swapping.
        killed = run_and_kill(tmp_path, suffix, 0.01, moments.uniform(0, 0.3), "without")
        kills += killed
        names = [snapshot_suffix(tmp_path)] if killed else [suffix]
        assert names[0] in (served, suffix)
        served = names[0]
        assert_serves(tmp_path, served)
    assert kills >= 3
    encoder = HashTextEncoder()
    build(changed(" last"), data_dir=tmp_path, text=encoder, options=Options(index=False))
    assert_serves(tmp_path, " last")
    folder = catalogue_folder(tmp_path, "dozen")
    assert len(list(folder.path.glob("g-*"))) == 2
    assert not folder.building.exists()


def snapshot_suffix(data_dir: Path) -> str:
    """Which catalogue is served: a kill after the swap leaves the new one, whole."""
    library = Library(data_dir)
    title = library.open("dozen").titles()[0]
    library.close()
    return title.removeprefix(changed("").items[0].title)


def test_a_killed_run_is_resumed_from_the_vectors_it_made(tmp_path: Path) -> None:
    assert run_and_kill(tmp_path, "", 0.1, 0.75, "without")
    assert Library(tmp_path).names() == []
    encoder = HashTextEncoder()
    report = build(changed(""), data_dir=tmp_path, text=encoder, options=Options(index=False))
    assert 0 < encoder.encoded < 12
    assert report.modalities[0].reused == 12 - encoder.encoded
    assert_serves(tmp_path, "")


def test_a_build_killed_while_chroma_is_filled_leaves_the_old_one_serving(tmp_path: Path) -> None:
    build(changed(""), data_dir=tmp_path, text=HashTextEncoder(), options=Options(index=False))
    assert run_and_kill(tmp_path, " new", 0, 0.6, "with-index")
    assert_serves(tmp_path, "")
    encoder = HashTextEncoder()
    build(changed(" new"), data_dir=tmp_path, text=encoder, options=Options(index=False))
    assert encoder.encoded == 0
    assert_serves(tmp_path, " new")
