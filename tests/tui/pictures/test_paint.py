from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from tui.echo import paint
from tui.pictures.choose import Choice, Protocol
from tui.pictures.shelf import Shelf

if TYPE_CHECKING:
    from pathlib import Path


class Interrupted(io.StringIO):
    """An output where a key interrupts what is written half way."""

    def __init__(self) -> None:
        super().__init__()
        self.left = 1

    def write(self, text: str) -> int:
        if not self.left:
            return super().write(text)
        self.left -= 1
        super().write(text[: len(text) // 2])
        raise KeyboardInterrupt


@pytest.mark.parametrize("protocol", [Protocol.KITTY, Protocol.SIXEL, Protocol.HALF])
def test_a_drawing_that_is_interrupted_is_ended(
    protocol: Protocol, flag: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = Interrupted()
    monkeypatch.setattr(sys, "stdout", output)
    drawing = Shelf(Choice(protocol, "it was asked for")).one(str(flag))
    with pytest.raises(KeyboardInterrupt):
        paint(drawing)
    # The terminal leaves the picture's string, then its colours.
    assert output.getvalue() == drawing[: len(drawing) // 2] + "\x1b\\\x1b[0m\n"


def test_nothing_to_draw_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    paint("")
    assert capsys.readouterr().out == ""
