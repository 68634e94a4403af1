"""The plain conversation: read a line, play it, write what happens; errors are a sentence and the talk goes on."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from typing import TYPE_CHECKING

from agent.actions import ACTIONS, check_on_screen, parse
from agent.conversation import play
from encoders.errors import UsageError, VitrineError
from encoders.sanitise import sanitise_line
from tui.echo import narrate, write
from tui.person import describe_person, titles_of
from tui.plain.interrupt import Interrupts
from tui.plain.json_lines import write_turn
from tui.plain.refusal import Seen, refused_turn
from tui.plain.render import Renderer
from tui.plain.staging import Staged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from agent.conversation import Conversation
    from agent.types import Event
    from tui.pictures.shelf import Shelf
    from tui.plain.lines import Line

_ECHOED = 300


def converse(
    conversation: Conversation, lines: Iterable[Line], *, as_json: bool, typing: bool, shelf: Shelf
) -> None:
    """Talk until the lines end or /quit; `typing` says that a person is at a terminal; `shelf` draws pictures."""
    loop = _Loop(conversation, as_json=as_json, typing=typing, shelf=shelf)
    loop.greet()
    if typing:
        _play_all(loop, lines, lambda: None)
        return
    with Interrupts() as interrupts:
        _play_all(loop, lines, interrupts.check)


def _play_all(loop: _Loop, lines: Iterable[Line], check: Callable[[], None]) -> None:
    for line in lines:
        if not loop.play(line):
            break
        check()


class _Loop:
    """One conversation's lines."""

    def __init__(self, conversation: Conversation, *, as_json: bool, typing: bool, shelf: Shelf) -> None:
        self._conversation = conversation
        self._renderer = Renderer(conversation.snapshot, wrap=typing, shelf=shelf)
        self._json = as_json
        self._typing = typing
        self._staged = Staged()
        self._warned = False

    def greet(self) -> None:
        """Say what is talked about and which models do it."""
        snapshot, models = self._conversation.snapshot, self._conversation.models
        self._note(f"Vitrine · {snapshot.name} catalogue, {len(snapshot):,} items · {models.reason}")
        if not self._json:
            write("Type what you are after; /voice, /image or /sound PATH; /help lists the rest.")

    def play(self, line: Line) -> bool:
        """Play one line; False ends the conversation."""
        if not (self._typing or self._json):
            write(f"\nyou: {sanitise_line(line.text, _ECHOED)}")
        seen, staged = Seen(), self._staged
        try:
            text = line.checked()
            if text.lstrip().startswith("/"):
                return self._command(text.lstrip(), seen)
            self._say(text, seen)
        except VitrineError as error:
            self._refuse(line, staged, seen, error)
        except KeyboardInterrupt:
            if not self._typing:
                raise
            narrate("\n(stopped)")
        self._warn_of_other_encoder()
        return True

    def _command(self, line: str, seen: Seen) -> bool:
        action, words = parse(line)
        if action.read is not None:
            reading = action.read(words)
            check_on_screen(reading, len(self._conversation.dialogue.screen))
            self._show(self._conversation.do(reading, sanitise_line(line)), seen)
        elif action.name == "quit":
            return False
        elif action.name == "send":
            if not self._staged:
                raise UsageError("Nothing is staged: /image PATH, /sound PATH or /voice PATH first.")
            self._say("", seen)
        elif action.name == "new":
            self._conversation.new()
            self._staged = Staged()
            self._note("a new conversation; what is known of you stays")
        elif action.name in ("image", "voice", "sound"):
            self._staged = self._staged.with_file(action.name, " ".join(words))
            if action.name == "image":
                self._renderer.picture(str(self._staged.images[-1]))
            self._note("staged; it goes with your next message, or with /send")
        elif action.name == "profile":
            self._profile()
        else:
            for known in ACTIONS.values():
                self._note(f"/{known.name} {known.usage}".rstrip() + f": {known.help}")
        return True

    def _say(self, text: str, seen: Seen) -> None:
        # What can't be used would fail again, so it does not stay staged.
        staged, self._staged = self._staged, Staged()
        if self._typing and self._conversation.models.chat.loaded is None:
            narrate("(loading the models …)")
        self._show(self._conversation.say(text, staged.images, staged.voice, staged.sounds), seen)

    def _show(self, events: Iterator[Event], seen: Seen) -> None:
        # Closed also when a key stops it half way: that cancels the turn.
        with closing(_watched(events, seen)) as watched:
            if self._json:
                write_turn(play(watched))
                return
            for event in watched:
                self._renderer.show(event)

    def _profile(self) -> None:
        conversation = self._conversation
        known = conversation.people.export(conversation.user)
        for line in describe_person(known, titles_of(conversation.snapshot)):
            self._note(line)

    def _note(self, text: str) -> None:
        """Say something that is no turn: narration, so stderr when stdout is data."""
        (narrate if self._json else self._renderer.line)(text)

    def _refuse(self, line: Line, staged: Staged, seen: Seen, error: VitrineError) -> None:
        """Answer a line that can't be played; the conversation stays as it was."""
        if self._json:
            write_turn(refused_turn(self._conversation, line.text, staged, seen, error))
            return
        if seen.said:
            write()
        self._note(f"vitrine: {sanitise_line(str(error))}")
        if staged and not self._staged:
            self._note("(what was staged is put away; stage it again to try once more)")

    def _warn_of_other_encoder(self) -> None:
        """Say once, as soon as the text model is there, when the catalogue was indexed with another."""
        snapshot, text = self._conversation.snapshot, self._conversation.models.text.loaded
        if self._warned or text is None or text.id == snapshot.encoder_id("text"):
            return
        self._warned = True
        narrate(
            f"The catalogue was indexed with {snapshot.encoder_id('text') or 'no text model'} and is searched by "
            f"words alone with {text.id}: index it again with this model set to search by meaning."
        )


def _watched(events: Iterator[Event], seen: Seen) -> Generator[Event]:
    """Pass events on and keep what they tell."""
    try:
        for event in events:
            seen.see(event)
            yield event
    finally:
        if isinstance(events, Generator):
            events.close()
