"""The line that is there while the microphone listens: level, time, what is left of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.widget import Widget

from encoders.errors import VitrineError
from tui.app.text import plain
from tui.microphone.states import Cause, State

if TYPE_CHECKING:
    from textual.app import RenderResult
    from textual.timer import Timer

    from tui.microphone.port import Microphone
    from tui.microphone.recording import Recording

_REDRAW = 0.1
"""Seconds between two drawings of the level."""
_CELLS = 24


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

    def __init__(self, microphone: Microphone) -> None:
        """Keep the microphone; nothing listens yet."""
        super().__init__(id="recorder")
        self._microphone = microphone
        self._recording: Recording | None = None
        self._timer: Timer | None = None

    @property
    def listening(self) -> bool:
        """Whether it records."""
        return self._recording is not None

    def start(self) -> None:
        """Begin to listen; `Failed` says where that can't be. A Bluetooth microphone takes a second to open."""
        from tui.microphone.recording import Recording

        if self._recording is None:
            self._recording = recording = Recording(self._microphone)
            self.display = True
            self._timer = self.set_interval(_REDRAW, self._look)
            self.run_worker(lambda: self._open(recording), thread=True, exit_on_error=False)

    def _open(self, recording: Recording) -> None:
        try:
            recording.start()
        except VitrineError as error:
            self.app.call_from_thread(self._failed, str(error))

    def _failed(self, sentence: str) -> None:
        self._end()
        self.post_message(self.Failed(sentence))

    def stop(self) -> None:
        """End it and hand on what was heard."""
        if self._recording is not None and self._recording.state is State.IDLE:
            return
        if (recording := self._end()) is not None:
            self.post_message(self.Ended(recording))

    def discard(self) -> None:
        """End it and forget what was heard."""
        if (recording := self._end()) is not None:
            recording.discard()

    def _end(self) -> Recording | None:
        if self._timer is not None:
            self._timer.stop()
        recording, self._recording, self._timer = self._recording, None, None
        self.display = False
        return recording

    def _look(self) -> None:
        if self._recording is not None and self._recording.state is State.DONE:
            self.stop()
        self.refresh()

    def render(self) -> RenderResult:
        """Draw it: in words too, so that nothing hangs on a colour or a shape."""
        recording = self._recording
        if recording is None:
            return ""
        if recording.state is State.IDLE:
            return plain("getting ready to listen …  Esc discards", "$muted")
        from tui.microphone.level import level_bar, write_level

        level = recording.level.rms
        clock = f"● recording {_clock(recording.elapsed)}, {_clock(recording.remaining)} left"
        meter = f"  ▕{level_bar(level, _CELLS)}▏ {write_level(level)}"
        silent = "  no sound detected" if recording.silent else ""
        keys = "  Enter or F2 stops, Esc discards"
        return (
            plain(clock, "bold $error")
            + plain(meter)
            + plain(silent, "bold $warning")
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
