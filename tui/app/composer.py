"""The composer: what is typed, dictated and staged, and what may follow; nothing leaves it before Enter."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import OptionList, Static, TextArea

from agent.actions import parse
from encoders.errors import InputError, UsageError, VitrineError
from tui.app.menu import Menu, Offer, offers_for
from tui.app.message import Composed
from tui.app.prompt import LONGEST, Prompt
from tui.app.staged import StagedChips, chip_of, with_file
from tui.attachments.dropped import take_mentions, take_paths
from tui.attachments.staging import Staged
from tui.microphone.heard import split_heard

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from textual.app import ComposeResult

    from tui.app.chips import Chips
    from tui.app.history import History
    from tui.app.recorder_bar import RecorderBar
    from tui.attachments.attached import Attached


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

    class Pictured(Message):
        """A first picture was staged."""

    class Refused(Message):
        """Something can't be staged; the sentence says why."""

        def __init__(self, sentence: str) -> None:
            self.sentence = sentence
            super().__init__()

    class Remarked(Refused):
        """Something was done that the person may not have expected."""

    class Looked(Message):
        """A staged picture is to be seen."""

        def __init__(self, picture: Attached) -> None:
            self.picture = picture
            super().__init__()

    class Files(Message):
        """Files are to be staged, as `kind` or by what is in them."""

        def __init__(self, files: Sequence[Path | str], kind: str | None = None) -> None:
            self.files, self.kind = tuple(files), kind
            super().__init__()

    class PictureMissing(Message):
        """The system's clipboard gave no picture; the sentence says why."""

        def __init__(self, sentence: str) -> None:
            self.sentence = sentence
            super().__init__()

    def __init__(self, recorder: RecorderBar, history: History | None = None) -> None:
        """Begin empty; `recorder` listens, `history` has what was said before."""
        super().__init__(id="composer")
        self.recorder = recorder
        """The microphone's line."""
        self.staged = Staged()
        """What goes with the next message."""
        self._history = history
        self._dictated: str | None = None
        self._sent: deque[str] = deque()
        """What was sent and is still being taken, as it stands in the prompt."""

    def compose(self) -> ComposeResult:
        """Lay out completions, microphone, staged files and prompt."""
        yield Menu()
        yield self.recorder
        yield StagedChips(id="staged", label="with")
        with Horizontal(id="line"):
            yield Static("›", id="mark")
            yield Prompt(self._history)

    @property
    def prompt(self) -> Prompt:
        """Where text is typed."""
        return self.query_one(Prompt)

    @property
    def menu(self) -> Menu:
        """The completions."""
        return self.query_one(Menu)

    def accept(self, *, keep_staged: bool = False) -> None:
        """Empty the composer of what was sent: its message, or its command, was taken."""
        prompt, sent = self.prompt, self._sent.popleft() if self._sent else ""
        text, pending = prompt.text, prompt.pending
        prompt.remember(sent.strip() or text.strip())
        # What was typed behind Enter, before the message was taken, is the next message's.
        prompt.begin(text.removeprefix(sent) if text.startswith(sent) and sent else "")
        prompt.pending = pending.removeprefix(sent) if pending.startswith(sent) and sent else ""
        self._dictated = None
        if not keep_staged:
            self.stage(Staged())

    def keep(self) -> None:
        """Leave what was sent where it is, to be sent again: it could not be taken."""
        self._sent.clear()
        self.prompt.pending = ""

    def restore(self, message: Composed) -> None:
        """Give back a message that was refused; what was begun since stays as it is."""
        if not self.prompt.text:
            self.prompt.put(message.said)
            self._dictated = message.transcript
        if not self.staged:
            self.stage(message.staged)

    def dictate(self, transcript: str) -> None:
        """Put what was spoken behind what is typed, to be read and mended before it is sent."""
        self._dictated = " ".join(filter(None, (self._dictated, transcript)))
        self.prompt.put(f"{self.prompt.text.rstrip()} {transcript}".strip())
        self.prompt.focus()

    def stage(self, staged: Staged) -> None:
        """Show what is staged."""
        if staged.images and not self.staged.images:
            self.post_message(self.Pictured())
        self.staged = staged
        self.staged_chips.show([chip_of(place, one) for place, one in enumerate(staged.chips)])

    @property
    def staged_chips(self) -> StagedChips:
        """The chips of what is staged."""
        return self.query_one(StagedChips)

    def stage_files(self, files: Sequence[Path | str], kind: str | None = None) -> None:
        """Stage files as `kind`, or by what is in them; what can't be used is refused in a sentence."""
        self.post_message(self.Files(files, kind))

    async def on_composer_files(self, event: Files) -> None:
        """Stage files one by one; they are decoded in a thread, and what is sent meanwhile waits for them."""
        event.stop()
        await self._stage_all(event.files, event.kind)

    async def _stage_all(self, files: Sequence[Path | str], kind: str | None = None) -> bool:
        """Stage files; False, with a sentence, where not all can be used."""
        whole = True
        for place, file in enumerate(files):
            try:
                self.stage(await asyncio.to_thread(with_file, self.staged, file, kind))
            except UsageError as error:
                # No more can be staged: said once, whatever is left.
                left = len(files) - place - 1
                more = f" {left} more {'was' if left == 1 else 'were'} left out too." if left else ""
                self.post_message(self.Refused(f"{error}{more}"))
                return False
            except VitrineError as error:
                whole = False
                self.post_message(self.Refused(str(error)))
        return whole

    def paste_picture(self) -> None:
        """Stage the picture on the system's clipboard; asking for it may take a second, so a thread does."""
        self.run_worker(
            self._ask_clipboard, thread=True, exit_on_error=False, group="clipboard", exclusive=True
        )

    def _ask_clipboard(self) -> None:
        from tui.attachments.clipboard import clipboard_picture  # needs Pillow

        try:
            found = clipboard_picture()
        except InputError as error:
            self.post_message(self.PictureMissing(str(error)))
        else:
            self.stage_files(found.paths)

    def on_composer_picture_missing(self, event: PictureMissing) -> None:
        """Paste the text that was copied here where there is no picture, and else say why there is none."""
        event.stop()
        if self.app.clipboard:
            self.prompt.insert_pasted(self.app.clipboard)
        else:
            self.post_message(self.Refused(event.sentence))

    def close_menu(self) -> bool:
        """Close the completions; False where none are open."""
        was_open = bool(self.menu.display)
        self.menu.offer(())
        self.prompt.choosing = False
        return was_open

    def complete(self) -> bool:
        """Take the completion that is chosen, or the first; False where none is open."""
        offer = self.menu.chosen or self.menu.first
        if offer is None:
            return False
        self._take(offer)
        return True

    def _take(self, offer: Offer) -> None:
        self.prompt.put(offer.text, offer.cursor)

    async def send(self, text: str = "") -> None:
        """Send `text`, what was spoken and what is staged; a file's name alone is staged and not said."""
        if await self._only_files(text):
            self.keep()
            return
        mentioned = await asyncio.to_thread(take_mentions, text.strip())
        if mentioned.paths:
            before = self.staged
            if not await self._stage_all(mentioned.paths):
                self.stage(before)
                self.keep()
                return
            # Its chip says it now: sent again after a refusal, it is not staged twice.
            self._reword(text, mentioned.words)
        typed, spoken = split_heard(mentioned.words, self._dictated)
        self.post_message(self.Sent(Composed(typed, spoken, self.staged)))

    def _reword(self, sent: str, words: str) -> None:
        """Let other words stand for what was sent; what was typed behind it stays."""
        prompt = self.prompt
        rest, waiting = prompt.text.removeprefix(sent), prompt.pending.removeprefix(sent)
        prompt.put(words + rest)
        prompt.pending = words + waiting
        if self._sent:
            self._sent[-1] = words

    async def _only_files(self, text: str) -> bool:
        """Stage the files of a text that is nothing else, as a drop is that comes as keys; False where it says more.

        A text that begins with a slash and is no command may say something behind them, which stays typed.
        """
        if self._dictated is not None or len(text) > LONGEST or not text.strip():
            return False
        taken = await asyncio.to_thread(take_paths, text.strip())
        if not taken.paths or (taken.words and not text.lstrip().startswith("/")):
            return False
        self.prompt.put(taken.words)
        if await self._stage_all(taken.paths):
            waits = f"{taken.paths[0].name} waits" if len(taken.paths) == 1 else "They wait"
            self.post_message(
                self.Remarked(f"{waits} for your next message: say what you are after, or Enter sends it so.")
            )
        return True

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Offer what may follow."""
        event.stop()
        prompt = self.prompt
        recalled = prompt.recalled is not None and prompt.text == prompt.recalled
        self.menu.offer(() if recalled else offers_for(prompt.text, prompt.cursor))
        prompt.choosing = bool(self.menu.display)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take a completion by the pointer."""
        event.stop()
        self.complete()
        self.prompt.focus()

    def on_prompt_moved(self, event: Prompt.Moved) -> None:
        """Go through the completions."""
        event.stop()
        self.menu.move(event.by)

    def on_prompt_left_back(self, event: Prompt.LeftBack) -> None:
        """Go to the file that was staged last."""
        event.stop()
        if self.staged:
            self.staged_chips.current = len(self.staged) - 1
            self.staged_chips.focus()

    async def on_prompt_sent(self, event: Prompt.Sent) -> None:
        """Stop the recording, or finish what is begun, or send."""
        event.stop()
        if self.recorder.listening:
            self.recorder.stop()
            self.keep()
            return
        text = event.text
        offer = self.menu.chosen
        if offer is not None and offer.text.strip() != text.strip():
            self._take(offer)
            if not offer.whole:
                self.keep()
                return
            text = self.prompt.text
        self.close_menu()
        self._sent.append(text)
        if not text.lstrip().startswith("/"):
            await self.send(text)
        elif _is_no_command(text) and await self._only_files(text):
            self.keep()
        else:
            self.post_message(self.Commanded(text.strip()))

    def on_prompt_dropped(self, event: Prompt.Dropped) -> None:
        """Stage what was dropped."""
        event.stop()
        self.stage_files(event.paths)

    def on_prompt_cut(self, event: Prompt.Cut) -> None:
        """Say that a paste was too long."""
        event.stop()
        sentence = (
            f"The text that was pasted has {event.length:,} characters and a message may have {LONGEST:,}: "
            f"its first {LONGEST:,} were taken."
        )
        self.post_message(self.Refused(sentence))

    def on_prompt_clipboard_asked(self, event: Prompt.ClipboardAsked) -> None:
        """Look for a picture."""
        event.stop()
        self.paste_picture()

    def on_chips_removed(self, event: Chips.Removed) -> None:
        """Take a staged file back."""
        if event.chips is self.staged_chips:
            event.stop()
            self.stage(self.staged.without(int(event.chip.key)))
            if not self.staged:
                self.prompt.focus()

    async def on_chips_chosen(self, event: Chips.Chosen) -> None:
        """Look at a staged picture; a sound changes between music to look for the like of and a spoken message."""
        if event.chips is not self.staged_chips:
            return
        event.stop()
        place = int(event.chip.key)
        chosen = self.staged.chips[place]
        if chosen.kind == "image":
            self.post_message(self.Looked(chosen))
            return
        other = "voice" if chosen.kind == "sound" else "sound"
        try:
            self.stage(await asyncio.to_thread(with_file, self.staged.without(place), chosen.path, other))
        except VitrineError as error:
            self.post_message(self.Refused(str(error)))


def _is_no_command(text: str) -> bool:
    try:
        parse(text.strip())
    except UsageError:
        return True
    return False
