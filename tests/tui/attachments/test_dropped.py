from __future__ import annotations

import os
import shlex
import tempfile
import time
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.tui.attachments.files import make_picture, make_sound, picture_bytes
from tui.attachments.dropped import LONGEST, Dropped, take_mentions, take_paths
from tui.attachments.paths import MISSES

if TYPE_CHECKING:
    from collections.abc import Callable


def escaped(path: str) -> str:
    """With backslashes, as macOS' terminals drop a path."""
    return "".join(f"\\{mark}" if mark in " \t'\"\\()[]{}&;*?$!<>|`#~" else mark for mark in path)


def uri(path: str) -> str:
    return f"file://{quote(os.fsencode(path))}"


FORMS: dict[str, Callable[[str], str]] = {
    "bare": str,
    "single quotes": lambda path: f"'{path}'",
    "double quotes": lambda path: f'"{path}"',
    "a shell's quotes": shlex.quote,
    "backslashes": escaped,
    "a URI": uri,
    "a URI with a host": lambda path: f"file://localhost{quote(path)}",
    "a line's end": lambda path: f"{path}\n",
    "a space after it": lambda path: f"{path} ",
    "a carriage return": lambda path: f"{path}\r\n",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "name",
    [
        "bag.png",
        "my red bag.png",
        "bag (1) [final].png",
        "50% off #1.png",
        "tüte für äpfel.png",
        "袋.png",
        "Screenshot 2026-03-04 at 9.41.00\u202fPM.png",
        "no ending",
        "-rf.png",
        "a, b; c.png",
        "like this but red.png",
    ],
)
def test_every_form_of_a_path_is_read(form: str, name: str, tmp_path: Path) -> None:
    path = make_picture(tmp_path / "some folder" / name)
    assert take_paths(FORMS[form](str(path))) == Dropped((path,), "")


NAMES = st.text(st.characters(exclude_characters="/\0", codec="utf-8"), min_size=1, max_size=24)


@settings(max_examples=300)
@given(NAMES, st.sampled_from(["a shell's quotes", "backslashes", "a URI", "bare"]))
@example('it\'s "here".png', "a shell's quotes")
@example("trailing ", "backslashes")
@example("two\nlines.png", "a shell's quotes")
@example("%41.png", "a URI")
@example("C:\\bag.png", "bare")
def test_odd_names_survive_quoting(name: str, form: str) -> None:
    assume(name not in (".", "..") and len(name.encode()) < 200)
    # A bare name's own spaces at its ends, or a form that means another name, can't be told.
    assume(form != "bare" or name == name.strip(" \t\r\n"))
    # A backslash before a line feed is taken away with it by a shell.
    assume(form != "backslashes" or not set(name) & set("\r\n"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(picture_bytes())
        assert take_paths(FORMS[form](str(path))) == Dropped((path,), "")


@given(st.text() | st.text(st.sampled_from("'\"\\ /~@:.%\n\tfileab\u202f\ud800C"), max_size=200))
@example("~\ud800")
@example("@~\ud800/a")
def test_any_text_without_files_is_left_to_the_letter(text: str) -> None:
    assert take_paths(text) == Dropped((), text)
    assert take_mentions(text) == Dropped((), text)


def test_several_files_come_in_their_order(tmp_path: Path) -> None:
    first, second = make_picture(tmp_path / "a one.png"), make_picture(tmp_path / "b.png", "JPEG")
    third = make_sound(tmp_path / "c.wav")
    paths = [str(path) for path in (first, second, third)]
    for text in (
        "\n".join(paths),
        "\r\n".join(paths) + "\r\n",
        "\n\n".join(map(uri, paths)),
        " ".join(map(shlex.quote, paths)),
        " ".join(map(escaped, paths)),
        " ".join(map(uri, paths)),
        " ".join(paths),
    ):
        assert take_paths(text) == Dropped((first, second, third), ""), text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{} like this but red", "like this but red"),
        ("'{}' like this but red", "like this but red"),
        ("like this but red {}", "like this but red"),
        ("like this: '{}', but red", "like this:, but red"),
        ("like '{}' but red", "like this but red"),
        ("{}\nlike this but red\nand /cheap", "like this but red\nand /cheap"),
        ("{}, cheaper", "cheaper"),
        ("{}\n\n", ""),
    ],
)
def test_words_beside_a_path_are_left(text: str, words: str, tmp_path: Path) -> None:
    path = make_picture(tmp_path / "a bag.png")
    assert take_paths(text.format(path)) == Dropped((path,), words)


def test_a_bare_name_counts_where_a_line_begins_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make_picture(tmp_path / "bag.png")
    make_picture(tmp_path / "boots")
    assert take_paths("bag.png but red") == Dropped((Path("bag.png"),), "but red")
    for text in ("boots", "boots that last", "I like bag.png", "a bag.png.exe"):
        assert take_paths(text) == Dropped((), text)


def test_the_longest_name_that_is_there_is_meant(tmp_path: Path) -> None:
    make_picture(tmp_path / "my")
    longer = make_picture(tmp_path / "my bag.png")
    assert take_paths(f"{tmp_path}/my bag.png in red") == Dropped((longer,), "in red")


