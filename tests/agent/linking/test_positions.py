"""Places on a screen of four, as people say them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.linking.numerals import digits
from agent.linking.positions import positions


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ("the second one", [2]), ("number three", [3]), ("#4", [4]), ("one and three", [1, 3]),
        ("the first two", [1, 2]), ("the first couple", [1, 2]), ("the last two", [3, 4]), ("the last couple", [3, 4]),
        ("the middle two", [2, 3]), ("the two in the middle", [2, 3]), ("the last one", [4]),
        ("the last but one", [3]), ("second from the right", [3]), ("the end one", [4]),
        ("that handbag on the end", [4]), ("the orchid in the middle", [2]), ("the one at the top", [1]),
        ("the far left one", [1]), ("the far right one", [4]), ("2 to 4", [2, 3, 4]), ("the black one", []),
    ],
)  # fmt: skip
def test_places(said: str, places: list[int]) -> None:
    assert positions(digits(said), 4) == places


@given(st.text(max_size=60), st.integers(0, 6))
def test_any_text_names_places_or_none(said: str, count: int) -> None:
    assert all(isinstance(place, int) for place in positions(digits(said), count))
