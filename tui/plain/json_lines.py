"""Turns as JSON on stdout, one object a line."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from agent.contract import turn_to_json

if TYPE_CHECKING:
    from agent.types import Turn


def write_turn(turn: Turn) -> None:
    """Print a turn."""
    write_object(turn_to_json(turn))


def write_object(value: Any) -> None:  # noqa: ANN401 - anything JSON can hold
    """Print a JSON object on one line.

    Outside UTF-8, and where a file's name is no UTF-8, characters are written as JSON's own escapes.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = json.dumps(value, allow_nan=False)
    # JSON escapes C0 by itself; DEL and C1 it would pass on to a terminal.
    click.echo(text.translate(_ESCAPED))


_ESCAPED = {code: f"\\u{code:04x}" for code in range(0x7F, 0xA0)}
