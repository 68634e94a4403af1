from __future__ import annotations

import math
import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np
import pytest

from encoders.errors import StoreError, StoreTooNew
from retrieval.snapshot import Interaction, Snapshot, Triple
from retrieval.store import database, generation, manifest, vectors
from retrieval.store.layout import GenerationFolder, catalogue_folder
from retrieval.store.manifest import Encoded, Manifest
from retrieval.store.reader import StoredSnapshot
from retrieval.types import Column, Item, Role
from tests.retrieval.index.catalogues import dozen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

CATALOGUE = dozen()
DOCUMENTS = [f"{item.title}." for item in CATALOGUE.items]


def store(folder: GenerationFolder, items: list[Item] | None = None) -> None:
    items = CATALOGUE.items if items is None else items
    with database.Writer(folder.database) as writer:
        documents = [f"{item.title}." for item in items]
        keys = [(f"t{row}", None, None) for row in range(len(items))]
        writer.items(items, CATALOGUE.columns, documents, keys, advance=lambda _: None)
        writer.interactions(CATALOGUE.interactions, advance=lambda _: None)
        writer.triples(CATALOGUE.triples, advance=lambda _: None)
        writer.finish()
    array = np.eye(max(len(items), 1), 16, dtype=np.float32)[: len(items)]
    vectors.write(folder.vectors("text"), [array], dimension=16)
    entry = Encoded("eye@0", 16, len(items))
    manifest.write(
        folder.manifest,
        Manifest("dozen", "/d.csv", "2026-01-01", len(items), 3, 2, CATALOGUE.columns, {"text": entry}, "d"),
    )


@pytest.fixture
def folder(tmp_path: Path) -> GenerationFolder:
    folder = catalogue_folder(tmp_path, "dozen").generation("g-1")
    store(folder)
    return folder


@pytest.fixture
def snapshot(folder: GenerationFolder) -> Iterator[StoredSnapshot]:
    with StoredSnapshot(folder) as opened:
        yield opened


def test_it_is_what_search_asks_for(snapshot: StoredSnapshot) -> None:
    asked: Snapshot = snapshot
    assert (asked.name, asked.generation, len(asked)) == ("dozen", "g-1", 12)
    assert asked.columns == CATALOGUE.columns


def test_everything_by_row_follows_the_order_of_the_catalogue(snapshot: StoredSnapshot) -> None:
    assert list(snapshot.ids) == [item.id for item in CATALOGUE.items]
    assert list(snapshot.titles()) == [item.title for item in CATALOGUE.items]
    assert list(snapshot.documents()) == DOCUMENTS
    assert [snapshot.row(item_id) for item_id in snapshot.ids] == list(range(12))
    assert list(snapshot.keys("text")) == [f"t{row}" for row in range(12)]
    assert set(snapshot.keys("image")) == {None}


def test_items_come_back_whole_in_the_order_asked_for(snapshot: StoredSnapshot) -> None:
    assert snapshot.items(reversed(snapshot.ids)) == CATALOGUE.items[::-1]
    assert snapshot.items(["b2", "b1", "b2"]) == [CATALOGUE.items[row] for row in (1, 0, 1)]
    assert snapshot.items([]) == []
    assert snapshot.item("h3") == CATALOGUE.items[9]


def test_an_unknown_item_or_column_is_a_key_error(snapshot: StoredSnapshot) -> None:
    for ask in (
        lambda: snapshot.item("zz"),
        lambda: snapshot.row("zz"),
        lambda: snapshot.items(["b1", "zz"]),
        lambda: snapshot.numbers("zz"),
        lambda: snapshot.numbers("colour"),
        lambda: snapshot.words("price"),
        lambda: snapshot.words("picture"),
    ):
        with pytest.raises(KeyError):
            ask()


def test_columns_by_row(snapshot: StoredSnapshot) -> None:
    prices: NDArray[np.float64] = snapshot.numbers("price")
    assert prices.tolist() == [item.fields["price"] for item in CATALOGUE.items]
    assert snapshot.numbers("price") is prices
    assert snapshot.words("tags")[2] == ("waterproof", "walking")
    assert snapshot.words("colour")[0] == ("brown",)
    assert snapshot.words("released")[0] == ("2024-03-01",)
    assert snapshot.words("title")[1] == ("Kelda Trail Boot",)
    assert snapshot.words("id")[1] == ("b2",)


def test_empty_cells_are_nan_and_no_words(tmp_path: Path) -> None:
    folder = catalogue_folder(tmp_path, "bare").generation("g-1")
    store(folder, [Item("x", "X", {}), Item("y", "Y", {"price": 3.0, "tags": ("a",)})])
    with StoredSnapshot(folder) as snapshot:
        assert math.isnan(snapshot.numbers("price")[0])
        assert snapshot.words("tags") == ((), ("a",))
        assert snapshot.words("description") == ((), ())


def test_a_store_without_items_opens(tmp_path: Path) -> None:
    folder = catalogue_folder(tmp_path, "none").generation("g-1")
    store(folder, [])
    with StoredSnapshot(folder) as snapshot:
        assert (len(snapshot), list(snapshot.ids), snapshot.numbers("price").shape) == (0, [], (0,))


