from __future__ import annotations

import numpy as np
import pytest

from retrieval.search.likeness import NEAR_ENOUGH, Likeness, nearest
from tests.fakes.bag_of_words import BagOfWordsEncoder
from tests.retrieval.search.catalogues import dozen

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
    assert found.deviations > 1
    others = np.ones(len(snapshot), dtype=np.bool_)
    others[snapshot.row("b2")] = False
    other = nearest(snapshot, picture, others)
    assert other is not None
    assert other.item != "b2"
    assert other.deviations < found.deviations


def test_only_what_stands_out_of_the_catalogue_is_near() -> None:
    assert Likeness("b1", 0.9, NEAR_ENOUGH).near
    assert not Likeness("b1", 0.9, NEAR_ENOUGH - 0.1).near


def test_without_pictures_of_the_same_encoder_nothing_is_nearest() -> None:
    assert nearest(dozen(), ENCODER.encode_texts(["boots"])[0]) is None
    assert nearest(dozen(image=True), np.ones(7, dtype=np.float32)) is None
    nothing = np.zeros(len(dozen(image=True)), dtype=np.bool_)
    assert nearest(dozen(image=True), ENCODER.encode_texts(["boots"])[0], nothing) is None
