"""Play scripts through the same agent as every face, each in a conversation and a profile of its own."""

from __future__ import annotations

import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from agent.actions import check_on_screen, parse
from agent.types import Finished, Shown
from encoders.errors import UsageError, VitrineError
from eval.expect import failures, located
from retrieval.store.people import People

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from agent.conversation import Conversation
    from agent.types import Event, Turn
    from eval.script import Script, ScriptTurn


@dataclass(frozen=True, slots=True)
class TurnResult:
    """One turn as it was played."""

    said: str
    failures: tuple[str, ...]
    """A sentence for each expectation that did not hold; the error of a turn that was refused without its being
    expected."""
    turn: Turn | None
    """None when the turn was refused, and for `/new`, which is none."""
    headline: str | None = None
    """The line above the cards."""
    refused: str | None = None
    """The sentence with which the turn was refused, expected or not."""
    at: datetime | None = None
    """When it ended."""


@dataclass(frozen=True, slots=True)
class ScriptResult:
    """One script as it was played."""

    script: Script
    turns: tuple[TurnResult, ...]

    @property
    def passed(self) -> bool:
        """Whether every expectation held."""
        return not any(turn.failures for turn in self.turns)

    @property
    def median_ms(self) -> float:
        """Median time of a whole turn, in milliseconds; 0 when none was played."""
        totals = [result.turn.timings_ms["total"] for result in self.turns if result.turn]
        return median(totals) if totals else 0.0


def run_scripts(scripts: Iterable[Script], conversations: Mapping[str, Conversation]) -> list[ScriptResult]:
    """Play scripts; `conversations` has one for each catalogue they name, whose models are shared.

    Nothing that a script rates or has remembered reaches another script or the person's own profile.
    """
    results = []
    for script in scripts:
        base = conversations[script.catalog]
        with (
            tempfile.TemporaryDirectory(prefix="vitrine-eval-") as folder,
            closing(People(Path(folder) / "people.sqlite")) as people,
        ):
            results.append(run_script(script, base.fork(people, "scripted")))
    return results


def run_script(script: Script, conversation: Conversation) -> ScriptResult:
    """Play one script from its first turn to its last; a failed turn does not stop it."""
    return ScriptResult(script, tuple(_play(turn, conversation, script.path.parent) for turn in script.turns))


def _play(turn: ScriptTurn, conversation: Conversation, folder: Path) -> TurnResult:
    said = turn.say or ", ".join(filter(None, [*turn.images, *turn.sounds, turn.voice]))
    wanted = turn.expect.error
    try:
        expect = located(turn.expect, conversation.dialogue.screen)
        events = _events(turn, conversation, folder)
        played, headline = _follow(events) if events else (None, None)
    except VitrineError as error:
        told = str(error)
        expected = wanted is not None and wanted.casefold() in told.casefold()
        return TurnResult(said, () if expected else (told,), None, refused=told, at=_now())
    if played is None:
        return TurnResult(said, (), None, at=_now())
    found = tuple(failures(played, expect, conversation.catalogue, headline))
    return TurnResult(said, found, played, headline, at=_now())


def _now() -> datetime:
    return datetime.now().astimezone()


def _events(turn: ScriptTurn, conversation: Conversation, folder: Path) -> Iterator[Event] | None:
    """Begin a turn; None for `/new`, which plays none."""
    if not turn.say.startswith("/"):
        voice = folder / turn.voice if turn.voice else None
        images, sounds = ([folder / path for path in paths] for paths in (turn.images, turn.sounds))
        return conversation.say(turn.say, images, voice, sounds)
    action, words = parse(turn.say)
    if action.name == "new":
        conversation.new()
        return None
    if action.read is None:
        raise UsageError(f"/{action.name} belongs to a face and can't be scripted: use `images` or `voice`.")
    reading = action.read(words)
    check_on_screen(reading, len(conversation.dialogue.screen))
    return conversation.do(reading, turn.say)


def _follow(events: Iterator[Event]) -> tuple[Turn, str | None]:
    headline = None
    for event in events:
        if isinstance(event, Shown):
            headline = event.headline
        if isinstance(event, Finished):
            return event.turn, headline
    raise RuntimeError("a stream of events ended without Finished")
