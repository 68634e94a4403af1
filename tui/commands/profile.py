"""`vitrine profile`: what is known of a person, theirs to see, take away and erase."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from encoders.places import data_dir as find_data_dir
from tui.echo import is_terminal, narrate, write
from tui.options import data_option, user_option
from tui.plain.json_lines import write_object

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from retrieval.store.people import People
    from retrieval.store.reader import StoredSnapshot


def _people(data: Path) -> People:
    from retrieval.store.layout import people_file
    from retrieval.store.people import People

    return People(people_file(data))


def _known(data: Path, user: str) -> dict[str, Any]:
    """Return all that is known of a person, and where their recorded conversations lie."""
    from agent.codec import encode
    from tui.sessions.store import SessionStore

    store = SessionStore(data, user)
    sessions = {"folder": str(store.folder), "listed": encode(store.list())}
    return {**_people(data).export(user), "sessions": sessions}


@click.group("profile")
def command() -> None:
    """Show, export or forget what is known of you."""


@command.command("show")
@user_option
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@data_option
def show(user: str, as_json: bool, data_dir: Path | None) -> None:
    """Show what is known."""
    from tui.person import describe_person, titles_of

    data = find_data_dir(data_dir)
    known = _known(data, user)
    if as_json:
        write_object(known)
        return
    for line in describe_person(known, titles_of(*_catalogues(known, data))):
        write(line)
    if talks := len(known["sessions"]["listed"]):
        write(f"recorded conversations: {talks:,}; `vitrine sessions list` shows them")


@command.command("export")
@user_option
@data_option
def export(user: str, data_dir: Path | None) -> None:
    """Print all that is known as one JSON object, and where the recorded conversations lie."""
    write_object(_known(find_data_dir(data_dir), user))


@command.command("forget")
@user_option
@click.option("--yes", is_flag=True, help="Don't ask.")
@data_option
def forget(user: str, yes: bool, data_dir: Path | None) -> None:
    """Erase all that is known, recorded conversations too."""
    if not yes:
        if not is_terminal(sys.stdin):
            raise click.UsageError("Nobody can be asked here whether to erase: add --yes")
        if not click.confirm(f"Erase everything known of {user}?", err=True):
            narrate("Nothing was erased.")
            return
    from tui.sessions.store import SessionStore

    data = find_data_dir(data_dir)
    gone = _people(data).erase(user)
    talks = SessionStore(data, user).erase_all()
    narrate(f"Everything known of {user} is erased: {gone:,} entries, {talks:,} recorded conversations.")


def _catalogues(known: Mapping[str, Any], data: Path) -> list[StoredSnapshot]:
    """Open the catalogues that a person judged items of, as far as they can be opened: for titles alone."""
    from encoders.errors import VitrineError
    from retrieval.library import Library

    library = Library(data)
    opened = []
    for name in {judgement["catalogue"] for judgement in (*known["ratings"], *known["likings"])}:
        with suppress(VitrineError):  # ids stand in for the titles of a catalogue that is gone
            opened.append(library.open(name))
    return opened
