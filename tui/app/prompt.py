"""Where a person types: several lines, with a history; Enter sends."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.message import Message
from textual.widgets import TextArea

from encoders.sanitise import sanitise

if TYPE_CHECKING:
    from textual import events

_KEPT = 200


class Prompt(TextArea):
    """The composer's text."""

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("enter", "send", "send", priority=False),
        Binding("ctrl+j,shift+enter,alt+enter", "newline", "new line", show=False),
        Binding("ctrl+v", "paste_anything", "paste text or a picture", show=False),
        Binding("up", "earlier", show=False),
        Binding("down", "later", show=False),
    ]
    HELP = (
        "Type what you are after. Enter sends, Ctrl+J makes a new line, Up and Down go through what you said before. "
        "A slash begins a command, @ a file. Tab goes to the cards."
    )

    class Sent(Message):
        """The text is to be sent."""

        def __init__(self, text: str) -> None:
            self.text = text
            super().__init__()

    class Pasted(Message):
        """Text was pasted or dropped; '' is what terminals send for a picture in the clipboard."""

        def __init__(self, text: str) -> None:
            self.text = text
            super().__init__()

    class Moved(Message):
        """The completions are gone through, `by` lines."""

        def __init__(self, by: int) -> None:
            self.by = by
            super().__init__()

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(
            id="prompt",
            compact=True,
            highlight_cursor_line=False,
            tab_behavior="focus",
            placeholder="Type what you are after · / commands · @ files · F1 help",
        )
        self.choosing = False
        """Whether completions are open, which the arrows then go through."""
        self._history: list[str] = []
        self._place = 0
        self._draft = ""

    def remember(self, text: str) -> None:
        """Keep a message for the arrow keys."""
        if text and (not self._history or self._history[-1] != text):
            self._history = [*self._history, text][-_KEPT:]
        self._place = len(self._history)

    def put(self, text: str) -> None:
        """Put text in, the cursor behind it."""
        self.load_text(sanitise(text))
        self.move_cursor(self.document.end)

    def insert_pasted(self, text: str) -> None:
        """Put pasted text at the cursor, in the place of what is selected."""
        self.replace(sanitise(text), *self.selection, maintain_selection_offset=False)

    def action_send(self) -> None:
        """Send what was typed."""
        self.post_message(self.Sent(self.text))

    def action_newline(self) -> None:
        """Begin a new line."""
        self.insert("\n")

    def action_earlier(self) -> None:
        """Go up, and above the first line to the message before."""
        if self.choosing:
            self.post_message(self.Moved(-1))
        elif not self.cursor_at_first_line:
            self.action_cursor_up()
        elif self._place > 0:
            if self._place == len(self._history):
                self._draft = self.text
            self._place -= 1
            self.put(self._history[self._place])

    def action_later(self) -> None:
        """Go down, and below the last line to the message after."""
        if self.choosing:
            self.post_message(self.Moved(1))
        elif not self.cursor_at_last_line:
            self.action_cursor_down()
        elif self._place < len(self._history):
            self._place += 1
            self.put(self._history[self._place] if self._place < len(self._history) else self._draft)

    def action_paste_anything(self) -> None:
        """Take what the system's clipboard has: a picture, else the text that was copied here."""
        self.post_message(self.Pasted(""))

    async def _on_key(self, event: events.Key) -> None:
        if event.key in ("space", "shift+space") and event.character is None:
            # Visual Studio Code's terminal sends a space as a kitty key without its character.
            event.character = " "
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.action_send()

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.post_message(self.Pasted(event.text))
