"""`vitrine models`: which models there are, whether their files are whole, and getting more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from encoders.places import data_dir as find_data_dir
from tui.echo import write
from tui.options import data_option
from tui.plain.json_lines import write_object

if TYPE_CHECKING:
    from pathlib import Path


@click.group("models")
def command() -> None:
    """List, verify and pull models."""


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@data_option
def list_command(as_json: bool, data_dir: Path | None) -> None:
    """List the models of every set and where they are."""
    from encoders.inventory import list_models
    from encoders.profiles import resolve
    from eval.tables import table

    data = find_data_dir(data_dir)
    states = list_models(data)
    if as_json:
        write_object(
            [
                {
                    "set": s.set,
                    "slot": s.slot.value,
                    "source": s.source,
                    "where": s.where.value,
                    "path": str(s.path) if s.path else None,
                    "bytes": s.size,
                    "revision": s.revision,
                }
                for s in states
            ]
        )
        return
    rows = [(s.set, s.slot.value, s.source, s.where.value, s.size / 1e6 if s.size else None) for s in states]
    write(table(("set", "slot", "model", "where", "MB"), rows))
    write(f"\nin use: {resolve('auto', data).reason}")


@command.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print each file's result as JSON.")
@data_option
def verify(as_json: bool, data_dir: Path | None) -> int:
    """Compare every file that is here with its checksum; exit code 1 when one differs."""
    from encoders.inventory import Wholeness
    from encoders.inventory import verify as verify_files

    sound = True
    for check in verify_files(find_data_dir(data_dir)):
        sound &= check.result in (Wholeness.OK, Wholeness.UNKNOWN)
        if as_json:
            write_object(
                {
                    "source": check.source,
                    "file": check.file,
                    "result": check.result.value,
                    "sha256": check.found,
                }
            )
        else:
            write(f"{check.source} {check.file}: {check.result.value}")
    return 0 if sound else 1


@command.command("pull")
@click.argument("name", metavar="SET")
@data_option
def pull(name: str, data_dir: Path | None) -> None:
    """Fetch the models of SET (laptop or gpu) from the model hub; a pull that was cut short goes on."""
    from tui.progress import Bars
    from tui.pulling import pull_told

    with Bars() as bars:
        folders = pull_told(name, find_data_dir(data_dir), bars)
    for folder in folders:
        write(str(folder))
