"""Play scripts through the same agent as every face, each in a conversation and a profile of its own."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from agent.actions import parse
from agent.conversation import Conversation, play
from encoders.errors import UsageError, VitrineError
from eval.expect import failures
from retrieval.store.people import People

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from agent.types import Turn
    from eval.script import Script, ScriptTurn


@dataclass(frozen=True, slots=True)
class TurnResult:
    """One turn as it was played."""

    said: str
    failures: tuple[str, ...]
    turn: Turn | None
    """None when the turn raised an error, which is then the failure."""


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
    """Play scripts; `conversations` has one for each catalogue they name, whose models are shared."""
    results = []
    for script in scripts:
        base = conversations[script.catalog]
        with tempfile.TemporaryDirectory(prefix="vitrine-eval-") as folder:
            people = People(Path(folder) / "people.sqlite")
            results.append(run_script(script, base.fork(people, "scripted")))
            people.close()
    return results


def run_script(script: Script, conversation: Conversation) -> ScriptResult:
    """Play one script from its first turn to its last; a failed turn does not stop it."""
    return ScriptResult(script, tuple(_play(turn, conversation, script.path.parent) for turn in script.turns))


def _play(turn: ScriptTurn, conversation: Conversation, folder: Path) -> TurnResult:
    try:
        if turn.say.startswith("/"):
            action, words = parse(turn.say)
            if action.name == "new":
                conversation.new()
                return TurnResult(turn.say, (), None)
            if action.read is None:
                raise UsageError(
                    f"/{action.name} belongs to a face and can't be scripted: use `images` or `voice`."
                )
            played = play(conversation.do(action.read(words), turn.say))
        else:
            images = [folder / path for path in turn.images]
            voice = folder / turn.voice if turn.voice else None
            played = play(conversation.say(turn.say, images, voice))
    except VitrineError as error:
        return TurnResult(turn.say, (str(error),), None)
    return TurnResult(turn.say, tuple(failures(played, turn.expect, conversation.catalogue)), played)
