"""`vitrine chat`: a conversation in the full screen; in lines where there is no terminal, or where it is asked for."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from tui.options import images_option, plain_option, record_option, session_options

if TYPE_CHECKING:
    from tui.options import Session


@click.command("chat")
@plain_option
@images_option
@click.option("--json", "as_json", is_flag=True, help="Print each turn as one JSON object; implies --plain.")
@click.option("--resume", metavar="ID|last", help="Go on with a recorded conversation, and its catalogue.")
@record_option
@session_options
def command(
    session: Session, plain: bool, images: str | None, as_json: bool, resume: str | None, no_record: bool
) -> None:
    """Talk to a catalogue: in the full screen of a terminal, or with --plain and in a pipe in lines, one a turn."""
    from tui.echo import narrate
    from tui.face import FULL_SCREEN, choose
    from tui.pictures import choose as pictures
    from tui.plain.lines import is_over, piped_lines, typed_lines

    face = choose(plain=plain, as_json=as_json)
    if face.unasked or (plain and face.typing):
        narrate(f"The plain chat was taken because {face.reason}.")
    if is_over():
        session.check()
        narrate("Nothing was said: standard input has no line.")
        return

    # Before anything else reads what is typed: the terminal answers the same way.
    lines_only = (plain and images is None) or as_json or not face.typing
    choice = pictures.choose(images or "auto", plain=lines_only)
    if face.name == FULL_SCREEN:
        from tui.app.run import run

        click.get_current_context().exit(run(session, choice, resume=resume, keep=not no_record))
    from tui.microphone.portaudio import PortAudioMicrophone
    from tui.pictures.shelf import Shelf
    from tui.plain.dictation import Dictation, can_redraw
    from tui.plain.loop import converse
    from tui.sessions.begin import begin

    kept = face.typing or resume is not None
    conversation, recorder = begin(session, resume, keep=kept and not no_record, bars=not plain)
    if face.typing:
        conversation.warm()
    dictation = Dictation(PortAudioMicrophone(), redraws=not plain and can_redraw())
    typed = typed_lines(lambda: pictures.typed_ahead(choice), dictation.draft)
    lines = typed if face.typing else piped_lines(getattr(sys.stdin, "buffer", None))
    try:
        converse(
            conversation,
            lines,
            as_json=as_json,
            typing=face.typing,
            shelf=Shelf(choice),
            recorder=recorder,
            dictation=dictation if face.typing else None,
        )
    finally:
        recorder.close()
