"""What native code prints while the screen is in use: in a pseudo-terminal, with standard error in a file."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
PROGRAM = """
import logging, os, subprocess, sys
from pathlib import Path
from tui.app.stray import StrayOutput

with StrayOutput(Path(sys.argv[1])):
    os.write(1, b"native out\\n")
    os.write(2, b"native err\\n")
    subprocess.run(["sh", "-c", "echo a child; echo a child that fails >&2"], check=True)
    print("python's own", flush=True)
    logging.getLogger("tui.app.engine").error("foreseen by nobody")
    sys.__stderr__.write("DRAWN")
    sys.__stderr__.flush()
    assert os.get_terminal_size(sys.__stdout__.fileno())
    if sys.argv[2:]:
        raise KeyboardInterrupt
print("after")
print("after, to the file", file=sys.stderr)
"""
STRAY = ("native out", "native err", "a child", "a child that fails", "python's own", "foreseen by nobody")


def run(log: Path, errors: Path, *arguments: str) -> tuple[int, str]:
    """Run the program; returns its exit code and what its terminal got."""
    far, near = pty.openpty()
    with errors.open("wb") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(log), *arguments],
            stdin=near, stdout=near, stderr=stderr, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
    os.close(near)
    got = b""
    while True:
        try:
            piece = os.read(far, 4096)
        except OSError:  # Linux tells the end of a terminal so
            break
        if not piece:
            break
        got += piece
    os.close(far)
    return process.wait(20), got.decode()


def test_it_goes_to_the_log_and_what_is_drawn_to_the_terminal(tmp_path: Path) -> None:
    log, errors = tmp_path / "folder" / "vitrine.log", tmp_path / "errors"
    code, terminal = run(log, errors)
    assert (code, terminal) == (0, "DRAWNafter\r\n")
    kept = log.read_text(encoding="utf-8")
    assert [words for words in STRAY if words not in kept] == []
    assert errors.read_text(encoding="utf-8") == "after, to the file\n"
    assert log.stat().st_mode & 0o077 == 0

    log.write_bytes(b"x" * (1 << 20) + b"old")
    run(log, errors)
    assert log.stat().st_size < 4096


def test_an_interrupt_gives_the_terminal_back(tmp_path: Path) -> None:
    log, errors = tmp_path / "vitrine.log", tmp_path / "errors"
    code, terminal = run(log, errors, "interrupt")
    assert code != 0
    assert terminal == "DRAWN"
    assert "KeyboardInterrupt" in errors.read_text(encoding="utf-8")
    assert "KeyboardInterrupt" not in log.read_text(encoding="utf-8")


def test_where_no_log_can_be_written_it_goes_nowhere(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    code, terminal = run(tmp_path / "file" / "vitrine.log", tmp_path / "errors")
    assert (code, terminal) == (0, "DRAWNafter\r\n")
