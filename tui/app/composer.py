"""The composer: what is typed, dictated and staged, and what may follow; nothing leaves it before Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import OptionList, Static

from encoders.errors import InputError, VitrineError
from tui.app.chips import Chip, Chips
from tui.app.menu import Menu, offers_for
from tui.app.message import Composed
from tui.app.prompt import Prompt
from tui.attachments.dropped import take_mentions, take_paths
from tui.attachments.kind import kind_of
from tui.attachments.staging import Staged
from tui.microphone.heard import split_heard

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from textual.app import ComposeResult

    from tui.app.recorder_bar import RecorderBar


class Composer(Vertical):
    """Prompt, microphone, staged files and completions."""

    class Sent(Message):
        """A message is to be said; an empty one says 'go on'."""

        def __init__(self, message: Composed) -> None:
            self.message = message
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

    def __init__(self, recorder: RecorderBar) -> None:
        """Begin empty; `recorder` listens."""
        super().__init__(id="composer")
        self.recorder = recorder
        """The microphone's line."""
        self.staged = Staged()
        """What goes with the next message."""
        self._dictated: str | None = None

    def compose(self) -> ComposeResult:
        """Lay out completions, microphone, staged files and prompt."""
        yield Menu()
        yield self.recorder
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

    def accept(self, *, keep_staged: bool = False) -> None:
        """Empty the composer: its message, or its command, was taken."""
        self.prompt.remember(self.prompt.text.strip())
        self.prompt.put("")
        self._dictated = None
        if not keep_staged:
            self.stage(Staged())

    def dictate(self, transcript: str) -> None:
        """Put what was spoken behind what is typed, to be read and mended before it is sent."""
        self._dictated = transcript
        self.prompt.put(f"{self.prompt.text.rstrip()} {transcript}".strip())
        self.prompt.focus()

    def stage(self, staged: Staged) -> None:
        """Show what is staged."""
        self.staged = staged
        chips = self.query_one("#staged", Chips)
        chips.show([Chip(str(place), str(one)) for place, one in enumerate(staged.chips)])

    def stage_files(self, paths: Sequence[Path]) -> None:
        """Stage pictures and sounds; what can't be used is refused in a sentence."""
        for path in paths:
            try:
                self.stage(self.staged.with_file(kind_of(path) or "image", path))
            except VitrineError as error:
                self.post_message(self.Refused(str(error)))

    def paste_picture(self) -> None:
        """Stage the picture on the system's clipboard; asking for it may take a second, so a thread does."""
        self.run_worker(
            self._ask_clipboard, thread=True, exit_on_error=False, group="clipboard", exclusive=True
        )

    def _ask_clipboard(self) -> None:
        from tui.attachments.clipboard import NoPicture, clipboard_picture  # needs Pillow

        try:
            found = clipboard_picture()
        except NoPicture as error:
            self.app.call_from_thread(self._paste_text, str(error))
        except InputError as error:
            self.app.call_from_thread(self.post_message, self.Refused(str(error)))
        else:
            self.app.call_from_thread(self.stage_files, found.paths)

    def _paste_text(self, sentence: str) -> None:
        """Paste the text that was copied here where there is no picture, and else say so."""
        if self.app.clipboard:
            self.prompt.insert(self.app.clipboard)
        else:
            self.post_message(self.Refused(sentence))

    def close_menu(self) -> bool:
        """Close the completions; False where none are open."""
        was_open = bool(self.menu.display)
        self.menu.offer(())
        self.prompt.choosing = False
        return was_open

    def complete(self) -> bool:
        """Take the completion that is chosen; False where none is."""
        offer = self.menu.chosen
        if offer is None:
            return False
        self.prompt.put(offer.text)
        return True

    def send(self) -> None:
        """Send what is typed, spoken and staged."""
        taken = take_mentions(self.prompt.text.strip())
        if taken.paths:
            self.stage_files(taken.paths)
        typed, spoken = split_heard(taken.words, self._dictated)
        self.post_message(self.Sent(Composed(typed, spoken, self.staged)))

    def on_text_area_changed(self) -> None:
        """Offer what may follow."""
        self.menu.offer(offers_for(self.prompt.text))
        self.prompt.choosing = bool(self.menu.display)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take a completion by the pointer."""
        event.stop()
        self.complete()
        self.prompt.focus()

    def on_prompt_moved(self, event: Prompt.Moved) -> None:
        """Go through the completions."""
        event.stop()
        self.menu.move(event.by)

    def on_prompt_sent(self, event: Prompt.Sent) -> None:
        """Stop the recording, or finish what is begun, or send."""
        event.stop()
        if self.recorder.listening:
            self.recorder.stop()
            return
        offer = self.menu.chosen
        if offer is not None and offer.text.strip() != self.prompt.text.strip():
            self.complete()
            if not offer.whole:
                return
        text = self.prompt.text.strip()
        if text.startswith("/"):
            self.post_message(self.Commanded(text))
        else:
            self.send()

    def on_prompt_pasted(self, event: Prompt.Pasted) -> None:
        """Stage the files that a pasted or dropped text names; the rest is text."""
        event.stop()
        if not event.text:
            self.paste_picture()
            return
        taken = take_paths(event.text)
        self.stage_files(taken.paths)
        if taken.words:
            self.prompt.insert_pasted(taken.words)

    def on_chips_removed(self, event: Chips.Removed) -> None:
        """Take a staged file back."""
        if event.chips.id == "staged":
            event.stop()
            self.stage(self.staged.without(int(event.chip.key)))
            if not self.staged:
                self.prompt.focus()

    def on_chips_chosen(self, event: Chips.Chosen) -> None:
        """Do nothing: a staged file has nothing to correct."""
        if event.chips.id == "staged":
            event.stop()
