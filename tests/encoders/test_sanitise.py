from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoders.sanitise import sanitise, sanitise_line

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("plain", "plain"),
        ("a\tb\nc", "a\tb\nc"),
        ("line\r\nend\rhere", "line\nend\nhere"),
        ("\x1b[2Jred\x1b[31m boots", "red boots"),
        ("\x1b]52;c;aGVsbG8=\x07boots", "boots"),
        ("\x1b]0;title\x1b\\boots", "boots"),
        ("\x9b31mboots", "boots"),
        ("\x90payload\x9cboots", "boots"),
        ("left\u202eright", "leftright"),
        ("tag\U000e0041ged", "tagged"),
        ("lone\ud800surrogate", "lonesurrogate"),
        ("e\u0301", "é"),
        ("[/] [bold]", "[/] [bold]"),
    ],
)
def test_what_a_terminal_would_obey_is_removed(text: str, clean: str) -> None:
    assert sanitise(text) == clean


ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=300)


@given(ANY_TEXT)
def test_no_control_character_survives(text: str) -> None:
    assert not FORBIDDEN.search(sanitise(text))


@given(ANY_TEXT)
def test_sanitising_twice_changes_nothing(text: str) -> None:
    assert sanitise(sanitise(text)) == sanitise(text)


@given(ANY_TEXT, st.integers(1, 50))
def test_a_line_is_one_line_within_its_limit(text: str, limit: int) -> None:
    line = sanitise_line(text, limit)
    assert "\n" not in line
    assert len(line) <= limit
