"""Where a person types: several lines, with a history; Enter sends."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.message import Message
from textual.widgets import TextArea

from encoders.sanitise import sanitise
from tui.app.history import History
from tui.app.keystrokes import give_space
from tui.attachments.dropped import take_paths

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from textual import events

LONGEST = 4_000
"""Characters of a paste that are taken: no request may have more (a test holds it to the engine's limit), and a text
of a megabyte on one line would wrap for seconds at each key."""
_XTERM_ENTERS = ("shift+\r", "alt+\r", "ctrl+\r")
"""How Textual names Enter with another key where xterm's modifyOtherKeys sends it."""


class Prompt(TextArea):
    """The composer's text."""

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("enter", "send", "send", priority=False),
        Binding("ctrl+j,shift+enter,alt+enter", "newline", "new line", show=False),
        Binding("ctrl+v", "paste_anything", "paste text or a picture", show=False),
        Binding("up", "earlier", show=False),
        Binding("down", "later", show=False),
        Binding("backspace", "delete_left", show=False),
    ]
    HELP = (
        "Type what you are after. Enter sends, Ctrl+J makes a new line, Up and Down go through what you said before, "
        "Ctrl+Z undoes. A slash begins a command, @ names a picture or a sound: Tab takes the completion, the arrows "
        "choose another. Backspace, where nothing is typed, goes to the files that wait. Tab goes to the cards, "
        "Shift+Tab to the files and the parts."
    )

    class Sent(Message):
        """The text is to be sent."""

        def __init__(self, text: str) -> None:
            self.text = text
            super().__init__()

    class Dropped(Message):
        """Files were pasted or dropped."""

        def __init__(self, paths: Sequence[Path]) -> None:
            self.paths = tuple(paths)
            super().__init__()

    class Cut(Message):
        """A paste was too long; `length` counts its characters."""

        def __init__(self, length: int) -> None:
            self.length = length
            super().__init__()

    class ClipboardAsked(Message):
        """The system's clipboard may hold a picture."""

    class Moved(Message):
        """The completions are gone through, `by` lines."""

        def __init__(self, by: int) -> None:
            self.by = by
            super().__init__()

    class LeftBack(Message):
        """Backspace was pressed where nothing is typed."""

    def __init__(self, history: History | None = None) -> None:
        """Begin empty; the arrow keys go through `history`."""
        super().__init__(
            id="prompt",
            compact=True,
            highlight_cursor_line=False,
            tab_behavior="focus",
        )
        self.choosing = False
        """Whether completions are open, which the arrows then go through."""
        self.recalled: str | None = None
        """The text that was recalled, as long as it stays as it is: nothing is offered to complete it, for the arrows
        go on through the history."""
        self.pending = ""
        """What was sent and not yet taken: it stands before what was typed since."""
        self._history = history or History()

    @property
    def cursor(self) -> int:
        """Where the cursor is, in characters from the start of the text."""
        row, column = self.cursor_location
        return sum(len(self.document.get_line(line)) + 1 for line in range(row)) + column

    def remember(self, text: str) -> None:
        """Keep a message for the arrow keys."""
        self._history.add(text)

    def put(self, text: str, cursor: int | None = None) -> None:
        """Put text in the place of what is there, the cursor behind it or at `cursor`; it can be undone."""
        text = sanitise(text)
        self.recalled = None
        self.history.checkpoint()
        self.replace(text, (0, 0), self.document.end, maintain_selection_offset=False)
        self.history.checkpoint()
        before = text if cursor is None else text[:cursor]
        self.move_cursor((before.count("\n"), len(before) - (before.rfind("\n") + 1)))

    def begin(self, text: str = "") -> None:
        """Begin anew, with nothing to undo."""
        self.recalled, self.pending = None, ""
        self.load_text(sanitise(text))
        self.move_cursor(self.document.end)

    def insert_pasted(self, text: str) -> None:
        """Put pasted text at the cursor, in the place of what is selected."""
        text = sanitise(text)
        if len(text) > LONGEST:
            self.post_message(self.Cut(len(text)))
        self._replace_selected(text[:LONGEST])

    def _replace_selected(self, text: str) -> None:
        self.replace(text, *self.selection, maintain_selection_offset=False)

    def action_send(self) -> None:
        """Send what was typed, but what was sent before and is still being taken."""
        fresh = self.text.removeprefix(self.pending)
        self.pending = self.text
        self.post_message(self.Sent(fresh))

    def action_newline(self) -> None:
        """Begin a new line."""
        self._replace_selected("\n")

    def action_earlier(self) -> None:
        """Go up, and above the first row to the message before."""
        if self.choosing:
            self.post_message(self.Moved(-1))
        elif not self.navigator.is_first_wrapped_line(self.cursor_location):
            self.action_cursor_up()
        elif (text := self._history.earlier(self.text)) is not None:
            self._recall(text)

    def action_later(self) -> None:
        """Go down, and below the last row to the message after."""
        if self.choosing:
            self.post_message(self.Moved(1))
        elif not self.navigator.is_last_wrapped_line(self.cursor_location):
            self.action_cursor_down()
        elif (text := self._history.later()) is not None:
            self._recall(text)

    def _recall(self, text: str) -> None:
        self.put(text)
        self.recalled = self.text

    def action_delete_left(self) -> None:
        """Delete, and where nothing is typed go back to what is staged."""
        if self.text:
            super().action_delete_left()
        else:
            self.post_message(self.LeftBack())

    def action_paste_anything(self) -> None:
        """Take what the system's clipboard has: a picture, else the text that was copied here."""
        self.post_message(self.ClipboardAsked())

    async def _on_key(self, event: events.Key) -> None:
        give_space(event)
        key = "shift+enter" if event.key in _XTERM_ENTERS else event.key
        # At once: Textual looks for a key's binding only when the key has gone up to the application, and what is typed
        # behind it would come first where the screen is busy.
        if (bound := self._bindings.key_to_bindings.get(key)) is not None:
            event.stop()
            event.prevent_default()
            await self.run_action(bound[0].action)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        if not event.text:
            # Many terminals paste nothing when the clipboard holds a picture.
            self.action_paste_anything()
            return
        # Awaited here, so that what is typed behind a paste stays behind it; in a thread, for a disk may sleep.
        taken = await asyncio.to_thread(take_paths, event.text)
        if taken.paths:
            self.post_message(self.Dropped(taken.paths))
        if taken.words:
            self.insert_pasted(taken.words)
