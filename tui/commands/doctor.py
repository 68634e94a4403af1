"""`vitrine doctor`: what was detected here and why, and whether store and index are sound."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from encoders.places import data_dir as find_data_dir
from tui.echo import write
from tui.options import data_option, images_option, profile_option
from tui.plain.json_lines import write_object

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@click.command("doctor")
@profile_option
@click.option("--mend", is_flag=True, help="Build a vector index again where its probe fails.")
@images_option
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@data_option
def command(profile: str, mend: bool, images: str | None, as_json: bool, data_dir: Path | None) -> int:
    """Examine this machine, the models, the catalogues and what is known of people; exit code 1 for a problem."""
    from tui.examination import examine
    from tui.progress import Bars

    with Bars() as bars:
        found = examine(find_data_dir(data_dir), profile, bars if mend else None, images=images or "auto")
    if as_json:
        write_object(found)
    else:
        for line in _lines(found):
            write(line)
    return 1 if found["problems"] else 0


def _lines(found: dict[str, Any]) -> Iterator[str]:
    machine, models, face = found["machine"], found["models"], found["chat"]
    yield f"machine: Python {machine['python']} on {machine['system']}"
    yield f"device: {machine['device']}, {machine['dtype']} ({machine['why']})"
    yield f"models: {models['why']}"
    for slot, model in models["slots"].items():
        state = "ready" if model["ready"] else f"missing: {', '.join(model['missing'])}"
        yield f"  {slot}: {model['model'] or 'none'} ({state})"
    yield f"chat: {face['face']}, because {face['why']}; output in {face['encoding']}"
    pictures = found["pictures"]
    yield f"pictures: {pictures['protocol']}, because {pictures['why']}"
    microphone = found["microphone"]
    if microphone["name"] is None:
        yield f"microphone: none. {microphone['why']}"
    else:
        yield f"microphone: {microphone['name']}, {microphone['rate']:,} samples a second, because {microphone['why']}"
    chosen = ", ".join(f"{action} {keys}" for action, keys in found["keys"]["chosen"].items())
    yield f"keys: {found['keys']['file']} ({chosen or 'nothing chosen'})"
    yield f"data: {found['data_dir']}, profiles of {found['people']} people"
    if not found["catalogues"]:
        yield "catalogues: none indexed yet; `vitrine index demo` makes the first"
    for catalogue in found["catalogues"]:
        yield f"catalogue {catalogue['name']}: {catalogue['items']:,} items from {catalogue['source']}"
        for modality, entry in catalogue["encoded"].items():
            yield f"  {modality}: {entry['filled']:,} vectors of {entry['dimension']} by {entry['encoder']}"
        index = catalogue["index"]
        yield f"  vector index: {'serving' if index['serving'] else 'not serving'} ({index['why']})"
    for problem in found["problems"]:
        yield f"problem: {problem}"
    if not found["problems"]:
        yield "all is well"
