"""The composer: what is typed, what is staged with it, and what may follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import OptionList, Static

from encoders.errors import VitrineError
from tui.app.chips import Chip, Chips
from tui.app.menu import Menu, offer_commands
from tui.app.prompt import Prompt
from tui.attachments.staging import Staged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from textual.app import ComposeResult


class Composer(Vertical):
    """Prompt, staged files and completions; nothing leaves it before Enter."""

    class Sent(Message):
        """A message is to be said."""

        def __init__(self, text: str, staged: Staged, transcript: str | None) -> None:
            self.text, self.staged, self.transcript = text, staged, transcript
            super().__init__()

    class Commanded(Message):
        """A slash command is to be done."""

        def __init__(self, line: str) -> None:
            self.line = line
            super().__init__()

    class Refused(Message):
        """Something can't be staged; the sentence says why."""

        def __init__(self, sentence: str) -> None:
            self.sentence = sentence
            super().__init__()

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(id="composer")
        self.staged = Staged()
        """What goes with the next message."""
        self._dictated: str | None = None

    def compose(self) -> ComposeResult:
        """Completions, staged files, the prompt."""
        yield Menu()
        yield Chips(id="staged", label="with")
        with Horizontal(id="line"):
            yield Static("›", id="mark")
            yield Prompt()

    @property
    def prompt(self) -> Prompt:
        """Where text is typed."""
        return self.query_one(Prompt)

    @property
    def menu(self) -> Menu:
        """The completions."""
        return self.query_one(Menu)

    def accept(self) -> None:
        """Empty the composer: its message was taken."""
        self.prompt.remember(self.prompt.text.strip())
        self.prompt.put("")
        self.stage(Staged())
        self._dictated = None

    def dictate(self, transcript: str) -> None:
        """Put what was spoken behind what is typed, to be read and mended before it is sent."""
        self._dictated = transcript
        typed = self.prompt.text.rstrip()
        self.prompt.put(f"{typed} {transcript}".strip())
        self.prompt.focus()

    def stage(self, staged: Staged) -> None:
        """Show what is staged."""
        self.staged = staged
        chips = self.query_one("#staged", Chips)
        chips.show([Chip(str(place), text) for place, text in enumerate(staged.described())])
        chips.display = bool(staged)

    def stage_files(self, kind: str, paths: Sequence[Path]) -> None:
        """Stage files; what can't be used is refused in a sentence."""
        for path in paths:
            try:
                self.stage(self.staged.with_file(kind, path))
            except VitrineError as error:
                self.post_message(self.Refused(str(error)))

    def close_menu(self) -> bool:
        """Close the completions; False where none are open."""
        open_ = self.menu.display
        self.menu.offer(())
        return bool(open_)

    def complete(self) -> bool:
        """Take the completion that is chosen; False where none is."""
        offer = self.menu.chosen
        if offer is None:
            return False
        self.prompt.put(offer.text)
        self.menu.offer(())
        return True

    def on_text_area_changed(self) -> None:
        """Offer what may follow."""
        self.menu.offer(offer_commands(self.prompt.text))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take a completion by the pointer."""
        event.stop()
        self.complete()
        self.prompt.focus()

    def on_prompt_sent(self, event: Prompt.Sent) -> None:
        """Send what was typed, or first finish the command that it begins."""
        event.stop()
        offer = self.menu.chosen
        if offer is not None and offer.text.strip() != event.text.strip():
            self.complete()
            if not offer.whole:
                return
        text = self.prompt.text.strip()
        if text.startswith("/"):
            self.post_message(self.Commanded(text))
        elif text or self.staged:
            self.post_message(self.Sent(text, self.staged, self._dictated))

    def on_chips_removed(self, event: Chips.Removed) -> None:
        """Take a staged file back."""
        if event.chips.id == "staged":
            event.stop()
            self.stage(self.staged.without(int(event.chip.key)))
            if not self.staged:
                self.prompt.focus()
