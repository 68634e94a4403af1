"""Transcripts: what a session records, what an evaluation run writes and what `vitrine replay` plays, in one format.

JSON Lines. The first line says whose conversation with which catalogue it is; each further one is an entry, what was
put in and what came of it, whose `turn` is the object that `--json` prints. Lines are only ever added, so a process
that is killed tears the last one at most. The bare output of `vitrine chat --json` is read as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from agent.codec import Mismatch, decode, encode
from agent.contract import turn_from_json, turn_to_json
from agent.types import Finished, Said, Shown, Understood
from encoders.errors import InputError, StoreTooNew
from encoders.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from agent.types import Event, Turn
    from retrieval.snapshot import Snapshot
    from retrieval.types import Column

FORMAT: Final = 1
"""Version of the lines."""
LONGEST_LINE: Final = 4 << 20
"""Bytes; an entry of forty cards with every facet filled takes a tenth of it."""
LONGEST_NAME: Final = 60
"""Characters of a conversation's name."""
_FEW: Final = 61
"""Values of a column that are kept: as many as tell which columns are categories and which say yes or no."""
_SENTENCE: Final = re.compile(r".+?(?:[.!?…]+[”\"')]*(?=\s)|\n|$)\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Header:
    """Whose conversation with which catalogue a transcript is of."""

    session: str
    """Its id."""
    catalogue: str
    items: int
    """How many items the catalogue had."""
    user: str
    models: str
    """The model set: 'bundled'."""
    began: datetime
    first: str = ""
    """The first words of its first request."""
    name: str | None = None
    """What its person called it."""
    columns: tuple[Column, ...] = ()
    """The catalogue's, so that labels and units can be shown where it is not; of many values the commonest."""


@dataclass(frozen=True, slots=True)
class Put:
    """What a person put in."""

    text: str = ""
    """Words, or a command line."""
    images: tuple[str, ...] = ()
    """Paths."""
    voice: str | None = None
    """A path."""
    sounds: tuple[str, ...] = ()
    """Paths."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was put in, and what came of it."""

    put: Put
    turn: Turn | None = None
    """None where none was played: for `/new` and for what was refused before it was understood."""
    headline: str | None = None
    """The line above the cards."""
    error: str | None = None
    """The sentence with which it was refused."""
    stopped: bool = False
    """Whether its person stopped it half way: `turn` is then what there was of it."""
    at: datetime | None = None
    """When it ended; None where that was not kept."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Of the items that its act refers to, by id."""
    beyond: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """EXPLAIN: lines of what spoke for an item beside what its card carries, by id."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """A conversation as it was kept."""

    header: Header | None
    """None for the bare output of `--json`."""
    entries: tuple[Entry, ...]
    torn: bool = False
    """Whether the last line was cut off, as by a process that was killed."""


def header_of(
    snapshot: Snapshot,
    *,
    session: str,
    user: str,
    models: str,
    began: datetime,
    first: str = "",
    name: str | None = None,
) -> Header:
    """Return the header of a conversation with a catalogue."""
    columns = tuple(
        replace(column, values=dict(list(column.values.items())[:_FEW])) for column in snapshot.columns
    )
    return Header(session, snapshot.name, len(snapshot), user, models, began, first, name, columns)


def first_words(entry: Entry) -> str:
    """Return what names a conversation that begins with this entry."""
    spoken = entry.turn.request.transcript if entry.turn else None
    shown = "a picture" if entry.put.images else "a sound" if entry.put.sounds else ""
    return sanitise_line(entry.put.text or spoken or shown, LONGEST_NAME)


def header_to_json(header: Header) -> dict[str, Any]:
    """Return the object of a transcript's first line."""
    return {"vitrine": "transcript", "format": FORMAT, **encode(header)}


def header_from_json(made: Mapping[str, Any]) -> Header:
    """Return the header that `header_to_json` made an object of.

    Raises InputError when it is none, StoreTooNew when a later version wrote it.
    """
    version = made.get("format")
    if isinstance(version, int) and version > FORMAT:
        raise StoreTooNew(
            f"A later version of Vitrine wrote this transcript (format {version}, this one knows {FORMAT}): "
            "update Vitrine to read it."
        )
    try:
        header: Header = decode(Header, made, _line)
    except Mismatch as error:
        raise InputError(f"It is no transcript's beginning: {sanitise_line(str(error))}") from error
    return header


def entry_to_json(entry: Entry, number: int) -> dict[str, Any]:
    """Return the object of a line; `number` counts the entries from 1."""
    turn = entry.turn
    return {
        "entry": number,
        "at": encode(entry.at),
        "put": encode(entry.put),
        "headline": entry.headline,
        "error": entry.error,
        "stopped": entry.stopped,
        "pictured": turn is not None and turn.act.pictured,
        "titles": dict(entry.titles),
        "beyond": encode(entry.beyond),
        "turn": None if turn is None else turn_to_json(turn),
    }


def entry_from_json(made: object) -> Entry:
    """Return the entry of a line, of this format or of `--json`.

    Raises InputError when it is neither.
    """
    if isinstance(made, Mapping) and "put" in made:
        try:
            entry: Entry = decode(Entry, {**made, "turn": None}, _line)
        except Mismatch as error:
            raise InputError(f"It is no entry: {sanitise_line(str(error))}") from error
        if made.get("turn") is None:
            return entry
        turn = turn_from_json(made["turn"])
        return replace(
            entry, turn=replace(turn, act=replace(turn.act, pictured=made.get("pictured") is True))
        )
    turn = turn_from_json(made)
    request = turn.request
    put = Put(
        request.text,
        tuple(picture.path for picture in request.pictures),
        sounds=tuple(sound.path for sound in request.sounds),
    )
    return Entry(put, turn)


def _line(where: str, text: str) -> str:
    """Keep a path as the system spells it; all else is a line."""
    return text if where.startswith(("put.images", "put.voice", "put.sounds")) else sanitise_line(text)


def dump(made: Mapping[str, Any]) -> bytes:
    """Return an object as a line; names of files that are no UTF-8 pass as JSON's escapes."""
    return json.dumps(made, allow_nan=False).encode("ascii") + b"\n"


def to_lines(transcript: Transcript) -> bytes:
    """Return the file that `read_transcript` reads a transcript from."""
    header = [dump(header_to_json(transcript.header))] if transcript.header else []
    return b"".join(
        [*header, *(dump(entry_to_json(entry, n)) for n, entry in enumerate(transcript.entries, 1))]
    )


def read_transcript(path: Path) -> Transcript:
    """Read a transcript, or the output of `vitrine chat --json`.

    Raises InputError, naming the line, when it is neither; StoreTooNew when a later version wrote it.
    """
    header: Header | None = None
    entries: list[Entry] = []
    torn = False
    for number, line, whole in _lines(path):
        try:
            made = _parsed(line)
        except InputError as error:
            if not whole:
                torn = True
                break
            raise _told(path, number, error) from error
        try:
            if header is None and not entries and isinstance(made, Mapping) and "vitrine" in made:
                header = header_from_json(made)
            else:
                entries.append(entry_from_json(made))
        except InputError as error:
            raise _told(path, number, error) from error
    if header is None and not entries:
        raise InputError(
            f"{path} holds no conversation: give a session's file or what `vitrine chat --json` printed."
        )
    return Transcript(header, tuple(entries), torn)


def _told(path: Path, number: int, error: InputError) -> InputError:
    reason = str(error).rstrip(".")
    return InputError(f"Line {number} of {path} can't be played: {reason[0].lower()}{reason[1:]}.")


def _lines(path: Path) -> Iterator[tuple[int, bytes, bool]]:
    """Yield the lines that are not empty with their numbers, and whether each was ended."""
    try:
        with path.open("rb") as file:
            number = 0
            while line := file.readline(LONGEST_LINE):
                number += 1
                if line.strip():
                    yield number, line, line.endswith(b"\n") or len(line) == LONGEST_LINE
    except OSError as error:
        raise InputError(f"{path} can't be read ({error.strerror or error}): check its path.") from error


def _parsed(line: bytes) -> object:
    try:
        made: object = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError("It is no JSON object; remove the line, or make the file again") from error
    if not isinstance(made, dict):
        raise InputError("It is no JSON object; remove the line, or make the file again")
    return made


def events(entry: Entry) -> Iterator[Event]:
    """Yield what a face showed of an entry, the answer a sentence at a time; nothing where no turn was played."""
    turn = entry.turn
    if turn is None:
        return
    yield Understood(turn.request, turn.act)
    if turn.items or entry.headline:
        yield Shown(turn.items, entry.headline)
    yield from map(Said, sentences(turn.answer))
    yield Finished(turn)


def sentences(text: str) -> list[str]:
    """Split a text after its sentences; joined they are the text."""
    return _SENTENCE.findall(text)


def titles_of(ids: Iterable[str], snapshot: Snapshot) -> dict[str, str]:
    """Return the titles of items by id; those that are gone have none."""
    titles = {}
    for id_ in ids:
        try:
            titles[id_] = snapshot.item(id_).title
        except KeyError:
            continue
    return titles
