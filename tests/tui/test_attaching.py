"""Files in the plain chat: a person at a terminal drops, mentions, pastes and takes them back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.agent.shop import ENCODER, Shop
from tests.fakes.chat import ScriptedChat
from tests.fakes.encoders import HashImageEncoder
from tests.fakes.snapshot import MemorySnapshot
from tests.tui.attachments.files import make_picture, make_sound, picture_bytes
from tui.pictures.choose import Choice, Protocol
from tui.pictures.shelf import Shelf
from tui.plain.lines import Line
from tui.plain.loop import converse
from tui.plain.tab import common, lines_from
from tui.sessions.recorder import Recorder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Talk = Callable[..., str]

SIZE = len(picture_bytes())


def pictured() -> MemorySnapshot:
    """The twelve items, the names of their colours standing in for their pictures."""
    image = HashImageEncoder()
    plain = MemorySnapshot.from_csv(text=ENCODER)
    items = plain.items(plain.ids)
    words = plain.vectors("text")
    assert words is not None
    colours = image.encode_texts([str(item.fields["colour"]) for item in items])
    vectors = {"text": words, "image": colours}
    return MemorySnapshot(
        items, plain.columns, vectors=vectors, encoder_ids={"text": ENCODER.id, "image": image.id}
    )


@pytest.fixture
def chat() -> ScriptedChat:
    """Searches for the words of each message; its scenes keep them."""
    return ScriptedChat({})


@pytest.fixture
def talk(
    chat: ScriptedChat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Talk:
    """Lines typed at a terminal; returns what was written after the greeting."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "1000")
    shop = Shop(tmp_path, snapshot=pictured(), image=HashImageEncoder(), chat=chat)

    def typed(*lines: str, typing: bool = True) -> str:
        shelf = Shelf(Choice(Protocol.OFF, "a test"))
        recorder = Recorder(shop.conversation)
        lined = map(Line, lines)
        converse(shop.conversation, lined, as_json=False, typing=typing, shelf=shelf, recorder=recorder)
        return capsys.readouterr().out.split("/help lists the rest.\n")[1]

    return typed


def said(chat: ScriptedChat) -> list[str]:
    """The words of each message."""
    return [scene.text for scene in chat.scenes]


def test_a_line_that_is_only_a_path_is_staged_and_goes_with_the_next(
    talk: Talk, chat: ScriptedChat, tmp_path: Path
) -> None:
    path = make_picture(tmp_path / "my bag.png")
    staged = f"staged: my bag.png 8×6 {SIZE} bytes; it goes with your next message, or with /send\n"
    for line in (str(path), f"'{path}' ", path.as_uri(), "my bag.png", "@my bag.png", '@"my bag.png"'):
        out = talk(line, "boots like this")
        assert out.startswith(staged), line
        assert "looking for: like your picture" in out
    assert set(said(chat)) == {"boots like this"}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{} boots like this", "boots like this"),
        ("like @{} but in red", "like this but in red"),
        ("boots like '{}'", "boots like this"),
    ],
)
def test_a_path_beside_words_goes_with_them(
    talk: Talk, chat: ScriptedChat, tmp_path: Path, line: str, words: str
) -> None:
    path = make_picture(tmp_path / "bag.png")
    out = talk(line.format(path))
    assert out.startswith(f"staged: bag.png 8×6 {SIZE} bytes\nsees: red\nlooking for: like your picture")
    assert said(chat) == [words]


def test_in_a_pipe_names_of_files_are_text(talk: Talk, chat: ScriptedChat, tmp_path: Path) -> None:
    make_picture(tmp_path / "bag.png")
    out = talk("like @bag.png", "bag.png", "/image bag.png", "boots like this", typing=False)
    assert said(chat) == ["like @bag.png", "bag.png", "boots like this"]
    assert out.count("staged") == 1
    assert "\nstaged; it goes with your next message, or with /send\n" in out


