"""The file that a piece of text names, in any of the spellings in which terminals paste a path.

Which those are: in matched quotes or with backslashes, as a shell would read them (most Linux terminals, macOS); bare,
spaces and all (Alacritty, editors' terminals); as a file URI (file managers); as Windows writes it, which WSL keeps
under /mnt; with `~`; and with spaces or letters in another form than in the file's name, since some terminals turn the
narrow no-break space of a screenshot's name into a plain one, and macOS decomposes letters.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MISSES = 48
"""Names that are asked for and not there, before text is taken for text."""
_FOLDERS = 4
"""Folders that are listed to compare names in their folded form."""
_ENTRIES = 50_000
"""Names of a folder that are compared; so many take 0.05 s."""
_LONGEST = 12_288
"""Characters of a spelling: a path has 4,096 bytes at most, and a URI writes each as three."""

_DEEPEST = 8
"""Folders of a path whose names are compared so."""

_URI = re.compile(r"file:(?://(?:localhost|127\.0\.0\.1)?)?(?=/(?!/))", re.IGNORECASE)
_DRIVE = re.compile(r"([A-Za-z]):[\\/](.*)", re.DOTALL)
_WSL_SHARE = re.compile(r"[\\/]{2}wsl(?:\$|\.localhost)[\\/][^\\/]+[\\/](.*)", re.IGNORECASE | re.DOTALL)
WORD = re.compile(r"""(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^ \t\r\n'"\\])+""", re.DOTALL)
"""A word as a shell reads it: quoted parts, escaped characters and plain ones without a space between them."""
_PART = re.compile(r"""'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)""", re.DOTALL)
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


class Looks:
    """Looks at the disk for one text, bounded so that no paste takes long."""

    def __init__(self) -> None:
        """Begin with all looks to spare."""
        self._misses = MISSES
        self._listings: dict[str, dict[str, str]] = {}

    def file(self, path: str) -> Path | None:
        """Return the regular file of exactly this path."""
        if self._misses <= 0:
            return None
        try:
            if stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 - a Path would fold './' away
                return Path(path)
        except (OSError, ValueError):  # also too long, a zero byte, no bytes for it in this locale
            pass
        self._misses -= 1
        return None

    def folded_file(self, path: str) -> Path | None:
        """Return the regular file whose path is equal after folding spaces and composing letters."""
        found = self._folded(path)
        return None if found is None else self.file(found)

    @property
    def spent(self) -> bool:
        """Whether no look is left."""
        return self._misses <= 0

    def _folded(self, path: str, depth: int = 0) -> str | None:
        folder, name = os.path.split(path)
        if not name or depth > _DEEPEST:
            return None
        if folder and not os.path.isdir(folder):  # noqa: PTH112 - never raises, unlike Path's
            within = self._folded(folder, depth + 1)
            if within is None:
                return None
            folder = within
        real = self._names(folder or ".").get(fold(name))
        return None if real is None else str(Path(folder, real))

    def _names(self, folder: str) -> Mapping[str, str]:
        """Return the names in a folder by their folded form."""
        if folder not in self._listings:
            if len(self._listings) >= _FOLDERS:
                return {}
            try:
                with os.scandir(folder) as entries:
                    names = [entry.name for entry in islice(entries, _ENTRIES)]
            except (OSError, ValueError):
                names = []
            self._listings[folder] = {fold(name): name for name in names}
        return self._listings[folder]


def find(text: str, looks: Looks | None = None) -> Path | None:
    """Return the file that the whole of `text` names, None when there is none."""
    looks = looks or Looks()
    spelled = list(spellings(text))
    for path in spelled:
        if (found := looks.file(path)) is not None:
            return found
    for path in spelled:
        if (" " in path or not path.isascii()) and (found := looks.folded_file(path)) is not None:
            return found
    return None


def spellings(text: str) -> Iterator[str]:
    """Yield the paths that a text may mean, the most literal first."""
    if not text or len(text) > _LONGEST or "\0" in text:
        return
    seen = set()
    for path in _readings(text):
        local = _local(path)
        if local and local not in seen:
            seen.add(local)
            yield local


def _readings(text: str) -> Iterator[str]:
    yield text
    if len(text) > 2 and text[0] == text[-1] and text[0] in "'\"":
        yield from _uri(text[1:-1])
        yield text[1:-1]  # as Windows quotes: a backslash is a separator
    yield from _uri(text)
    if any(mark in text for mark in "\\'\""):
        plain = unescape(text)
        yield from _uri(plain)
        yield plain


def _uri(text: str) -> Iterator[str]:
    """Yield the path of a file URI of this machine, decoded, then as it stands (RFC 8089)."""
    if (scheme := _URI.match(text)) is None:
        return
    path = text[scheme.end() :]
    try:
        decoded = os.fsdecode(unquote_to_bytes(os.fsencode(path)))
    except UnicodeError:
        return
    for spelled in dict.fromkeys((decoded, path)):
        yield spelled.removeprefix("/") if _DRIVE.match(spelled, 1) else spelled


def _local(path: str) -> str:
    """Return a path as this system opens it: a Windows one under WSL where its drives are, `~` as the home."""
    if os.environ.get("WSL_DISTRO_NAME") and (mounted := from_windows(path)):
        return mounted
    return expanded(path)


def expanded(path: str) -> str:
    """Return a path with the home that its '~' means; as it is where there is none."""
    try:
        return os.path.expanduser(path)  # noqa: PTH111 - no home: it stays
    except ValueError:  # the name of a person in no bytes of this system
        return path


def from_windows(path: str) -> str | None:
    """Return where WSL keeps a file of Windows: C:/a/b is /mnt/c/a/b; None for a path that is none of Windows'."""
    if drive := _DRIVE.fullmatch(path):
        return f"/mnt/{drive[1].lower()}/{drive[2]}".replace("\\", "/")
    if share := _WSL_SHARE.fullmatch(path):
        return f"/{share[1]}".replace("\\", "/")
    return None


def unescape(text: str) -> str:
    """Return what a shell makes of a word: quotes and backslashes taken away."""
    return _PART.sub(_unescaped, text)


def _unescaped(part: re.Match[str]) -> str:
    single, double, escaped = part.groups()
    if single is not None:
        return str(single)
    if double is not None:
        return re.sub(r'\\(["\\$`])', r"\1", str(double))
    return str(escaped)


def fold(name: str) -> str:
    """Return a name with plain spaces and composed letters, for comparing only."""
    return unicodedata.normalize("NFC", _SPACES.sub(" ", name))
