"""The side of the screen that listens to the engine: what is loaded, the events of turns, what was asked beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.screen import Screen

from agent.types import Finished, Understood
from encoders.errors import VitrineError
from encoders.sanitise import sanitise_line
from tui.app.chips import Chip
from tui.app.composer import Composer
from tui.app.engine import Engine
from tui.app.force import act_in_force
from tui.app.progress import tell_work
from tui.app.side import SidePanel
from tui.app.status import StatusLine, TitleLine, tell_timings
from tui.app.talk import Talk
from tui.words.request import parts_of
from tui.words.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from agent.conversation import Conversation
    from retrieval.index.progress import Progress
    from tui.app.messages import (
        Answered,
        Loading,
        Opened,
        OpeningFailed,
        TurnBegan,
        TurnEnded,
        TurnEvent,
        Worked,
    )
    from tui.pictures.choose import Choice
    from tui.words.request import Part


@dataclass(frozen=True, slots=True)
class Setting:
    """What a conversation's screen is given."""

    opening: Callable[[Progress], Conversation]
    """Opens the conversation; runs in the engine's thread."""
    catalogue: str
    """Its name, for the time until it is open."""
    pictures: Choice
    typed: str = ""
    """What was typed before there was a screen."""


class Listening(Screen[None]):
    """Shows what the engine tells."""

    def __init__(self, setting: Setting) -> None:
        """Listen to an engine that starts later."""
        super().__init__()
        self.setting = setting
        self.engine = Engine(setting.opening, self.post_message)
        self.conversation: Conversation | None = None
        """The conversation, once it is open; only the engine's thread plays it."""
        self.wording: Wording | None = None
        self.force: Mapping[str, Part] = {}
        """The parts of the search in force, by their chips' keys."""
        self.failed = False
        """Whether the catalogue could not be opened: `reopen` tries again."""
        self._parts: dict[str, float | None] = {}

    @property
    def talk(self) -> Talk:
        """The turns."""
        return self.query_one(Talk)

    @property
    def side(self) -> SidePanel:
        """The side panel."""
        return self.query_one(SidePanel)

    @property
    def composer(self) -> Composer:
        """What is typed and staged."""
        return self.query_one(Composer)

    @property
    def status(self) -> StatusLine:
        """The last line."""
        return self.query_one(StatusLine)

    def on_loading(self, event: Loading) -> None:
        """Say what loads, and what is there."""
        self._parts[event.part] = event.seconds
        self.query_one(TitleLine).right = " · ".join(
            f"{part} …" if seconds is None else f"{part} {seconds:.1f} s"
            for part, seconds in self._parts.items()
        )

    def on_opened(self, event: Opened) -> None:
        """Say what is talked about."""
        self.conversation, self.failed = event.conversation, False
        snapshot, models = event.conversation.snapshot, event.conversation.models
        self.wording = Wording.of(snapshot)
        self.query_one(TitleLine).left = f"Vitrine · {snapshot.name}, {len(snapshot):,} items"
        self.talk.remark(f"{snapshot.name} catalogue, {len(snapshot):,} items · {models.reason}")
        self.status.now = ""
        self._ask_beside()

    def on_ready(self) -> None:
        """Say that nothing loads any more."""
        if self.conversation is not None:
            self.query_one(TitleLine).right = f"{self.conversation.models.label} · ready"

    def on_opening_failed(self, event: OpeningFailed) -> None:
        """Say what is wrong, and how to go on."""
        self.failed = True
        again = "Enter goes on with it" if event.resumable else "Enter tries again"
        self.status.now = ""
        self.query_one(TitleLine).right = "not open"
        self.talk.remark(f"{event.sentence} {again}, Ctrl+Q leaves.", failed=not event.resumable)

    def on_worked(self, event: Worked) -> None:
        """Show how far long work has come."""
        self.status.now = "" if event.done else tell_work(event)

    def on_turn_began(self, event: TurnBegan) -> None:
        """Say that the turn is read."""
        self.status.now = "reading …"

    def on_turn_event(self, event: TurnEvent) -> None:
        """Show an event of a turn."""
        if self.wording is None:
            return
        self.talk.show(event.turn, event.event, self.wording)
        if isinstance(event.event, Understood):
            self.status.now = "writing …"
        elif isinstance(event.event, Finished):
            self.status.timings = tell_timings(event.event.turn.timings_ms)

    def on_turn_ended(self, event: TurnEnded) -> None:
        """End a turn, keeping what came of it."""
        self.status.now = ""
        view = self.talk.view(event.turn)
        if view is not None and event.failure is not None:
            view.end(event.failure, failed=True)
            if not self.composer.prompt.text:
                self.composer.prompt.put(view.said)
        elif view is not None and event.cancelled:
            view.end("(stopped)")
        self._ask_beside()

    def on_answered(self, event: Answered) -> None:
        """Take what was asked beside a turn."""
        if isinstance(event.answer, VitrineError):
            self.talk.remark(sanitise_line(str(event.answer)), failed=True)
        else:
            getattr(self, f"answer_{event.question}")(event.answer)

    def answer_force(self, act: Act) -> None:
        """Show what is in force."""
        if self.wording is None:
            return
        parts = {f"force-{number}": part for number, part in enumerate(parts_of(act, self.wording))}
        self.force = parts
        self.side.show_force([Chip(key, part.text, strong=True) for key, part in parts.items()])

    def answer_taste(self, taste: tuple[Taste, ...]) -> None:
        """Show what the conversation taught."""
        self.side.show_taste(taste)

    def answer_person(self, person: Person) -> None:
        """Show whose conversation it is."""
        self.side.show_person(person)

    def answer_new(self, nothing: object) -> None:
        """Begin with an empty page."""
        self.talk.clear()
        self.talk.remark("A new conversation; what is known of you stays.")

    def _ask_beside(self) -> None:
        self.engine.ask("force", act_in_force)
        self.engine.ask("taste", lambda conversation: conversation.taste())
        self.engine.ask("person", lambda conversation: conversation.person())
