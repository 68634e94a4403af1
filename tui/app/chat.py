"""The conversation's screen: layout, keys, and what a person does; what the engine tells is shown by `Listening`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Input, TextArea

from agent.actions import ACTIONS, Place, check_on_screen, parse
from encoders.errors import VitrineError
from encoders.sanitise import sanitise_line
from tui.app.card import CardRow, CardView
from tui.app.composer import Composer
from tui.app.correct import Correction
from tui.app.doing import DOING
from tui.app.history import History
from tui.app.keys import STOP, key_names
from tui.app.keystrokes import give_space
from tui.app.listening import Listening
from tui.app.recorder_bar import ENDS, RecorderBar
from tui.app.side import SidePanel
from tui.app.status import StatusLine, TitleLine
from tui.app.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from agent.conversation import Conversation
    from agent.types import Event
    from eval.transcript import Put
    from tui.app.chips import Chips
    from tui.app.edits import Edited
    from tui.app.engine import Play
    from tui.attachments.staging import Staged

_ANYWHERE = {"help": "help", "voice": "speak", "image": "picture", "panel": "panel", "quit": "leave"}
_ON_CARD = {
    "why": "why",
    "similar": "more like it",
    "dislike": "not this",
    "like": "like",
    "rate": "stars",
    "compare": "compare",
    "enlarge": "enlarge",
}
"""Actions that the status line names, in fewer words than help has."""


class Chat(Listening):
    """One conversation."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(STOP, "stop", "stop, or back to what you type", id="stop", priority=True),
        *(
            Binding(action.key, f"start('{action.name}')", action.help, id=action.name, priority=True)
            for action in ACTIONS.values()
            if action.place is Place.ANYWHERE and action.key
        ),
        *(Binding(f"alt+{number}", f"pick({number})", show=False) for number in range(1, 10)),
        Binding("tab", "forth", "to the cards, the parts, the panel", show=False, priority=True),
        Binding("pageup", "scroll('up')", show=False, priority=True),
        Binding("pagedown", "scroll('down')", show=False, priority=True),
        Binding("ctrl+home", "scroll('home')", show=False, priority=True),
        Binding("ctrl+end", "scroll('end')", show=False, priority=True),
    ]
    AUTO_FOCUS = "#prompt"
    picked_in: Path | None = None
    """The folder that a file was last picked in."""

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield TitleLine()
        with Horizontal(id="body"):
            yield Talk(self.setting.pictures)
            yield SidePanel()
        yield Composer(RecorderBar(self.setting.microphone), History(self.setting.history))
        yield StatusLine()

    def on_mount(self) -> None:
        """Paint, then load."""
        self.query_one(TitleLine).left = f"Vitrine · {sanitise_line(self.setting.catalogue)}"
        if self.setting.typed:
            self.composer.prompt.put(self.setting.typed)
        helping = key_names(self.keymap.get("help", ACTIONS["help"].key))
        self.composer.prompt.placeholder = f"Type what you are after · / commands · @ files · {helping} help"
        self.composer.recorder.discarding = key_names(self.keymap.get("stop", STOP))
        self.say_keys()
        self.call_after_refresh(self.engine.start)

    def on_unmount(self) -> None:
        """End the engine."""
        self.engine.close()

    # Sending.

    def play(self, said: str, beside: str, play: Play, put: Put) -> int | None:
        """Send a turn to the engine and show it; None, with a remark, where one waits already."""
        number = self.engine.play(play, put)
        if number is None:
            self.talk.remark(
                "One message waits already: Esc takes it back, or send this one after its answer."
            )
            return None
        waiting = "…" if self.conversation else "waiting for the catalogue …"
        self.talk.begin(number, sanitise_line(said), sanitise_line(beside), waiting)
        return number

    def start(self, name: str, *words: str) -> None:
        """Do an action of the registry; what can't be done is told in a sentence."""
        action = ACTIONS[name]
        try:
            if action.read is None:
                DOING[name](self, words)
                return
            line = " ".join((f"/{name}", *words))
            reading = action.read(words)
            check_on_screen(reading, len(self.conversation.dialogue.screen) if self.conversation else 0)
            beside = self.titles(reading.references)
            self.play(line, beside, lambda conversation: conversation.do(reading, line), _put(line))
        except VitrineError as error:
            self.refuse(error)

    def titles(self, numbers: tuple[str, ...]) -> str:
        """Return the titles of cards by their numbers."""
        row = self.talk.row
        shown = {str(view.card.rank): view.card.title for view in row.views} if row else {}
        return ", ".join(shown[number] for number in numbers if number in shown)

    def on_composer_sent(self, event: Composer.Sent) -> None:
        """Say a message; with nothing to say, try again what could not be opened."""
        if self.failed:
            self.failed = False
            self.engine.reopen()
        message = event.message
        if not message:
            self.composer.keep()
            return

        def play(conversation: Conversation) -> Iterator[Event]:
            return conversation.say(
                message.text, message.images, message.voice, message.sounds, transcript=message.transcript
            )

        number = self.play(message.said, message.beside, play, _put(message.said, message.staged))
        if number is None:
            self.composer.keep()
        else:
            self.composed[number] = message
            self.composer.accept()

    def on_composer_commanded(self, event: Composer.Commanded) -> None:
        """Do a slash command."""
        try:
            action, words = parse(event.line)
        except VitrineError as error:
            self.composer.keep()
            self.refuse(error)
            return
        self.composer.accept(keep_staged=True)
        self.start(action.name, *words)

    def on_composer_pictured(self) -> None:
        """Load what looks at pictures while the person still types."""
        self.engine.ask("nothing", lambda conversation: conversation.look_ahead())

    def on_composer_refused(self, event: Composer.Refused) -> None:
        """Say why something can't be staged."""
        self.refuse(event.sentence)

    def on_composer_remarked(self, event: Composer.Remarked) -> None:
        """Say what was done that may not have been expected."""
        self.talk.remark(sanitise_line(event.sentence))

    def on_composer_looked(self, event: Composer.Looked) -> None:
        """Show a staged picture."""
        from tui.app.enlarge import Enlarged

        picture = event.picture
        self.app.push_screen(Enlarged(str(picture.path), str(picture), self.setting.pictures))

    def on_recorder_bar_failed(self, event: RecorderBar.Failed) -> None:
        """Say why nothing can be recorded; typing and `/voice FILE` always work."""
        self.refuse(event.sentence)

    def on_recorder_bar_ended(self, event: RecorderBar.Ended) -> None:
        """Write down what was spoken, in the engine's thread."""
        try:
            samples = event.recording.stop()
        except VitrineError as error:
            self.refuse(error)
            return
        if event.recording.cause in ENDS:
            self.talk.remark(ENDS[event.recording.cause])
        self.status.now = "writing down what was said …"
        self.engine.ask("transcript", lambda conversation: conversation.hear(samples).text)
        self.composer.prompt.focus()

    # Cards and parts.

    def on_card_view_acted(self, event: CardView.Acted) -> None:
        """Do to a card what its key says."""
        if event.action == "why":
            self.ask_why(event.view.card.id)
        elif event.action == "compare":
            self._compare(event.view)
        else:
            self.start(event.action, *event.words)

    def ask_why(self, item: str) -> None:
        """Show in the panel why an item is shown; no model is asked, and the talk goes on as it was."""
        self.engine.ask("why", lambda conversation: (conversation.why(item), conversation.critiques(item)))

    def _compare(self, chosen: CardView) -> None:
        """Mark a card to be compared; the second one starts it."""
        row = self.talk.row
        marked = [view for view in row.views if view.marked] if row else []
        if chosen in marked:
            chosen.mark(marked=False)
        elif marked:
            marked[0].mark(marked=False)
            self.start("compare", str(marked[0].card.rank), str(chosen.card.rank))
        else:
            chosen.mark(marked=True)
            self.status.timings = "compare it with: select another card and press the same key"

    def on_chips_removed(self, event: Chips.Removed) -> None:
        """Take a part of the search away."""
        event.stop()
        from tui.app.edits import removal_of

        try:
            self._edit(removal_of(self, event.chips, event.chip))
        except VitrineError as error:
            self.refuse(error)

    def on_chips_chosen(self, event: Chips.Chosen) -> None:
        """Correct a part in its place."""
        from tui.app.edits import correct

        event.stop()
        try:
            correct(self, event.chips, event.chip)
        except VitrineError as error:
            self.refuse(error)

    def on_input_submitted(self, event: Correction.Submitted) -> None:
        """Apply a correction."""
        field = event.input
        if isinstance(field, Correction):
            event.stop()
            from tui.app.edits import correction_of

            edited = correction_of(field)
            self.composer.prompt.focus()
            field.remove()
            self._edit(edited)

    def _edit(self, edited: Edited | None) -> None:
        if edited is not None:
            self.play(edited.said, "", edited.play, _put(edited.said))

    # Keys.

    def action_start(self, name: str) -> None:
        """Do an action of the registry by its key."""
        self.start(name)

    def action_pick(self, number: int) -> None:
        """Select a card by its number, from anywhere."""
        if (row := self.talk.row) is not None:
            row.action_pick(number)

    def action_scroll(self, way: str) -> None:
        """Scroll the talk, wherever the focus is."""
        self.talk.go(way)

    def action_stop(self) -> None:
        """Discard or close what is open, else go back to the prompt, else cancel the turn, else the work."""
        composer = self.composer
        if composer.recorder.discard():
            self.status.now = ""
            self.talk.remark("(discarded)")
        elif composer.close_menu():
            return
        elif self.focused is not composer.prompt:
            composer.prompt.focus()
        elif self.engine.cancel() is None:
            self.engine.stop_work()

    def action_forth(self) -> None:
        """Take the completion, else go to the cards, else to what follows."""
        if self.focused is not self.composer.prompt:
            self.focus_next()
        elif not self.composer.complete():
            if (row := self.talk.row) is not None:
                self.set_focus(row)
            else:
                self.focus_next()

    def on_key(self, event: events.Key) -> None:
        """Bring whatever is typed elsewhere to the prompt."""
        # Bindings come after this: what means something where the focus is is not text.
        give_space(event)
        elsewhere = not isinstance(self.focused, Input | TextArea)
        if elsewhere and event.is_printable and event.character and event.key not in self.active_bindings:
            event.stop()
            self.composer.prompt.focus()
            self.composer.prompt.insert(event.character)

    def on_descendant_focus(self) -> None:
        """Say which keys work here."""
        self.say_keys()

    @property
    def keymap(self) -> Mapping[str, str]:
        """The keys that the person chose."""
        return getattr(self.app, "keymap", {})

    def say_keys(self) -> None:
        """Write the keys that work where the focus is into the status line."""
        names = _ON_CARD if isinstance(self.focused, CardView) else _ANYWHERE
        told = [
            f"{key_names(self.keymap.get(name, ACTIONS[name].key))} {label}" for name, label in names.items()
        ]
        if isinstance(self.focused, CardRow):
            told = ["1–9 or arrows select a card", f"{key_names(self.keymap.get('stop', STOP))} back"]
        self.status.keys = " · ".join(told)


def _put(text: str, staged: Staged | None = None) -> Put:
    """Return what a person put in, as it is kept; what keeps it is imported with the engine, after the first paint."""
    from tui.sessions.recorder import put_of

    return put_of(text, staged)
