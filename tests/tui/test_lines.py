from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoders.errors import InputError
from tui.plain.lines import LONGEST_LINE, piped_lines, typed_lines


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=30)))
def test_lines_come_as_they_were_written(lines: list[str]) -> None:
    content = "".join(f"{line}\n" for line in lines)
    read = [line.checked() for line in piped_lines(io.BytesIO(content.encode()))]
    assert read == [line.removeprefix("\ufeff") if number == 0 else line for number, line in enumerate(lines)]


@given(st.binary(max_size=200))
def test_any_bytes_are_lines_that_can_be_read_or_are_refused(content: bytes) -> None:
    for line in piped_lines(io.BytesIO(content)):
        try:
            line.checked().encode("utf-8", "surrogateescape")
        except InputError as error:
            assert "no UTF-8" in str(error)


def test_a_last_line_needs_no_end() -> None:
    assert [line.text for line in piped_lines(io.BytesIO(b"one\r\ntwo"))] == ["one", "two"]


def test_a_line_too_long_is_refused_once_and_the_next_is_whole() -> None:
    content = b"x" * (2 * LONGEST_LINE + 5) + b"\nnext\n"
    huge, after = piped_lines(io.BytesIO(content))
    assert len(huge.text) == LONGEST_LINE
    with pytest.raises(InputError, match="longer than 4 MB"):
        huge.checked()
    assert after.checked() == "next"


def test_lines_typed_before_the_first_prompt_are_played_first(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("three\n"))
    assert [line.text for line in typed_lines(lambda: "one\ntwo\n")] == ["one", "two", "three"]
    assert capsys.readouterr().out.startswith("\nyou: one\n\nyou: two\n\nyou: ")


def test_without_standard_input_there_are_no_lines() -> None:
    assert list(piped_lines(None)) == []
