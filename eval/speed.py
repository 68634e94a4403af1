"""Time and memory as a person meets them: the installed command, run as a process of its own, on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import TYPE_CHECKING, Any

from encoders.errors import VitrineError
from eval.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

REQUESTS = (
    "need boots that wont leak, 80 quid tops",
    "in brown",
    "cheaper",
    "like the second one but in green",
    "why the first one?",
    "a red leather handbag under 120",
    "something for a wedding guest, not black",
    "is the first one washable?",
    "compare the first two",
    "give the second one four stars",
    "a slow sad song on piano",
    "faster",
    "a detective novel under 10 pounds",
    "show me the best rated kettles",
    "not the last one",
    "a club on tuesday evenings",
    "a documentary shorter than 90 minutes",
    "I'd love a coffee",
    "a tent for two people between 80 and 200",
    "any colour is fine",
    "thanks, that helps",
    "headphones, wireless, around 60",
    "the cheapest",
    "remember that I take a size 9",
    "a warm scarf for my mum",
    "three more",
)
"""One conversation over the demo, of every kind of act."""
_WARM_UP = 2
_PHASES = ("decide", "retrieve", "first_card", "first_token", "total")


@dataclass(frozen=True, slots=True)
class Run:
    """One process that ended."""

    seconds: float
    peak_mb: float
    """Largest resident set, in MB (10⁶ bytes)."""
    stdout: str


def measure_speed(catalog: str, profile: str, say: Callable[[str], None]) -> dict[str, Any]:
    """Measure start, index, turns and memory with a data folder of its own.

    Raises VitrineError when a measured command fails.
    """
    with tempfile.TemporaryDirectory(prefix="vitrine-speed-") as folder:
        common = ["--catalog", catalog, "--profile", profile, "--data-dir", folder]
        say("index")
        index = run(["index", catalog, "--profile", profile, "--data-dir", folder])
        say("help, 9 times")
        helps = [run(["--help"]).seconds for _ in range(9)]
        say("cold start, 3 times")
        cold = [run(["ask", REQUESTS[0], "--json", *common]).seconds for _ in range(3)]
        say(f"a conversation of {len(REQUESTS)} turns")
        chat = run(["chat", "--plain", "--json", *common], "\n".join(REQUESTS) + "\n")
    turns = [json.loads(line) for line in chat.stdout.splitlines()][_WARM_UP:]
    return {
        "catalog": catalog,
        "profile": profile,
        "models": turns[-1]["models"],
        "help_s": median(helps),
        "cold_start_to_answer_s": median(cold),
        "index_s": index.seconds,
        "chat_peak_mb": chat.peak_mb,
        "turns": len(turns),
        "phases_ms": {phase: _spread([turn["timings_ms"][phase] for turn in turns]) for phase in _PHASES},
    }


def run(arguments: Sequence[str], text: str = "") -> Run:
    """Run `vitrine` with `arguments` and `text` on standard input, and wait for it."""
    command = [str(Path(sys.executable).with_name("vitrine")), *arguments]
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(text.encode())
        given.seek(0)
        began = perf_counter()
        process = subprocess.Popen(command, stdin=given, stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode:
            reason = err.read().decode(errors="replace").strip().splitlines()[-1:]
            raise VitrineError(
                f"`vitrine {' '.join(arguments)}` ended with {process.returncode}: {''.join(reason)}"
            )
        # ru_maxrss is in kilobytes on Linux and in bytes on macOS.
        scale = 1e6 if sys.platform == "darwin" else 1e6 / 1024
        return Run(seconds, usage.ru_maxrss / scale, out.read().decode())


def show_speed(measured: dict[str, Any]) -> str:
    """Return the measures as a table beside what they must reach."""
    phases = measured["phases_ms"]
    rows = [
        ("vitrine --help", f"{measured['help_s']:.2f} s", "≤ 0.3 s"),
        ("cold start to first answer", f"{measured['cold_start_to_answer_s']:.1f} s", "≤ 12 s"),
        ("index of the catalogue", f"{measured['index_s']:.1f} s", "≤ 60 s"),
        ("first card, warm, p50", f"{phases['first_card']['p50']:.0f} ms", "≤ 400 ms"),
        ("whole turn, warm, p50", f"{phases['total']['p50']:.0f} ms", "≤ 2,000 ms"),
        ("decide, p50 / p95", f"{phases['decide']['p50']:.0f} / {phases['decide']['p95']:.0f} ms", ""),
        ("retrieve, p50 / p95", f"{phases['retrieve']['p50']:.0f} / {phases['retrieve']['p95']:.0f} ms", ""),
        (
            "first words, p50 / p95",
            f"{phases['first_token']['p50']:.0f} / {phases['first_token']['p95']:.0f} ms",
            "",
        ),
        ("peak memory of the chat", f"{measured['chat_peak_mb']:,.0f} MB", "≤ 1,500 MB"),
    ]
    return table(("", "measured", "to reach"), rows)


def _spread(values: Sequence[float]) -> dict[str, float]:
    cuts = quantiles(values, n=20, method="inclusive")
    return {"p50": round(cuts[9], 1), "p95": round(cuts[18], 1), "max": max(values)}
