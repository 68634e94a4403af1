"""Where Vitrine keeps its data, and where a model's files lie on this disk. Nothing here uses the network."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from encoders.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping

DATA_DIR_VARIABLE = "VITRINE_DATA_DIR"


def data_dir(explicit: Path | str | None = None, environ: Mapping[str, str] | None = None) -> Path:
    """Return the data folder: `explicit`, else VITRINE_DATA_DIR, else the system's place for it.

    The folder need not exist yet.
    """
    environ = os.environ if environ is None else environ
    chosen = explicit or environ.get(DATA_DIR_VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute()
    return Path(platformdirs.user_data_dir("vitrine", appauthor=False))


def ensure_writable(folder: Path) -> Path:
    """Make `folder` and return it.

    Raises StoreError when it can't be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError(
            f"The folder {folder} can't be made ({reason}); name another with --data-dir."
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StoreError(f"The folder {folder} can't be written; change its permissions or use --data-dir.")
    return folder


def models_dir(data: Path) -> Path:
    """Return the folder that pulled models are kept in."""
    return data / "models"


def model_dir(data: Path, source: str) -> Path:
    """Return the folder of the pulled model `source` (a hub id)."""
    return models_dir(data) / slug(source)


def slug(source: str) -> str:
    """Turn a hub id into a folder name: 'Qwen/Qwen3-0.6B' → 'Qwen--Qwen3-0.6B' (one name for one id)."""
    name = re.sub(r"[^A-Za-z0-9._-]", "_", source.replace("/", "--"))
    return name.lstrip(".") or "_"


def hub_cache(environ: Mapping[str, str] | None = None) -> Path:
    """Return the local Hugging Face cache, by the variables that huggingface_hub documents.

    Read here rather than from the library, whose import takes 0.1 s and fixes the place once and for all.
    """
    environ = os.environ if environ is None else environ
    for variable in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"):
        if environ.get(variable):
            return Path(environ[variable]).expanduser()
    home = environ.get("HF_HOME")
    if not home:
        home = str(Path(environ.get("XDG_CACHE_HOME") or "~/.cache") / "huggingface")
    return Path(home).expanduser() / "hub"


def cached_snapshot(hub_id: str, revision: str | None = None, cache: Path | None = None) -> Path | None:
    """Return the snapshot folder of a hub model in the local Hugging Face cache, or None.

    `revision` is a branch, a tag or a commit; None means the branch 'main'. Presence only: whether the
    snapshot is complete is for `encoders.layout.missing_files` to say.
    """
    repository = (hub_cache() if cache is None else cache) / ("models--" + hub_id.replace("/", "--"))
    wanted = revision or "main"
    commit = wanted
    reference = repository / "refs" / wanted
    if reference.is_file():
        commit = reference.read_text(encoding="utf-8").strip()
    snapshot = repository / "snapshots" / commit
    return snapshot if snapshot.is_dir() else None
