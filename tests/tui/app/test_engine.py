from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from agent import assembly
from agent.types import Said, Shown, Understood
from encoders.errors import CatalogueError, VitrineError
from eval.transcript import Put
from tests.tui.scripted import scripted_models
from tui.app.engine import Engine
from tui.app.messages import (
    Answered,
    Loading,
    Opened,
    OpeningFailed,
    Ready,
    Told,
    TurnBegan,
    TurnEnded,
    TurnEvent,
    Worked,
)
from tui.options import Session
from tui.sessions.begin import begin
from tui.sessions.store import SessionStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from agent.conversation import Conversation
    from agent.types import Event
    from retrieval.index.progress import Progress
    from tui.sessions.recorder import Recorder

BOOTS = "boots that dont leak, 80 tops"


class Heard(list[Told]):
    """What the engine told, and a way to wait for it."""

    def until(self, happened: Callable[[], object], seconds: float = 10.0) -> None:
        deadline = time.monotonic() + seconds
        while not happened():
            assert time.monotonic() < deadline, list(self)
            time.sleep(0.005)

    def of(self, kind: type[Told]) -> list[Told]:
        return [told for told in self if isinstance(told, kind)]


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def engine(data: Path, heard: Heard, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    monkeypatch.setattr(assembly, "open_models", scripted_models)
    session = Session("dozen", "bundled", "me", data, {}, None)

    def opening(progress: Progress, named: str | None) -> tuple[Conversation, Recorder]:
        return begin(session, named, keep=True, progress=progress)

    engine = Engine(opening, heard.append)
    engine.start()
    heard.until(lambda: heard.of(Ready))
    yield engine
    engine.close()
    engine.wait(10)


def say(text: str) -> Callable[[Conversation], Iterator[Event]]:
    return lambda conversation: conversation.say(text)


class Held:
    """A turn that goes on when it is let."""

    def __init__(self) -> None:
        self.let = threading.Event()

    def __call__(self, conversation: Conversation) -> Iterator[Event]:
        for event in conversation.say(BOOTS):
            yield event
            if isinstance(event, Shown):
                assert self.let.wait(10)


def test_it_tells_what_loads_and_when_it_is_ready(engine: Engine, heard: Heard) -> None:
    parts = [told.part for told in heard.of(Loading) if isinstance(told, Loading) and told.seconds is None]
    assert parts == ["catalogue", "chat model", "search"]
    assert len(heard.of(Opened)) == 1


def test_one_turn_at_a_time_and_one_that_waits(engine: Engine, heard: Heard) -> None:
    held = Held()
    assert engine.play(held, Put(BOOTS)) == 1
    assert engine.play(say("hello"), Put("hello")) == 2
    assert engine.play(say("hello"), Put("hello")) is None
    held.let.set()
    heard.until(lambda: len(heard.of(TurnEnded)) == 2)
    order = [(type(told).__name__, told.turn) for told in heard if isinstance(told, TurnBegan | TurnEnded)]
    assert order == [("TurnBegan", 1), ("TurnEnded", 1), ("TurnBegan", 2), ("TurnEnded", 2)]


def test_cancelling_is_told_at_once_and_nothing_of_the_turn_comes_after(
    engine: Engine, heard: Heard, data: Path
) -> None:
    held = Held()
    engine.play(held, Put(BOOTS))
    heard.until(lambda: any(isinstance(told, TurnEvent) and isinstance(told.event, Shown) for told in heard))
    assert engine.cancel() == 1
    assert heard[-1] == TurnEnded(1, cancelled=True)
    held.let.set()
    engine.play(say("hello"), Put("hello"))
    heard.until(lambda: TurnEnded(2) in heard)
    kinds = [type(told.event) for told in heard if isinstance(told, TurnEvent) and told.turn == 1]
    assert kinds == [Understood, Shown]
    assert not any(
        isinstance(told, TurnEvent) and told.turn == 1 and isinstance(told.event, Said) for told in heard
    )
    [info] = SessionStore(data, "me").list()
    assert info.turns == 2


def test_the_turn_that_waits_is_cancelled_before_the_one_that_runs(engine: Engine, heard: Heard) -> None:
    held = Held()
    engine.play(held, Put(BOOTS))
    engine.play(say("hello"), Put("hello"))
    assert (engine.cancel(), engine.cancel(), engine.cancel()) == (2, 1, None)
    assert not engine.busy
    held.let.set()
    heard.until(lambda: engine.play(say("hello"), Put("hello")) == 3)
    heard.until(lambda: TurnEnded(3) in heard)
    assert TurnBegan(2) not in heard


def test_a_turn_that_fails_is_told_in_a_sentence_and_the_next_one_plays(engine: Engine, heard: Heard) -> None:
    def fail(conversation: Conversation) -> Iterator[Event]:
        raise ZeroDivisionError("by\x1b[31m zero")

    def refuse(conversation: Conversation) -> Iterator[Event]:
        raise CatalogueError("The catalogue is gone; index it again.")

    engine.play(fail, Put("a"))
    heard.until(lambda: len(heard.of(TurnEnded)) == 1)
    engine.play(refuse, Put("b"))
    heard.until(lambda: len(heard.of(TurnEnded)) == 2)
    first, second = heard.of(TurnEnded)
    assert isinstance(first, TurnEnded) and isinstance(second, TurnEnded)
    assert first.failure is not None and "ZeroDivisionError: by zero" in first.failure
    assert second.failure == "The catalogue is gone; index it again."
    engine.play(say("hello"), Put("hello"))
    heard.until(lambda: TurnEnded(3) in heard)


def test_long_work_tells_its_progress_and_stops(engine: Engine, heard: Heard) -> None:
    def work(progress: Progress) -> str:
        progress.start("counting", 1000)
        for _ in range(1000):
            progress.advance(1)
            time.sleep(0.01)
        return "counted"

    engine.work(work, "counted")
    heard.until(lambda: len(heard.of(Worked)) > 2)
    engine.stop_work()
    heard.until(lambda: heard.of(Answered))
    [answered] = heard.of(Answered)
    assert isinstance(answered, Answered) and isinstance(answered.answer, VitrineError)
    assert "stopped" in str(answered.answer)


def test_what_can_not_be_opened_is_told_and_tried_again(data: Path, heard: Heard) -> None:
    tries: list[str | None] = []

    def opening(progress: Progress, named: str | None) -> tuple[Conversation, Recorder]:
        tries.append(named)
        raise CatalogueError("There is no catalogue “nowhere”.")

    engine = Engine(opening, heard.append)
    engine.start()
    heard.until(lambda: heard.of(OpeningFailed))
    engine.play(say("hello"), Put("hello"))
    heard.until(lambda: heard.of(TurnEnded))
    engine.reopen("last")
    heard.until(lambda: len(heard.of(OpeningFailed)) == 2)
    assert tries == [None, "last"]
    engine.close()
    engine.wait(5)
