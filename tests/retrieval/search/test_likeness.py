from __future__ import annotations

import numpy as np
import pytest

from retrieval.search.likeness import USUAL, nearest
from retrieval.types import Item
from tests.fakes.bag_of_words import BagOfWordsEncoder
from tests.fakes.snapshot import MemorySnapshot
from tests.retrieval.search.catalogues import cloud, dozen

ENCODER = BagOfWordsEncoder()


def test_the_nearest_item_of_those_allowed_stands_for_a_picture() -> None:
    snapshot = dozen(image=True)
    pictures = snapshot.vectors("image")
    assert pictures is not None
    picture = pictures[snapshot.row("b2")]
    found = nearest(snapshot, picture)
    assert found is not None
    assert found.item == "b2"
    assert found.cosine == pytest.approx(1.0)
    assert found.near
    others = np.ones(len(snapshot), dtype=np.bool_)
    others[snapshot.row("b2")] = False
    other = nearest(snapshot, picture, others)
    assert other is not None
    assert other.item != "b2"
    assert other.cosine < found.cosine


def test_near_is_what_the_catalogues_own_pictures_are_to_each_other() -> None:
    rows = cloud(40, 16, 3)
    others = [Item(str(row), str(row), {}) for row in range(40)]
    snapshot = MemorySnapshot(others, (), vectors={"image": rows}, encoder_ids={"image": "x"})
    own = np.sort(rows @ rows.T, axis=1)[:, -2]
    bound = float(np.quantile(own, USUAL))
    for picture in cloud(20, 16, 4):
        found = nearest(snapshot, picture)
        assert found is not None
        assert found.usual == pytest.approx(bound, abs=1e-5)
        assert found.near is (float((rows @ picture).max()) >= found.usual)
    away = nearest(snapshot, -rows.mean(axis=0) / np.linalg.norm(rows.mean(axis=0)))
    assert away is not None
    assert away.cosine < 1


def test_items_that_share_a_picture_do_not_make_every_other_far() -> None:
    twice = np.repeat(cloud(5, 16, 3), 2, axis=0)
    items = [Item(str(row), str(row), {}) for row in range(10)]
    found = nearest(MemorySnapshot(items, (), vectors={"image": twice}, encoder_ids={"image": "x"}), twice[0])
    assert found is not None
    assert found.usual < 0.99


def test_without_pictures_of_the_same_encoder_nothing_is_nearest() -> None:
    assert nearest(dozen(), ENCODER.encode_texts(["boots"])[0]) is None
    assert nearest(dozen(image=True), np.ones(7, dtype=np.float32)) is None
    nothing = np.zeros(len(dozen(image=True)), dtype=np.bool_)
    assert nearest(dozen(image=True), ENCODER.encode_texts(["boots"])[0], nothing) is None
