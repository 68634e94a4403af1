from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tui.progress import Bars

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import time
from tui.progress import Bars
with Bars() as bars:
    bars.start("encoding text", 40)
    for _ in range(40):
        time.sleep(0.01)
        bars.advance(1)
    bars.done()
    print("data between two phases")
    bars.start("storing", 1)
"""


def drawn(**environment: str) -> str:
    """Run the program with its stderr on a terminal of its own, and return what that was sent."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdout=subprocess.PIPE,
        stderr=follower,
        cwd=ROOT,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100", **environment},
    )
    os.close(follower)
    pieces = []
    try:
        while piece := os.read(leader, 65536):
            pieces.append(piece)
    except OSError:
        """The other side is closed."""
    out, _ = process.communicate()
    os.close(leader)
    assert (process.returncode, out) == (0, b"data between two phases\n")
    return b"".join(pieces).decode()


def test_a_terminal_sees_bars_with_rate_and_time_left() -> None:
    text = drawn()
    assert "━" in text
    assert "40/40" in text
    assert "/s" in text
    assert "0:00:0" in text


def test_no_color_is_honoured() -> None:
    assert "\x1b[3" not in drawn(NO_COLOR="1")


def test_a_terminal_that_can_not_draw_gets_lines() -> None:
    text = drawn(TERM="dumb")
    assert "\x1b" not in text
    assert text.startswith("encoding text, 40 …\r\nencoding text: 40 in 0.")


def test_elsewhere_long_phases_tell_rate_and_time_left(capsys: pytest.CaptureFixture[str]) -> None:
    now = 0.0

    def clock() -> float:
        return now

    with Bars(clock=clock) as bars:
        bars.start("encoding text", 1000)
        for _ in range(10):
            now += 4
            bars.advance(100)
        bars.done()
    assert capsys.readouterr().err.splitlines() == [
        "encoding text, 1,000 …",
        "encoding text: 300 of 1,000, 25.0 a second, 28 s left",
        "encoding text: 600 of 1,000, 25.0 a second, 16 s left",
        "encoding text: 900 of 1,000, 25.0 a second, 4 s left",
        "encoding text: 1,000 in 40.0 s",
    ]
