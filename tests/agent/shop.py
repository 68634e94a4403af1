"""A conversation over the tests' twelve items, read by a script: real linking, search and profile, no model."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NoReturn

from agent.conversation import Conversation, play
from agent.models import Lazy, Models
from agent.types import ActName, Phrase, PhraseKind, Reading
from encoders.errors import ModelMissing
from retrieval.store.people import People
from tests.fakes.chat import Answer, Reply, ScriptedChat
from tests.fakes.encoders import HashTextEncoder
from tests.fakes.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from agent.chat.protocol import ChatModel
    from agent.types import Brief, Turn
    from encoders.protocols import ImageEncoder, Recogniser, TextEncoder

ENCODER = HashTextEncoder()
W, A, L, D = PhraseKind.WANT, PhraseKind.AVOID, PhraseKind.LIMIT, PhraseKind.DROP
TODAY = datetime(2026, 3, 4, 12, tzinfo=UTC)


@lru_cache(maxsize=1)
def dozen() -> MemorySnapshot:
    return MemorySnapshot.from_csv(text=ENCODER)


def missing() -> NoReturn:
    raise ModelMissing("There is no such model here; name one.")


def reading(act: ActName, query: str = "", *phrases: Phrase, refs: Sequence[str] = ()) -> Reading:
    return Reading(act, query, phrases, tuple(refs))


def recommend(query: str = "", *phrases: Phrase) -> Reading:
    return Reading(ActName.RECOMMEND, query, phrases)


def refine(*phrases: Phrase) -> Reading:
    return Reading(ActName.REFINE, "", phrases)


def about(act: ActName, *references: str) -> Reading:
    return Reading(act, references=references)


def want(text: str) -> Phrase:
    return Phrase(W, text)


def limit(text: str) -> Phrase:
    return Phrase(L, text)


class Shop:
    """A conversation with its scripted chat model; `turn` plays one reading."""

    def __init__(
        self,
        folder: Path,
        *,
        replies: Sequence[Reply] = (),
        snapshot: MemorySnapshot | None = None,
        encoder: TextEncoder = ENCODER,
        chat: ChatModel | None = None,
        image: ImageEncoder | None = None,
        speech: Recogniser | None = None,
    ) -> None:
        self.chat = ScriptedChat([], replies)
        model = chat or self.chat
        models = Models(
            Lazy(lambda: model),
            Lazy(lambda: encoder),
            Lazy(lambda: image or missing()),
            Lazy(lambda: speech or missing()),
        )
        self.people = People(folder / "people.sqlite")
        self.conversation = Conversation(snapshot or dozen(), models, self.people, "me", lambda: TODAY)

    def script(self, *answers: Answer) -> None:
        self.chat.script(*answers)

    def turn(self, answer: Answer, text: str = "words") -> Turn:
        self.script(answer)
        return play(self.conversation.say(text))

    @property
    def brief(self) -> Brief:
        """What the last reply was written from."""
        return self.chat.briefs[-1]


def ids(turn: Turn) -> list[str]:
    return [card.id for card in turn.items]
