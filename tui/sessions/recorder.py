"""What a face tells as it goes: each turn into the session, where one is recorded, and into memory for an export."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from agent.types import PHASES, ActName, Claims, Turn
from encoders.errors import StoreError, UsageError
from encoders.sanitise import sanitise_line
from eval.transcript import Entry, Put, Transcript, first_words, header_of, titles_of
from tui.echo import narrate
from tui.words.why import beyond_card

if TYPE_CHECKING:
    from collections.abc import Callable

    from agent.conversation import Conversation
    from tui.attachments.staging import Staged
    from tui.plain.refusal import Seen
    from tui.sessions.listing import SessionInfo
    from tui.sessions.session import Session
    from tui.sessions.store import SessionStore

LONGEST_TEXT = 4_100
"""Characters of a message that are kept: more than may be sent, so that one that was too long still is."""


class Recorder:
    """Keeps one conversation after the other."""

    def __init__(
        self,
        conversation: Conversation,
        store: SessionStore | None = None,
        *,
        keep: bool = True,
        session: Session | None = None,
        told: tuple[str, ...] = (),
    ) -> None:
        """Record into `store`, or without one or with `keep` False in memory alone; go on with `session` if given.

        `told` are sentences for the person about what could not be gone on with.
        """
        self.told = told
        self._keep = keep
        self.tell: Callable[[str], object] = narrate
        """Told in a sentence that recording ended."""
        self.resumed = session is not None
        self._conversation = conversation
        self._store = store
        self._entries = list(session.entries) if session else []
        self._header = session.header if session else None
        self._began = datetime.now().astimezone()
        if session is not None and not keep:
            session.close()
        self._session = session if keep else None
        if session is None:
            self._session = self._begin()

    @property
    def session(self) -> Session | None:
        """The session that is recorded; None where none is."""
        return self._session

    @property
    def transcript(self) -> Transcript:
        """The conversation so far, recorded or not."""
        header = self._session.header if self._session else self._header
        if header is None:
            told = self._conversation
            header = header_of(
                told.snapshot, session="", user=told.user, models=told.models.label, began=self._began
            )
            header = replace(header, first=first_words(self._entries[0])) if self._entries else header
        return Transcript(header, tuple(self._entries))

    def keep(self, seen: Seen, error: str | None = None, *, stopped: bool = False) -> None:
        """Keep what was put in and what came of it.

        A disk that refuses is told once, and ends the recording: the conversation goes on without.
        """
        if seen.put is None:
            return
        entry = entry_of(seen, self._conversation, error, stopped=stopped)
        self._entries.append(entry)
        if self._session is None:
            return
        try:
            self._session.append(entry, self._conversation.saved())
        except StoreError as failed:
            self._header = self._session.header
            self.close()
            self._session, self._keep = None, False
            self.tell(f"vitrine: {sanitise_line(str(failed))} This conversation is not recorded any further.")

    def anew(self) -> None:
        """Begin another session: the conversation began anew."""
        self.close()
        self._entries.clear()
        self._header = None
        self._began = datetime.now().astimezone()
        self._session = self._begin()

    def _begin(self) -> Session | None:
        return self._store.begin(self._conversation) if self._store and self._keep else None

    def rename(self, name: str) -> str:
        """Give the session a name, and return it. Raises UsageError without one, or where nothing is recorded."""
        if not name.strip():
            raise UsageError("Give it a name: /rename boots for the fells.")
        if self._session is None:
            raise UsageError("This conversation is not recorded, so it can't be given a name.")
        self._session.rename(name)
        return self._session.name

    def listed(self) -> tuple[SessionInfo, ...]:
        """Return the person's sessions, the one last added to first."""
        return self._store.list() if self._store else ()

    def close(self) -> None:
        """Let other processes go on with the session."""
        if self._session is not None:
            self._session.close()


def put_of(text: str, staged: Staged | None = None) -> Put:
    """Return what a person put in, words and files, as it is kept."""
    text = sanitise_line(text, LONGEST_TEXT)
    if staged is None:
        return Put(text)
    voice = str(staged.voice) if staged.voice else None
    return Put(text, tuple(map(str, staged.images)), voice, tuple(map(str, staged.sounds)))


def entry_of(
    seen: Seen, conversation: Conversation, error: str | None = None, *, stopped: bool = False
) -> Entry:
    """Return what is kept of a turn that was seen; one that did not finish is kept as far as it came."""
    turn = seen.turn
    if turn is None and seen.understood is not None:
        turn = Turn(
            turn=conversation.dialogue.turn,
            request=seen.understood.request,
            act=seen.understood.act,
            items=seen.items,
            answer="".join(seen.said).strip(),
            claims=Claims(),
            timings_ms=dict.fromkeys(PHASES, 0.0),
            models=conversation.models.names(),
        )
    shown = {card.id for card in turn.items} if turn else set()
    referred = [id_ for id_ in turn.act.items if id_ not in shown] if turn else []
    return Entry(
        put=seen.put or Put(),
        turn=turn,
        headline=seen.headline,
        error=None if error is None else sanitise_line(error),
        stopped=stopped,
        at=datetime.now().astimezone(),
        titles=titles_of(referred, conversation.snapshot),
        beyond=_beyond(turn, conversation),
    )


def _beyond(turn: Turn | None, conversation: Conversation) -> dict[str, tuple[str, ...]]:
    """Return what spoke for explained items beside their cards: it is known now, and not when it is played again."""
    if turn is None or turn.act.name is not ActName.EXPLAIN:
        return {}
    told = {card.id: tuple(beyond_card(conversation.why(card.id))) for card in turn.items}
    return {item: lines for item, lines in told.items() if lines}
