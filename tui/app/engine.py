"""The conversation in a thread of its own: opens it, plays one turn at a time, and keeps one more waiting.

The screen never waits for it. Whatever happens there is told in messages (`tui.app.messages`); posting one is safe from
any thread.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from encoders.errors import VitrineError
from encoders.sanitise import sanitise_line
from tui.app import collector
from tui.app.messages import (
    Answered,
    Loading,
    Opened,
    OpeningFailed,
    Ready,
    Remarked,
    TurnBegan,
    TurnEnded,
    TurnEvent,
    Worked,
)
from tui.app.stray import let_processes_begin
from tui.plain.refusal import Seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from agent.conversation import Conversation
    from agent.types import Event
    from eval.transcript import Put
    from retrieval.index.progress import Progress
    from tui.app.messages import Told
    from tui.sessions.recorder import Recorder

    Opening = Callable[[Progress, str | None], tuple[Conversation, Recorder]]
    """Opens a conversation and what keeps it: a new one, or the session of a name."""
    Play = Callable[[Conversation], Iterator[Event]]
    """Starts a turn."""

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class Stopped(BaseException):
    """Long work was stopped by the person; no library's `except Exception` swallows it."""


@dataclass(slots=True)
class _Turn:
    """A turn that was sent."""

    number: int
    play: Play
    put: Put
    """What the person put in, as it is recorded."""
    cancelled: threading.Event = field(default_factory=threading.Event)


class Engine:
    """Owns a conversation and the one thread that touches it."""

    def __init__(self, opening: Opening, tell: Callable[[Told], object]) -> None:
        """Keep what opens the conversation, and where to tell; nothing starts before `start`."""
        self._opening = opening
        self._tell = tell
        self._tasks: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._sent: list[_Turn] = []
        self._lock = threading.Lock()
        self._numbers = 0
        self._stop = threading.Event()
        self._conversation: Conversation | None = None
        self._recorder: Recorder | None = None
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)

    def start(self) -> None:
        """Open the conversation in the background; `reopen` tries again what failed."""
        self._thread.start()
        self.reopen()

    def reopen(self, session: str | None = None) -> None:
        """Open the conversation (again), or go on with a session in its place."""
        self._stop.clear()
        self._tasks.put(lambda: self._open(session))

    def close(self) -> None:
        """End the thread after the task it is at; does not wait for it."""
        self.stop_work()
        self.cancel_all()
        self._tasks.put(None)

    def play(self, play: Play, put: Put) -> int | None:
        """Play a turn, or let it wait behind the one that runs; None when one waits already.

        `put` is what is recorded of what the person did.
        """
        with self._lock:
            if len(self._sent) > 1:
                return None
            self._numbers += 1
            turn = _Turn(self._numbers, play, put)
            self._sent.append(turn)
        self._tasks.put(lambda: self._play(turn))
        return turn.number

    def cancel(self) -> int | None:
        """Cancel the turn that was sent last and is not over; returns its number, None where there is none.

        The screen hears of its end at once; the thread stops at the next event of the turn.
        """
        with self._lock:
            turn = next((turn for turn in reversed(self._sent) if not turn.cancelled.is_set()), None)
            if turn is None:
                return None
            turn.cancelled.set()
        self._tell(TurnEnded(turn.number, cancelled=True))
        return turn.number

    def cancel_all(self) -> None:
        """Cancel what runs and what waits."""
        while self.cancel() is not None:
            pass

    @property
    def busy(self) -> bool:
        """Whether a turn runs or waits that was not cancelled."""
        with self._lock:
            return any(not turn.cancelled.is_set() for turn in self._sent)

    def remember(self, act: Callable[[Recorder], object], question: str) -> None:
        """Do something with the recorder between two turns; `Answered` brings what came of it."""
        self.ask(question, lambda conversation: act(self._recorder) if self._recorder else None)

    def ask(self, question: str, answer: Callable[[Conversation], object]) -> None:
        """Ask something of the conversation between two turns; `Answered` brings it."""

        def task() -> None:
            if self._conversation is None:
                return
            try:
                self._tell(Answered(question, answer(self._conversation)))
            except VitrineError as error:
                self._tell(Answered(question, error))
            except Exception as error:
                self._tell(Answered(question, VitrineError(_unforeseen(error))))

        self._tasks.put(task)

    def work(self, task: Callable[[Progress], object], question: str, *, beside: bool = False) -> None:
        """Do long work that can be stopped, telling its progress; `Answered` brings what came of it.

        Work that leaves the conversation alone is done `beside` it, and turns go on meanwhile.
        """

        def run() -> None:
            self._stop.clear()
            try:
                self._tell(Answered(question, task(_Watched(self._tell, self._stop))))
            except Stopped:
                self._tell(Answered(question, VitrineError("It was stopped; what is done is kept.")))
            except VitrineError as error:
                self._tell(Answered(question, error))
            except Exception as error:
                self._tell(Answered(question, VitrineError(_unforeseen(error))))

        if beside:
            threading.Thread(target=run, name="work", daemon=True).start()
        else:
            self._tasks.put(run)

    def stop_work(self) -> None:
        """Stop long work at its next step."""
        self._stop.set()

    def _run(self) -> None:
        let_processes_begin()
        while (task := self._tasks.get()) is not None:
            task()
        if self._recorder is not None:
            self._recorder.close()
        collector.let_go()

    def wait(self, seconds: float) -> None:
        """Wait for the thread to end, but not longer: a model in the middle of something is left to the system."""
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(seconds)

    def _open(self, session: str | None) -> None:
        try:
            with collector.kept():
                progress = _Watched(self._tell, self._stop)
                opened = self._timed("catalogue", lambda: self._opening(progress, session))
                if self._recorder is not None:
                    self._recorder.close()
                self._conversation, self._recorder = conversation, recorder = opened
                recorder.tell = lambda sentence: self._tell(Remarked(sentence))
                self._tell(Opened(conversation, recorder))
                self._timed("chat model", conversation.models.chat.get)
                self._timed("search", conversation.prepare)
            self._tell(Ready())
        except Stopped:
            self._tell(OpeningFailed("Indexing was stopped; what is done is kept.", resumable=True))
        except VitrineError as error:
            self._tell(OpeningFailed(sanitise_line(str(error))))
        except Exception as error:
            self._tell(OpeningFailed(_unforeseen(error)))

    def _timed(self, part: str, load: Callable[[], _T]) -> _T:
        self._tell(Loading(part))
        began = time.monotonic()
        loaded = load()
        self._tell(Loading(part, time.monotonic() - began))
        return loaded

    def _play(self, turn: _Turn) -> None:
        if self._conversation is None:
            self._over(turn, "The catalogue is not open yet; it says above why.")
            return
        if not turn.cancelled.is_set():
            self._tell(TurnBegan(turn.number))
        failure: str | None = None
        seen = Seen(put=turn.put)
        try:
            self._stream(turn, self._conversation, seen)
        except VitrineError as error:
            failure = sanitise_line(str(error))
        except Exception as error:
            failure = _unforeseen(error)
        if self._recorder is not None and (seen.understood or not turn.cancelled.is_set()):
            self._recorder.keep(seen, failure, stopped=seen.turn is None and failure is None)
        self._over(turn, failure)

    def _stream(self, turn: _Turn, conversation: Conversation, seen: Seen) -> None:
        if turn.cancelled.is_set():
            return
        events = turn.play(conversation)
        try:
            for event in events:
                if turn.cancelled.is_set():
                    return
                seen.see(event)
                self._tell(TurnEvent(turn.number, event))
        finally:
            if isinstance(events, Generator):
                events.close()

    def _over(self, turn: _Turn, failure: str | None) -> None:
        with self._lock:
            self._sent.remove(turn)
            cancelled = turn.cancelled.is_set()
        if not cancelled:
            self._tell(TurnEnded(turn.number, failure))


