"""Where everything lies on disk.

<data>/people.sqlite                        what is known of people
<data>/sessions/<user>/                     their recorded conversations; who may read the folder is its owner alone
    <time>-<random>.jsonl                   a conversation's transcript, lines added a turn
    <time>-<random>.state                   where it stands, so that it can be gone on with
    <time>-<random>.lock                    one process at a time
<data>/catalogues/<name>/SOURCE             the path that was indexed
<data>/catalogues/<name>/CURRENT            which generation is served, one line: g-3
<data>/catalogues/<name>/lock, lock.owner   one writer at a time, and who it is
<data>/catalogues/<name>/building/          work of an unfinished build, so that the next one resumes
<data>/catalogues/<name>/g-<number>/        a finished build, never written again but for chroma/
    catalogue.sqlite                        items, columns by row, interactions, triples
    vectors/<modality>.npy                  float32, shape (items, dimension), zero rows where absent
    manifest.json                           what the build holds; written last, so its presence means complete
    chroma/                                 the vector index, with a mark of its own; can be rebuilt at any time
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


_PLAIN = re.compile(r"[a-z0-9]{1,40}")
_SPELLED = re.compile(r"[a-z0-9]+")
_GENERATION = re.compile(r"g-([1-9][0-9]{0,8})")


def generation_number(name: str) -> int | None:
    """Return 3 for 'g-3', None for anything that is no generation's name."""
    match = _GENERATION.fullmatch(name)
    return int(match[1]) if match else None


@dataclass(frozen=True, slots=True)
class GenerationFolder:
    """One build of a catalogue."""

    path: Path
    """<data>/catalogues/<name>/g-<number>."""

    @property
    def name(self) -> str:
        """'g-3'."""
        return self.path.name

    @property
    def catalogue(self) -> str:
        """Name of the catalogue it is a build of."""
        return self.path.parent.name

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.path / "catalogue.sqlite"

    @property
    def manifest(self) -> Path:
        """What the build holds."""
        return self.path / "manifest.json"

    @property
    def chroma(self) -> Path:
        """The vector index."""
        return self.path / "chroma"

    def vectors(self, modality: str) -> Path:
        """Return the vectors of 'text', 'image' or 'audio'."""
        return self.path / "vectors" / f"{modality}.npy"


@dataclass(frozen=True, slots=True)
class CatalogueFolder:
    """All builds of one catalogue."""

    path: Path
    """<data>/catalogues/<name>."""

    @property
    def name(self) -> str:
        """The catalogue's name."""
        return self.path.name

    @property
    def current(self) -> Path:
        """The file that names the generation served."""
        return self.path / "CURRENT"

    @property
    def source(self) -> Path:
        """The file that names the path indexed."""
        return self.path / "SOURCE"

    @property
    def lock(self) -> Path:
        """The writer's lock."""
        return self.path / "lock"

    @property
    def building(self) -> Path:
        """Work of an unfinished build."""
        return self.path / "building"

    def generation(self, name: str) -> GenerationFolder:
        """Return the folder of a generation, which need not exist."""
        return GenerationFolder(self.path / name)


def people_file(data_dir: Path) -> Path:
    """Return the database of what is known of people, which need not exist."""
    return data_dir / "people.sqlite"


def sessions_folder(data_dir: Path, user: str) -> Path:
    """Return the folder of a person's recorded conversations, which need not exist.

    A name that is not lower-case letters and digits has a part of its SHA-256 beside what can be spelled of it, so that
    no name leads out of the folder and no two share one, on any file system.
    """
    if not _PLAIN.fullmatch(user):
        spelled = "".join(_SPELLED.findall(user.lower()))[:40]
        user = f"{spelled}~{sha256(user.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
    return data_dir / "sessions" / user


def catalogues_folder(data_dir: Path) -> Path:
    """Return the folder that holds one folder a catalogue."""
    return data_dir / "catalogues"


def catalogue_folder(data_dir: Path, name: str) -> CatalogueFolder:
    """Return the folder of a catalogue, which need not exist."""
    return CatalogueFolder(catalogues_folder(data_dir) / name)
