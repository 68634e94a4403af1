"""What the engine's thread tells the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from agent.conversation import Conversation
    from agent.types import Event
    from tui.sessions.recorder import Recorder


@dataclass
class Told(Message):
    """Base of what the engine tells; all of it goes to the screen that is the conversation's."""

    bubble = False


@dataclass
class Loading(Told):
    """A part began to load, or is there."""

    part: str
    """'catalogue', 'words', 'chat model', 'pictures'."""
    seconds: float | None = None
    """How long it took; None while it loads."""


@dataclass
class Opened(Told):
    """The catalogue is open; models may still load."""

    conversation: Conversation
    recorder: Recorder


@dataclass
class Remarked(Told):
    """Something happened beside the turns that the person should know."""

    sentence: str


@dataclass
class Ready(Told):
    """All that a typed turn needs is loaded."""


@dataclass
class OpeningFailed(Told):
    """The catalogue or a model can't be used."""

    sentence: str
    resumable: bool = False
    """Whether it was stopped by the person, and goes on where it stopped."""


@dataclass
class Worked(Told):
    """Long work went on: indexing, a download."""

    phase: str
    count: int
    total: int
    began: float
    """By `time.monotonic`."""
    done: bool = False


@dataclass
class TurnBegan(Told):
    """The engine took a turn up."""

    turn: int
    """The screen's own number of the turn."""


@dataclass
class TurnEvent(Told):
    """An event of a turn."""

    turn: int
    event: Event


@dataclass
class TurnEnded(Told):
    """A turn is over: whole, cancelled, or failed with a sentence."""

    turn: int
    failure: str | None = None
    cancelled: bool = False


@dataclass
class Answered(Told):
    """What was asked of the conversation beside a turn: evidence, taste, a transcript."""

    question: str
    answer: object
