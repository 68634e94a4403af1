"""One recorded conversation: a transcript that grows a line a turn, and beside it the state to go on from."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import filelock

from agent.dialogue_json import saved_from_json, saved_to_json
from encoders.atomic import flush_folder, replacing, write_text
from encoders.errors import InputError, StoreBusy
from encoders.sanitise import sanitise_line
from eval.transcript import (
    LONGEST_NAME,
    Transcript,
    dump,
    entry_to_json,
    first_words,
    header_to_json,
    read_transcript,
)
from retrieval.store.faults import explained

if TYPE_CHECKING:
    from pathlib import Path

    from agent.dialogue_json import Saved
    from eval.transcript import Entry, Header

PRIVATE = 0o600
"""Nobody else may read what a person said."""
_REMEDY = "check the disk; what was recorded before is kept"
_APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)


class Session:
    """A session that this process records: nobody else may change it until it is closed.

    Its methods raise StoreError when the disk refuses.
    """

    def __init__(self, path: Path, header: Header) -> None:
        """Begin a session at `path`; nothing is written before its first entry."""
        self.path = path
        self.header = header
        self.entries: list[Entry] = []
        self._lock = lock_of(path)

    @property
    def id(self) -> str:
        """What commands name it by."""
        return self.path.stem

    @property
    def name(self) -> str:
        """What its person called it, else the first words of its first request."""
        return self.header.name or self.header.first or self.id

    @property
    def transcript(self) -> Transcript:
        """All of it so far."""
        return Transcript(self.header, tuple(self.entries))

    def append(self, entry: Entry, saved: Saved) -> None:
        """Record what was put in and what came of it, and the state after it.

        When this returns both are on the disk. A process that is killed in between leaves the entry before the state.
        """
        if not self.entries:
            self.header = replace(self.header, first=first_words(entry))
        line = dump(entry_to_json(entry, len(self.entries) + 1))
        with explained("written", self.path, _REMEDY):
            if not self.entries:
                self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                take(self._lock, self.id)
                line = dump(header_to_json(self.header)) + line
            _add(self.path, line)
            if not self.entries:
                flush_folder(self.path.parent)
            self.entries.append(entry)
            state = {"entry": len(self.entries), **saved_to_json(saved)}
            write_text(state_file(self.path), json.dumps(state, allow_nan=False), PRIVATE)

    def rename(self, name: str) -> None:
        """Give it another name."""
        self.header = replace(self.header, name=sanitise_line(name, LONGEST_NAME))
        if self.entries:
            rewrite_header(self.path, self.header)

    def close(self) -> None:
        """Let others change it."""
        # A first entry that was tried twice took the lock twice.
        self._lock.release(force=True)


def reopen(path: Path) -> tuple[Session, Saved, bool]:
    """Return a recorded session, the state that it is gone on from, and whether that is the one after its last entry.

    Raises StoreBusy when it is open elsewhere, InputError when it can't be gone on with.
    """
    lock = lock_of(path)
    with explained("read", path, _REMEDY):
        take(lock, path.stem)
        try:
            transcript = read_transcript(path)
            if transcript.header is None:
                raise InputError(
                    f"{path} does not say which catalogue it is about: `vitrine replay` shows it."
                )
            saved, number = _state(path)
            if transcript.torn:
                _mend(path)
        except BaseException:
            lock.release()
            raise
    session = Session(path, transcript.header)
    session.entries, session._lock = list(transcript.entries), lock
    return session, saved, number == len(session.entries)


def _state(path: Path) -> tuple[Saved, int]:
    """Read where a session stands, and after which entry that was."""
    try:
        made = json.loads(state_file(path).read_text("utf-8"))
    except (FileNotFoundError, ValueError, RecursionError):
        raise InputError(
            f"The session {path.stem} can't be gone on with, because its state is gone; `vitrine sessions show "
            f"{path.stem}` shows it."
        ) from None
    saved = saved_from_json(made)
    return saved, made["entry"] if isinstance(made.get("entry"), int) else 0


def _add(path: Path, line: bytes) -> None:
    """Add a line whole or not at all."""
    descriptor = os.open(path, _APPEND, PRIVATE)
    try:
        before = os.fstat(descriptor).st_size
        try:
            written = 0
            while written < len(line):
                written += os.write(descriptor, line[written:])
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, before)
            if not before:
                path.unlink(missing_ok=True)
            raise
    finally:
        os.close(descriptor)


def _mend(path: Path) -> None:
    """Cut off the line that a killed process left unfinished, or the next one would be lost with it."""
    with path.open("r+b") as file:
        file.truncate(file.read().rfind(b"\n") + 1)
        file.flush()
        os.fsync(file.fileno())


def rewrite_header(path: Path, header: Header) -> None:
    """Put another first line in place of a session's own. Raises StoreError when the disk refuses."""
    with explained("written", path, _REMEDY), path.open("rb") as old, replacing(path, PRIVATE) as new:
        old.readline()
        new.write(dump(header_to_json(header)))
        while piece := old.read(1 << 20):
            new.write(piece)


def state_file(path: Path) -> Path:
    """Return where the state of the session at `path` lies."""
    return path.with_suffix(".state")


def lock_of(path: Path) -> filelock.BaseFileLock:
    """Return the lock of the session at `path`, not taken; any thread may release it."""
    return filelock.FileLock(path.with_suffix(".lock"), timeout=0, mode=PRIVATE, thread_local=False)


def take(lock: filelock.BaseFileLock, name: str) -> None:
    """Take a lock. Raises StoreBusy at once when another process has it."""
    try:
        lock.acquire()
    except filelock.Timeout:
        raise StoreBusy(
            f"The session {name} is open in another Vitrine: leave it there first, or begin a new one here."
        ) from None
