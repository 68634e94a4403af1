"""`vitrine chat`: a conversation; plain where there is no terminal, or where it is asked for."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from tui.options import session_options

if TYPE_CHECKING:
    from tui.options import Session


@click.command("chat")
@click.option(
    "--plain", is_flag=True, envvar="VITRINE_PLAIN", help="Lines of text only: for pipes and screen readers."
)
@click.option("--json", "as_json", is_flag=True, help="Print each turn as one JSON object; implies --plain.")
@session_options
def command(session: Session, plain: bool, as_json: bool) -> None:
    """Talk to a catalogue; in a pipe, one turn a line."""
    from tui.echo import narrate
    from tui.face import choose
    from tui.plain.lines import is_over, piped_lines, typed_lines

    face = choose(plain=plain, as_json=as_json)
    if face.unasked:
        narrate(f"The plain chat was taken because {face.reason}.")
    if is_over():
        session.check()
        narrate("Nothing was said: standard input has no line.")
        return

    from tui.plain.loop import converse

    conversation = session.open(bars=not plain)
    if face.typing:
        conversation.warm()
    lines = typed_lines() if face.typing else piped_lines(getattr(sys.stdin, "buffer", None))
    converse(conversation, lines, as_json=as_json, typing=face.typing)
