from __future__ import annotations

import pytest

from retrieval.types import Column, Role
from tui.pictures.words import caption, caption_column


@pytest.mark.parametrize(
    "name", ["alt", "caption", "image_alt", "imageAlt", "alt text", "Picture description"]
)
def test_a_column_that_describes_pictures_is_told_by_its_name(name: str) -> None:
    column = Column(name, Role.TEXT, name)
    found = caption_column([Column("description", Role.TEXT, "description"), column])
    assert found is column
    assert caption(found, {name: "a red  leather\x1b[2J handbag"}) == "a red leather handbag"
    assert caption(found, {}) == ""


@pytest.mark.parametrize("name", ["description", "text", "picture", "altitude", "photo_credit", "image 2"])
def test_other_columns_say_nothing_of_pictures(name: str) -> None:
    assert caption_column([Column(name, Role.TEXT, name)]) is None


def test_a_number_is_no_caption() -> None:
    assert caption_column([Column("alt", Role.NUMBER, "alt")]) is None
    assert caption(Column("alt", Role.TEXT, "alt"), {"alt": 3.0}) == ""
