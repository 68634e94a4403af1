from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.agent.shop import Shop
from tests.fakes.chat import ScriptedChat
from tests.tui.scripted import READINGS
from tui.pictures.choose import Choice, Protocol
from tui.pictures.shelf import Shelf
from tui.plain.lines import Line
from tui.plain.loop import converse
from tui.sessions.recorder import Recorder
from tui.sessions.store import SessionStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from agent.conversation import Conversation

    Talk = Callable[..., Recorder]

BOOTS = "boots that dont leak, 80 tops"


@pytest.fixture
def conversation(tmp_path: Path) -> Iterator[Conversation]:
    """A conversation over the dozen that reads texts as the scripted models do."""
    shop = Shop(tmp_path, chat=ScriptedChat(READINGS))
    yield shop.conversation
    shop.people.close()


@pytest.fixture
def store(tmp_path: Path) -> SessionStore:
    """A person's sessions, by a clock that goes on a minute a look."""
    ticks = iter(range(10_000))
    return SessionStore(
        tmp_path, "me", lambda: datetime(2026, 3, 4, tzinfo=UTC) + timedelta(minutes=next(ticks))
    )


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that breaks no line."""
    monkeypatch.setenv("COLUMNS", "400")


def say(recorder: Recorder, conversation: Conversation, *lines: str, typing: bool = True) -> None:
    """Play lines in the plain chat."""
    shelf = Shelf(Choice(Protocol.OFF, "lines only"))
    converse(
        conversation, map(Line, lines), as_json=False, typing=typing, shelf=shelf, recorder=recorder
    )  # fmt: skip


@pytest.fixture
def talk(conversation: Conversation, store: SessionStore) -> Talk:
    """Records what is said, and leaves."""

    def talked(*lines: str, keep: bool = True) -> Recorder:
        conversation.new()
        recorder = Recorder(conversation, store, keep=keep)
        say(recorder, conversation, *lines)
        recorder.close()
        return recorder

    return talked