def test_several_files_are_numbered_and_any_is_taken_back(
    talk: Talk, chat: ScriptedChat, tmp_path: Path
) -> None:
    one, two = make_picture(tmp_path / "one.png"), make_picture(tmp_path / "two.png")
    make_sound(tmp_path / "rain.wav")
    out = talk(
        f"{one} {two}", "/sound rain.wav", "/unstage 1", "/unstage", "/unstage 2", "/unstage 1", "/unstage"
    )
    assert re.findall(r"^(?:staged|taken back|vitrine): [^;\n]+", out, re.M) == [
        f"staged: 1. one.png 8×6 {SIZE} bytes, 2. two.png 8×6 {SIZE} bytes",
        "staged: 3. rain.wav 1.0 s 32 KB",
        f"taken back: one.png 8×6 {SIZE} bytes",
        "taken back: rain.wav 1.0 s 32 KB",
        "vitrine: Nothing is staged as 2: only 1 is.",
        f"taken back: two.png 8×6 {SIZE} bytes",
        "vitrine: Nothing is staged: there is nothing to take back.",
    ]
    assert said(chat) == []


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/unstage x", "Write it as /unstage, or /unstage N"),
        ("/unstage 1 2", "Write it as /unstage, or /unstage N"),
        ("/unstage 99999999999999999999", "Nothing is staged as 999999999: only 1 is."),
        ("/unstage 0", "Nothing is staged as 0: only 1 is."),
        ("/tmp/nothing/here.png", "here.png can't be used: there is no such file"),
        ("/why/2", "There is no command /why/2"),
        ("{}/note.pdf", "note.pdf is a PDF and not a picture"),
        ("{}/cut.png", "cut.png can't be used (it is cut short)"),
        ("@cut.png in red", "cut.png can't be used (it is cut short)"),
    ],
)
def test_what_can_t_be_done_is_a_sentence_and_what_waits_stays(
    talk: Talk, chat: ScriptedChat, tmp_path: Path, line: str, says: str
) -> None:
    make_picture(tmp_path / "bag.png")
    (tmp_path / "note.pdf").write_bytes(b"%PDF-1.7 and so on")
    (tmp_path / "cut.png").write_bytes(picture_bytes()[:40])
    out = talk("bag.png", line.format(tmp_path), "/send")
    assert says in out
    assert "put away" not in out
    assert "\nlooking for: like your picture\n" in out
    assert said(chat) == []


def test_a_command_is_no_path_and_its_words_are_left(talk: Talk, chat: ScriptedChat, tmp_path: Path) -> None:
    path = make_picture(tmp_path / "bag.png")
    out = talk(f"/remember that {path} and @bag.png are mine", f"{path} /send")
    assert out.count("staged") == 1
    assert "looking for: like your picture\n" in out
    assert said(chat) == []


def test_paste_takes_the_clipboards_picture(
    talk: Talk, chat: ScriptedChat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "held.png").write_bytes(picture_bytes())
    tool = tools / "wl-paste"
    tool.write_text(
        f'#!/bin/sh\n[ "$1" = --list-types ] && echo image/png || exec /bin/cat {tools}/held.png\n',
        encoding="utf-8",
    )
    tool.chmod(0o755)
    for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY", "WSL_DISTRO_NAME", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tools))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    out = talk("/paste", "like this")
    assert re.match(rf"staged: clipboard-\d+\.png 8×6 {SIZE} bytes; it goes with your next message", out)
    assert "like your picture" in out
    tool.unlink()
    assert "install the package wl-clipboard" in talk("/paste")


def test_tab_completes_the_path_and_keeps_the_words_before_it(tmp_path: Path) -> None:
    make_picture(tmp_path / "my bag.png")
    make_picture(tmp_path / "my boot.png")
    assert lines_from(f"like @{tmp_path}/my") == [
        f'like @"{tmp_path}/my {name}.png"' for name in ("bag", "boot")
    ]
    assert lines_from(f"/image {tmp_path}/my bo") == [f"/image {tmp_path}/my boot.png"]
    assert lines_from("like my") == []


@pytest.mark.parametrize("quote", ["", '"', "'"])
@pytest.mark.parametrize("typed", ["", "re", "RE", "r", "s", "i"])
def test_tab_takes_no_typed_letter_back(tmp_path: Path, quote: str, typed: str) -> None:
    for name in ("Red.png", "red boot.png", "it's.png", 'say "red".png', "Saw one.png", "in.png"):
        make_picture(tmp_path / name)
    lines = lines_from(f"like @{quote}{tmp_path}/{typed}")
    assert len(lines) > 1
    filled = common(lines).removeprefix("like @").lstrip("'\"")
    assert filled.casefold().startswith(f"{tmp_path}/{typed}".casefold())
