"""Where the Chroma collections of a generation are: in its own folder, or on a server; and whether they may be used.

The mark is a small file beside the generation's other files. It is written after the probe has found the collections
whole, so a build that was killed leaves none, and search then scans exactly.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from encoders.atomic import flush_file, write_text
from encoders.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from retrieval.store.layout import GenerationFolder


@dataclass(frozen=True, slots=True)
class Place:
    """Where the collections of one generation are."""

    folder: GenerationFolder
    url: str | None = None
    """http://host:port of a Chroma server; None keeps them in the generation's folder."""
    digest: str = ""
    """Of the manifest; tells apart equally named catalogues of several people on one server."""

    @property
    def label(self) -> str:
        """For people."""
        return self.url or str(self.folder.chroma)

    @property
    def mark(self) -> Path:
        """The file that says the collections are whole."""
        if self.url is None:
            return self.folder.chroma / "ready.json"
        server = hashlib.blake2b(self.url.encode("utf-8"), digest_size=6).hexdigest()
        return self.folder.path / f"chroma-server-{server}.json"

    def collection(self, modality: str) -> str:
        """Name of a collection; on a server, which is shared, it begins with the catalogue and the generation."""
        if self.url is None:
            return modality
        return f"{self.folder.catalogue}.{self.folder.name}.{self.digest[:12]}.{modality}"


def check_url(url: str) -> str:
    """Return a server's address without its trailing slash. Raises UsageError when it is none."""
    parts = urlsplit(url)
    try:
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise UsageError(f"'{url}' is no address of a Chroma server; give one like http://localhost:8000.")
    return url.rstrip("/")


def write_mark(place: Place, collections: Mapping[str, int]) -> None:
    """Mark the collections (modality to count) as whole. Raises OSError when the disk refuses."""
    for path in _files(place):
        flush_file(path)
    body = {"collections": dict(collections), "files": _sizes(place)}
    write_text(place.mark, json.dumps(body, indent=1))


def read_mark(place: Place) -> dict[str, int] | None:
    """Return modality to count when the collections were whole and their files have not changed size since.

    A segment file cut to nothing is what a kill leaves behind, and opening it can end the process (SIGSEGV), so it is
    found out without Chroma. Below 1,000 rows everything is in the database and there are no segment files.
    """
    try:
        body: dict[str, Any] = json.loads(place.mark.read_text("utf-8"))
        if body["files"] != _sizes(place):
            return None
        return {str(modality): int(count) for modality, count in body["collections"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _files(place: Place) -> list[Path]:
    if place.url is not None or not place.folder.chroma.is_dir():
        return []
    return [path for path in sorted(place.folder.chroma.rglob("*")) if path.is_file() and path != place.mark]


def _sizes(place: Place) -> dict[str, int]:
    # The database itself may grow when a reader opens it; the segments are only written while adding.
    root = place.folder.chroma
    return {str(path.relative_to(root)): path.stat().st_size for path in _files(place) if path.parent != root}
