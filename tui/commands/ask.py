"""`vitrine ask`: one question, one answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.options import images_option, plain_option, session_options

if TYPE_CHECKING:
    from tui.options import Session


@click.command("ask")
@click.argument("text", required=False)
@click.option(
    "--image",
    "shown",
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
@plain_option
@images_option
@click.option("--json", "as_json", is_flag=True, help="Print the turn as one JSON object.")
@session_options
def command(
    session: Session,
    text: str | None,
    shown: tuple[Path, ...],
    sounds: tuple[Path, ...],
    voice: Path | None,
    plain: bool,
    images: str | None,
    as_json: bool,
) -> None:
    """Ask TEXT, with pictures, sounds or a voice, and print the answer."""
    if text is None and not shown and not sounds and voice is None:
        raise click.UsageError("Nothing was asked: give words in quotes, --image, --sound or --voice")

    from agent.conversation import play
    from tui.attachments.staging import existing_file
    from tui.pictures.choose import choose
    from tui.pictures.shelf import Shelf
    from tui.plain.json_lines import write_turn
    from tui.plain.render import Renderer

    pictures = [existing_file(image) for image in shown]
    clips = [existing_file(sound) for sound in sounds]
    spoken = None if voice is None else existing_file(voice)
    # Before the models load, which takes seconds in which a person may type the next command.
    choice = choose(images or "auto", plain=(plain and images is None) or as_json)
    conversation = session.open(bars=not plain)
    events = conversation.say(text or "", pictures, spoken, clips)
    if as_json:
        write_turn(play(events))
        return
    renderer = Renderer(conversation.snapshot, shelf=Shelf(choice))
    for event in events:
        renderer.show(event)
