"""The plain conversation: read a line, play it, write what happens; errors are a sentence and the talk goes on."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from typing import TYPE_CHECKING

from agent.actions import ACTIONS, check_on_screen, parse
from agent.conversation import play
from agent.types import Shown
from encoders.errors import UsageError, VitrineError
from encoders.sanitise import sanitise_line
from tui.attachments.clipboard import clipboard_picture
from tui.attachments.kind import kind_of
from tui.attachments.staging import Staged
from tui.echo import narrate, write
from tui.person import describe_person, titles_of
from tui.plain.attaching import place_of, take_typed, told
from tui.plain.interrupt import Interrupts
from tui.plain.json_lines import write_turn
from tui.plain.refusal import Seen, refused_turn
from tui.plain.render import Renderer
from tui.sessions.commands import ABOUT_SESSIONS, do_with_session
from tui.sessions.recorder import put_of
from tui.sessions.resumed import on_screen, welcome
from tui.words.why import beyond_card

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from agent.conversation import Conversation
    from agent.types import Event
    from tui.pictures.shelf import Shelf
    from tui.plain.dictation import Dictation
    from tui.plain.lines import Line
    from tui.sessions.recorder import Recorder

_ECHOED = 300


def converse(
    conversation: Conversation,
    lines: Iterable[Line],
    *,
    as_json: bool,
    typing: bool,
    shelf: Shelf,
    recorder: Recorder,
    dictation: Dictation | None = None,
) -> None:
    """Talk until the lines end or /quit.

    `typing` says that a person is at a terminal; `shelf` draws pictures; `recorder` keeps what is said; `dictation`
    listens, and without one nobody is listened to.
    """
    loop = _Loop(
        conversation, as_json=as_json, typing=typing, shelf=shelf, recorder=recorder, dictation=dictation
    )
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

    def __init__(
        self,
        conversation: Conversation,
        *,
        as_json: bool,
        typing: bool,
        shelf: Shelf,
        recorder: Recorder,
        dictation: Dictation | None,
    ) -> None:
        self._conversation = conversation
        self._recorder = recorder
        self._renderer = Renderer(
            conversation.snapshot,
            wrap=typing,
            shelf=shelf,
            beyond=lambda item: beyond_card(conversation.why(item)),
        )
        self._json = as_json
        self._typing = typing
        self._dictation = dictation
        self._staged = Staged()
        self._warned = False

    def greet(self) -> None:
        """Say what is talked about and which models do it."""
        snapshot, models = self._conversation.snapshot, self._conversation.models
        self._note(f"Vitrine · {snapshot.name} catalogue, {len(snapshot):,} items · {models.reason}")
        if not self._json:
            write("Type what you are after; /voice, /image or /sound PATH; /help lists the rest.")
        if self._recorder.resumed:
            self._welcome_back()

    def _welcome_back(self) -> None:
        """Say what is gone on with, and show again what is on screen, so that 'the second one' has a sense."""
        for line in welcome(self._recorder):
            self._note(line)
        cards = on_screen(self._recorder.transcript, self._conversation)
        if cards and not self._json:
            self._renderer.show(Shown(cards, "on screen"))

    def play(self, line: Line) -> bool:
        """Play one line; False ends the conversation."""
        if not (self._typing or self._json):
            write(f"\nyou: {sanitise_line(line.text, _ECHOED)}")
        seen, staged = Seen(), self._staged
        try:
            text = self._take(line.checked())
            if text is None:
                return True
            if not text.lstrip().startswith("/"):
                self._say(text, seen)
            elif not self._command(text.lstrip(), seen):
                return False
            self._recorder.keep(seen)
        except VitrineError as error:
            self._refuse(line, staged, seen, error)
            self._recorder.keep(seen, str(error))
        except KeyboardInterrupt:
            self._recorder.keep(seen, stopped=True)
            if not self._typing:
                raise
            narrate("\n(stopped)")
        self._warn_of_other_encoder()
        return True

    def _command(self, line: str, seen: Seen) -> bool:
        action, words = parse(line)
        if action.screen_only:
            raise UsageError(
                f"/{action.name} is for the full screen: start `vitrine` without --plain, in a terminal."
            )
        if action.read is not None:
            seen.put = put_of(line)
            reading = action.read(words)
            check_on_screen(reading, len(self._conversation.dialogue.screen))
            self._show(self._conversation.do(reading, sanitise_line(line)), seen)
        elif action.name == "quit":
            return False
        elif action.name == "send":
            if not self._staged:
                raise UsageError("Nothing is staged: /image PATH, /sound PATH or /voice PATH first.")
            self._say("", seen)
        else:
            self._do(action.name, " ".join(words))
        return True

    def _do(self, name: str, words: str) -> None:
        """Do what the engine has no part in."""
        if name == "new":
            self._conversation.new()
            self._recorder.anew()
            self._staged = Staged()
            self._note("a new conversation; what is known of you stays")
        elif name == "voice" and not words and self._dictation is not None:
            self._dictation.listen(self._conversation)
        elif name in ("image", "voice", "sound", "paste", "unstage"):
            self._attach(name, words)
        elif name == "profile":
            self._profile()
        elif name in ABOUT_SESSIONS:
            for told in do_with_session(name, words, self._recorder):
                self._note(told)
        else:
            for known in (action for action in ACTIONS.values() if not action.screen_only):
                self._note(f"/{known.name} {known.usage}".rstrip() + f": {known.help}")

    def _attach(self, name: str, words: str) -> None:
        """Stage what a command names, or take it back."""
        if name == "paste":
            self._stage([(kind_of(path) or "image", path) for path in clipboard_picture().paths])
        elif name == "unstage":
            place = place_of(self._staged, words.split())
            self._note(f"taken back: {self._staged.chips[place]}")
            self._staged = self._staged.without(place)
        else:
            self._stage([(name, words)])

    def _take(self, text: str) -> str | None:
        """Stage the files that a person typed or dropped, and return the words; None where there are no others.

        In a pipe '@bag.png' is text: a script says what it stages.
        """
        if not self._typing:
            return text
        taken = take_typed(text)
        if not taken.paths:
            return text
        files = [(kind_of(path) or "image", path) for path in taken.paths]
        self._stage(files, wait=not taken.words)
        return taken.words or None

    def _stage(self, files: Sequence[tuple[str, Path | str]], *, wait: bool = True) -> None:
        """Stage files, each of a kind, and say so; `wait` says that nothing is sent yet."""
        staged = self._staged
        for kind, path in files:
            staged = staged.with_file(kind, path)
        added = staged.chips[-len(files) :]
        self._staged = staged
        for chip in added:
            if chip.kind == "image":
                self._renderer.picture(str(chip.path))
        said = told(staged, added) if self._typing else "staged"
        self._note(f"{said}; it goes with your next message, or with /send" if wait else said)

    def _say(self, text: str, seen: Seen) -> None:
        # What can't be used would fail again, so it does not stay staged.
        staged, self._staged = self._staged, Staged()
        seen.put = put_of(text, staged)
        if self._typing and self._conversation.models.chat.loaded is None:
            narrate("(loading the models …)")
        typed, spoken = self._dictation.told(text) if self._dictation else (text, None)
        if spoken is not None:
            self._renderer.told(spoken)
        events = self._conversation.say(typed, staged.images, staged.voice, staged.sounds, transcript=spoken)
        self._show(events, seen)

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
