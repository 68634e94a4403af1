"""The conversation's screen: what is talked about, the talk, the side panel, the composer, the status."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Horizontal

from agent.actions import ACTIONS, Place, check_on_screen, parse
from encoders.errors import VitrineError
from encoders.sanitise import sanitise_line
from tui.app.card import CardRow, CardView
from tui.app.composer import Composer
from tui.app.doing import DOING
from tui.app.keys import key_names
from tui.app.listening import Listening
from tui.app.side import SidePanel
from tui.app.status import StatusLine, TitleLine
from tui.app.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from agent.conversation import Conversation
    from agent.types import Event
    from tui.app.chips import Chips
    from tui.app.engine import Play

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


class Chat(Listening):
    """One conversation: what a person does. What the engine tells is shown by `Listening`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "stop", "stop, or back to what you type", id="stop", priority=True),
        *(
            Binding(action.key, f"start('{action.name}')", action.help, id=action.name, priority=True)
            for action in ACTIONS.values()
            if action.place is Place.ANYWHERE and action.key
        ),
        *(
            Binding(f"alt+{number}", f"pick({number})", f"card {number}", show=False)
            for number in range(1, 10)
        ),
    ]
    AUTO_FOCUS = "#prompt"

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield TitleLine()
        with Horizontal(id="body"):
            yield Talk(self.setting.pictures)
            yield SidePanel()
        yield Composer()
        yield StatusLine()

    def on_mount(self) -> None:
        """Paint, then load."""
        self.query_one(TitleLine).left = f"Vitrine · {sanitise_line(self.setting.catalogue)}"
        if self.setting.typed:
            self.composer.prompt.put(self.setting.typed)
        self.say_keys()
        self.call_after_refresh(self.engine.start)

    def on_unmount(self) -> None:
        """End the engine."""
        self.engine.close()

    # Sending.

    def play(self, said: str, beside: str, play: Play) -> bool:
        """Send a turn to the engine and show it; False, with a remark, where one waits already."""
        number = self.engine.play(play)
        if number is None:
            self.talk.remark(
                "One message waits already: Esc takes it back, or send this one once it is answered."
            )
            return False
        waiting = "…" if self.conversation else "waiting for the catalogue …"
        self.talk.begin(number, sanitise_line(said), sanitise_line(beside), waiting)
        return True

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
            self.play(
                line, self.titles(reading.references), lambda conversation: conversation.do(reading, line)
            )
        except VitrineError as error:
            self.talk.remark(sanitise_line(str(error)), failed=True)

    def titles(self, numbers: tuple[str, ...]) -> str:
        """Return the titles of cards by their numbers."""
        row = self.talk.row
        shown = {str(view.card.rank): view.card.title for view in row.views} if row else {}
        return ", ".join(shown[number] for number in numbers if number in shown)

    def on_composer_sent(self, event: Composer.Sent) -> None:
        """Say a message."""
        text, staged, transcript = event.text, event.staged, event.transcript

        def play(conversation: Conversation) -> Iterator[Event]:
            return conversation.say(text, staged.images, staged.voice, staged.sounds)

        if self.play(text, ", ".join(path.name for path in staged.images), play):
            self.composer.accept()

    def on_composer_commanded(self, event: Composer.Commanded) -> None:
        """Do a slash command."""
        try:
            action, words = parse(event.line)
        except VitrineError as error:
            self.talk.remark(sanitise_line(str(error)), failed=True)
            return
        self.composer.accept()
        self.start(action.name, *words)

    def on_composer_refused(self, event: Composer.Refused) -> None:
        """Say why something can't be staged."""
        self.talk.remark(sanitise_line(event.sentence), failed=True)

    # Cards and parts.

    def on_card_view_acted(self, event: CardView.Acted) -> None:
        """Do to a card what its key says."""
        self.start(event.action, *event.words)

    def on_chips_removed(self, event: Chips.Removed) -> None:
        """Take a part of the search away."""
        event.stop()
        self.take_away(event.chip.key)

    def on_chips_chosen(self, event: Chips.Chosen) -> None:
        """Correct a part in its place."""
        event.stop()
        self.correct(event.chips, event.chip)

    # Keys.

    def action_start(self, name: str) -> None:
        """Do an action of the registry by its key."""
        self.start(name)

    def action_pick(self, number: int) -> None:
        """Select a card by its number, from anywhere."""
        if (row := self.talk.row) is not None:
            row.action_pick(number)

    def action_stop(self) -> None:
        """Close what is open, else go back to the prompt, else cancel the turn or the work."""
        if self.composer.close_menu():
            return
        if self.focused is not self.composer.prompt:
            self.composer.prompt.focus()
        elif self.engine.cancel() is None:
            self.engine.stop_work()

    def on_prompt_leaving(self) -> None:
        """Tab takes the completion, else it goes to the cards."""
        if not self.composer.complete() and (row := self.talk.row) is not None:
            row.focus()

    def on_key(self, event: events.Key) -> None:
        """Bring whatever is typed elsewhere to the prompt."""
        prompt = self.composer.prompt
        # Bindings come after this: what means something on a card is not text.
        free = self.focused is not prompt and event.key not in self.active_bindings
        if free and event.is_printable and event.character:
            event.stop()
            prompt.focus()
            prompt.insert(event.character)

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
            told = ["1–9 selects a card", "Esc back"]
        self.status.keys = " · ".join(told)

    def take_away(self, key: str) -> None: ...
    def correct(self, chips: Chips, chip: object) -> None: ...
