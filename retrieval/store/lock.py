"""One writer a catalogue: a lock of the operating system, which a killed process can't leave behind."""

from __future__ import annotations

import json
import os
import socket
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import filelock

from encoders.atomic import write_text
from encoders.errors import StoreBusy
from encoders.sanitise import sanitise_line
from retrieval.store.faults import explained

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from retrieval.store.layout import CatalogueFolder


@contextmanager
def writing(folder: CatalogueFolder, doing: str) -> Iterator[None]:
    """Hold the writer's lock of a catalogue; `doing` ('indexing') is told to whoever finds it held.

    Raises StoreBusy at once when another writer holds it, StoreError when the folder can't be written.
    """
    with explained("written", folder.path):
        folder.path.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(folder.lock)
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            raise StoreBusy(
                f"The catalogue '{folder.name}' can't be written: {_owner(folder)}; wait for it to finish or stop it."
            ) from None
    try:
        with explained("written", folder.path):
            _sign(folder, doing)
        yield
    finally:
        _owner_file(folder).unlink(missing_ok=True)
        lock.release()


def _owner_file(folder: CatalogueFolder) -> Path:
    return folder.lock.with_suffix(".owner")


def _sign(folder: CatalogueFolder, doing: str) -> None:
    owner = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "since": datetime.now().astimezone().isoformat(timespec="seconds"),
        "doing": doing,
    }
    write_text(_owner_file(folder), json.dumps(owner))


def _owner(folder: CatalogueFolder) -> str:
    """Name the holder; the file is a hint that may be missing for the instant between locking and signing."""
    try:
        owner = json.loads(_owner_file(folder).read_text("utf-8"))
        text = (
            f"process {owner['pid']} on {owner['host']} has been {owner['doing']} it since {owner['since']}"
        )
    except (OSError, ValueError, KeyError, TypeError):
        return "another process is writing it"
    return sanitise_line(text, 200)
