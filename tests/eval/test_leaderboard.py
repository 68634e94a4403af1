from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from encoders.errors import InputError
from eval.benchmarks.protocol import Table
from eval.leaderboard import leaderboard, markdown
from eval.metrics import Mean
from eval.report import show_table, table_to_json
from eval.results import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

MACHINE = {"processor": "Abacus 3", "cores": 2}
TABLE = Table(
    "Beads",
    ["R@1", "R@10"],
    {
        "words": [Mean(0.5, 0.05, 100), Mean(0.75, 0.04, 100)],
        "text|image": [Mean(0.25, 0.04, 100), Mean(1, 0, 100)],
    },
    {"seed": "7"},
)
SPEED = {
    "help_s": 0.214,
    "cold_start_to_answer_s": 8.04,
    "items": 1104,
    "index_s": 41.3,
    "index_items_per_s": 61.7,
    "chat_peak_mb": 1024.4,
    "phases_ms": {
        phase: {"p50": 10.0, "p95": 1020.0, "max": 1200.0}
        for phase in ("decide", "retrieve", "first_card", "first_token", "total")
    },
}
SCRIPTS = {
    "scripts": 2,
    "passed": 1,
    "turns": 7,
    "results": [
        {"script": "boots", "passed": True, "median_ms": 61.2, "failures": []},
        {"script": "clubs", "passed": False, "median_ms": 40.0, "failures": [{"turn": 1}, {"turn": 2}]},
    ],
}


def record(name: str, measured: Mapping[str, Any]) -> Record:
    return Record(name, "0123456789+", "2026-05-01T12:00:00+00:00", MACHINE, measured)


def test_a_benchmark_is_a_table_with_its_errors_under_where_it_is_from() -> None:
    assert leaderboard([record("bench-beads", table_to_json(TABLE))]).splitlines() == [
        "**Beads** (commit 0123456789+, 2026-05-01, Abacus 3, 2 cores)",
        "",
        "|  | R@1 | R@10 |",
        "| --- | --- | --- |",
        "| words | 0.500 ± 0.050 | 0.750 ± 0.040 |",
        "| text\\|image | 0.250 ± 0.040 | 1.000 ± 0.000 |",
    ]


def test_the_terminal_shows_the_same_numbers_and_the_notes() -> None:
    shown = show_table(TABLE)
    assert "0.750 ± 0.040" in shown
    assert shown.splitlines()[-1] == "seed: 7"


def test_speed_stands_beside_what_it_must_reach() -> None:
    lines = leaderboard([record("speed", SPEED)]).splitlines()
    assert "| vitrine --help | 0.21 s | ≤ 0.3 s |" in lines
    assert "| index of 1,104 items | 41.3 s | ≤ 60 s |" in lines
    assert "| items indexed a second, models loaded | 62 |  |" in lines
    assert "| whole turn, warm, p50 / p95 | 10 / 1,020 ms | p50 ≤ 2,000 ms |" in lines
    assert "| peak memory of the chat | 1,024 MB | ≤ 1,500 MB |" in lines


def test_scripts_are_counted() -> None:
    lines = leaderboard([record("scripts", SCRIPTS)]).splitlines()
    assert lines[-3:] == [
        "| boots | passed | 61 |",
        "| clubs | 2 failed | 40 |",
        "| 1 of 2 scripts | 7 turns |  |",
    ]


def test_sections_are_apart() -> None:
    both = leaderboard([record("scripts", SCRIPTS), record("speed", SPEED)])
    assert both.count("\n\n**") == 1
    assert leaderboard([]) == ""


def test_a_result_of_another_form_is_named() -> None:
    with pytest.raises(InputError, match="speed of 2026-05-01"):
        leaderboard([record("speed", {"phases_ms": {}})])


def test_markdown_has_a_rule_under_its_header() -> None:
    assert markdown([("a", "b"), ("1", "2")]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"
