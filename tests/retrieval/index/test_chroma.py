from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from encoders.vectors import unit
from retrieval.index import child, chroma, upkeep
from retrieval.index.build import Options, build
from retrieval.index.chroma import ChromaIndex
from retrieval.index.place import Place, write_mark
from retrieval.index.probe import probe
from retrieval.index.progress import Silent
from retrieval.library import Library
from retrieval.store import vectors
from retrieval.store.layout import catalogue_folder
from retrieval.store.manifest import Encoded, Manifest
from retrieval.store.manifest import write as write_manifest
from retrieval.types import Item
from tests.fakes.encoders import HashTextEncoder
from tests.retrieval.index.catalogues import dozen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from encoders.protocols import Vectors

ROWS = 1_500
"""Above 1,000, where Chroma begins to write segment files."""


def sample() -> Vectors:
    """Vectors in 30 clusters, as those of real items are, and every 50th row empty."""
    generator = np.random.default_rng(5)
    centres = generator.normal(size=(30, 24))
    rows = unit(centres[generator.integers(0, 30, ROWS)] + 0.4 * generator.normal(size=(ROWS, 24)))
    rows[::50] = 0
    return rows


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Place, Manifest]:
    """A generation of vectors alone, with its collections built and probed."""
    folder = catalogue_folder(tmp_path_factory.mktemp("chroma"), "many").generation("g-1")
    rows = sample()
    vectors.write(folder.vectors("text"), [rows], dimension=24)
    filled = int(vectors.filled(rows).sum())
    manifest = Manifest(
        "many", "/m.csv", "2026-01-01", ROWS, 0, 0, (), {"text": Encoded("e", 24, filled)}, "ab" * 32
    )
    write_manifest(folder.manifest, manifest)
    place = upkeep.place_of(folder, manifest, None)
    status = upkeep.rebuild(place, manifest, Silent())
    assert status.serving, status.reason
    assert "1,470 text vectors" in status.reason
    return place, manifest


@pytest.fixture
def copy(built: tuple[Place, Manifest], tmp_path: Path) -> tuple[Place, Manifest]:
    """The same in a folder of its own, to be damaged."""
    import shutil

    place, manifest = built
    folder = catalogue_folder(tmp_path, "many").generation("g-1")
    shutil.copytree(place.folder.path, folder.path)
    return Place(folder, None, place.digest), manifest


def rows_of(hits: list[tuple[int, float]] | None) -> list[int]:
    assert hits is not None
    assert all(-1 <= cosine <= 1 for _, cosine in hits)
    return [row for row, _ in hits]


@pytest.fixture
def index(built: tuple[Place, Manifest]) -> Iterator[ChromaIndex]:
    index = ChromaIndex(built[0])
    yield index
    index.close()


def test_the_nearest_rows_are_those_of_an_exact_scan(index: ChromaIndex) -> None:
    rows = sample()
    for row in range(1, ROWS, 100):
        cosines = rows @ rows[row]
        hits = index.query("text", rows[row], 10)
        assert hits is not None
        assert hits[0][0] == row
        assert [cosine for _, cosine in hits] == pytest.approx(np.sort(cosines)[::-1][:10].tolist(), abs=1e-5)
        assert all(cosine == pytest.approx(cosines[hit], abs=1e-5) for hit, cosine in hits)
        assert max(cosine for _, cosine in hits) <= 1


def test_empty_rows_are_never_found(index: ChromaIndex) -> None:
    hits = index.query("text", sample()[1], ROWS)
    assert hits is not None
    assert len(hits) > ROWS * 0.9
    assert not any(row % 50 == 0 for row, _ in hits)


def test_a_modality_that_is_not_there_and_no_rows_at_all(index: ChromaIndex) -> None:
    assert index.query("image", sample()[1], 3) is None
    assert index.query("text", sample()[1], 0) == []
    hits = index.query("text", sample()[1], 3)
    assert hits is not None
    assert len(hits) == 3


def test_a_closed_index_serves_no_more(built: tuple[Place, Manifest]) -> None:
    index = ChromaIndex(built[0])
    index.close()
    assert index.query("text", sample()[1], 3) is None
    assert index.why_not == "it is closed"


def test_the_probe_finds_nothing_wrong(built: tuple[Place, Manifest]) -> None:
    verdict = probe(built[0], "text")
    assert (verdict.count, verdict.asked, verdict.found, verdict.fault) == (1470, 64, 64, "")
    assert upkeep.examine(*built).serving


