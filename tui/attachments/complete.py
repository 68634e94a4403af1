"""Completion of a path while it is typed: after '@' in a message, and after /image, /sound and /voice."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from encoders.sanitise import sanitise_line
from tui.attachments.paths import expanded, fold, unescape

MOST = 50
"""Candidates: more are no help to choose from."""
_ENTRIES = 100_000
"""Entries of a folder that are read: a key press may take 0.1 s, and so many names that don't fit take that."""
_FITTING = 5_000
"""Of those, what fits: it takes 0.02 s, and more letters leave fewer."""

_PICTURES = frozenset("png jpg jpeg jpe jfif webp gif avif heic heif".split())
_SOUNDS = frozenset(
    "wav mp3 ogg oga opus flac m4a aac aif aiff wma webm mka amr caf au mp4 3gp wv ape".split()
)
_COMMAND = re.compile(r"\s*/(image|sound|voice)\s+(?=(\S.*)?$)", re.IGNORECASE | re.DOTALL)
_MENTION = re.compile(r"""(?:(?<=\s)|^)@(?:"[^"]*|'[^']*|(?:\\.|[^\s'"\\])*\\?)$""", re.DOTALL)
_ODD = re.compile(r"[\s'\"\\]")
"""What a path after '@' can't have in it bare."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file or folder that may be meant."""

    text: str
    """What takes the place of what was typed; a folder's ends with '/', so that typing can go on."""
    label: str
    """Its name, fit to be shown."""
    kind: str
    """'folder', 'image' or 'sound', by its name's ending: opening each file would take too long."""


@dataclass(frozen=True, slots=True)
class Completions:
    """What may go on from where the cursor is."""

    start: int
    """Where in the text the typed path begins, its quote included and its '@' left out."""
    end: int
    """The cursor."""
    candidates: tuple[Candidate, ...]
    """Folders first, then files, each by name; at most MOST."""
    more: bool = False
    """Whether there are others, so that a few more letters help."""


def completions(text: str, cursor: int | None = None) -> Completions | None:
    """Return how the path before the cursor may go on; None where no path is being typed.

    After /image come pictures, after /sound and /voice sounds, after '@' both; hidden files once their dot is typed.
    """
    end = len(text) if cursor is None else cursor
    before = text[:end]
    if command := _COMMAND.match(before):
        start, kinds = command.end(), {"image"} if command[1].casefold() == "image" else {"sound"}
        bare = True
    elif mention := _MENTION.search(before):
        start, kinds, bare = mention.start() + 1, {"image", "sound"}, False
    else:
        return None
    typed = before[start:]
    quote = typed[:1] if typed[:1] in ("'", '"') else ""
    # A command takes all that follows as one path, spaces and all.
    plain = typed[1:] if quote else typed if bare and "\\" not in typed else unescape(typed)
    folder, _, name = plain.rpartition("/")
    place = f"{folder}/" if "/" in plain else ""
    if plain == "~":
        return Completions(start, end, (Candidate(f"{quote}~/", "~", "folder"),))
    found, cut = _matching(expanded(place) or ".", name, kinds)
    if not bare and any(_ODD.search(place + entry) for _, entry in found[:MOST]):
        quote = quote or '"'  # all alike, so that what they have in common can be filled in
    candidates = tuple(
        Candidate(_spelled(place + entry, kind, quote, bare), sanitise_line(entry), kind)
        for kind, entry in found[:MOST]
    )
    return Completions(start, end, candidates, cut or len(found) > MOST)


def _matching(folder: str, begun: str, kinds: set[str]) -> tuple[list[tuple[str, str]], bool]:
    """Return kind and name of what goes on from `begun`, in order, and whether the folder had too much to read."""
    wanted = fold(begun).casefold()
    try:
        with os.scandir(folder) as entries:
            read = islice(entries, _ENTRIES)
            fitting = ((_kind(entry), entry.name) for entry in read if _begins(entry.name, wanted))
            found = [(kind, name) for kind, name in islice(fitting, _FITTING) if kind in ("folder", *kinds)]
            cut = next(entries, None) is not None
    except (OSError, ValueError):  # none there, none of ours, no bytes for its name
        return [], False
    found.sort(key=lambda pair: (pair[0] != "folder", fold(pair[1]).casefold(), pair[1]))
    return found, cut


def _begins(name: str, wanted: str) -> bool:
    folded = fold(name)
    # What can't be shown can't be chosen: such a name would come back as another.
    if not folded.isprintable() or (folded[:1] == "." and wanted[:1] != "."):
        return False
    return folded.casefold().startswith(wanted)


def _kind(entry: os.DirEntry[str]) -> str:
    try:
        if entry.is_dir():
            return "folder"
    except OSError:
        return ""
    return kind_by_name(entry.name)


def kind_by_name(name: str) -> str:
    """Return 'image' or 'sound' by how a file's name ends; '' for other files."""
    ending = Path(name).suffix[1:].casefold()
    return "image" if ending in _PICTURES else "sound" if ending in _SOUNDS else ""


def _spelled(path: str, kind: str, quote: str, bare: bool) -> str:
    """Spell a path so that it is read back: in quotes, or with backslashes where the quote is in it."""
    path += "/" if kind == "folder" else ""
    if bare and not quote and not (path[:1] in ("'", '"') or "\\" in path):
        return path
    if not quote and not _ODD.search(path):
        return path
    quote = quote or '"'
    if quote in path or "\\" in path:
        return re.sub(r"([\s'\"\\])", r"\\\1", path)
    # An open quote lets typing go on inside a folder.
    return f"{quote}{path}" + (quote if kind != "folder" else "")
