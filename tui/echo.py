"""What every face prints passes here: data to stdout, narration to stderr, and no text that a terminal would obey."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from encoders.sanitise import sanitise

if TYPE_CHECKING:
    from typing import TextIO


def write(text: str = "", *, end: str = "\n") -> None:
    """Print data."""
    click.echo(sanitise(text) + end, nl=False)


def narrate(text: str = "", *, end: str = "\n") -> None:
    """Tell how things go."""
    click.echo(sanitise(text) + end, nl=False, err=True)


def paint(drawing: str) -> None:
    """Print what draws a picture: escape codes of our own making, unlike all other text.

    A drawing that is interrupted half way is ended, or the terminal would take what follows as part of it.
    """
    if not drawing:  # also where standard output is closed
        return
    try:
        sys.stdout.write(drawing)
        sys.stdout.flush()
    except BaseException:
        with suppress(OSError, ValueError):
            sys.stdout.write(_END_DRAWING)
            sys.stdout.flush()
        raise


_END_DRAWING = "\x1b\\\x1b[0m\n"
"""Ends a string that the terminal is reading, and colours."""


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether a person sits behind a standard stream; one that was closed is None."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def draws() -> bool:
    """Tell whether stderr can show something that moves."""
    return is_terminal(sys.stderr) and os.environ.get("TERM") != "dumb"


def accept_any_text() -> None:
    """Keep the standard streams from failing on text that they can't hold.

    Bytes that are no UTF-8 arrive as surrogates, which the loop refuses in a sentence and which name files as the
    system does; characters that an output's encoding lacks are written as escapes.
    """
    for stream, errors in ((sys.stdin, "surrogateescape"), (sys.stdout, "backslashreplace")):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=errors)
