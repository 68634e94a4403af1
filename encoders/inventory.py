"""What models there are, where each lies, and whether its files are whole."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from encoders.checksum import manifest_of, revision_of, sha256
from encoders.layout import Slot, weight_files
from encoders.places import model_dir
from encoders.profiles import BUNDLED_TEXT, SETS, ModelRef, Resolved, locate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Where(StrEnum):
    """Where a model's files are."""

    BUNDLED = "bundled"
    """Installed with Vitrine."""
    PULLED = "pulled"
    """In the data folder, fetched by `vitrine models pull`."""
    CACHE = "cache"
    """In the Hugging Face cache of this machine."""
    FOLDER = "folder"
    """In a folder that was named."""
    ADDRESS = "address"
    """Served elsewhere."""
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class ModelState:
    """A model of a set on this machine."""

    set: str
    """'bundled', 'laptop', 'gpu', or '' for a model that was named by itself."""
    slot: Slot
    source: str
    where: Where
    path: Path | None
    size: int
    """Bytes of its weights on this disk; 0 where it is missing."""
    revision: str | None
    """Hub commit where it is known."""


class Wholeness(StrEnum):
    """How a file compares with its known checksum."""

    OK = "ok"
    DIFFERS = "differs"
    MISSING = "missing"
    UNKNOWN = "unknown"
    """No checksum is known for it: a folder that no pull made."""


@dataclass(frozen=True, slots=True)
class FileCheck:
    """A file of a model, compared with its checksum."""

    source: str
    file: str
    result: Wholeness
    found: str | None = None
    """Its SHA-256 (or git's SHA-1 for small files of the Hugging Face cache); None where it is missing."""


def list_models(data: Path) -> tuple[ModelState, ...]:
    """Return the state of every model of every set, the smallest set first."""
    return tuple(
        state_of(locate(ref, data), data, each.name) for each in SETS.values() for ref in each.refs.values()
    )


def state_of(model: Resolved, data: Path, set_name: str = "") -> ModelState:
    """Return the state of one located model."""
    ref, path = model.ref, model.path
    size = sum(file.stat().st_size for file in weight_files(ref.slot, path)) if path else 0
    revision = revision_of(path) if path else None
    return ModelState(set_name, ref.slot, ref.source, _where(model, data), path, size, revision)


def _where(model: Resolved, data: Path) -> Where:
    ref = model.ref
    if not model.ready:
        return Where.MISSING
    if ref.bundled:
        return Where.BUNDLED
    if ref.address:
        return Where.ADDRESS
    if ref.folder:
        return Where.FOLDER
    return Where.PULLED if model.path == model_dir(data, ref.source) else Where.CACHE


def verify(data: Path, refs: tuple[ModelRef, ...] | None = None) -> Iterator[FileCheck]:
    """Compare the files of models that are on this disk with their checksums, one file at a time.

    `refs` is all models of all sets by default. A pulled model is compared with the manifest of its pull, the
    bundled text model with its publisher's checksum, one in the Hugging Face cache with the hub's own names
    for its contents. Models that are not here, or come without files, are passed over.

    Raises ModelError when a file can't be read.
    """
    if refs is None:
        refs = tuple(ref for each in SETS.values() for ref in each.refs.values())
    for ref in refs:
        folder = locate(ref, data).path
        if folder is None:
            continue
        if ref.source == BUNDLED_TEXT:
            yield _check_bundled(ref, folder)
        elif manifest_of(folder) is not None:
            yield from _check_manifest(ref, folder)
        else:
            yield from _check_cache(ref, folder)


def _check_bundled(ref: ModelRef, folder: Path) -> FileCheck:
    from encoders.text import BUNDLED_SHA256

    found = sha256(folder / "model.safetensors")
    result = Wholeness.OK if found == BUNDLED_SHA256 else Wholeness.DIFFERS
    return FileCheck(ref.source, "model.safetensors", result, found)


def _check_manifest(ref: ModelRef, folder: Path) -> Iterator[FileCheck]:
    files = (manifest_of(folder) or {}).get("files")
    for name, expected in sorted(files.items()) if isinstance(files, dict) else ():
        path = folder / str(name)
        if not path.is_file():
            yield FileCheck(ref.source, str(name), Wholeness.MISSING)
            continue
        found = sha256(path)
        result = Wholeness.OK if found == expected else Wholeness.DIFFERS
        yield FileCheck(ref.source, str(name), result, found)


def _check_cache(ref: ModelRef, folder: Path) -> Iterator[FileCheck]:
    """Compare with the names of blobs: the SHA-256 of large files, git's SHA-1 of small ones."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        name = path.relative_to(folder).as_posix()
        blob = path.resolve().name
        if len(blob) == 64 and path.is_symlink():
            found = sha256(path.resolve())
        elif len(blob) == 40 and path.is_symlink():
            content = path.read_bytes()
            found = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
        else:
            yield FileCheck(ref.source, name, Wholeness.UNKNOWN, sha256(path))
            continue
        yield FileCheck(ref.source, name, Wholeness.OK if found == blob else Wholeness.DIFFERS, found)
