"""The line that is there while the microphone listens: level, time, what is left of it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from textual.message import Message
from textual.widget import Widget

from encoders.errors import VitrineError
from encoders.sanitise import sanitise_line
from tui.app.text import plain
from tui.microphone.port import OTHERWISE
from tui.microphone.states import Cause, State

if TYPE_CHECKING:
    from textual.app import RenderResult
    from textual.timer import Timer

    from tui.microphone.port import Microphone
    from tui.microphone.recording import Recording

_REDRAW = 0.1
"""Seconds between two drawings of the level."""
_CELLS = 24
_FEWEST = 6
"""Cells of the level bar, at most and at least."""
_WORDS = 88
"""Columns of what stands beside it."""


class RecorderBar(Widget):
    """Records while it is shown; nothing is kept on disk."""

    class Ended(Message):
        """The recording was stopped, by the person or by its length."""

        def __init__(self, recording: Recording) -> None:
            self.recording = recording
            super().__init__()

    class Failed(Message):
        """Nothing can be recorded; the sentence says why."""

        def __init__(self, sentence: str) -> None:
            self.sentence = sentence
            super().__init__()

    class Tried(Message):
        """The microphone was opened; or not, and `sentence` says why."""

        def __init__(self, recording: Recording, sentence: str = "") -> None:
            self.recording, self.sentence = recording, sentence
            super().__init__()

    def __init__(self, microphone: Microphone) -> None:
        """Keep the microphone; nothing listens yet."""
        super().__init__(id="recorder")
        self._microphone = microphone
        self._recording: Recording | None = None
        self._timer: Timer | None = None
        self._opened = False
        self.waiting = False
        """Whether it is to listen as soon as what is said can be written down."""
        self.discarding = "Esc"
        """The key that discards, as it is told."""

    @property
    def listening(self) -> bool:
        """Whether it records, or opens the microphone for it."""
        return self._recording is not None

    def wait(self) -> None:
        """Say that it will listen: `start` begins, `discard` takes it back."""
        self.waiting = self.display = True
        self.refresh()

    def start(self) -> None:
        """Begin to listen, where that is still wanted; `Failed` says where it can't be.

        A Bluetooth microphone takes a second to open, and one that hangs keeps nobody from leaving: the thread is the
        system's to end.
        """
        from tui.microphone.recording import Recording

        if not self.waiting:
            return
        self.waiting, self._opened = False, False
        self._recording = recording = Recording(self._microphone)
        self._timer = self.set_interval(_REDRAW, self._look)
        threading.Thread(target=self._open, args=(recording,), name="microphone", daemon=True).start()

    def _open(self, recording: Recording) -> None:
        sentence = ""
        try:
            if recording.state is not State.DISCARDED:
                recording.start()
        except VitrineError as error:
            sentence = str(error)
        except Exception as error:
            what = sanitise_line(f"{type(error).__name__}: {error}", 120)
            sentence = f"The microphone failed ({what}); {OTHERWISE}."
        self.post_message(self.Tried(recording, sentence))

    def on_recorder_bar_tried(self, event: Tried) -> None:
        """Show that it listens, or say why it can't; what was discarded meanwhile is over."""
        event.stop()
        if event.recording is not self._recording:
            return
        if event.sentence:
            self._end()
            self.post_message(self.Failed(event.sentence))
        else:
            self._opened = True
            self.refresh()

    def stop(self) -> None:
        """End it and hand on what was heard; while the microphone opens there is nothing to hand on yet."""
        if self._opened and (recording := self._end()) is not None:
            # Without a sender of its own it would bubble no further than to whoever pressed the key.
            self.post_message(self.Ended(recording).set_sender(self))

    def discard(self) -> bool:
        """End it and forget what was heard; False where nothing was begun."""
        begun = self.waiting or self.listening
        if (recording := self._end()) is not None:
            recording.discard()
        return begun

    def _end(self) -> Recording | None:
        if self._timer is not None:
            self._timer.stop()
        recording, self._recording, self._timer = self._recording, None, None
        self.waiting = self.display = False
        return recording

    def _look(self) -> None:
        if self._recording is not None and self._recording.state is State.DONE:
            self.stop()
        self.refresh()

    def render(self) -> RenderResult:
        """Draw it: in words too, so that nothing hangs on a colour or a shape."""
        recording = self._recording
        if recording is None:
            return plain(f"getting ready to write down what you say …  {self.discarding} discards", "$muted")
        if not self._opened:
            return plain(f"getting ready to listen …  {self.discarding} discards", "$muted")
        from tui.microphone.level import level_bar, write_level

        level = recording.level.rms
        clock = f"● recording {_clock(recording.elapsed)}, {_clock(recording.remaining)} left"
        # What matters most comes first: a narrow line is cut at its end.
        silent = "  no sound detected" if recording.silent else ""
        cells = min(_CELLS, max(self.size.width - _WORDS, _FEWEST))
        meter = f"  ▕{level_bar(level, cells)}▏ {write_level(level)}"
        keys = f"  Enter stops, {self.discarding} discards"
        return (
            plain(clock, "bold $error")
            + plain(silent, "bold $warning")
            + plain(meter)
            + plain(keys, "$muted")
        )

    def on_unmount(self) -> None:
        """Close the microphone whatever happens."""
        self.discard()


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


ENDS = {
    Cause.LONGEST: "Recording stopped: a spoken message is a minute long at most.",
    Cause.LOST: "The microphone stopped; what it heard until then is kept.",
}
