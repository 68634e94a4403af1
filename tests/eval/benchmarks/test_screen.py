from __future__ import annotations

import re
import sys

import pytest

from agent.chat.openai import OpenAIChat
from agent.types import ActName, Brief, Scene
from encoders.errors import VitrineError
from eval.benchmarks.screen import screen_rows, show_screen, spread_of
from eval.benchmarks.screen_server import slow_writer
from eval.benchmarks.screen_terminal import Terminal
from eval.benchmarks.screen_typist import Typist

BRIEF = Brief(ActName.RECOMMEND, "boots", (), (), (), (), 0)
OVER = re.compile(rb"it is over")
SPREAD = {"p50": 4.0, "p99": 20.0, "max": 30.0, "keys": 400, "lost": 0}
MEASURED = {
    "first_paint_s": 0.41,
    "ready_s": 4.2,
    "echo_streaming_ms": SPREAD,
    "echo_turns_ms": {**SPREAD, "lost": 3},
    "echo_loading_ms": SPREAD,
    "scroll_ms": SPREAD,
    "turns": 200,
    "memory_first_mb": 1100.0,
    "memory_last_mb": 1130.4,
    "turn_early_ms": 210.0,
    "turn_late_ms": 220.0,
    "load": [0.4, 1.2],
}


def python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def test_a_terminal_answers_what_terminals_are_asked() -> None:
    program = (
        "import sys, tty; tty.setraw(0); sys.stdout.write('\\x1b[c'); sys.stdout.flush();"
        "said = sys.stdin.read(9); print('told', said[2:])"
    )
    with Terminal(python(program)) as terminal:
        assert terminal.wait(re.compile(rb"told (.*)c"), 20).match[1] == b"?62;22"


def test_it_has_a_size_and_the_program_weighs_something() -> None:
    program = "import os, time; print('size', *os.get_terminal_size(0)); time.sleep(20)"
    with Terminal(python(program), columns=90, rows=30) as terminal:
        seen = terminal.wait(re.compile(rb"size (\d+) (\d+)"), 20)
        assert (seen.match[1], seen.match[2]) == (b"90", b"30")
        assert seen.at > terminal.began
        assert terminal.memory_mb > 1
        assert terminal.processor_s >= 0


def test_a_program_that_ends_early_is_told_in_a_sentence() -> None:
    with Terminal(python("print('no')")) as terminal, pytest.raises(VitrineError, match="ended before"):
        terminal.wait(OVER, 20)


def test_what_never_comes_is_told_in_a_sentence() -> None:
    with Terminal(python("import time; time.sleep(20)")) as terminal:
        with pytest.raises(VitrineError, match=r"was drawn in 0\.2 s"):
            terminal.wait(OVER, 0.2)
        with pytest.raises(VitrineError, match=r"was drawn in 0\.2 s"):
            Typist(terminal).type_until(OVER, 0.2)


def test_each_key_is_timed_to_its_letter() -> None:
    # The terminal's own line discipline echoes, at once.
    with Terminal(python("import time; time.sleep(1); print('it is over'); time.sleep(20)")) as terminal:
        typist = Typist(terminal, every=0.02)
        typist.type_until(OVER, 20)
    assert len(typist.echoes) > 10
    assert typist.lost == 0
    assert 0 < min(typist.echoes) <= max(typist.echoes) < 1


def test_keys_whose_letters_never_come_are_counted() -> None:
    program = (
        "import time, tty; tty.setraw(0); print('ready', flush=True); time.sleep(.4); "
        "print('it is over'); time.sleep(20)"
    )
    with Terminal(python(program)) as terminal:
        terminal.wait(re.compile(rb"ready"), 20)
        typist = Typist(terminal, every=0.02)
        typist.type_until(OVER, 20)
    assert typist.echoes == []
    assert typist.lost > 3


def test_the_slow_writer_is_read_as_any_chat_server() -> None:
    with slow_writer(12, 500.0) as address:
        chat = OpenAIChat(address)
        assert chat.read(Scene("boots")).act is ActName.RECOMMEND
        assert len("".join(chat.write(BRIEF)).split()) == 12
        chat.close()


def test_the_spread_is_in_milliseconds_by_nearest_rank() -> None:
    assert spread_of([number / 1000 for number in range(1, 101)]) == {
        "p50": 50.5,
        "p99": 99.0,
        "max": 100.0,
        "keys": 100,
    }
    assert spread_of([0.004]) == {"p50": 4.0, "p99": 4.0, "max": 4.0, "keys": 1}
    with pytest.raises(VitrineError, match="Nothing was timed"):
        spread_of([])


def test_what_was_measured_stands_beside_what_it_must_reach() -> None:
    rows = {row[0]: row[1:] for row in screen_rows(MEASURED)}
    assert rows["first paint"] == ("0.41 s", "≤ 0.5 s")
    assert rows["key to echo while a reply streams, p50 / p99"] == ("4 / 20 ms", "p99 ≤ 50 ms")
    assert rows["key to echo through turns, p50 / p99"][0] == "4 / 20 ms, 3 of 400 lost"
    assert rows["memory grown, turn 10 to 200"] == ("30 MB", "≤ 100 MB")
    assert "first paint" in show_screen(MEASURED)
