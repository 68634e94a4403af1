"""`vitrine sessions`: recorded conversations, theirs to see, name, take away and erase who had them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from encoders.places import data_dir as find_data_dir
from tui.echo import narrate, write
from tui.options import data_option, images_option, plain_option, user_option

if TYPE_CHECKING:
    from pathlib import Path


@click.group("sessions")
def command() -> None:
    """List, show, export or forget recorded conversations.

    ID is what `list` shows, or the beginning of it, or 'last'.
    """


@command.command("list")
@click.option("--catalog", metavar="NAME", help="Only those about this catalogue.")
@user_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a session.")
@data_option
def list_(catalog: str | None, user: str, as_json: bool, data_dir: Path | None) -> None:
    """List them, the one last added to first."""
    from agent.codec import encode
    from tui.plain.json_lines import write_object
    from tui.sessions.commands import describe
    from tui.sessions.store import SessionStore

    listed = SessionStore(find_data_dir(data_dir), user).list()
    for info in listed:
        if catalog in (None, info.catalogue):
            write_object(encode(info)) if as_json else write(describe(info))
    if not listed:
        narrate(f"No conversation of {user} is recorded.")


@command.command("show")
@click.argument("id_", metavar="ID")
@plain_option
@images_option
@user_option
@click.option("--json", "as_json", is_flag=True, help="Print its turns as `vitrine chat --json` does.")
@data_option
def show(id_: str, plain: bool, images: str | None, user: str, as_json: bool, data_dir: Path | None) -> None:
    """Show the session ID whole."""
    from tui.echo import is_terminal
    from tui.pictures.choose import choose
    from tui.pictures.shelf import Shelf
    from tui.sessions.replay import replay, replay_as_json
    from tui.sessions.store import SessionStore

    transcript = SessionStore(find_data_dir(data_dir), user).read(id_)
    if as_json:
        replay_as_json(transcript)
        return
    reading = is_terminal(sys.stdout)
    replay(
        transcript,
        shelf=Shelf(choose(images or "auto", plain=(plain and images is None) or not reading)),
        wrap=reading,
    )


@command.command("rename")
@click.argument("id_", metavar="ID")
@click.argument("name")
@user_option
@data_option
def rename(id_: str, name: str, user: str, data_dir: Path | None) -> None:
    """Call the session ID NAME; '' takes its name away."""
    from tui.sessions.store import SessionStore

    store = SessionStore(find_data_dir(data_dir), user)
    narrate(f"{store.rename(id_, name)} has its new name.")


@command.command("export")
@click.argument("id_", metavar="ID")
@click.option("--to", "to", required=True, metavar="FILE", help="FILE.md, FILE.yaml or FILE.jsonl.")
@user_option
@data_option
def export(id_: str, to: str, user: str, data_dir: Path | None) -> None:
    """Write the session ID: a page (.md), a script for `vitrine eval run` (.yaml) or its transcript (.jsonl)."""
    from tui.sessions.export import export as write_file
    from tui.sessions.store import SessionStore

    path = write_file(SessionStore(find_data_dir(data_dir), user).read(id_), to)
    narrate(f"written to {path}")


@command.command("forget")
@click.argument("id_", metavar="ID")
@user_option
@data_option
def forget(id_: str, user: str, data_dir: Path | None) -> None:
    """Erase the session ID; what it taught of your taste stays in your profile."""
    from tui.sessions.store import SessionStore

    narrate(f"{SessionStore(find_data_dir(data_dir), user).erase(id_)} is erased.")
