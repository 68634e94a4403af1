from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from retrieval.types import Item
from tests.fakes.snapshot import MemorySnapshot
from tests.retrieval.search.catalogues import COLUMNS, cloud, dozen

if TYPE_CHECKING:
    from retrieval.snapshot import Snapshot


def test_the_dozen_is_read_by_its_roles() -> None:
    snapshot: Snapshot = dozen()
    assert len(snapshot) == 12
    assert [snapshot.row(item_id) for item_id in snapshot.ids] == list(range(12))
    boot = snapshot.item("b2")
    assert boot.title == snapshot.titles()[snapshot.row("b2")] == "Kelda Trail Boot"
    assert boot.fields["tags"] == ("waterproof", "walking", "light")
    assert boot.fields["price"] == snapshot.numbers("price")[snapshot.row("b2")] == 69.5
    assert snapshot.words("colour")[snapshot.row("h2")] == ("blue",)
    columns = {column.name: column for column in snapshot.columns}
    assert (columns["price"].low, columns["price"].high) == (18.5, 140.0)
    assert next(iter(columns["kind"].values.items())) == ("boots", 5)
    assert "waterproof membrane" in snapshot.documents()[0] and "colour: brown" in snapshot.documents()[0]


def test_nearest_is_exact_but_for_the_rows_it_is_told_to_lose() -> None:
    rows = [Item(str(at), "", {}) for at in range(20)]
    vectors = {"text": cloud(20, 4, 0)}
    order = np.argsort(-(vectors["text"] @ vectors["text"][7])).tolist()
    whole = MemorySnapshot(rows, COLUMNS, vectors=vectors)
    assert [row for row, _ in whole.nearest("text", vectors["text"][7], 5) or []] == order[:5]
    holed = MemorySnapshot(rows, COLUMNS, vectors=vectors, unreachable=[7])
    assert [row for row, _ in holed.nearest("text", vectors["text"][7], 5) or []] == order[1:6]
    assert (
        MemorySnapshot(rows, COLUMNS, vectors=vectors, index=False).nearest("text", vectors["text"][7], 5)
        is None
    )
    assert whole.nearest("image", vectors["text"][7], 5) is None


def test_ids_must_be_unique_and_vectors_one_a_row() -> None:
    with pytest.raises(ValueError, match="unique"):
        MemorySnapshot([Item("a", "", {}), Item("a", "", {})], COLUMNS)
    with pytest.raises(ValueError, match="2 rows for 1 items"):
        MemorySnapshot([Item("a", "", {})], COLUMNS, vectors={"text": cloud(2, 4, 0)})
