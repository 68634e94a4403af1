from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from agent.conversation import Conversation
from agent.models import Lazy, Models
from encoders.errors import ModelMissing
from retrieval.store.people import People
from tests.fakes.chat import ScriptedChat
from tests.fakes.encoders import HashTextEncoder
from tests.fakes.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from agent.types import Reading
    from encoders.protocols import ImageEncoder, Recogniser


def no_image() -> ImageEncoder:
    raise ModelMissing("The set has no image model.")


def no_speech() -> Recogniser:
    raise ModelMissing("The set has no speech model.")


@pytest.fixture
def people(tmp_path: Path) -> Iterator[People]:
    """The profiles of the person who runs the evaluation."""
    people = People(tmp_path / "people.sqlite")
    yield people
    people.close()


@pytest.fixture
def converse(people: People) -> Callable[[Mapping[str, Reading]], Conversation]:
    """Opens a conversation over the dozen whose chat model reads texts as it is told."""

    def opened(readings: Mapping[str, Reading]) -> Conversation:
        text = HashTextEncoder()
        chat = ScriptedChat(readings)
        models = Models(Lazy(lambda: chat), Lazy(lambda: text), Lazy(no_image), Lazy(no_speech))
        return Conversation(
            MemorySnapshot.from_csv(text=text),
            models,
            people,
            "me",
            lambda: datetime(2026, 5, 1, 12, tzinfo=UTC),
        )

    return opened
