"""The full screen as a person meets it: `vitrine chat` in a terminal of its own, timed by what it draws.

First paint is the time from starting the process to the prompt's own words. Keys are pressed at an even pace while
models load, while turns run with the real models, and while a slow writer's reply streams; each is timed to its letter.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from statistics import median
from typing import TYPE_CHECKING, Any

from encoders.errors import VitrineError
from eval.benchmarks.screen_server import slow_writer
from eval.benchmarks.screen_terminal import FRAME_END, Terminal
from eval.benchmarks.screen_typist import Typist
from eval.process import run_vitrine
from eval.speed import REQUESTS
from eval.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

NAME = "screen"
_PAINTED = re.compile(rb"ype what you are after")
"""The prompt's own words; its cursor stands on the first letter, when it does not blink."""
_READY = re.compile(rb" ready")
_DONE = re.compile(rb"all (\d+ ms|[\d.]+ s)")
"""The end of the status line's phases: drawn when a turn is over."""
_PAINTS, _TURNS, _TYPED_TURNS, _STREAMED_TURNS = 9, 200, 30, 3
_WORDS, _A_SECOND = 200, 25.0
"""Of a slow writer's reply: 8 seconds."""
_FIRST = 10
"""The turn from which memory's growth is counted: what loads at first use is there by then."""
_PAGES = 20
_NO_FRAME = 0.15
"""Seconds without anything drawn after which a page is whole, or none came."""
_BLINK = 1000
"""Bytes; the cursor's blinking draws fewer, a page more."""
_PAGE_UP, _PAGE_DOWN = b"\x1b[5~", b"\x1b[6~"
_LONG = 120.0
"""Seconds; a busy machine may take that long to load."""


def measure_screen(
    catalog: str, profile: str, say: Callable[[str], None], data_dir: str | None = None, turns: int = _TURNS
) -> dict[str, Any]:
    """Measure with a data folder of its own, or with one in which the catalogue is indexed.

    Raises VitrineError when the catalogue can't be indexed, or the screen does not draw what it should in time.
    """
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="vitrine-screen-") as home:
        if data_dir is None:
            data_dir = home
            say("index")
            run_vitrine(["index", catalog, "--profile", profile, "--data-dir", home])
        command = [
            *(sys.executable, "-m", "tui.main", "chat", "--catalog", catalog),
            *("--profile", profile, "--data-dir", data_dir),
        ]
        measured = {
            "screen": 1,
            "catalog": catalog,
            "profile": profile,
            "load": [round(before, 1)],
            **_first_paint(command, say),
            **_typing_while_streaming(command, say),
            **_long_session(command, say, turns),
        }
    measured["load"].append(round(os.getloadavg()[0], 1))
    return measured


def _first_paint(command: Sequence[str], say: Callable[[str], None]) -> dict[str, Any]:
    say(f"first paint, {_PAINTS} times")
    taken, worked = [], []
    for _ in range(_PAINTS):
        with Terminal(command) as terminal:
            taken.append(terminal.wait(_PAINTED, _LONG).at - terminal.began)
            worked.append(terminal.processor_s)
    return {"first_paint_s": median(taken), "first_paint_processor_s": median(worked)}


def _typing_while_streaming(command: Sequence[str], say: Callable[[str], None]) -> dict[str, Any]:
    say(f"typing while a reply streams, {_STREAMED_TURNS} times {_WORDS / _A_SECOND:.0f} s")
    with slow_writer(_WORDS, _A_SECOND) as address, Terminal([*command, "--chat-model", address]) as terminal:
        terminal.wait(_READY, _LONG)
        terminal.settle()
        typist = Typist(terminal)
        for _ in range(_STREAMED_TURNS):
            _send(terminal, "boots")
            typist.type_until(_DONE, _LONG)
    return {"echo_streaming_ms": {**spread_of(typist.echoes), "lost": typist.lost}}


