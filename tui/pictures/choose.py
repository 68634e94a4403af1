"""How pictures are drawn on this terminal, and why; asked by every face and told by `vitrine doctor`."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tui.echo import is_terminal
from tui.pictures import probe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.pictures.probe import Answers, Cell


class Protocol(StrEnum):
    """A way to draw a picture."""

    KITTY = "kitty"
    """The terminal keeps the picture and shows it where placeholder characters stand."""
    SIXEL = "sixel"
    """The picture is written as rows of six pixels."""
    HALF = "half"
    """Two pixels a cell: the half block in one colour on another."""
    OFF = "off"


WAYS = ("auto", *Protocol)
"""What `--images` takes."""


@dataclass(frozen=True, slots=True)
class Choice:
    """How pictures are drawn."""

    protocol: Protocol
    reason: str
    """In a clause."""
    cell: Cell | None = None
    """Size of a cell as the terminal told it; None where it was not asked or did not say."""
    typed: str = ""
    """What a person typed while the terminal was asked."""
    late: bool = False
    """Whether answers may still come, and would be taken for typing."""

    @property
    def draws(self) -> bool:
        """Whether pictures are drawn at all."""
        return self.protocol is not Protocol.OFF


# They say that they know kitty's graphics, but not the placeholders that textual-image hangs pictures on.
_WITHOUT_PLACEHOLDERS = ("warp", "wezterm", "konsole", "iterm", "vscode")
_MULTIPLEXERS = {"TMUX": "tmux", "STY": "screen", "ZELLIJ": "zellij"}
_HALF_BLOCK = "▀"


def choose(wanted: str = "auto", *, plain: bool = False, environ: Mapping[str, str] | None = None) -> Choice:
    """Choose for the standard streams as they are; asks the terminal only where the rest does not settle it.

    `wanted` is one of WAYS. Where a terminal can do both, sixel goes before kitty: several that know sixel claim
    kitty's graphics and draw nothing. Never draws in a pipe or with `plain`, whatever is wanted.
    """
    environ = os.environ if environ is None else environ
    if wanted == Protocol.OFF:
        return Choice(Protocol.OFF, "it was asked for")
    if plain:
        return Choice(Protocol.OFF, "plain lines were asked for")
    if not is_terminal(sys.stdout):
        return Choice(Protocol.OFF, "standard output is no terminal")
    if wanted not in ("auto", Protocol.SIXEL) and not _writes(_HALF_BLOCK):
        return Choice(Protocol.OFF, f"output in {_encoding()} has no half blocks")
    if wanted != "auto":
        return Choice(Protocol(wanted), "it was asked for")
    return _refused(environ) or _asked(environ)


def typed_ahead(choice: Choice) -> str:
    """Return what was typed before the first prompt, without answers that came late."""
    return choice.typed + probe.read_late() if choice.late else choice.typed


def _refused(environ: Mapping[str, str]) -> Choice | None:
    """Settle by what is known of the terminal without asking it."""
    term = environ.get("TERM", "").lower()
    if term in ("dumb", "unknown"):
        return Choice(Protocol.OFF, f"TERM is {term}")
    if environ.get("NO_COLOR"):
        return Choice(Protocol.OFF, "NO_COLOR is set")
    if not _writes(_HALF_BLOCK):
        return Choice(Protocol.OFF, f"output in {_encoding()} has no half blocks")
    for variable, name in _MULTIPLEXERS.items():
        if environ.get(variable) or term.startswith((f"{name}-", f"{name}.")) or term == name:
            return Choice(Protocol.HALF, f"{name} stands between, and does not pass pictures on")
    if term == "linux":
        return Choice(Protocol.HALF, "the console draws only characters")
    if not probe.can_ask():
        return Choice(Protocol.HALF, "the terminal can't be asked from here what it draws")
    return None


def _asked(environ: Mapping[str, str]) -> Choice:
    answers = probe.ask()
    protocol, reason = _settle(answers, environ)
    return Choice(protocol, reason, answers.cell, answers.typed, late=not answers.complete)


def _settle(answers: Answers, environ: Mapping[str, str]) -> tuple[Protocol, str]:
    name = answers.name or environ.get("TERM_PROGRAM", "")
    called = f" ({name})" if name else ""
    if answers.sixel:
        return Protocol.SIXEL, f"the terminal{called} says that it draws sixel"
    if answers.kitty and name.lower().startswith(_WITHOUT_PLACEHOLDERS):
        return Protocol.HALF, f"{name} knows kitty's graphics, but not their placeholders"
    if answers.kitty:
        return Protocol.KITTY, f"the terminal{called} says that it draws kitty's graphics"
    if not answers.complete:
        return Protocol.HALF, f"the terminal{called} did not answer within {probe.TIMEOUT:g} s"
    return Protocol.HALF, f"the terminal{called} knows neither sixel nor kitty's graphics"


def _encoding() -> str:
    return str(getattr(sys.stdout, "encoding", None) or "utf-8")


def _writes(text: str) -> bool:
    try:
        text.encode(_encoding())
    except (UnicodeEncodeError, LookupError):
        return False
    return True
