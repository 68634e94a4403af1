from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from encoders.errors import CatalogueError, ModelError, StoreBusy, StoreError, StoreTooNew, UsageError
from retrieval.index.build import IndexReport, Options, build
from retrieval.index.content import BatchSizes
from retrieval.library import Library
from retrieval.store import generation
from retrieval.store.layout import catalogue_folder
from retrieval.store.lock import writing
from retrieval.types import Item
from tests.fakes.encoders import HashImageEncoder, HashTextEncoder
from tests.retrieval.index.catalogues import dozen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from encoders.protocols import AudioEncoder, ImageEncoder, Samples, TextEncoder, Vectors
    from retrieval.index.content import Imported

EXACT = Options(index=False)
"""Without the vector index, which test_chroma.py is about and which takes two seconds."""


def index(
    catalogue: Imported,
    data_dir: Path,
    text: TextEncoder | None = None,
    image: ImageEncoder | None = None,
    audio: AudioEncoder | None = None,
    options: Options = EXACT,
) -> IndexReport:
    return build(catalogue, data_dir=data_dir, text=text, image=image, audio=audio, options=options)


class Phases:
    """Progress that keeps what it was told."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, int, int]] = []
        self._open: tuple[str, int, int] | None = None

    def start(self, phase: str, total: int) -> None:
        assert self._open is None, "a phase began inside another"
        self._open = (phase, total, 0)

    def advance(self, steps: int) -> None:
        assert self._open is not None
        phase, total, done = self._open
        self._open = (phase, total, done + steps)

    def done(self) -> None:
        assert self._open is not None
        self.seen.append(self._open)
        self._open = None


class SoundLengths:
    """An AudioEncoder whose vector turns with the length of the sound."""

    id = "lengths@0"
    dimension = 2

    def encode_sounds(self, sounds: Sequence[Samples]) -> Vectors:
        angles = np.array([len(sound) / 16_000 for sound in sounds])
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


class FailsAfter:
    """A TextEncoder that breaks after so many texts, as a model on a full GPU does."""

    def __init__(self, texts: int) -> None:
        self._inner = HashTextEncoder()
        self._left = texts

    @property
    def id(self) -> str:
        return self._inner.id

    @property
    def dimension(self) -> int:
        return self._inner.dimension

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._inner.encode_queries(texts)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        self._left -= len(texts)
        if self._left < 0:
            raise ModelError("The model broke.")
        return self._inner.encode_documents(texts)


def test_a_first_run_stores_everything_and_says_so(tmp_path: Path) -> None:
    encoder = HashTextEncoder()
    phases = Phases()
    report = build(dozen(), data_dir=tmp_path, text=encoder, progress=phases, options=EXACT)
    assert (report.name, report.generation, report.items, report.unchanged) == ("dozen", "g-1", 12, False)
    assert (report.interactions, report.triples, report.problems) == (3, 2, ())
    (text,) = report.modalities
    assert (text.encoder, text.dimension, text.encoded, text.reused, text.absent) == (
        encoder.id,
        64,
        12,
        0,
        0,
    )
    assert phases.seen == [("encoding text", 12, 12), ("storing", 17, 17)]
    assert {"encode", "store", "index", "total"} <= report.seconds.keys()
    snapshot = Library(tmp_path).open("dozen")
    assert snapshot.items(snapshot.ids) == dozen().items
    array = snapshot.vectors("text")
    assert array is not None
    np.testing.assert_array_equal(array, encoder.encode_documents(snapshot.documents()))
    assert not catalogue_folder(tmp_path, "dozen").building.exists()
    assert not list(tmp_path.rglob("*.new"))
    assert not list(tmp_path.rglob("*-wal"))


def test_an_unchanged_catalogue_is_neither_encoded_nor_stored_again(tmp_path: Path) -> None:
    index(dozen(), tmp_path, HashTextEncoder())
    encoder = HashTextEncoder()
    report = index(dozen(), tmp_path, encoder)
    assert report.unchanged
    assert (report.generation, encoder.encoded, report.modalities[0].reused) == ("g-1", 0, 12)
    again = index(dozen(), tmp_path, encoder, options=replace(EXACT, again=True))
    assert (again.unchanged, again.generation, encoder.encoded) == (False, "g-2", 0)


def test_only_what_changed_is_encoded(tmp_path: Path) -> None:
    index(dozen(), tmp_path, HashTextEncoder())
    items = dozen().items
    changed = replace(items[3], title="Harbour Wellington")
    encoder = HashTextEncoder()
    report = index(
        dozen().with_items(*items[6:], changed, *items[:2], Item("n", "New", {})), tmp_path, encoder
    )
    assert (report.items, encoder.encoded, report.modalities[0].reused) == (10, 2, 8)
    assert list(Library(tmp_path).open("dozen").ids) == [
        "s2",
        "h1",
        "h2",
        "h3",
        "j1",
        "j2",
        "b4",
        "b1",
        "b2",
        "n",
    ]


def test_a_change_in_prices_or_interactions_alone_is_stored_without_encoding(tmp_path: Path) -> None:
    index(dozen(), tmp_path, HashTextEncoder())
    items = dozen().items
    encoder = HashTextEncoder()
    cheaper = replace(items[0], fields={**items[0].fields, "price": 1.0})
    report = index(dozen().with_items(cheaper, *items[1:]), tmp_path, encoder)
    assert (report.unchanged, encoder.encoded) == (False, 0)
    assert Library(tmp_path).open("dozen").numbers("price")[0] == 1
    report = index(replace(dozen(), interactions=()), tmp_path, encoder)
    assert (report.unchanged, report.interactions, encoder.encoded) == (False, 0, 0)


def test_equal_documents_are_encoded_once(tmp_path: Path) -> None:
    encoder = HashTextEncoder()
    report = index(dozen().with_items(*(Item(f"i{n}", "Same", {}) for n in range(9))), tmp_path, encoder)
    assert (encoder.encoded, report.modalities[0].encoded) == (1, 9)
    array = Library(tmp_path).open("dozen").vectors("text")
    assert array is not None
    assert (array == array[0]).all()


def test_another_encoder_is_built_beside_the_old_one_and_switching_back_is_free(tmp_path: Path) -> None:
    index(dozen(), tmp_path, HashTextEncoder())
    library = Library(tmp_path)
    old = library.open("dozen")
    other = HashTextEncoder(seed=1, dimension=32)
    report = index(dozen(), tmp_path, other)
    assert (report.generation, other.encoded) == ("g-2", 12)
    assert old.encoder_id("text") == HashTextEncoder().id
    assert (old.folder.path).is_dir()
    new = library.open("dozen")
    assert new is not old
    assert new.encoder_id("text") == other.id
    first = HashTextEncoder()
    index(dozen(), tmp_path, first)
    assert first.encoded == 0
    assert [path.name for path in sorted(catalogue_folder(tmp_path, "dozen").path.glob("g-*"))] == [
        "g-2",
        "g-3",
    ]


def pictures(folder: Path) -> list[Item]:
    for name, colour in (("red", (220, 30, 30)), ("blue", (40, 70, 200))):
        Image.new("RGB", (20, 20), colour).save(folder / f"{name}.png")
    (folder / "torn.png").write_bytes((folder / "red.png").read_bytes()[:40])
    return [
        Item("r", "Red", {}, picture=str(folder / "red.png")),
        Item("t", "Torn", {}, picture=str(folder / "torn.png")),
        Item("g", "Gone", {}, picture=str(folder / "gone.png")),
        Item("n", "None", {}),
        Item("b", "Blue", {}, picture=str(folder / "blue.png")),
    ]


def test_pictures_that_fail_get_a_row_of_zeros_and_a_line(tmp_path: Path) -> None:
    encoder = HashImageEncoder()
    catalogue = dozen().with_items(*pictures(tmp_path))
    report = index(catalogue, tmp_path / "data", image=encoder)
    (image,) = report.modalities
    assert (image.encoded, image.failed, image.absent) == (2, 2, 1)
    assert len(report.problems) == 2
    assert "torn.png" in report.problems[0]
    assert "gone.png" in report.problems[1]
    snapshot = Library(tmp_path / "data").open("dozen")
    array = snapshot.vectors("image")
    assert array is not None
    assert (np.linalg.norm(array, axis=1) > 0.5).tolist() == [True, False, False, False, True]
    assert (array @ encoder.encode_texts(["blue"])[0]).argmax() == 4
    assert snapshot.vectors("text") is None
    assert len(index(catalogue, tmp_path / "data", image=encoder).problems) == 2


def test_a_mended_picture_is_encoded_the_next_time_though_its_path_is_the_same(tmp_path: Path) -> None:
    catalogue = dozen().with_items(*pictures(tmp_path))
    index(catalogue, tmp_path / "data", image=HashImageEncoder())
    (tmp_path / "torn.png").write_bytes((tmp_path / "blue.png").read_bytes())
    report = index(catalogue, tmp_path / "data", image=HashImageEncoder())
    assert (report.modalities[0].reused, report.modalities[0].encoded, len(report.problems)) == (3, 0, 1)
    array = Library(tmp_path / "data").open("dozen").vectors("image")
    assert array is not None
    np.testing.assert_array_equal(array[1], array[4])


def test_a_picture_that_can_be_decoded_by_now_is_encoded_though_no_byte_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = dozen().with_items(*pictures(tmp_path)[:1], Item("n", "None", {}))
    with monkeypatch.context() as patched:
        patched.setattr("encoders.picture.FORMATS", ("JPEG",))
        assert len(index(catalogue, tmp_path / "data", image=HashImageEncoder()).problems) == 1
    report = index(catalogue, tmp_path / "data", image=HashImageEncoder())
    assert (report.unchanged, report.generation, report.modalities[0].encoded) == (False, "g-2", 1)


def test_a_catalogue_without_pictures_has_no_space_of_pictures(tmp_path: Path) -> None:
    report = index(dozen(), tmp_path, HashTextEncoder(), HashImageEncoder(), SoundLengths())
    assert [(one.modality, one.absent) for one in report.modalities] == [
        ("text", 0),
        ("image", 12),
        ("audio", 12),
    ]
    assert Library(tmp_path).open("dozen").vectors("image") is None
    assert index(dozen(), tmp_path, HashTextEncoder(), HashImageEncoder(), SoundLengths()).unchanged


def test_sounds_are_encoded(tmp_path: Path) -> None:
    import soundfile

    soundfile.write(tmp_path / "one.wav", np.zeros(16_000), 16_000)
    soundfile.write(tmp_path / "two.wav", np.zeros(88_200), 44_100)
    items = [Item(name, name, {}, sound=str(tmp_path / f"{name}.wav")) for name in ("one", "two", "gone")]
    report = index(dozen().with_items(*items), tmp_path / "data", audio=SoundLengths())
    assert (report.modalities[0].encoded, report.modalities[0].failed) == (2, 1)
    array = Library(tmp_path / "data").open("dozen").vectors("audio")
    assert array is not None
    np.testing.assert_allclose(array, [[np.cos(1), np.sin(1)], [np.cos(2), np.sin(2)], [0, 0]], atol=0.01)


def test_a_catalogue_without_items_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="it has no items"):
        index(dozen().with_items(), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_address_that_is_none_is_refused(tmp_path: Path) -> None:
    for url in ("localhost:8000", "ftp://x", "http://", "http://x:99999"):
        with pytest.raises(UsageError, match="no address of a Chroma server"):
            index(dozen(), tmp_path, options=Options(chroma_url=url))


def test_what_an_encoder_did_before_it_broke_is_not_done_again(tmp_path: Path) -> None:
    small = Options(batches=BatchSizes(text=2), index=False)
    with pytest.raises(ModelError, match="The model broke"):
        index(dozen(), tmp_path, FailsAfter(7), options=small)
    assert Library(tmp_path).names() == []
    encoder = HashTextEncoder()
    report = index(dozen(), tmp_path, encoder, options=small)
    assert (encoder.encoded, report.modalities[0].reused) == (6, 6)


def test_damaged_work_is_done_again(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        index(dozen(), tmp_path, FailsAfter(5), options=Options(batches=BatchSizes(text=2), index=False))
    work = catalogue_folder(tmp_path, "dozen").building / "encoded.sqlite"
    work.write_bytes(b"torn" * 500)
    encoder = HashTextEncoder()
    index(dozen(), tmp_path, encoder)
    assert encoder.encoded == 12


class ReturnsNonsense(HashTextEncoder):
    """A TextEncoder that keeps none of its promises."""

    def __init__(self, rows: Vectors) -> None:
        super().__init__()
        self._nonsense = rows

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        return self._nonsense


@pytest.mark.parametrize(
    "rows", [np.zeros((12, 64)), np.full((12, 64), np.nan), np.ones((12, 64)), np.eye(11, 64), np.eye(12, 32)]
)
def test_vectors_that_are_none_stop_the_run(tmp_path: Path, rows: Vectors) -> None:
    index(dozen(), tmp_path, HashTextEncoder(seed=3))
    with pytest.raises(ModelError, match="returned a"):
        index(dozen(), tmp_path, ReturnsNonsense(rows.astype(np.float32)))
    assert Library(tmp_path).open("dozen").generation == "g-1"


def test_two_paths_of_one_name_are_two_catalogues(tmp_path: Path) -> None:
    one = index(dozen(tmp_path / "a.csv", "Été 2024!"), tmp_path / "data")
    two = index(dozen(tmp_path / "b.csv", "Été 2024!"), tmp_path / "data")
    same = index(dozen(tmp_path / "a.csv", "Été 2024!"), tmp_path / "data")
    assert (one.name, two.name, same.name, same.unchanged) == ("ete-2024", "ete-2024-2", "ete-2024", True)


def test_what_lies_in_a_data_folder_is_the_same_catalogue_where_that_is_copied_to(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    index(dozen(first / "demo" / "items.csv", "demo"), first)
    shutil.copytree(first, second)
    copied = index(dozen(second / "demo" / "items.csv", "demo"), second)
    assert (copied.name, Library(second).names()) == ("demo", ["demo"])
    assert Library(second).find(str(second / "demo")) == "demo"
    # A catalogue from elsewhere is another, whatever it is called.
    other = index(dozen(tmp_path / "demo" / "items.csv", "demo"), second)
    assert other.name == "demo-2"


def test_a_writer_in_the_way_is_named_and_nothing_changes(tmp_path: Path) -> None:
    index(dozen(), tmp_path, HashTextEncoder())
    with (
        writing(catalogue_folder(tmp_path, "dozen"), "indexing"),
        pytest.raises(StoreBusy, match=rf"'dozen' can't be written: process {os.getpid()} "),
    ):
        index(dozen().with_items(Item("x", "X", {})), tmp_path, HashTextEncoder())
    assert len(Library(tmp_path).open("dozen")) == 12


def test_a_store_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    index(dozen(), tmp_path, HashTextEncoder())
    path = catalogue_folder(tmp_path, "dozen").generation("g-1").manifest
    path.write_text(path.read_text("utf-8").replace('"format": 1', '"format": 9'), "utf-8")
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    with pytest.raises(StoreTooNew, match="update Vitrine"):
        index(dozen(), tmp_path, HashTextEncoder())
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before


@pytest.mark.parametrize("damage", ["manifest", "database", "vectors", "pointer", "zeroed row"])
def test_a_damaged_generation_is_replaced_by_indexing_again(tmp_path: Path, damage: str) -> None:
    index(dozen(), tmp_path, HashTextEncoder())
    folder = catalogue_folder(tmp_path, "dozen")
    served = folder.generation("g-1")
    if damage == "zeroed row":
        array = np.load(served.vectors("text"))
        array[5] = 0
        np.save(served.vectors("text"), array)
    else:
        path = {
            "manifest": served.manifest,
            "database": served.database,
            "vectors": served.vectors("text"),
            "pointer": folder.current,
        }[damage]
        path.write_bytes(path.read_bytes()[:1] * 50)
        with pytest.raises(StoreError):
            Library(tmp_path).open("dozen")
    report = index(dozen(), tmp_path, HashTextEncoder())
    assert (report.unchanged, report.generation) == (False, "g-2")
    snapshot = Library(tmp_path).open("dozen")
    array = snapshot.vectors("text")
    assert array is not None
    np.testing.assert_array_equal(array, HashTextEncoder().encode_documents(snapshot.documents()))


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("after", range(0, 12, 2))
def test_a_full_disk_at_any_moment_leaves_the_old_generation_serving(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, after: int
) -> None:
    index(dozen(), tmp_path, HashTextEncoder())
    real, calls = getattr(os, call), [0]

    def sometimes(*arguments: object) -> object:
        calls[0] += 1
        if calls[0] > after:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(*arguments)

    changed = dozen().with_items(*dozen().items, Item("x", "X", {}))
    with monkeypatch.context() as patched:
        patched.setattr(os, call, sometimes)
        try:
            index(changed, tmp_path, HashTextEncoder())
            full = False
        except StoreError as error:
            full = True
            assert "no space left on the disk; free some space and run the command again" in str(error)
    served = Library(tmp_path).open("dozen")
    assert len(served) in ((12, 13) if full else (13,))
    assert index(changed, tmp_path, HashTextEncoder()).items == 13
    assert len(Library(tmp_path).open("dozen")) == 13


LIMITED = """
import resource, sys
from pathlib import Path
from encoders.errors import StoreError
from retrieval.index.build import Options, build
from tests.fakes.encoders import HashTextEncoder
from tests.retrieval.index.catalogues import dozen
from retrieval.types import Item
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
items = [Item(f"i{n}", f"Item {n} " + "word " * 40, {}) for n in range(800)]
try:
    build(dozen().with_items(*items), data_dir=Path(sys.argv[1]), text=HashTextEncoder(), options=Options(index=False))
