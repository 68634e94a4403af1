"""The sessions of one person, in a folder of theirs."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from secrets import token_hex
from typing import TYPE_CHECKING

from encoders.errors import InputError, StoreBusy
from encoders.sanitise import sanitise_line
from eval.transcript import LONGEST_NAME, header_of, read_transcript
from retrieval.store.faults import explained
from retrieval.store.layout import sessions_folder
from tui.sessions.listing import read_info
from tui.sessions.session import Session, lock_of, reopen, rewrite_header, state_file, take

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from agent.conversation import Conversation
    from agent.dialogue_json import Saved
    from eval.transcript import Transcript
    from tui.sessions.listing import SessionInfo

LAST = "last"
"""Names the session that was last added to."""


class SessionStore:
    """A person's recorded conversations."""

    def __init__(
        self, data_dir: Path, user: str, clock: Callable[[], datetime] = lambda: datetime.now().astimezone()
    ) -> None:
        """Keep where they lie; nothing is read or made yet."""
        self.folder = sessions_folder(data_dir, user)
        self._clock = clock

    def begin(self, conversation: Conversation) -> Session:
        """Return a new session of a conversation; it leaves no file before its first entry."""
        began = self._clock()
        id_ = f"{began:%Y%m%d-%H%M%S}-{token_hex(2)}"
        header = header_of(
            conversation.snapshot,
            session=id_,
            user=conversation.user,
            models=conversation.models.label,
            began=began,
        )
        return Session(self._path(id_), header)

    def list(self) -> tuple[SessionInfo, ...]:
        """Return all sessions, the one last added to first; files that hold none are left out."""
        found = filter(None, map(read_info, self._files()))
        return tuple(sorted(found, key=lambda info: (info.last, info.id), reverse=True))

    def find(self, name: str) -> str:
        """Return the id that 'last', an id, the beginning of one or the letters at its end name.

        Raises InputError when there is none, or more than one.
        """
        if name == LAST:
            listed = self.list()
            if not listed:
                raise InputError("No conversation is recorded yet: `vitrine` begins one.")
            return listed[0].id
        ids = [path.stem for path in self._files()]
        near = [id_ for id_ in ids if id_ == name] or [
            id_ for id_ in ids if name and (id_.startswith(name) or id_.rpartition("-")[2].startswith(name))
        ]
        shown = sanitise_line(name, LONGEST_NAME)
        if not near:
            raise InputError(f"There is no session “{shown}”: `vitrine sessions list` shows those there are.")
        if len(near) > 1:
            raise InputError(
                f"{len(near)} sessions begin with “{shown}”: give more of the id, as {near[-1]}."
            )
        return near[0]

    def open(self, name: str) -> tuple[Session, Saved, bool]:
        """Return a session to go on with, its state, and whether that is the one after its last entry.

        Raises InputError when there is none of that name or it can't be gone on with, StoreBusy when it is open in
        another process.
        """
        return reopen(self._path(self.find(name)))

    def read(self, name: str) -> Transcript:
        """Return a session as it was kept. Raises InputError when there is none of that name, or it can't be read."""
        return read_transcript(self._path(self.find(name)))

    def rename(self, name: str, new: str) -> str:
        """Give a session another name and return its id. Raises as `open` does."""
        id_ = self.find(name)
        with self._alone(id_):
            header = read_transcript(self._path(id_)).header
            if header is None:
                raise InputError(f"{self._path(id_)} has no place for a name: it is no session's file.")
            rewrite_header(self._path(id_), replace(header, name=sanitise_line(new, LONGEST_NAME) or None))
        return id_

    def erase(self, name: str) -> str:
        """Erase a session and return its id. Raises InputError when there is none, StoreBusy when it is open."""
        id_ = self.find(name)
        path = self._path(id_)
        with self._alone(id_), explained("erased", path):
            path.unlink(missing_ok=True)
            state_file(path).unlink(missing_ok=True)
            # What a process that was killed half way through a state left behind.
            for rest in self.folder.glob(f".{id_}.*"):
                rest.unlink(missing_ok=True)
        path.with_suffix(".lock").unlink(missing_ok=True)
        return id_

    def erase_all(self) -> int:
        """Erase every session and return how many there were.

        Raises StoreBusy, once all others are erased, when one is open in another process.
        """
        busy = []
        ids = [path.stem for path in self._files()]
        for id_ in ids:
            try:
                self.erase(id_)
            except StoreBusy:
                busy.append(id_)
        if busy:
            raise StoreBusy(
                f"The session {busy[0]} is open in another Vitrine, so it is kept: leave it there and forget again."
            )
        return len(ids)

    def _files(self) -> Sequence[Path]:
        with explained("read", self.folder):
            return sorted(self.folder.glob("*.jsonl"))

    def _path(self, id_: str) -> Path:
        return self.folder / f"{id_}.jsonl"

    @contextmanager
    def _alone(self, id_: str) -> Iterator[None]:
        """Hold a session's lock."""
        lock = lock_of(self._path(id_))
        take(lock, id_)
        try:
            yield
        finally:
            lock.release()