def _long_session(command: Sequence[str], say: Callable[[str], None], turns: int) -> dict[str, Any]:
    with Terminal(command) as terminal:
        say("typing while models load")
        terminal.wait(_PAINTED, _LONG)
        loading = Typist(terminal)
        ready = loading.type_until(_READY, _LONG) - terminal.began
        terminal.settle()
        say(f"typing through {_TYPED_TURNS} turns")
        working = Typist(terminal, every=0.03)
        memory: list[float] = []
        taken: list[float] = []

        def turn(number: int, *, typing: bool) -> None:
            began = _send(terminal, REQUESTS[number % len(REQUESTS)])
            over = working.type_until(_DONE, _LONG) if typing else terminal.wait(_DONE, _LONG).at
            taken.append(over - began)
            terminal.settle(0.05, 1.0)
            memory.append(terminal.memory_mb)

        for number in range(turns):
            if number == _TYPED_TURNS:
                say(f"{turns} turns")
            turn(number, typing=number < _TYPED_TURNS)
        say("scrolling")
        scrolled = _scroll(terminal)
    cycle = min(len(REQUESTS), max(turns - _TYPED_TURNS, 1))
    first = taken[_TYPED_TURNS : _TYPED_TURNS + cycle]
    return {
        "ready_s": ready,
        "echo_loading_ms": {**spread_of(loading.echoes), "lost": loading.lost},
        "echo_turns_ms": {**spread_of(working.echoes), "lost": working.lost},
        "turns": turns,
        "memory_first_mb": memory[min(_FIRST, turns) - 1],
        "memory_last_mb": memory[-1],
        # Each over the same requests: how long a turn takes hangs on what is asked.
        "turn_early_ms": median(first) * 1000,
        "turn_late_ms": median(_same_requests(taken, _TYPED_TURNS, cycle)) * 1000,
        "scroll_ms": spread_of(scrolled),
    }


def _same_requests(taken: Sequence[float], first: int, cycle: int) -> list[float]:
    """Return the times of the last run through the requests."""
    return list(taken[-cycle:]) if len(taken) >= first + 2 * cycle else list(taken[first:])


def _send(terminal: Terminal, text: str) -> float:
    """Paste a request into the empty prompt and press Enter; returns when."""
    terminal.settle(0.05, 1.0)
    terminal.send(b"\x1b[200~" + text.encode() + b"\x1b[201~")
    terminal.wait(re.compile(re.escape(text[:20].encode())), 30.0)
    return terminal.send(b"\r")


def _scroll(terminal: Terminal) -> list[float]:
    """Page up and back, and time each key to the end of the frame that it brings; none comes at the ends."""
    taken = []
    for number in range(_PAGES):
        at = terminal.send(_PAGE_UP if number < _PAGES // 2 else _PAGE_DOWN)
        drawn = b""
        while (piece := terminal.read(_NO_FRAME)) and not (len(drawn) > _BLINK and drawn.endswith(FRAME_END)):
            drawn += piece
            came = time.perf_counter()
        if len(drawn) > _BLINK:
            taken.append(came - at)
    return taken


def spread_of(seconds: Sequence[float]) -> dict[str, float]:
    """Return milliseconds: median, 99th percentile (nearest rank), largest, and how many."""
    if not seconds:
        raise VitrineError("Nothing was timed: is the terminal there?")
    ms = sorted(1000 * one for one in seconds)
    return {
        "p50": round(median(ms), 1),
        "p99": round(ms[min(-(-99 * len(ms) // 100), len(ms)) - 1], 1),
        "max": round(ms[-1], 1),
        "keys": len(ms),
    }


def show_screen(measured: Mapping[str, Any]) -> str:
    """Return the measures as a table beside what they must reach."""
    return table(("", "measured", "to reach"), screen_rows(measured))


def screen_rows(measured: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return a row a measure: what, how much, and what it must reach ('' where nothing was set)."""

    def echo(name: str) -> str:
        spread = measured[name]
        lost = f", {spread['lost']} of {spread['keys']} lost" if spread.get("lost") else ""
        return f"{spread['p50']:,.0f} / {spread['p99']:,.0f} ms{lost}"

    grown = measured["memory_last_mb"] - measured["memory_first_mb"]
    return [
        ("first paint", f"{measured['first_paint_s']:.2f} s", "≤ 0.5 s"),
        ("all models ready", f"{measured['ready_s']:.1f} s", ""),
        ("key to echo while a reply streams, p50 / p99", echo("echo_streaming_ms"), "p99 ≤ 50 ms"),
        ("key to echo through turns, p50 / p99", echo("echo_turns_ms"), ""),
        ("key to echo while models load, p50 / p99", echo("echo_loading_ms"), ""),
        ("a page scrolled, p50 / p99", echo("scroll_ms"), ""),
        (f"memory grown, turn {_FIRST} to {measured['turns']}", f"{grown:,.0f} MB", "≤ 100 MB"),
        (
            f"a turn on screen, at first / at turn {measured['turns']}",
            f"{measured['turn_early_ms']:,.0f} / {measured['turn_late_ms']:,.0f} ms",
            "",
        ),
        ("load of the machine, before / after", " / ".join(f"{load:g}" for load in measured["load"]), ""),
    ]
