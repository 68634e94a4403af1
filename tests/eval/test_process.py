from __future__ import annotations

import os
import sys

import pytest

from encoders.errors import VitrineError
from eval.process import run_program, run_vitrine

HELD = 60_000_000


def python(code: str, text: str = "") -> float:
    return run_program([sys.executable, "-S", "-c", code], text).peak_mb


def test_a_program_is_timed_and_its_output_kept() -> None:
    run = run_program(
        [sys.executable, "-c", "import sys, time; time.sleep(.2); print(sys.stdin.read().upper())"], "boots\n"
    )
    assert run.code == 0
    assert run.stdout.strip() == "BOOTS"
    assert 0.2 <= run.seconds < 10


def test_its_own_memory_is_weighed_and_not_that_of_the_process_that_starts_it() -> None:
    here = b"1" * HELD  # counts towards the peak of this process
    idle = python("import time; time.sleep(.1)")
    busy = python(f"import time; held = b'1' * {HELD}; time.sleep(.1); del held; time.sleep(.1)")
    assert len(here) == HELD
    assert 1 < idle < HELD / 1e6
    assert idle + 0.9 * HELD / 1e6 < busy < idle + 1.2 * HELD / 1e6


def test_a_program_that_fails_tells_its_last_line() -> None:
    run = run_program(
        [sys.executable, "-c", "import sys; print('a', 'b', sep='\\n', file=sys.stderr); sys.exit(3)"]
    )
    assert (run.code, run.told) == (3, "b")


def test_a_program_that_is_not_there_is_told() -> None:
    with pytest.raises(VitrineError, match="can't be run"):
        run_program(["/nowhere/vitrine"])


def test_a_command_that_fails_is_an_error_that_names_it() -> None:
    with pytest.raises(VitrineError, match="`vitrine nonsense` ended with 2"):
        run_vitrine(["nonsense"])


def test_where_no_child_can_be_weighed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "wait4")
    with pytest.raises(VitrineError, match="Linux and macOS"):
        run_program([sys.executable, "-V"])
