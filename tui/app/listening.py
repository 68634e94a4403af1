"""The side of the screen that listens to the engine: what is loaded, the events of turns, what was asked beside.

What words a turn is imported where it is used: with the engine's own modules behind it that takes 0.2 s, which the
first paint does not wait for, and the engine's thread has imported it by then.
"""

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
from tui.app.progress import tell_work
from tui.app.side import SidePanel
from tui.app.status import StatusLine, TitleLine, tell_timings
from tui.app.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from agent.conversation import Conversation
    from agent.critiques import Critique
    from agent.taste import Person, Taste
    from agent.why import Why
    from tui.app.engine import Opening
    from tui.app.message import Composed
    from tui.app.messages import (
        Answered,
        Loading,
        Opened,
        OpeningFailed,
        Remarked,
        TurnBegan,
        TurnEnded,
        TurnEvent,
        Worked,
    )
    from tui.microphone.port import Microphone
    from tui.pictures.choose import Choice
    from tui.sessions.listing import SessionInfo
    from tui.sessions.recorder import Recorder
    from tui.words.request import Part
    from tui.words.wording import Wording

_SHOWN_AGAIN = 12
"""Turns of a session that is gone on with that are shown again."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a conversation's screen is given."""

    opening: Opening
    """Opens the conversation; runs in the engine's thread."""
    catalogue: str
    """Its name, for the time until it is open."""
    pictures: Choice
    microphone: Microphone
    typed: str = ""
    """What was typed before there was a screen."""
    history: Path | None = None
    """Where what was said before is kept between sessions; None keeps it nowhere."""
    data_dir: Path | None = None
    """Where models are fetched to; None for the system's place."""
    hub: str | None = None
    """Where they are fetched from, if not from the public hub."""


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
        self.critiques: Mapping[str, Critique] = {}
        """The edits that the card of the panel suggests, by their chips' keys."""
        self.failed = False
        """Whether the catalogue could not be opened: Enter tries again."""
        self.composed: dict[int, Composed] = {}
        """Messages by their turns, until something comes of them: a refused one is given back."""
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

    def refuse(self, error: VitrineError | str) -> None:
        """Say in a sentence why something can't be done."""
        self.talk.remark(sanitise_line(str(error)), failed=True)

    def on_loading(self, event: Loading) -> None:
        """Say what loads, and what is there."""
        self._parts[event.part] = event.seconds
        self.query_one(TitleLine).right = " · ".join(
            f"{part} …" if seconds is None else f"{part} {seconds:.1f} s"
            for part, seconds in self._parts.items()
        )

    def on_opened(self, event: Opened) -> None:
        """Say what is talked about."""
        from tui.words.wording import Wording

        self.conversation, self.failed = event.conversation, False
        self.talk.work("")
        snapshot, models = event.conversation.snapshot, event.conversation.models
        self.wording = Wording.of_snapshot(snapshot)
        self.query_one(TitleLine).left = f"Vitrine · {snapshot.name}, {len(snapshot):,} items"
        self.status.now = ""
        self.talk.remark(f"{snapshot.name} catalogue, {len(snapshot):,} items · {models.reason}")
        if event.recorder.resumed:
            self._show_again(event.recorder, self.wording)
        self._ask_beside()

    def _show_again(self, recorder: Recorder, wording: Wording) -> None:
        """Show the turns of a session that is gone on with."""
        from tui.sessions.resumed import welcome

        for number, entry in enumerate(recorder.transcript.entries[-_SHOWN_AGAIN:]):
            # Numbers below 0 are no turns of the engine's.
            self.talk.show_again(number - _SHOWN_AGAIN, entry, wording)
        for line in welcome(recorder):
            self.talk.remark(line)

    def on_ready(self) -> None:
        """Say that nothing loads any more."""
        if self.conversation is not None:
            self.query_one(TitleLine).right = f"{self.conversation.models.label} · ready"

    def on_remarked(self, event: Remarked) -> None:
        """Say what happened."""
        self.refuse(event.sentence)

    def on_opening_failed(self, event: OpeningFailed) -> None:
        """Say what is wrong, and how to go on."""
        self.failed = True
        self.talk.work("")
        again = "Enter goes on with it" if event.resumable else "Enter tries again"
        self.status.now = ""
        self.query_one(TitleLine).right = "not open"
        self.talk.remark(f"{event.sentence} {again}, Ctrl+Q leaves.", failed=not event.resumable)

    def on_worked(self, event: Worked) -> None:
        """Show how far long work has come."""
        told = tell_work(event)
        self.status.now = "" if event.done else told
        self.talk.work(told)

    def on_turn_began(self, event: TurnBegan) -> None:
        """Say that the turn is read."""
        self.status.now = "reading …"
        if (view := self.talk.view(event.turn)) is not None:
            view.wait("reading …")

    def on_turn_event(self, event: TurnEvent) -> None:
        """Show an event of a turn."""
        if self.wording is None:
            return
        self.talk.show(event.turn, event.event, self.wording)
        if isinstance(event.event, Understood):
            self.composed.pop(event.turn, None)
            self.status.now = "writing …"
        elif isinstance(event.event, Finished):
            self.status.timings = tell_timings(event.event.turn.timings_ms)

    def on_turn_ended(self, event: TurnEnded) -> None:
        """End a turn, keeping what came of it; what failed can be sent again."""
        self.status.now = ""
        view = self.talk.view(event.turn)
        if view is not None and event.failure is not None:
            view.end(event.failure, failed=True)
        elif view is not None and event.cancelled:
            view.end("(stopped)")
        message = self.composed.pop(event.turn, None)
        if message is not None and (event.failure is not None or event.cancelled):
            self.composer.restore(message)
        self._ask_beside()

    def on_answered(self, event: Answered) -> None:
        """Take what was asked beside a turn, or came of long work."""
        if isinstance(event.answer, VitrineError):
            self.status.now = ""
            if event.question == "speech":
                self.composer.recorder.discard()
            self.talk.work("")
            self.refuse(event.answer)
        else:
            getattr(self, f"answer_{event.question}")(event.answer)

    def answer_force(self, found: tuple[Part, ...]) -> None:
        """Show what is in force."""
        parts = {f"force-{number}": part for number, part in enumerate(found)}
        self.force = parts
        self.side.show_force([Chip(key, part.line, strong=True) for key, part in parts.items()])

    def answer_taste(self, taste: tuple[Taste, ...]) -> None:
        """Show what the conversation taught."""
        self.side.show_taste(taste)

    def answer_person(self, person: Person) -> None:
        """Show whose conversation it is."""
        self.side.show_person(person)

    def answer_why(self, answer: tuple[Why, tuple[Critique, ...]]) -> None:
        """Show why an item is shown, and what it suggests."""
        why, critiques = answer
        self.critiques = {f"critique-{number}": critique for number, critique in enumerate(critiques)}
        self.side.show_why(
            why, [Chip(key, one.words, removable=False) for key, one in self.critiques.items()]
        )
        self.side.open()

    def answer_new(self, nothing: object) -> None:
        """Begin with an empty page."""
        self.talk.clear()
        self.side.show_why(None, ())
        self.talk.remark("A new conversation; what is known of you stays.")
        self._ask_beside()

    def answer_profile(self, known: Mapping[str, object]) -> None:
        """Say what is known of the person."""
        from tui.person import describe_person, titles_of

        if self.conversation is not None:
            for line in describe_person(known, titles_of(self.conversation.snapshot)):
                self.talk.remark(line)

    def answer_speech(self, there: bool) -> None:
        """Listen, now that what will be said can be written down."""
        self.status.now = ""
        if self.composer.recorder.waiting:
            self.composer.prompt.focus()
        self.composer.recorder.start()

    def answer_nothing(self, nothing: object) -> None:
        """Say nothing: what was done shows when it is needed."""

    def answer_sessions(self, answer: tuple[Sequence[SessionInfo], str | None]) -> None:
        """List the recorded conversations, and go on with the one that is chosen."""
        from tui.app.saved import SavedSessions

        def chosen(session: str | None) -> None:
            if session is not None:
                self.talk.clear()
                self.engine.cancel_all()
                self.engine.reopen(session)

        self.app.push_screen(SavedSessions(*answer), chosen)

    def answer_lines(self, lines: Sequence[str]) -> None:
        """Say what came of a command."""
        self.status.now = ""
        self.talk.work("")
        for line in lines:
            self.talk.remark(line)

    def answer_transcript(self, words: str) -> None:
        """Put what was spoken where it can be read and mended."""
        self.status.now = ""
        self.composer.dictate(words)

    def _ask_beside(self) -> None:
        if (wording := self.wording) is not None:
            from tui.app.force import parts_in_force

            self.engine.ask("force", lambda conversation: parts_in_force(conversation, wording))
        self.engine.ask("taste", lambda conversation: conversation.taste())
        self.engine.ask("person", lambda conversation: conversation.person())
