"""`vitrine replay`: a recorded conversation, an evaluation's transcript or the output of `--json`, played again."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tui.options import images_option, plain_option


@click.command("replay")
@click.argument("file", type=click.Path(path_type=Path))
@plain_option
@images_option
@click.option(
    "--json", "as_json", is_flag=True, help="Print the turns as `vitrine chat --json` printed them."
)
@click.option(
    "--pace",
    type=click.FloatRange(0, 3600),
    default=0.0,
    metavar="SECONDS",
    help="Wait so long between turns.",
)
def command(file: Path, plain: bool, images: str | None, as_json: bool, pace: float) -> None:
    """Play the transcript FILE, in the full screen of a terminal or in lines; no catalogue or model is needed."""
    from eval.transcript import read_transcript
    from tui.echo import is_terminal
    from tui.face import FULL_SCREEN
    from tui.face import choose as choose_face
    from tui.pictures.choose import choose
    from tui.pictures.shelf import Shelf
    from tui.sessions.replay import replay, replay_as_json

    transcript = read_transcript(file)
    if as_json:
        replay_as_json(transcript)
        return
    reading = is_terminal(sys.stdout)
    choice = choose(images or "auto", plain=(plain and images is None) or not reading)
    if choose_face(plain=plain).name == FULL_SCREEN:
        from tui.app.run import run_replay

        click.get_current_context().exit(run_replay(transcript, choice, pace))
    replay(transcript, shelf=Shelf(choice), wrap=reading, pace=pace)
