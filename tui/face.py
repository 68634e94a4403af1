"""Which face a chat gets, and why; asked by `vitrine chat` and told by `vitrine doctor`."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

from tui.echo import is_terminal

FULL_SCREEN, PLAIN = "full screen", "plain"


@dataclass(frozen=True, slots=True)
class Face:
    """A way to show a conversation."""

    name: str
    """'full screen' or 'plain'."""
    reason: str
    """Why it was taken, in a clause."""
    typing: bool
    """Whether a person types at a terminal and reads there."""
    unasked: bool = False
    """Whether nobody asked for it: it is what this place allows."""


def choose(*, plain: bool = False, as_json: bool = False) -> Face:
    """Choose the face for the standard streams as they are."""
    missing = [
        name for name, stream in (("input", sys.stdin), ("output", sys.stdout)) if not is_terminal(stream)
    ]
    if as_json:
        return Face(PLAIN, "--json was asked for", typing=False)
    if plain:
        return Face(PLAIN, "--plain or VITRINE_PLAIN asked for it", typing=not missing)
    if missing:
        where = " and ".join(missing)
        return Face(
            PLAIN, f"standard {where} {'is' if len(missing) == 1 else 'are'} no terminal", False, True
        )
    if os.environ.get("TERM", "").casefold() in ("", "dumb", "unknown"):
        return Face(PLAIN, "the terminal can't move its cursor (TERM)", typing=True, unasked=True)
    return Face(FULL_SCREEN, "this is a terminal", typing=True)
