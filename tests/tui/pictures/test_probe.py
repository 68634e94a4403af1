from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.tui.pictures.terminals import ATTRIBUTES, CELL, FOOT, GRAPHICS, KITTY, NAME
from tui.pictures.probe import Cell, parse_answers

TYPED = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=8)


def test_the_answers_of_a_terminal_are_read() -> None:
    told = parse_answers(b"".join(KITTY.values()))
    assert (told.complete, told.kitty, told.sixel) == (True, True, False)
    assert (told.name, told.cell, told.typed) == ("kitty(0.42.1)", Cell(12, 24), "")


@given(st.lists(TYPED, min_size=5, max_size=5), st.permutations([NAME, CELL, ATTRIBUTES]))
def test_answers_and_typing_are_told_apart_in_any_order(typed: list[str], order: list[bytes]) -> None:
    parts = [FOOT[question] for question in order]
    data = b"".join(text.encode() + part for text, part in zip(typed, [*parts, b"", b""], strict=True))
    told = parse_answers(data)
    assert (told.complete, told.sixel, told.kitty, told.cell) == (True, True, False, Cell(10, 20))
    assert told.typed == "".join(typed)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_and_nothing_that_a_terminal_obeys_is_kept(data: bytes) -> None:
    told = parse_answers(data)
    assert not any(ord(character) < 32 and character not in "\t\n" for character in told.typed + told.name)
    assert told.cell is None or (told.cell.width > 0 and told.cell.height > 0)


def test_letters_typed_in_another_script_are_kept() -> None:
    assert parse_answers("bot\u00edn 靴".encode() + KITTY[GRAPHICS]).typed == "bot\u00edn 靴"


def test_a_cell_without_size_is_none() -> None:
    assert parse_answers(b"\x1b[6;0;0t").cell is None
