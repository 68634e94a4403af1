"""`chat` and `ask` on terminals that draw, as processes of their own with scripted models."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from agent import assembly
from retrieval.index.build import Options, build
from retrieval.opening import read_catalogue
from tests.fakes.encoders import HashTextEncoder
from tests.tui.conftest import DOZEN
from tests.tui.pictures import decoders
from tests.tui.pictures.terminals import FOOT, KITTY, SILENT, Terminal
from tests.tui.scripted import scripted_models
from tui.main import run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ROOT = Path(__file__).parents[3]
BOOTS = "boots that dont leak, 80 tops"


@pytest.fixture(scope="module")
def illustrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the dozen, where every boot has a picture, one of them gone since, and words for it."""
    folder = tmp_path_factory.mktemp("illustrated")
    header, *rows = DOZEN.read_text(encoding="utf-8").splitlines()
    (folder / "pictures").mkdir()
    lines = [f"{header},image_alt"]
    for number, row in enumerate(rows, 1):
        picture = folder / "pictures" / f"{number}.png"
        Image.new("RGB", (64, 64), (20 * number, 10, 200)).save(picture)
        lines.append(f"{row.rstrip(',')},pictures/{picture.name},a thing on a table {number}")
    catalogue = folder / "dozen.csv"
    catalogue.write_text("\n".join(lines), encoding="utf-8")
    data = folder / "data"
    build(
        read_catalogue(str(catalogue), data),
        data_dir=data,
        text=HashTextEncoder(),
        options=Options(index=False),
    )
    (folder / "pictures" / "2.png").unlink()
    return data


class Program:
    """Vitrine on a terminal."""

    def __init__(self, terminal: Terminal, data: Path, *arguments: str | Path, **environment: str) -> None:
        self.terminal = terminal
        stdin, stdout = terminal.open()
        variables = {
            name: value
            for name, value in os.environ.items()
            if name not in ("TMUX", "STY", "ZELLIJ", "NO_COLOR", "TERM_PROGRAM")
        }
        variables |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "COLUMNS": "100", "LINES": "40"}
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "tests.tui.scripted", *map(str, arguments)),
                *("--catalog", "dozen", "--data-dir", str(data)),
            ],
            stdin=stdin,
            stdout=stdout,
            stderr=stdout,
            cwd=ROOT,
            env=variables | environment,
            start_new_session=True,
            # A shell starts what it puts in the background with SIGINT ignored, and that is inherited.
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        )

    def wait(self, text: str, count: int = 1) -> str:
        return self.terminal.settle(text.encode(), count, seconds=30).decode()

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self.terminal.close()


@pytest.fixture
def start(illustrated: Path, tmp_path: Path) -> Iterator[Callable[..., Program]]:
    """Start a program on a terminal that answers in a way."""
    data = Path(shutil.copytree(illustrated, tmp_path / "data"))
    running: list[Program] = []

    def start_one(
        answers: Mapping[bytes, bytes], *arguments: str | Path, typing: bytes = b"", **environment: str
    ) -> Program:
        program = Program(Terminal(answers, typing), data, *arguments, **environment)
        running.append(program)
        return program

    yield start_one
    for program in running:
        program.close()


def test_a_chat_draws_cards_above_their_lines_and_keeps_what_was_typed_ahead(
    start: Callable[..., Program],
) -> None:
    program = start(KITTY, "chat", "--plain", "--images", "auto", typing=f"{BOOTS}\n/wh".encode())
    program.wait("you: /wh")
    program.terminal.type(b"y 1\n")
    written = program.wait("its meaning")
    shown = written[written.index("looking for") :]
    assert re.search(r"you: boots that dont leak, 80 tops\r\n(.*\r\n)?looking for", written)
    assert shown.index("\x1b_G") < shown.index("\U0010eeee") < shown.index("item 1 of 3")
    assert shown.count("a=p") == 3
    _, placement = decoders.kitty(shown[: shown.index("\U0010eeee")])
    assert placement["U"] == "1"


@pytest.fixture
def ask(
    attach: Callable[..., Terminal], illustrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., str]:
    """Ask on a terminal, in this process; returns what was written to it."""
    data = Path(shutil.copytree(illustrated, tmp_path / "data"))
    monkeypatch.setattr(assembly, "open_models", scripted_models)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("LINES", "40")

    def ask_once(answers: Mapping[bytes, bytes], *options: str) -> str:
        terminal = attach(answers)
        assert run(["ask", BOOTS, *options, "--catalog", "dozen", "--data-dir", str(data)]) == 0
        sys.stdout.write("that is all")
        sys.stdout.flush()
        return terminal.settle(b"that is all").decode().replace("\r\n", "\n")

    return ask_once


def test_ask_draws_cards_and_a_word_where_a_file_is_gone(ask: Callable[..., str]) -> None:
    written = ask(FOOT)
    pictures = re.findall(r"\x1bP[^\x1b]*\x1b\\", written)
    numbers = re.findall(r"\x1b8 +1 +2 +3$", written, re.M)
    assert (len(pictures), len(numbers), written.count("not found")) == (2, 1, 1)
    assert {decoders.sixels(drawn).size for drawn in pictures} == {(260, 260)}
    assert written.index("looking for") < written.index("\x1bP") < written.index("item 1 of 3")


@pytest.mark.parametrize(
    ("options", "environment"),
    [
        (("--images", "off"), {}),
        (("--plain",), {}),
        ((), {"NO_COLOR": "1"}),
        ((), {"VITRINE_PLAIN": "1"}),
        ((), {"VITRINE_IMAGES": "off"}),
        ((), {"TERM": "dumb"}),
    ],
)
def test_without_pictures_there_are_words_and_no_escape_codes(
    ask: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    environment: dict[str, str],
) -> None:
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    written = ask(KITTY, *options)
    assert "\x1b" not in written
    assert len(re.findall(r"^item .*\n  picture: a thing on a table \d+$", written, re.M)) == 3


def test_json_on_a_terminal_is_json_alone(ask: Callable[..., str]) -> None:
    written = ask(KITTY, "--json", "--images", "kitty")
    assert set(json.loads(written.removesuffix("that is all"))) >= {"items", "answer", "models"}


@pytest.mark.parametrize(("name", "protocol"), [("kitty", "a=p"), ("sixel", "\x1bP"), ("half", "▀")])
def test_a_way_can_be_forced(ask: Callable[..., str], name: str, protocol: str) -> None:
    written = ask(SILENT, "--images", name)
    assert written.count(protocol) >= 2
    assert "\x1b[c" not in written


def interrupted(program: Program) -> int:
    """Press Ctrl-C until the program ends: readline notices none that comes between its prompt and its first wait."""
    for _ in range(15):
        program.process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            return program.process.wait(2)
    raise AssertionError("Ctrl-C does not end the program")


def test_a_staged_picture_is_drawn_at_once_and_ctrl_c_leaves_the_terminal_as_it_was(
    start: Callable[..., Program], flag: Path
) -> None:
    program = start(SILENT, "chat", "--plain", "--images", "auto")
    mode = program.terminal.mode()
    program.wait("you: ")
    program.terminal.type(f"/image {flag}\n".encode())
    written = program.wait("staged: flag.png 96×64 ")
    assert "\x1b[38;2;0;0;255;48;2;0;0;255m▀" in written[written.rindex("/image") :]
    program.wait("you: ", 2)
    assert interrupted(program) == 130
    assert program.terminal.waiting() == b""
    assert program.terminal.mode() == mode