@pytest.mark.parametrize("file", ["index_metadata.pickle", "data_level0.bin", "header.bin"])
def test_a_segment_cut_to_nothing_is_not_opened_and_is_built_again(
    copy: tuple[Place, Manifest], file: str
) -> None:
    place, manifest = copy
    next(place.folder.chroma.rglob(file)).write_bytes(b"")
    index = ChromaIndex(place)
    assert index.query("text", sample()[1], 3) is None
    assert "not whole" in index.why_not
    assert not upkeep.status(place).serving
    if file == "header.bin":
        assert upkeep.rebuild(place, manifest, Silent()).serving
        assert rows_of(ChromaIndex(place).query("text", sample()[1], 1)) == [1]


def test_a_damaged_chroma_database_makes_it_scan_exactly(copy: tuple[Place, Manifest]) -> None:
    place, manifest = copy
    (place.folder.chroma / "chroma.sqlite3").write_bytes(b"torn" * 3000)
    index = ChromaIndex(place)
    assert index.query("text", sample()[1], 3) is None
    assert index.why_not.startswith("Chroma failed")
    assert index.query("text", sample()[1], 3) is None
    status = upkeep.examine(place, manifest)
    assert not status.serving
    assert "while it was probed, its process failed" in status.reason


def test_collections_that_differ_from_the_store_fail_the_probe(copy: tuple[Place, Manifest]) -> None:
    place, _ = copy
    client = chroma.connect(place)
    collection = client.get_collection("text", embedding_function=None)
    collection.delete(ids=["1"])  # type: ignore[attr-defined]  # used by this test alone
    chroma.disconnect(client)
    assert probe(place, "text").fault == "it holds 1,469 of 1,470 rows"
    client = chroma.connect(place)
    client.get_collection("text", embedding_function=None).add(["0"], sample()[1:2])
    chroma.disconnect(client)
    assert probe(place, "text").fault in (
        "its vectors are not those of the store",
        "",
    ), "row 1 may be outside the sample"
    array = sample()[:, ::-1]
    vectors.write(place.folder.vectors("text"), [np.ascontiguousarray(array)], dimension=24)
    assert probe(place, "text").fault == "its vectors are not those of the store"


