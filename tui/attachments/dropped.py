"""Files in what a person pasted, dropped or typed, and the words that are left.

A terminal hands a dropped file over as text, and each does it in its own way; `tui.attachments.paths` reads them all.
Text is only taken for a path where a picture or a sound lies there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.attachments.kind import kind_of
from tui.attachments.paths import WORD, Looks, find

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LONGEST = 65_536
"""Characters; a drop of ten files has a tenth of this, and what is longer is text."""
_GROWTH = 16
"""Words that a path with bare spaces may go on for; 'Screenshot 2026-03-04 at 12.30.05 PM (2).png' has six."""
_STARTS = re.compile(
    r"""(?:(?<=[ \t])(?<!\\[ \t])|^)(?=['"]?(?:/|~|\.{1,2}/|file:/|[A-Za-z]:[\\/]|\\\\wsl))""", re.IGNORECASE
)
"""Where a path may begin inside a line; a bare name may at its start."""
_NEXT = re.compile(rf"{_STARTS.pattern}|(?<=[ \t])(?<!\\[ \t])@", re.IGNORECASE)
"""Where the path before it is over."""
_TRIES = 12
"""Places at which no path was found, before the rest is taken for text."""
_MENTION = re.compile(r"(?:(?<=\s)|^)@(?=\S)")
_SOLID = re.compile(r"\S+")
_GAP = re.compile(r"[ \t]+")
_POINTS = re.compile(r"\b(?:this|that|these|those|it|picture|photo|image|sound|track)\W*$", re.IGNORECASE)
"""A sentence that points at the file already: 'like this @bag.png'."""
_LINKS = frozenset("like as to than in with of for on and or from".split())
_PUNCTUATION = ",.;:!?)”’"


@dataclass(frozen=True, slots=True)
class Dropped:
    """What a text came to."""

    paths: tuple[Path, ...] = ()
    """Pictures and sounds that it names, in its order."""
    words: str = ""
    """What is left; all of it, to the letter, where it names none."""
    others: tuple[Path, ...] = ()
    """Files that it names and that are neither; their names are still in `words`."""


def take_paths(pasted: str) -> Dropped:
    """Take the files out of a text that was pasted or dropped.

    Lines that are nothing but files are taken from the top; in the first that is more, a path may stand at its start or
    anywhere that it begins like one ('/', '~', 'file:', a drive, or a quote before them). Below that all is words.
    """
    if not pasted or len(pasted) > LONGEST or "\0" in pasted:
        return Dropped((), pasted)
    looks = Looks()
    others: list[Path] = []
    # As a whole first: a name may hold spaces, bare or at its end, and line feeds.
    for text in dict.fromkeys((pasted.strip("\r\n"), pasted.strip(" \t\r\n"))):
        reader = _Reader(text, looks)
        if _named(text) and (path := reader.media(text)) is not None:
            return Dropped((path,), "")
        others += reader.others
    paths: list[Path] = []
    lines = re.split(r"\r\n|\r|\n", pasted.strip(" \t\r\n"))
    words: list[str] = []
    while lines:
        line = lines.pop(0).strip(" \t")
        reader = _Reader(line, looks)
        taken = list(reader.files())
        paths += [path for path, _, _ in taken]
        others += reader.others
        left = _cut(line, [(start, end) for _, start, end in taken])
        if left:
            words = [left, *lines]
            break
    if not paths:
        return Dropped((), pasted, tuple(dict.fromkeys(others)))
    return Dropped(tuple(paths), "\n".join(words), tuple(dict.fromkeys(others)))


def take_mentions(message: str) -> Dropped:
    """Take '@path' out of a typed message: @bag.png, @"my bag.png", @~/bag.png, at the start of a word.

    An e-mail address or an @handle that is no file stays. 'like @bag.png but in red' leaves 'like this but in red'.
    """
    if "@" not in message or len(message) > LONGEST or "\0" in message:
        return Dropped((), message)
    reader = _Reader(message)
    taken = []
    end = 0
    for mark in _MENTION.finditer(message):
        if reader.gave_up:
            break
        if mark.start() >= end and (read := reader.read(mark.end())) is not None:
            path, end = read
            taken.append((path, mark.start(), end))
    others = tuple(dict.fromkeys(reader.others))
    if not taken:
        return Dropped((), message, others)
    spans = [(start, end) for _, start, end in taken]
    return Dropped(tuple(path for path, _, _ in taken), _cut(message, spans), others)


class _Reader:
    """Reads paths in one text."""

    def __init__(self, text: str, looks: Looks | None = None) -> None:
        self.text = text
        self.looks = looks or Looks()
        self.others: list[Path] = []
        self._failed = 0

    @property
    def gave_up(self) -> bool:
        """Whether it is time to take the rest for text."""
        return self._failed >= _TRIES or self.looks.spent

    def files(self) -> Iterator[tuple[Path, int, int]]:
        """Yield the files of a line with where each begins and ends."""
        at = 0
        if _named(self.text) and (read := self.read(0)) is not None:
            path, at = read
            yield path, 0, at
        while not self.gave_up and (start := _STARTS.search(self.text, at)) is not None:
            read = self.read(start.start())
            if read is None:
                at = start.start() + 1
                continue
            path, at = read
            yield path, start.start(), at

    def read(self, start: int) -> tuple[Path, int] | None:
        """Return the file whose path begins at `start`, the longest there is, and where that ends."""
        for end in self._ends(start):
            if (path := self.media(self.text[start:end])) is not None:
                return path, end
        self._failed += 1
        return None

    def media(self, spelled: str) -> Path | None:
        """Return the picture or sound of this spelling."""
        path = find(spelled, self.looks)
        if path is None:
            return None
        if kind_of(path) is None:
            self.others.append(path)
            return None
        return path

    def _ends(self, start: int) -> Iterator[int]:
        """Yield where a path may end, farthest first; also before the punctuation of a sentence."""
        text = self.text
        word = WORD.match(text, start)
        # Words may part at any space there is, and names hold most of them.
        ends = {found.end() for found in (word, _SOLID.match(text, start)) if found}
        if text[start : start + 1] not in ("'", '"'):
            line = text.find("\n", start)
            stop = len(text) if line < 0 else line
            ends.add(stop)
            # Where the next path begins, this one is over.
            following = _NEXT.search(text, start + 1)
            gaps = _GAP.finditer(text, start, following.start() if following else stop)
            ends.update(gap.start() for gap, _ in zip(gaps, range(_GROWTH), strict=False))
        for end in sorted(ends, reverse=True):
            yield end
            short = len(text[start:end].rstrip(_PUNCTUATION)) + start
            if start < short < end:
                yield short


def _named(line: str) -> bool:
    """Tell whether a line may begin with a path: a word alone ('boots') is a word, whatever lies in the folder."""
    return any(mark in line for mark in "./\\")


def _cut(text: str, spans: list[tuple[int, int]]) -> str:
    """Return a text without the spans, tidied; 'this' stands in for one that its sentence needs."""
    left = ""
    at = 0
    for start, end in spans:
        left += text[at:start]
        left += _stand_in(left, text[end:])
        at = end
    left = re.sub(r"[ \t]{2,}", " ", left + text[at:]).strip()
    left = re.sub(rf"[ \t]+(?=[{re.escape(_PUNCTUATION)}])", "", left)
    return left.lstrip(_PUNCTUATION).lstrip()


def _stand_in(before: str, after: str) -> str:
    """Return 'this' inside a sentence ('like @bag.png but red') or where it ends on a word that needs one."""
    words = before.split()
    if not words or _POINTS.search(before):
        return ""
    inside = bool(after.strip(_PUNCTUATION + " \t\r\n"))
    return "this" if inside or words[-1].casefold() in _LINKS else ""