except StoreError as error:
    sys.stdout.write(str(error))
    sys.exit(3)
"""


@pytest.mark.parametrize("limit", [0, 3_000, 40_000, 150_000, 220_000])
def test_files_that_may_not_grow_are_told_in_one_sentence(tmp_path: Path, limit: int) -> None:
    index(dozen(), tmp_path, HashTextEncoder())
    root = Path(__file__).parents[3]
    command = [sys.executable, "-c", LIMITED, str(tmp_path), str(limit)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (3, "")
    assert done.stdout.count("\n") == 0
    assert "can't be" in done.stdout
    assert len(Library(tmp_path).open("dozen")) == 12


def test_a_file_in_place_of_the_data_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("mine", "utf-8")
    with pytest.raises(StoreError, match="a file stands where a folder is needed"):
        index(dozen(), tmp_path / "data", HashTextEncoder())
    with pytest.raises(StoreError, match="a file stands where a folder is needed"):
        Library(tmp_path / "data").names()
    assert (tmp_path / "data").read_text("utf-8") == "mine"


def test_text_that_a_terminal_obeys_is_not_kept(tmp_path: Path) -> None:
    item = Item("a\x1b[2J", "Ti\x9b31mtle\u202e", {"description": "x\x1b]0;own\x07y", "tags": ("\x00t",)})
    index(dozen().with_items(item), tmp_path, HashTextEncoder())
    snapshot = Library(tmp_path).open("dozen")
    assert snapshot.item("a") == Item("a", "Title", {"description": "xy", "tags": ("t",)})
    assert not any(character in snapshot.documents()[0] for character in "\x1b\x9b\x07\x00\u202e")


def test_the_database_is_whole_and_in_one_file(tmp_path: Path) -> None:
    index(dozen(), tmp_path, HashTextEncoder())
    served = generation.current(catalogue_folder(tmp_path, "dozen"))
    assert served is not None
    db = sqlite3.connect(served.database)
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()
