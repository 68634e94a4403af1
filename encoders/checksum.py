"""Checksums of model files, and the identity of a model folder."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from encoders.errors import ModelError
from encoders.layout import Slot, weight_files

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = "vitrine.json"
"""Written last by a pull; its presence means that every file is complete."""

_known: dict[Path, tuple[int, int, str]] = {}
"""Path to (size, modification time in ns, digest), so that a file is hashed once a process."""


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal; 90 MB take about 60 ms, and are read once a process.

    Raises ModelError when the file can't be read.
    """
    try:
        status = path.stat()
        known = _known.get(path)
        if known is not None and known[:2] == (status.st_size, status.st_mtime_ns):
            return known[2]
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(
            f"The model file {path} can't be read ({error.strerror}); check its permissions."
        ) from error
    _known[path] = (status.st_size, status.st_mtime_ns, digest)
    return digest


def manifest_of(folder: Path) -> dict[str, object] | None:
    """Return the manifest that a pull left in `folder`, or None where there is none or it is unreadable."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) else None


def revision_of(folder: Path) -> str | None:
    """Return the hub commit of a folder: from its manifest, or from its place in the Hugging Face cache."""
    manifest = manifest_of(folder)
    if manifest is not None and isinstance(manifest.get("commit"), str):
        return str(manifest["commit"])
    if folder.parent.name == "snapshots":
        return folder.name
    return None


def identity(name: str, slot: Slot, folder: Path) -> str:
    """Return 'name@' and the first 12 characters of the commit, or of the weights' SHA-256 without one.

    Weights of a chat model can be 8 GB, which take seconds to hash; their id is shown but never compared,
    so the first MiB of each file and its size stand for it.
    """
    revision = revision_of(folder)
    if revision is not None:
        return f"{name}@{revision[:12]}"
    files = weight_files(slot, folder)
    if slot is not Slot.CHAT and len(files) == 1:
        return f"{name}@{sha256(files[0])[:12]}"
    digest = hashlib.sha256()
    for path in files:
        if slot is Slot.CHAT:
            with path.open("rb") as file:
                digest.update(f"{path.name}:{path.stat().st_size}:".encode() + file.read(1 << 20))
        else:
            digest.update(sha256(path).encode())
    return f"{name}@{digest.hexdigest()[:12]}"
