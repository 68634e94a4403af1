"""What a catalogue's path points to: an items file with what lies beside it, or a folder of pictures or sounds."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from encoders.errors import CatalogueError, UsageError
from retrieval.catalogue.media import PICTURE_SUFFIXES, SOUND_SUFFIXES
from retrieval.catalogue.problems import Severity
from retrieval.catalogue.readers import SUFFIXES
from retrieval.catalogue.settings import SETTINGS_NAME
from retrieval.catalogue.text import read_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retrieval.catalogue.problems import Report

_ITEMS = ("items", "catalogue", "catalog", "products")
"""Names of an items file, the first that is there; else the only readable file is taken."""
_NAME = re.compile(r"\w[\w .-]{0,63}")
_NUMBERED = re.compile(r"[0-9a-f]{8}[0-9a-f-]{4,}|\d+", re.IGNORECASE)
_JOINTS = re.compile(r"[\s_\-.]+")


@dataclass(frozen=True, slots=True)
class Source:
    """The files of a catalogue."""

    base: Path
    """Its folder, resolved; pictures and sounds lie inside."""
    name: str
    """Name of the folder or the file, fit for a file name."""
    items: Path | None
    """None when the folder holds nothing but pictures or sounds."""
    settings: Path | None = None
    interactions: Path | None = None
    triples: Path | None = None


def find_source(path: Path) -> Source:
    """Find the files of a catalogue. Raises CatalogueError when there are none, or several that could be meant."""
    try:
        path = path.expanduser().absolute()
        folder, file = path.is_dir(), path.is_file()
    except OSError as error:
        raise read_error(path, error) from error
    except RuntimeError as error:  # the home of a person who does not exist
        raise CatalogueError(f"{path} can't be found ({error}); give the path of a catalogue.") from error
    if not (folder or file):
        raise CatalogueError(f"{path} is neither a file nor a folder; give the path of a catalogue.")
    base, items = (path, _items_file(path)) if folder else (path.parent, path)
    named = items is not None and items == path and items.stem.lower() not in _ITEMS
    settings = base / SETTINGS_NAME
    return Source(
        base=base.resolve(),
        name=_file_name(path.stem if named else base.resolve().name),
        items=items,
        settings=settings if settings.is_file() else None,
        interactions=_beside(base, "interactions", items),
        triples=_beside(base, "triples", items),
    )


def check_name(name: str) -> str:
    """Return a catalogue's name. Raises UsageError when it can't be that of a folder everywhere."""
    if _NAME.fullmatch(name) is None or name.endswith((".", " ")):
        raise UsageError(
            f"'{name[:80]}' can't name a catalogue; use up to 64 letters, digits, spaces, '-', '_' and '.'."
        )
    return name


def _file_name(stem: str) -> str:
    return re.sub(r"[^\w.-]+", "-", stem).strip("-.")[:64] or "catalogue"


def _beside(base: Path, stem: str, items: Path | None) -> Path | None:
    for suffix in SUFFIXES:
        path = base / f"{stem}{suffix}"
        if path != items and path.is_file():
            return path
    return None


def _items_file(folder: Path) -> Path | None:
    try:
        readable = sorted(
            path
            for path in folder.iterdir()
            if path.suffix.lower() in SUFFIXES
            and path.stem.lower() not in ("interactions", "triples")
            and not path.name.startswith(".")
            and path.is_file()
        )
    except OSError as error:
        raise read_error(folder, error) from error
    for stem in _ITEMS:
        matching = [path for path in readable if path.stem.lower() == stem]
        if matching:
            readable = matching
            break
    if len(readable) > 1:
        names = ", ".join(path.name for path in readable[:6])
        raise CatalogueError(
            f"{folder} holds several tables, {names}; give the path of the one with the items."
        )
    return readable[0] if readable else None


@dataclass(frozen=True, slots=True)
class MediaRows:
    """The pictures and sounds of a folder as rows, one a file; may be read any number of times."""

    file: Path
    """The folder."""
    keyed: bool = False

    def read(self, report: Report) -> Iterator[tuple[int, dict[str, object]]]:
        """Yield (number of the file, its id, title, folder and path), in the order of their paths."""
        number = 0

        def unreadable(error: OSError) -> None:
            report(0, f"folder {error.filename} can't be read ({error.strerror})", Severity.ROW_SKIPPED)

        for folder, inner, names in os.walk(self.file, onerror=unreadable):
            inner[:] = sorted(name for name in inner if not name.startswith("."))
            for name in sorted(names):
                kind = _kind(name)
                if kind is None:
                    continue
                number += 1
                relative = (Path(folder) / name).relative_to(self.file)
                parent = relative.parent.as_posix()
                yield (
                    number,
                    {
                        "id": relative.as_posix(),
                        "title": _title(relative),
                        "folder": None if parent == "." else parent,
                        kind: relative.as_posix(),
                    },
                )
        if not number:
            raise CatalogueError(
                f"{self.file} holds no items file and no pictures or sounds; give a table of items (CSV, JSON Lines, "
                "JSON or Parquet) or such files."
            )


def _kind(name: str) -> str | None:
    if name.startswith("."):
        return None
    suffix = Path(name).suffix.lower()
    return "picture" if suffix in PICTURE_SUFFIXES else "sound" if suffix in SOUND_SUFFIXES else None


def _title(path: Path) -> str:
    """Return the words of a file's name; a bare number is put behind the name of its folder, which says more."""
    if _NUMBERED.fullmatch(path.stem) and path.parent.name:
        return f"{' '.join(_JOINTS.split(path.parent.name))} {path.stem[:8]}"
    return " ".join(_JOINTS.split(path.stem)).strip() or path.name