@pytest.mark.parametrize("space", ["\u202f", "\u00a0", "\u2009", "\u3000"])
def test_spaces_that_look_alike_are_equal(space: str, tmp_path: Path) -> None:
    path = make_picture(tmp_path / f"Shots{space}today" / f"Screenshot 9.41{space}PM.png")
    plain = str(path).replace(space, " ")
    other = str(path).replace(space, "\u2007")
    for text in (plain, shlex.quote(plain), escaped(plain), uri(plain), other):
        assert take_paths(text) == Dropped((path,), "")
    for text in (plain, escaped(str(path)), shlex.quote(plain)):
        assert take_paths(f"{text} in red") == Dropped((path,), "in red")
    assert take_mentions(f'@"{plain}" in red').paths == (path,)


def test_composed_and_decomposed_letters_are_equal(tmp_path: Path) -> None:
    apart = make_picture(tmp_path / unicodedata.normalize("NFD", "café é.png"))
    assert take_paths(str(tmp_path / unicodedata.normalize("NFC", "café é.png"))).paths == (apart,)
    together = make_picture(tmp_path / unicodedata.normalize("NFC", "tüte.png"))
    assert take_paths(uri(str(tmp_path / unicodedata.normalize("NFD", "tüte.png")))).paths == (together,)


def test_a_home_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    path = make_picture(tmp_path / "my bag.png")
    assert take_paths("~/my bag.png").paths == (path,)
    assert take_paths(r"~/my\ bag.png in red") == Dropped((path,), "in red")
    assert take_mentions("like @~/my bag.png in red").paths == (path,)


def test_windows_paths_are_found_where_wsl_keeps_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_picture(tmp_path / "my bag.png")
    share = rf"\\wsl.localhost\Debian{str(path).replace('/', chr(92))}"
    assert take_paths(share).paths == ()
    monkeypatch.setenv("WSL_DISTRO_NAME", "Debian")
    for text in (share, f'"{share}"', f"'{share}'"):
        assert take_paths(text) == Dropped((path,), "")


def test_what_is_no_picture_by_its_bytes_stays_text_and_is_told(tmp_path: Path) -> None:
    note = tmp_path / "note.png"
    note.write_text("no picture", encoding="utf-8")
    assert take_paths(str(note)) == Dropped((), str(note), (note,))
    assert take_mentions(f"see @{note} now") == Dropped((), f"see @{note} now", (note,))
    disguised = make_picture(tmp_path / "bag.txt")
    assert take_paths(str(disguised)).paths == (disguised,)
    for name, content in (("utf16.mp3", "\ufeffwords"), ("list.m3u", "#EXTM3U\nbag.mp3\n")):
        (tmp_path / name).write_text(content, encoding="utf-16-le")
        assert take_paths(str(tmp_path / name)).paths == ()


def test_folders_pipes_and_devices_are_not_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.png"
    os.mkfifo(pipe)
    for text in (str(pipe), str(tmp_path), "/dev/zero", f"@{pipe}", "/"):
        assert take_paths(text) == take_mentions(text) == Dropped((), text)


def test_another_machines_file_is_not_ours(tmp_path: Path) -> None:
    path = make_picture(tmp_path / "a.png")
    assert take_paths(f"file://elsewhere{path}").paths == ()
    assert take_paths(f"https://localhost{path}").paths == ()


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("@{} cheaper", "cheaper"),
        ("like @{} but in red", "like this but in red"),
        ('like @"{}", but in red', "like this, but in red"),
        ("something like @{}", "something like this"),
        ("like this @{} but red", "like this but red"),
        ("boots @{}", "boots"),
        ("something like @{}.", "something like this."),
        ("@{}", ""),
    ],
)
def test_a_mention_becomes_a_file_and_words_that_read_on(message: str, words: str, tmp_path: Path) -> None:
    path = make_picture(tmp_path / "bag.png")
    assert take_mentions(message.format(path)) == Dropped((path,), words)


def test_mentions_may_be_several_quoted_and_escaped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    one, two = make_picture(Path("my bag.png")), make_picture(Path("b.png"))
    for message in (
        '@"my bag.png" @b.png',
        r"@my\ bag.png @b.png",
        "@'my bag.png' @b.png",
        "@my bag.png @b.png",
    ):
        assert take_mentions(message) == Dropped((one, two), ""), message


@pytest.mark.parametrize(
    "message",
    [
        "write to me@bag.png please",
        "@handle said so",
        "me@shop.com",
        "@",
        "@ bag.png",
        "a@b @c",
        '@"bag.png',
    ],
)
def test_handles_and_addresses_stay(message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    make_picture(Path("bag.png"))
    assert take_mentions(message) == Dropped((), message)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        "/a b " * 200_000,
        "/a b " * (LONGEST // 5),
        "@a " * (LONGEST // 3),
        "'/a " * (LONGEST // 4),
        "/" * LONGEST,
        "/a" * (LONGEST // 2),
        "/" + "é" * 200 + "/é" * 2_000,
        "\\ " * (LONGEST // 2),
        ("/" + "word, " * 600 + "\n") * 16,
        "file:///%c3%a9 " * (LONGEST // 16),
    ],
    ids=lambda text: f"{len(text)} of {text[:6]}",
)
def test_a_long_text_takes_no_time_and_few_looks(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0
    look = os.stat

    def counted(path: Any, **more: Any) -> os.stat_result:  # noqa: ANN401 - what os.stat takes
        nonlocal looks
        looks += 1
        return look(path, **more)

    monkeypatch.setattr(os, "stat", counted)
    times = []
    for _ in range(3):
        looks = 0
        began = time.process_time()
        assert take_paths(text).paths == take_mentions(text).paths == ()
        times.append(time.process_time() - began)
    assert min(times) < 0.1, "both together; each is to take 0.05 s"
    assert looks <= 4 * MISSES
