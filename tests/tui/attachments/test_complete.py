from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.tui.attachments.files import make_picture, picture_bytes
from tui.attachments.complete import MOST, completions
from tui.attachments.dropped import take_mentions
from tui.attachments.staging import existing_file


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("red bag.png", "Red boot.JPG", "rain.ogg", "readme.txt", ".hidden.png", "it's.png"):
        Path(name).touch()
    Path("Red things").mkdir()
    Path("Red things/inside one.png").touch()
    Path(".cache").mkdir()
    return tmp_path


def labels(text: str, cursor: int | None = None) -> list[str]:
    found = completions(text, cursor)
    return [] if found is None else [candidate.label for candidate in found.candidates]


def test_folders_come_first_then_files_by_name(folder: Path) -> None:
    found = completions("like @")
    assert found is not None
    assert [(candidate.kind, candidate.label) for candidate in found.candidates] == [
        ("folder", "Red things"),
        ("image", "it's.png"),
        ("sound", "rain.ogg"),
        ("image", "red bag.png"),
        ("image", "Red boot.JPG"),
    ]
    assert (found.start, found.end, found.more) == (6, 6, False)


def test_letters_narrow_whatever_their_case(folder: Path) -> None:
    assert labels("like @re") == ["Red things", "red bag.png", "Red boot.JPG"]
    assert labels('@"red b') == ["red bag.png", "Red boot.JPG"]
    assert labels(r"@red\ b") == ["red bag.png", "Red boot.JPG"]
    assert labels("@RAIN") == ["rain.ogg"]


def test_commands_take_their_own_kind_and_bare_spaces(folder: Path) -> None:
    assert labels("/image red b") == ["red bag.png", "Red boot.JPG"]
    assert labels("/sound ") == ["Red things", "rain.ogg"]
    assert labels("/VOICE r") == ["Red things", "rain.ogg"]
    assert labels("/image Red things/") == ["inside one.png"]


def test_hidden_files_come_only_when_asked(folder: Path) -> None:
    assert labels("@.") == [".cache", ".hidden.png"]


def test_what_is_no_path_has_no_completions(folder: Path) -> None:
    for text in ("", "boots", "me@", "a@re", "/why 1", "/image", "@re d", '@"re" '):
        assert completions(text) is None
    assert labels("@nothere/") == labels("@readme.txt/") == labels("@a\0") == []


def test_only_what_stands_before_the_cursor_counts(folder: Path) -> None:
    found = completions("like @re but in red", 8)
    assert found is not None and (found.start, found.end) == (6, 8)
    assert len(found.candidates) == 3


def test_a_home_is_completed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder))
    assert labels("@~") == ["~"]
    found = completions("@~/ra")
    assert found is not None and [candidate.text for candidate in found.candidates] == ["~/rain.ogg"]


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=12)


@given(NAMES, st.sampled_from(["", '"', "'"]), st.booleans())
def test_what_is_chosen_is_read_back_as_that_file(name: str, quote: str, inside: bool) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        deep = Path(place, "a folder") if inside else Path(place)
        deep.mkdir(exist_ok=True)
        path = deep / f"x{name}.png"
        path.write_bytes(picture_bytes())
        found = completions(f"like @{quote}{deep}/x" if quote or not inside else f'like @"{deep}/x')
        assert found is not None
        for candidate in found.candidates:
            assert take_mentions(f"like @{candidate.text} in red").paths == (path,)
        found = completions(f"/image {deep}/x")
        assert found is not None
        for candidate in found.candidates:
            assert existing_file(candidate.text) == path


@given(st.text() | st.text(st.sampled_from("@'\"\\ /~.\n\ud800a"), max_size=30))
@example("@~\ud800/")
def test_any_text_is_completed_or_not(text: str) -> None:
    for line in (text, f"@{text}", f"/image {text}"):
        found = completions(line)
        assert found is None or 0 <= found.start <= found.end == len(line)


def test_an_open_quote_lets_typing_go_on_in_a_folder(folder: Path) -> None:
    found = completions("@Red")
    assert found is not None
    assert found.candidates[0].text == '"Red things/'
    inside = completions("@" + found.candidates[0].text)
    assert inside is not None and inside.candidates[0].text == '"Red things/inside one.png"'


def test_a_name_that_would_be_obeyed_or_hidden_is_not_offered(folder: Path) -> None:
    make_picture(folder / "zz\x1b[31m.png")
    make_picture(folder / "zz\u202egnp.png")
    make_picture(folder / "zz 9.41\u202fPM.png")
    assert labels("@zz") == ["zz 9.41 PM.png"]


def test_a_huge_folder_takes_no_time(tmp_path: Path) -> None:
    for number in range(30_000):
        os.close(os.open(tmp_path / f"{number}.png", os.O_CREAT))
    began = time.process_time()
    found = completions(f"/image {tmp_path}/")
    assert time.process_time() - began < 0.3
    assert found is not None and found.more and len(found.candidates) == MOST
    assert labels(f"@{tmp_path}/29999") == ["29999.png"]
