from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.attachments.paths import WORD, find, fold, from_windows, spellings, unescape


@pytest.mark.parametrize(
    ("path", "mounted"),
    [
        (r"C:\Users\me\my bag.png", "/mnt/c/Users/me/my bag.png"),
        ("d:/bag.png", "/mnt/d/bag.png"),
        (r"\\wsl.localhost\Debian\home\me\bag.png", "/home/me/bag.png"),
        (r"\\WSL$\Ubuntu-24.04\tmp\bag.png", "/tmp/bag.png"),
        ("C:bag.png", None),
        (r"\\server\share\bag.png", None),
        ("/tmp/C:/bag.png", None),
        ("bag.png", None),
    ],
)
def test_windows_paths_are_where_wsl_mounts_them(path: str, mounted: str | None) -> None:
    assert from_windows(path) == mounted


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("file:///C:/Users/my%20bag.png", "/mnt/c/Users/my bag.png"),
        (r'"C:\new\table.png"', "/mnt/c/new/table.png"),
        (r"C:\new\table.png", "/mnt/c/new/table.png"),
    ],
)
def test_under_wsl_every_spelling_is_mapped(text: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WSL_DISTRO_NAME", "Debian")
    assert path in list(spellings(text))
    monkeypatch.delenv("WSL_DISTRO_NAME")
    assert path not in list(spellings(text))


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_a_word_is_read_as_a_shell_reads_it(name: str) -> None:
    quoted = shlex.quote(name)
    word = WORD.match(f"{quoted} and more")
    assert word is not None and word[0] == quoted
    assert unescape(quoted) == name


@given(st.text())
def test_any_text_names_a_file_or_none_and_folds_to_itself(text: str) -> None:
    assert find(text + "\n/no such file here") is None
    assert fold(fold(text)) == fold(text)