class TestChild:
    """The process around the worker, with workers that misbehave."""

    @pytest.fixture
    def place(self, tmp_path: Path) -> Place:
        return Place(catalogue_folder(tmp_path, "x").generation("g-1"))

    def run(self, place: Place, script: str, silence: float = 20.0) -> child.Outcome:
        worker = (sys.executable, "-c", script)
        return child.run("probe", place, ["text"], lambda _: None, worker=worker, silence=silence)

    def test_a_crash_is_a_failure(self, place: Place) -> None:
        outcome = self.run(place, "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
        assert outcome.failure == "its process was ended by SIGSEGV"

    def test_a_crash_after_the_answer_is_a_failure(self, place: Place) -> None:
        told = r'print(\'{"modality": "text", "count": 3, "fault": ""}\', flush=True)'.replace("\\", "")
        outcome = self.run(place, f"import os, signal; {told}; os.kill(os.getpid(), signal.SIGABRT)")
        assert outcome.counts == {"text": 3}
        assert "SIGABRT" in outcome.failure

    def test_a_hang_is_a_failure(self, place: Place) -> None:
        began = time.monotonic()
        assert self.run(place, "import time; time.sleep(60)", 0.3).failure == "it was silent for 0 s"
        assert time.monotonic() - began < 5

    def test_an_exception_is_told_by_its_last_line(self, place: Place) -> None:
        assert self.run(place, "raise ValueError('no\\x1b[2J index')").failure == (
            "its process failed (ValueError: no index)"
        )

    def test_other_output_is_passed_over(self, place: Place) -> None:
        outcome = self.run(place, "print('hello'); print('[1]'); print('{\"x\": 1}')")
        assert (outcome.failure, outcome.counts) == ("", {})

    def test_a_program_that_is_not_there_is_a_failure(self, place: Place) -> None:
        outcome = child.run("probe", place, ["text"], lambda _: None, worker=("/nowhere/python",))
        assert "could not be started" in outcome.failure


def test_an_indexing_run_builds_it_and_a_lost_one_is_mended(tmp_path: Path) -> None:
    report = build(dozen(), data_dir=tmp_path, text=HashTextEncoder())
    assert report.index.serving, report.index.reason
    library = Library(tmp_path)
    snapshot = library.open("dozen")
    array = snapshot.vectors("text")
    assert array is not None
    hits = snapshot.nearest("text", array[2], 3)
    assert hits is not None
    assert [row for row, _ in hits] == np.argsort(-(array @ array[2]))[:3].tolist()
    assert snapshot.nearest("image", array[2], 3) is None
    assert library.health("dozen").index.reason.endswith("sampled rows find themselves")
    mark = upkeep.place_of(snapshot.folder, snapshot.manifest, None).mark
    mark.unlink()
    library.close()
    health = library.health("dozen")
    assert not health.index.serving
    assert health.problems == ()
    assert library.open("dozen").nearest("text", array[2], 3) is None
    library.close()
    assert library.mend("dozen").serving
    assert rows_of(library.open("dozen").nearest("text", array[2], 1)) == [2]
    library.close()


def test_without_chromadb_the_store_serves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "without" / "chromadb").mkdir(parents=True)
    (tmp_path / "without" / "chromadb" / "__init__.py").write_text("raise ImportError('not here')", "utf-8")
    monkeypatch.syspath_prepend(tmp_path / "without")
    report = build(dozen(), data_dir=tmp_path / "data", text=HashTextEncoder())
    assert not report.index.serving
    assert "ImportError: not here" in report.index.reason
    assert len(Library(tmp_path / "data").open("dozen")) == 12


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A real Chroma server on this machine."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("chroma")
    if not program.exists():
        pytest.skip("chromadb's `chroma` program is not installed")
    command = [
        str(program),
        "run",
        "--path",
        str(tmp_path / "server"),
        "--port",
        str(port),
        "--host",
        "127.0.0.1",
    ]
    quiet = {**os.environ, "OTEL_SDK_DISABLED": "true"}
    with subprocess.Popen(
        command, env=quiet, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        url = f"http://127.0.0.1:{port}"
        try:
            for _ in range(100):
                try:
                    urllib.request.urlopen(f"{url}/api/v2/heartbeat", timeout=1).close()
                    break
                except (urllib.error.URLError, OSError):
                    time.sleep(0.1)
            yield url
        finally:
            process.kill()


def test_a_server_holds_a_collection_of_its_own_for_each_generation(
    server: str, built: tuple[Place, Manifest]
) -> None:
    local, manifest = built
    place = upkeep.place_of(local.folder, manifest, server)
    assert place.collection("text") == "many.g-1.abababababab.text"
    assert chroma.fill(place, "text", lambda _: None) == 1470
    verdict = probe(place, "text")
    assert (verdict.count, verdict.fault) == (1470, "")
    index = ChromaIndex(place)
    assert index.query("text", sample()[1], 1) is None, "not marked as whole"
    write_mark(place, {"text": verdict.count})
    index = ChromaIndex(place)
    rows = sample()
    for row in (1, 702, 1499):
        assert rows_of(index.query("text", rows[row], 5)) == np.argsort(-(rows @ rows[row]))[:5].tolist()
    index.close()
    chroma.drop(place, "text")
    dropped = ChromaIndex(place)
    assert dropped.query("text", rows[1], 1) is None
    assert "NotFoundError" in dropped.why_not
    place.mark.unlink()


@pytest.mark.slow
def test_a_server_holds_the_collections_of_the_served_generations(server: str, tmp_path: Path) -> None:
    options = Options(chroma_url=server)
    for number in range(3):
        items = [*dozen().items, Item("new", f"New {number}", {})]
        report = build(
            dozen().with_items(*items), data_dir=tmp_path / "data", text=HashTextEncoder(), options=options
        )
        assert report.index.serving, report.index.reason
    library = Library(tmp_path / "data", chroma_url=server)
    snapshot = library.open("dozen")
    array = snapshot.vectors("text")
    assert array is not None
    assert rows_of(snapshot.nearest("text", array[12], 1)) == [12]
    assert library.health("dozen").index.serving
    assert not (snapshot.folder.chroma).exists()
    place = upkeep.place_of(snapshot.folder, snapshot.manifest, server)
    client = chroma.connect(place)
    names = sorted(collection.name for collection in client.list_collections())
    assert [name.split(".")[:2] for name in names] == [["dozen", "g-2"], ["dozen", "g-3"]]
    library.remove("dozen")
    assert client.list_collections() == []
    chroma.disconnect(client)


def test_a_server_that_is_not_there_makes_it_scan_exactly(tmp_path: Path) -> None:
    url = "http://127.0.0.1:9"
    report = build(dozen(), data_dir=tmp_path, text=HashTextEncoder(), options=Options(chroma_url=url))
    assert not report.index.serving
    assert f"the collections at {url} can't serve" in report.index.reason
    snapshot = Library(tmp_path, chroma_url=url).open("dozen")
    assert snapshot.nearest("text", np.full(64, 0.125, np.float32), 2) is None


def test_a_server_that_never_answers_makes_it_scan_exactly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chroma, "QUERY_TIMEOUT", 0.3)
    with closing(socket.socket()) as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        place = Place(
            catalogue_folder(tmp_path, "x").generation("g-1"), f"http://127.0.0.1:{deaf.getsockname()[1]}"
        )
        write_mark(place, {"text": 3})
        index = ChromaIndex(place)
        assert index.query("text", sample()[1], 3) is None
        assert "ReadTimeout" in index.why_not
