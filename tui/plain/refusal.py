"""A line that could not be played, as a turn of the contract."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agent.types import (
    PHASES,
    Act,
    ActName,
    Claims,
    Finished,
    Picture,
    Request,
    Said,
    Shown,
    Sound,
    Turn,
    Understood,
)
from encoders.sanitise import sanitise_line

if TYPE_CHECKING:
    from agent.conversation import Conversation
    from agent.types import Card, Event
    from encoders.errors import VitrineError
    from eval.transcript import Put
    from tui.attachments.staging import Staged

_ECHOED = 300


@dataclass(slots=True)
class Seen:
    """What a turn had come to when it failed."""

    put: Put | None = None
    """What was put in, once it was more than a command of the face."""
    understood: Understood | None = None
    items: tuple[Card, ...] = ()
    headline: str | None = None
    said: list[str] = field(default_factory=list)
    turn: Turn | None = None
    """The whole turn, once it had finished."""

    def see(self, event: Event) -> None:
        """Keep what an event tells."""
        if isinstance(event, Understood):
            self.understood = event
        elif isinstance(event, Shown):
            self.items, self.headline = event.items, event.headline
        elif isinstance(event, Said):
            self.said.append(event.text)
        elif isinstance(event, Finished):
            self.turn = event.turn


def refused_turn(
    conversation: Conversation, text: str, staged: Staged, seen: Seen, error: VitrineError
) -> Turn:
    """Return the turn of a line that failed: what was reached of it, and the sentence as its answer.

    A line that failed before it was understood still takes a number, so that numbers follow the lines.
    """
    if seen.understood is None:
        conversation.dialogue.turn += 1
        pictures = tuple(Picture(sanitise_line(str(path))) for path in staged.images)
        sounds = tuple(Sound(sanitise_line(str(path))) for path in staged.sounds)
        request = Request(sanitise_line(text, _ECHOED), pictures=pictures, sounds=sounds)
        act = Act(ActName.CHAT)
    else:
        request, act = seen.understood.request, seen.understood.act
    said = "".join(seen.said).strip()
    sentence = sanitise_line(str(error))
    return Turn(
        turn=conversation.dialogue.turn,
        request=request,
        act=act,
        items=seen.items,
        answer=f"{said}\n{sentence}" if said else sentence,
        claims=Claims(),
        timings_ms=dict.fromkeys(PHASES, 0.0),
        models=conversation.models.names(),
    )
