from __future__ import annotations

import pytest

from agent.linking.dimensions import dimension
from agent.linking.fields import Fields
from agent.linking.folding import fold
from retrieval.types import Column, Role

FIELDS = Fields(
    [
        Column("title", Role.TITLE, "title"),
        Column("height_cm", Role.NUMBER, "height cm", unit="cm", low=90.0, high=220.0),
        Column("calories", Role.NUMBER, "calories", low=90.0, high=800.0),
        Column("noise_db", Role.NUMBER, "noise db", low=20.0, high=80.0),
        Column("bedrooms", Role.NUMBER, "bedrooms", low=1.0, high=6.0),
    ],
    size=12,
)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("taller", ("height_cm", True, False)),
        ("too tall", ("height_cm", False, False)),
        ("a bit shorter", ("height_cm", False, False)),
        ("not so tall", ("height_cm", False, False)),
        ("the tallest", ("height_cm", True, True)),
        ("less fattening", ("calories", False, False)),
        ("noisier", ("noise_db", True, False)),
        ("much quieter", ("noise_db", False, False)),
        ("roomier", ("bedrooms", True, False)),
        ("wider", None),
        ("green", None),
    ],
)
def test_an_adjective_compares_the_column_that_measures_it(
    said: str, expected: tuple[str, bool, bool] | None
) -> None:
    found = dimension(fold(said), FIELDS)
    assert (found and (found[0].name, *found[1:3])) == expected
