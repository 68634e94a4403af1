"""A transcript played in the plain terminal: the same lines as on the day, through the same renderer."""

from __future__ import annotations

from time import sleep
from typing import TYPE_CHECKING

from agent.contract import turn_to_json
from encoders.sanitise import sanitise_line
from eval.transcript import events
from tui.echo import narrate, write
from tui.plain.json_lines import write_object
from tui.plain.render import Renderer
from tui.sessions.recorded import RecordedCatalogue

if TYPE_CHECKING:
    from eval.transcript import Entry, Put, Transcript
    from tui.pictures.shelf import Shelf

_ECHOED = 300


def replay(
    transcript: Transcript, *, shelf: Shelf | None = None, wrap: bool = False, pace: float = 0
) -> None:
    """Write a conversation as it was had; `pace` seconds go by before each turn but the first.

    `shelf` draws pictures, `wrap` breaks lines at the terminal's width.
    """
    beyond: dict[str, tuple[str, ...]] = {}
    renderer = Renderer(
        RecordedCatalogue(transcript), wrap=wrap, shelf=shelf, beyond=lambda item: beyond.get(item, ())
    )
    if (header := transcript.header) is not None:
        began = header.began.astimezone()
        renderer.line(
            f"{header.name or header.first or header.session} · {header.catalogue} catalogue, {header.items:,} items · "
            f"{began:%Y-%m-%d %H:%M} · {header.models} models"
        )
    for number, entry in enumerate(transcript.entries):
        if number and pace:
            sleep(pace)
        beyond.clear()
        beyond.update(entry.beyond)
        _play(entry, renderer)
    tell_torn(transcript)


def replay_as_json(transcript: Transcript) -> None:
    """Print the turns as `vitrine chat --json` printed them."""
    for entry in transcript.entries:
        if entry.turn is not None:
            write_object(turn_to_json(entry.turn))
    tell_torn(transcript)


def tell_torn(transcript: Transcript) -> None:
    """Say so where the end of a transcript is missing."""
    if transcript.torn:
        narrate("The last line is cut off, as by a program that was killed while it wrote: it is left out.")


def put_lines(put: Put) -> list[str]:
    """Return the lines that put the same in, each as a person types it."""
    staged = [("image", path) for path in put.images]
    staged += [("sound", path) for path in put.sounds]
    staged += [("voice", put.voice)] if put.voice else []
    lines = [f"/{kind} {path}" for kind, path in staged]
    if put.text or not lines:
        lines.append(put.text)
    else:
        lines.append("/send")
    return lines


def _play(entry: Entry, renderer: Renderer) -> None:
    for line in put_lines(entry.put):
        write(f"\nyou: {sanitise_line(line, _ECHOED)}")
    for event in events(entry):
        renderer.show(event)
    if entry.error is not None:
        renderer.line(f"vitrine: {entry.error}")
    if entry.stopped:
        renderer.line("(stopped)")