class _Watched:
    """Progress that is told to the screen and stops where the person says so."""

    _EVERY = 0.1

    def __init__(self, tell: Callable[[Told], object], stop: threading.Event) -> None:
        self._tell, self._stop = tell, stop
        self._phase, self._count, self._total = "", 0, 0
        self._began = self._told = 0.0

    def start(self, phase: str, total: int) -> None:
        """Begin a phase."""
        collector.search()
        self._check()
        self._phase, self._count, self._total = phase, 0, total
        self._began = self._told = time.monotonic()
        self._tell(Worked(phase, 0, total, self._began))

    def advance(self, steps: int = 1) -> None:
        """Go on; tells ten times a second at most. Raises Stopped."""
        self._count += steps
        self._check()
        if time.monotonic() - self._told >= self._EVERY:
            self._told = time.monotonic()
            self._tell(Worked(self._phase, self._count, self._total, self._began))

    def done(self) -> None:
        """End the phase."""
        self._tell(Worked(self._phase, self._count, self._total, self._began, done=True))

    def _check(self) -> None:
        if self._stop.is_set():
            raise Stopped


def _unforeseen(error: Exception) -> str:
    """Tell of an error that nobody foresaw; where it came from is kept in the log."""
    _log.exception("unforeseen", exc_info=error)
    what = sanitise_line(f"{type(error).__name__}: {error}", 200)
    return (
        f"Vitrine failed where it should not ({what}); the log says where, `vitrine doctor` names its file."
    )
