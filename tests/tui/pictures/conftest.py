from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageDraw

from tests.tui.pictures.terminals import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path


@pytest.fixture
def attach(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Terminal]]:
    """Put a terminal behind the standard streams of this process."""
    for variable in ("TERM_PROGRAM", "NO_COLOR", "TMUX", "STY", "ZELLIJ"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")

    opened: list[Terminal] = []
    before = sys.stdin, sys.stdout

    def attach_one(answers: Mapping[bytes, bytes], *, typing: bytes = b"", delay: float = 0.0) -> Terminal:
        terminal = Terminal(answers, typing, delay)
        stdin, stdout = terminal.open()
        opened.append(terminal)
        sys.stdin, sys.stdout = stdin, stdout
        return terminal

    try:
        yield attach_one
    finally:
        sys.stdin, sys.stdout = before
        for terminal in opened:
            terminal.close()


@pytest.fixture
def flag(tmp_path: Path) -> Path:
    """A picture of 96 × 64 pixels: blue left, red above green on the right."""
    picture = Image.new("RGB", (96, 64), "blue")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((48, 0, 95, 31), "red")
    pen.rectangle((48, 32, 95, 63), "lime")
    path = tmp_path / "flag.png"
    picture.save(path)
    return path