def test_columns_longer_than_one_part_are_joined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PART", 5)
    monkeypatch.setattr(database, "BATCH", 2)
    folder = catalogue_folder(tmp_path, "parts").generation("g-1")
    store(folder)
    with StoredSnapshot(folder) as snapshot:
        assert snapshot.numbers("rating").tolist() == [item.fields["rating"] for item in CATALOGUE.items]
        assert [cell for (cell,) in snapshot.words("kind")] == [
            item.fields["kind"] for item in CATALOGUE.items
        ]


def test_vectors_interactions_and_triples(snapshot: StoredSnapshot) -> None:
    array = snapshot.vectors("text")
    assert array is not None
    assert array.shape == (12, 16)
    assert snapshot.vectors("image") is None
    assert (snapshot.encoder_id("text"), snapshot.encoder_id("image")) == ("eye@0", None)
    assert snapshot.interactions() == CATALOGUE.interactions
    assert snapshot.triples() == CATALOGUE.triples
    assert isinstance(snapshot.interactions()[0], Interaction)
    assert isinstance(snapshot.triples()[0], Triple)


def test_without_an_index_nearest_says_so(snapshot: StoredSnapshot) -> None:
    assert snapshot.nearest("text", np.ones(16, np.float32), 3) is None


def test_threads_share_one_snapshot(snapshot: StoredSnapshot) -> None:
    seen: list[bool] = []

    def read() -> None:
        seen.extend(snapshot.item(item_id).id == item_id for item_id in snapshot.ids for _ in range(20))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [True] * (4 * 12 * 20)


def test_it_goes_on_reading_after_its_files_are_removed(
    folder: GenerationFolder, snapshot: StoredSnapshot
) -> None:
    generation.remove(folder)
    assert not folder.path.exists()
    assert snapshot.items(["b1"]) == CATALOGUE.items[:1]
    array = snapshot.vectors("text")
    assert array is not None
    assert array[3, 3] == 1


def test_nothing_is_written_while_reading(folder: GenerationFolder) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.path.rglob("*")}
    with StoredSnapshot(folder) as snapshot:
        snapshot.items(snapshot.ids)
    assert {path: path.stat().st_mtime_ns for path in folder.path.rglob("*")} == before


def test_equal_ids_after_cleaning_are_told(tmp_path: Path) -> None:
    with (
        database.Writer(tmp_path / "catalogue.sqlite") as writer,
        pytest.raises(StoreError, match="two items have the same id"),
    ):
        keys: list[tuple[str | None, str | None, str | None]] = [(None, None, None)] * 2
        writer.items([Item("a", "A", {})] * 2, (), ["", ""], keys, advance=lambda _: None)


@pytest.mark.parametrize("damage", ["header", "cut", "empty", "missing", "rows"])
def test_a_damaged_database_is_one_sentence(folder: GenerationFolder, damage: str) -> None:
    content = bytearray(folder.database.read_bytes())
    if damage == "header":
        folder.database.write_bytes(b"not SQLite" + content[10:])
    elif damage == "cut":
        folder.database.write_bytes(content[:2000])
    elif damage == "empty":
        folder.database.write_bytes(b"")
    elif damage == "missing":
        folder.database.unlink()
    else:
        with closing(sqlite3.connect(folder.database)) as db:
            db.execute("DELETE FROM items WHERE id = 'b1'")
            db.commit()
    with pytest.raises(StoreError, match=r"can't be read: .*vitrine index"):
        StoredSnapshot(folder)


def test_a_damaged_page_is_found_by_the_check(folder: GenerationFolder) -> None:
    assert database.damage(folder.database) is None
    content = bytearray(folder.database.read_bytes())
    content[4096 * 2 : 4096 * 3] = b"\xff" * 4096
    folder.database.write_bytes(content)
    try:
        found = database.damage(folder.database)
    except StoreError as error:
        found = str(error)
    assert found


def test_vectors_of_another_shape_are_told(folder: GenerationFolder) -> None:
    vectors.write(folder.vectors("text"), [np.eye(3, 16, dtype=np.float32)], dimension=16)
    with pytest.raises(StoreError, match="3×16 numbers where the manifest says 12×16"):
        StoredSnapshot(folder)


def test_a_newer_store_is_told(folder: GenerationFolder) -> None:
    text = folder.manifest.read_text("utf-8")
    folder.manifest.write_text(text.replace('"format": 1', '"format": 2'), "utf-8")
    with pytest.raises(StoreTooNew):
        StoredSnapshot(folder)


def test_it_knows_when_another_generation_is_served(tmp_path: Path, folder: GenerationFolder) -> None:
    catalogue = catalogue_folder(tmp_path, "dozen")
    generation.swap(catalogue, folder)
    with StoredSnapshot(folder) as snapshot:
        assert snapshot.is_current()
        store(generation.fresh(catalogue))
        assert snapshot.is_current()
        generation.swap(catalogue, catalogue.generation("g-2"))
        assert not snapshot.is_current()


def test_a_column_of_words_is_filled_by_row(folder: GenerationFolder) -> None:
    with StoredSnapshot(folder) as snapshot:
        for column in CATALOGUE.columns:
            if column.role in (Role.FACET, Role.LIST, Role.TEXT, Role.DATE):
                assert sum(bool(cell) for cell in snapshot.words(column.name)) == column.filled
    assert Column("x", Role.TEXT, "x").filled == 0
