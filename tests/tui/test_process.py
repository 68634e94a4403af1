"""The console script as a process of its own, with scripted models: signals, closed pipes, no input at all."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
BOOTS = "boots that dont leak, 80 tops\n"
PROGRAM = (sys.executable, "-m", "tests.tui.scripted")


def start(*arguments: str | Path, **environment: str) -> subprocess.Popen[str]:
    variables: Mapping[str, str] = {**os.environ, "PYTHONUNBUFFERED": "1", **environment}
    return subprocess.Popen(
        [*PROGRAM, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env=variables,
    )


def chat(data: Path, *options: str) -> tuple[str | Path, ...]:
    return ("chat", *options, "--catalog", "dozen", "--data-dir", data)


def read_until(stream: IO[str] | None, text: str) -> str:
    assert stream is not None
    seen = ""
    while text not in seen:
        piece = stream.read(1)
        assert piece, seen
        seen += piece
    return seen


@pytest.mark.parametrize("options", [(), ("--plain",), ("--json",)])
def test_no_input_ends_at_once(data: Path, options: tuple[str, ...]) -> None:
    ran = subprocess.run(
        [*PROGRAM, *map(str, chat(data, *options))],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (0, "")
    assert "standard input has no line" in ran.stderr


def test_no_input_indexes_nothing_but_still_looks_for_the_catalogue(tmp_path: Path) -> None:
    for catalog, code in (("demo", 0), ("nowhere", 3)):
        ran = subprocess.run(
            [*PROGRAM, "--catalog", catalog, "--data-dir", str(tmp_path)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            cwd=ROOT,
            check=False,
        )
        assert ran.returncode == code
    assert not list(tmp_path.iterdir())


def test_an_interrupt_in_a_pipe_ends_with_130_and_no_traceback(data: Path) -> None:
    with start(*chat(data, "--plain"), SCRIPTED_PAUSE="0.05") as process:
        assert process.stdin is not None
        process.stdin.write("hello\n" * 50)
        process.stdin.flush()
        read_until(process.stdout, "you: hello")
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert err == "\nvitrine: interrupted.\n"
    assert out.count("you:") <= 2


@pytest.mark.parametrize("option", ["--plain", "--json"])
def test_a_reader_that_goes_away_ends_the_chat_without_a_traceback(data: Path, option: str) -> None:
    with start(*chat(data, option)) as process:
        assert process.stdin is not None and process.stdout is not None and process.stderr is not None
        process.stdin.write(BOOTS)
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        try:
            process.stdin.write(BOOTS * 20)
            process.stdin.close()
        except BrokenPipeError:
            """It has ended already."""
        process.stdin = None
        err = process.stderr.read()
        process.wait(timeout=20)
    assert "Traceback" not in err
    assert "Exception ignored" not in err
    assert process.returncode == 1


def test_each_turn_is_written_before_the_next_line_is_read(data: Path) -> None:
    with start(*chat(data, "--json")) as process:
        assert process.stdin is not None and process.stdout is not None
        for turn in (1, 2):
            process.stdin.write(BOOTS)
            process.stdin.flush()
            assert process.stdout.readline().startswith(f'{{"turn": {turn}, ')
        process.communicate(timeout=20)
    assert process.returncode == 0


def test_characters_that_the_output_can_not_hold_are_escaped_and_json_stays_json(data: Path) -> None:
    import json

    for option in ("--plain", "--json"):
        ran = subprocess.run(
            [*PROGRAM, *map(str, chat(data, option))],
            input=BOOTS.encode() + b"/why 1\n/image caf\xe9.png\n",
            capture_output=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONIOENCODING": "latin-1"},
            check=False,
        )
        assert ran.returncode == 0, ran.stderr.decode()
        out = ran.stdout.decode("latin-1")
        if option == "--json":
            turns = [json.loads(line) for line in out.splitlines()]
            assert [len(turn["items"]) for turn in turns] == [3, 1, 0]
            assert "price ≤ 80" in turns[1]["items"][0]["evidence"]["met"]
        else:
            assert "price \\u2264 80" in out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_output_that_can_not_be_written_is_one_sentence(data: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ran = subprocess.run(
            [*PROGRAM, *map(str, chat(data, "--json"))],
            input=BOOTS,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            check=False,
        )
    assert ran.returncode == 1
    assert "vitrine: The system refused to read or write" in ran.stderr
    assert "Traceback" not in ran.stderr and "Exception ignored" not in ran.stderr


@pytest.mark.parametrize("closed", [0, 1, 2])
def test_a_standard_stream_that_is_closed_is_no_error(data: Path, closed: int) -> None:
    redirection = {0: "<&-", 1: ">&-", 2: "2>&-"}[closed]
    command = shlex.join([*PROGRAM, *map(str, chat(data, "--plain"))])
    ran = subprocess.run(
        ["sh", "-c", f"{command} {redirection}"],
        input=BOOTS,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert (ran.returncode, "Traceback" in ran.stderr) == (0, False)
    assert ("item 1 of 3: " in ran.stdout) is (closed == 2)
