from __future__ import annotations

from eval.tables import table


def test_numbers_stand_to_the_right_and_words_to_the_left() -> None:
    assert table(("name", "ms"), [("boots", 12), ("a", 1234), ("none", None)]).splitlines() == [
        "name      ms",
        "─────  ─────",
        "boots     12",
        "a      1,234",
        "none       –",
    ]


def test_a_table_without_rows_is_its_header() -> None:
    assert table(("a", "b"), []).splitlines()[0] == "a  b"
