from __future__ import annotations

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from encoders.sanitise import sanitise
from retrieval.store.records import clean_column, clean_item, from_row, number_of, to_row, words_of
from retrieval.types import Column, Item, Role

texts = st.text(st.characters(), max_size=12)
values = texts | st.floats() | st.lists(texts, max_size=4).map(tuple)
items = st.builds(
    Item,
    id=texts,
    title=texts,
    fields=st.dictionaries(texts, values, max_size=4),
    picture=st.none() | st.just("/pictures/caf\udce9.png"),
    sound=st.none() | texts.filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text)),
)


@settings(max_examples=150, deadline=None)
@given(items)
def test_a_cleaned_item_comes_back_as_it_was(item: Item) -> None:
    cleaned = clean_item(item)
    assert from_row(to_row(cleaned)) == cleaned
    assert clean_item(cleaned) == cleaned


@settings(max_examples=150, deadline=None)
@given(items)
def test_nothing_that_a_terminal_obeys_is_kept(item: Item) -> None:
    cleaned = clean_item(item)
    for name, value in cleaned.fields.items():
        assert sanitise(name) == name
        for text in value if isinstance(value, tuple) else (value,):
            assert isinstance(text, float) or sanitise(text) == text
    assert sanitise(cleaned.title) == cleaned.title


def test_escapes_go_and_empty_cells_with_them() -> None:
    item = Item(
        "\x1b[31mx", "a\x1b]0;t\x07b", {"n": math.nan, "i": math.inf, "e": "\x1b[2J", "l": ("\u202e", "ok")}
    )
    assert clean_item(item) == Item("x", "ab", {"l": ("ok",)})


def test_a_file_name_that_is_no_utf_8_survives() -> None:
    item = Item("a", "A", {}, picture="/p/caf\udce9\n.png")
    assert from_row(to_row(clean_item(item))).picture == "/p/caf\udce9\n.png"


def test_columns_are_cleaned() -> None:
    column = Column(
        "a\x1b[1m", Role.FACET, "A\x07", "£\x00", {"red\x1b[0m": 2}, low="x\x07", high=3.0, filled=2
    )
    assert clean_column(column) == Column("a", Role.FACET, "A", "£", {"red": 2}, low="x", high=3.0, filled=2)


def test_cells_by_role() -> None:
    item = Item("a", "A", {"size": 42.0, "tags": ("x", "y"), "colour": "red"})
    assert number_of(Column("size", Role.NUMBER, "size"), item) == 42
    assert math.isnan(number_of(Column("colour", Role.NUMBER, "colour"), item))
    assert words_of(Column("size", Role.FACET, "size"), item) == ("42",)
    assert words_of(Column("tags", Role.LIST, "tags"), item) == ("x", "y")
    assert words_of(Column("none", Role.TEXT, "none"), item) == ()
