from __future__ import annotations

import io
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.tui.pictures.terminals import (
    FOOT,
    KITTY,
    LEVEL_FOUR,
    REFUSING,
    SILENT,
    WARP,
    WEZTERM,
    XTERM,
    Terminal,
)
from tui.pictures.choose import WAYS, Protocol, choose, typed_ahead
from tui.pictures.probe import TIMEOUT, Cell

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Attach = Callable[..., Terminal]


@pytest.mark.parametrize(
    ("answers", "protocol", "reason"),
    [
        (KITTY, "kitty", "the terminal (kitty(0.42.1)) says that it draws kitty's graphics"),
        (FOOT, "sixel", "the terminal (foot(1.20.2)) says that it draws sixel"),
        (WEZTERM, "sixel", "WezTerm 20240203"),
        (XTERM, "half", "the terminal knows neither sixel nor kitty's graphics"),
        (REFUSING, "half", "knows neither"),
        (LEVEL_FOUR, "half", "knows neither"),
        (SILENT, "half", "the terminal did not answer within 0.2 s"),
    ],
)
def test_a_terminal_is_drawn_on_as_it_answers(
    attach: Attach, answers: Mapping[bytes, bytes], protocol: str, reason: str
) -> None:
    terminal = attach(answers)
    mode = terminal.mode()
    began = time.monotonic()
    choice = choose()
    assert time.monotonic() - began < TIMEOUT + 0.5  # 0.2 s and what a busy machine adds
    assert (choice.protocol, choice.draws) == (protocol, True)
    assert reason in choice.reason
    assert terminal.waiting() == b""
    assert terminal.mode() == mode


def test_the_size_of_a_cell_is_kept(attach: Attach) -> None:
    attach(KITTY)
    assert choose().cell == Cell(12, 24)


def test_a_claim_without_placeholders_is_not_believed(
    attach: Attach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM_PROGRAM", "WarpTerminal")
    attach(WARP)
    choice = choose()
    assert (choice.protocol, "WarpTerminal" in choice.reason) == (Protocol.HALF, True)


def test_what_is_typed_while_the_terminal_is_asked_is_kept(attach: Attach) -> None:
    terminal = attach(KITTY, typing=b"red boots\nunder")
    choice = choose()
    assert (choice.protocol, typed_ahead(choice)) == (Protocol.KITTY, "red boots\nunder")
    assert terminal.waiting() == b""


def test_what_was_typed_before_is_kept(attach: Attach) -> None:
    terminal = attach(FOOT)
    terminal.type(b"boots\nand ")
    assert typed_ahead(choose()) == "boots\nand "


def test_an_answer_that_comes_late_is_not_taken_for_typing(attach: Attach) -> None:
    terminal = attach(FOOT, delay=TIMEOUT + 0.1)
    choice = choose()
    assert (choice.protocol, choice.late) == (Protocol.HALF, True)
    assert terminal.answered.wait(10)
    terminal.type(b"boots")
    assert typed_ahead(choice) == "boots"
    assert terminal.waiting() == b""


@pytest.mark.parametrize(
    ("environment", "protocol", "reason"),
    [
        ({"TERM": "dumb"}, "off", "TERM is dumb"),
        ({"NO_COLOR": "1"}, "off", "NO_COLOR is set"),
        ({"TMUX": "/tmp/tmux,1,0", "TERM": "screen-256color"}, "half", "tmux stands between"),
        ({"TERM": "tmux-256color"}, "half", "tmux stands between"),
        ({"TERM": "screen.xterm-256color"}, "half", "screen stands between"),
        ({"STY": "1.pts-0", "TERM": "xterm"}, "half", "screen stands between"),
        ({"ZELLIJ": "0"}, "half", "zellij stands between"),
        ({"TERM": "linux"}, "half", "the console draws only characters"),
    ],
)
def test_what_is_known_is_not_asked(
    attach: Attach,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    protocol: str,
    reason: str,
) -> None:
    terminal = attach(KITTY)
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    choice = choose()
    assert choice.protocol == protocol
    assert reason in choice.reason
    time.sleep(0.02)
    assert terminal.written == b""


def test_an_empty_no_color_forbids_nothing(attach: Attach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    attach(KITTY)
    assert choose().protocol is Protocol.KITTY


@pytest.mark.parametrize("wanted", ["kitty", "sixel", "half", "off"])
def test_what_is_asked_for_is_taken_unasked(
    attach: Attach, monkeypatch: pytest.MonkeyPatch, wanted: str
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    terminal = attach(SILENT)
    choice = choose(wanted)
    assert (choice.protocol, choice.reason) == (wanted, "it was asked for")
    assert terminal.written == b""


@pytest.mark.parametrize("wanted", WAYS)
def test_nothing_is_drawn_with_plain_or_in_a_pipe(
    attach: Attach, monkeypatch: pytest.MonkeyPatch, wanted: str
) -> None:
    terminal = attach(KITTY)
    assert choose(wanted, plain=True).protocol is Protocol.OFF
    for output in (io.StringIO(), None):
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", output)
            assert choose(wanted).protocol is Protocol.OFF
    assert terminal.written == b""


def test_half_blocks_need_an_output_that_has_them(attach: Attach, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = attach(KITTY)
    with open(terminal.near, "w", encoding="ascii", closefd=False) as ascii_output:
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", ascii_output)
            found = {wanted: choose(wanted) for wanted in ("auto", "kitty", "half", "sixel")}
    assert found.pop("sixel").protocol is Protocol.SIXEL
    for choice in found.values():
        assert (choice.protocol, choice.reason) == (Protocol.OFF, "output in ascii has no half blocks")


def test_a_terminal_that_only_reads_is_not_asked(attach: Attach, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = attach(KITTY)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdin", io.StringIO())
        choice = choose()
    assert (choice.protocol, "can't be asked" in choice.reason) == (Protocol.HALF, True)
    assert terminal.written == b""


def test_the_questions_leave_no_trace_on_the_line(attach: Attach) -> None:
    terminal = attach(XTERM)
    choose()
    assert terminal.settle(b"\x1b[K").endswith(b"\r\x1b[K")
