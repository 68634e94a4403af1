"""Time and memory as a person meets them: the installed command, run as a process of its own, on this machine."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from encoders.errors import VitrineError
from eval.process import run_vitrine
from eval.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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
"""Turns that load models and build indexes, and are not counted."""
_INDEXED, _HELPED, _STARTED = 3, 9, 3
"""Runs of each command; the median is told."""
_PHASES = ("decide", "retrieve", "first_card", "first_token", "total")


def measure_speed(catalog: str, profile: str, say: Callable[[str], None]) -> dict[str, Any]:
    """Measure start, index, turns and memory with data folders of its own.

    Every number is the median of several runs but those of the conversation, which is one run of many turns. A cold
    start is one of the process: the files were read before, and lie in the system's cache.

    Raises VitrineError when a measured command fails, or when a turn does.
    """
    with tempfile.TemporaryDirectory(prefix="vitrine-speed-") as home:
        say(f"index, {_INDEXED} times")
        folders = [str(Path(home) / str(number)) for number in range(_INDEXED)]
        indexed = [
            run_vitrine(["index", catalog, "--json", "--profile", profile, "--data-dir", folder])
            for folder in folders
        ]
        say(f"help, {_HELPED} times")
        helps = [run_vitrine(["--help"]).seconds for _ in range(_HELPED)]
        common = ["--catalog", catalog, "--profile", profile, "--data-dir", folders[0]]
        say(f"cold start, {_STARTED} times")
        cold = [run_vitrine(["ask", REQUESTS[0], "--json", *common]).seconds for _ in range(_STARTED)]
        say(f"a conversation of {len(REQUESTS)} turns")
        chat = run_vitrine(["chat", "--plain", "--json", *common], "\n".join(REQUESTS) + "\n")
    reports = [json.loads(index.stdout) for index in indexed]
    return {
        "catalog": catalog,
        "profile": profile,
        "help_s": median(helps),
        "cold_start_to_answer_s": median(cold),
        "items": reports[0]["items"],
        "index_s": median(index.seconds for index in indexed),
        "index_items_per_s": median(r["items"] / r["index"]["seconds"]["total"] for r in reports),
        "chat_peak_mb": chat.peak_mb,
        **summarise([json.loads(line) for line in chat.stdout.splitlines()]),
    }


def summarise(turns: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the spread of each phase over the warm turns of the conversation, and the models that played them.

    First cards are those of turns that show some. Raises VitrineError when turns are missing, because those left
    would be other turns than another run's.
    """
    if len(turns) != len(REQUESTS):
        raise VitrineError(
            f"Only {len(turns)} of {len(REQUESTS)} turns were answered, so they can't be compared: "
            "play `vitrine chat --plain` to see why."
        )
    warm = turns[_WARM_UP:]
    counted = {phase: [t for t in warm if phase != "first_card" or t["items"]] for phase in _PHASES}
    return {
        "models": warm[-1]["models"],
        "turns": len(warm),
        "phases_ms": {
            phase: spread([t["timings_ms"][phase] for t in some]) for phase, some in counted.items()
        },
    }


def spread(values: Sequence[float]) -> dict[str, float]:
    """Return median, 95th percentile (linear between neighbours) and largest; zeros of none."""
    if len(values) < 2:
        return dict.fromkeys(("p50", "p95", "max"), next(iter(values), 0.0))
    cuts = quantiles(values, n=20, method="inclusive")
    return {"p50": round(cuts[9], 1), "p95": round(cuts[18], 1), "max": max(values)}


def show_speed(measured: Mapping[str, Any]) -> str:
    """Return the measures as a table beside what they must reach."""
    return table(("", "measured", "to reach"), speed_rows(measured))


def speed_rows(measured: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return a row a measure: what, how much, and what it must reach ('' where nothing was set)."""
    phases = measured["phases_ms"]
    both = {name: f"{phase['p50']:,.0f} / {phase['p95']:,.0f} ms" for name, phase in phases.items()}
    return [
        ("vitrine --help", f"{measured['help_s']:.2f} s", "≤ 0.3 s"),
        ("cold start to first answer", f"{measured['cold_start_to_answer_s']:.1f} s", "≤ 12 s"),
        (f"index of {measured['items']:,} items", f"{measured['index_s']:.1f} s", "≤ 60 s"),
        ("items indexed a second, models loaded", f"{measured['index_items_per_s']:,.0f}", ""),
        ("first card, warm, p50 / p95", both["first_card"], "p50 ≤ 400 ms"),
        ("whole turn, warm, p50 / p95", both["total"], "p50 ≤ 2,000 ms"),
        ("decide, p50 / p95", both["decide"], ""),
        ("retrieve, p50 / p95", both["retrieve"], ""),
        ("first words, p50 / p95", both["first_token"], ""),
        ("peak memory of the chat", f"{measured['chat_peak_mb']:,.0f} MB", "≤ 1,500 MB"),
    ]
