"""Say a case's request in the situation it describes, and take the act out of the turn; no reply is written."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from time import perf_counter
from typing import TYPE_CHECKING, Final

from agent.conversation import Conversation
from agent.models import Lazy
from agent.state import Dialogue
from agent.types import Understood
from encoders.errors import InputError, ModelError

if TYPE_CHECKING:
    from agent.models import Models
    from agent.types import Act
    from agent.understanding import Understanding
    from eval.understanding.case import Case, Given
    from eval.understanding.ear import Ear
    from retrieval.snapshot import Snapshot
    from retrieval.store.people import People

TODAY: Final = datetime(2026, 11, 23, 12, tzinfo=UTC)
"""When the requests were written: 'last month' is the same month in every run."""


@dataclass(frozen=True, slots=True)
class Played:
    """What a request came to."""

    act: Act | None
    """None when there was no valid reading, or the turn was refused."""
    valid: bool
    """Whether the first reading was valid."""
    failure: str | None
    """Why there is no act."""
    decide_ms: float
    """How long the reader took."""
    turn_ms: float
    """From the request to its act: perceived, read, linked and searched."""


class Player:
    """Plays cases on one catalogue, each as a person of whom nothing is known."""

    def __init__(
        self, snapshot: Snapshot, models: Models, ear: Ear, people: People, heed: bool = True
    ) -> None:
        """Read through `ear`; `people` is a database that nothing else uses. Without `heed` readings stay as read."""
        kind = Conversation if heed else _Unheeding
        models = replace(models, chat=Lazy(lambda: ear))
        self._root = kind(snapshot, models, people, "nobody", lambda: TODAY)
        self._people = people
        self._ear = ear
        self._played = 0

    @property
    def conversation(self) -> Conversation:
        """The conversation whose catalogue all cases share."""
        return self._root

    def play(self, case: Case) -> Played:
        """Play a case that is fitted to the catalogue.

        Raises ModelMissing when a model is not on disk; a reading that fails is no error.
        """
        self._played += 1
        # What is remembered and rated is kept by person, so a person a case keeps them apart in one database.
        conversation = self._root.fork(self._people, f"person {self._played}")
        conversation.dialogue = situation(case.given)
        self._ear.clear()
        began = perf_counter()
        act, failure = None, None
        try:
            act = _act(conversation, case.say)
        except InputError as error:
            failure = str(error)
        except ModelError as error:
            if self._ear.failure is None:
                raise
            failure = str(error)
        return Played(
            act=act,
            valid=self._ear.failure is None,
            failure=failure,
            decide_ms=self._ear.ms,
            turn_ms=(perf_counter() - began) * 1000,
        )


def situation(given: Given) -> Dialogue:
    """Return the state of a conversation in which that went before; its `asked` must be a label."""
    dialogue = Dialogue(
        turn=len(given.earlier),
        query=given.query,
        constraints=given.where,
        last_act=given.last,
        asked=given.asked,
    )
    dialogue.show(given.screen)
    for said in given.earlier:
        dialogue.hear(said)
    return dialogue


def _act(conversation: Conversation, text: str) -> Act:
    """Take the act out of the first event and close the turn."""
    events = conversation.say(text)
    try:
        event = next(events)
    finally:
        if isinstance(events, Generator):
            events.close()
    if not isinstance(event, Understood):
        raise RuntimeError("a turn did not begin with Understood")
    return event.act


class _Unheeding(Conversation):
    """A conversation that links readings as they are: neither `agent.heed` nor `agent.reconcile` mends them."""

    def fork(self, people: People, user: str) -> Conversation:
        other = _Unheeding(self.snapshot, self.models, people, user, self._clock)
        other._catalogue = self._catalogue
        return other

    def understanding(self) -> Understanding:
        return replace(super().understanding(), heeds=False)
