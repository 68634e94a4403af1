from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.search.composition import difference, signed, slerp, unit, weighted_sum
from tests.retrieval.search.catalogues import cloud

X, Y, Z = np.eye(3, dtype=np.float32)


@given(st.integers(0, 50), st.floats(0, 1), st.floats(-3, 3))
def test_every_way_gives_a_unit_vector(seed: int, share: float, strength: float) -> None:
    picture, wanted, replaced = cloud(3, 16, seed)
    for vector in (
        weighted_sum(picture, wanted, share),
        slerp(picture, wanted, share),
        difference(picture, wanted, replaced, strength),
        signed(picture, ((strength, wanted), (1.0, replaced))),
    ):
        assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)
        assert vector.dtype == np.float32


def test_shares_run_from_the_picture_to_the_words() -> None:
    for way in (weighted_sum, slerp):
        assert way(X, Y, 0.0) == pytest.approx(X)
        assert way(X, Y, 1.0) == pytest.approx(Y, abs=1e-6)
    assert slerp(X, Y, 1 / 3) == pytest.approx([np.cos(np.pi / 6), np.sin(np.pi / 6), 0])
    assert weighted_sum(X, Y, 1 / 3) == pytest.approx(unit(np.array([2, 1, 0])))


def test_an_arc_without_a_direction_is_a_sum() -> None:
    assert slerp(X, X, 0.4) == pytest.approx(X)
    assert slerp(X, -X, 0.4) == pytest.approx(X)


def test_the_difference_takes_away_what_the_words_replace() -> None:
    brown_bag, green, brown = unit(X + Z), unit(X + Y), unit(X + Z)
    green_bag = difference(brown_bag, green, brown, 1.0)
    assert green_bag == pytest.approx(unit(X + Y))
    assert float(green_bag @ Z) < float(weighted_sum(brown_bag, green, 0.5) @ Z)


def test_terms_that_cancel_everything_change_nothing() -> None:
    assert signed(X, ((-1.0, X),)) == pytest.approx(X)
    assert signed(X, ()) == pytest.approx(X)
