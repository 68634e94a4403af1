"""`vitrine ask`: one question, one answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.options import session_options

if TYPE_CHECKING:
    from tui.options import Session


@click.command("ask")
@click.argument("text", required=False)
@click.option(
    "--image",
    "images",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A picture of what you are after; may repeat.",
)
@click.option(
    "--sound",
    "sounds",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Music, or any sound, that what you are after sounds like; may repeat.",
)
@click.option("--voice", type=click.Path(path_type=Path), help="A sound file with your words.")
@click.option("--json", "as_json", is_flag=True, help="Print the turn as one JSON object.")
@session_options
def command(
    session: Session,
    text: str | None,
    images: tuple[Path, ...],
    sounds: tuple[Path, ...],
    voice: Path | None,
    as_json: bool,
) -> None:
    """Ask TEXT, with pictures, sounds or a voice, and print the answer."""
    if text is None and not images and not sounds and voice is None:
        raise click.UsageError("Nothing was asked: give words in quotes, --image, --sound or --voice")

    from agent.conversation import play
    from tui.plain.json_lines import write_turn
    from tui.plain.render import Renderer
    from tui.plain.staging import existing_file

    pictures = [existing_file(image) for image in images]
    clips = [existing_file(sound) for sound in sounds]
    spoken = None if voice is None else existing_file(voice)
    conversation = session.open()
    events = conversation.say(text or "", pictures, spoken, clips)
    if as_json:
        write_turn(play(events))
        return
    renderer = Renderer(conversation.snapshot)
    for event in events:
        renderer.show(event)
