"""Speak a message at the plain prompt: what was heard comes back there as words to be read, changed and sent."""

from __future__ import annotations

import shutil
import sys
from contextlib import contextmanager
from enum import Enum, auto
from typing import TYPE_CHECKING

from tui.echo import draws, is_terminal, narrate, paint, write
from tui.microphone.heard import split_heard
from tui.microphone.level import level_bar, write_level
from tui.microphone.recording import Recording
from tui.microphone.states import Cause, State
from tui.plain.lines import Draft
from tui.terminal import read_within, unbuffered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from agent.conversation import Conversation
    from encoders.protocols import Samples
    from tui.microphone.port import Microphone

REDRAW = 0.1
"""Seconds between two drawings of the meter."""
_CELLS = 16
_SOON = 10.0
"""Seconds before the end from which the line counts them."""
_WIPE = "\r\x1b[K"
_ENDS = {
    Cause.LONGEST: "(stopped: a spoken message is a minute long at most)",
    Cause.LOST: "(the microphone stopped; what it heard until then is kept)",
}


class Dictation:
    """A microphone at the prompt of a plain chat."""

    def __init__(
        self,
        microphone: Microphone,
        *,
        redraws: bool,
        recording: Callable[[Microphone], Recording] = Recording,
    ) -> None:
        """Keep the microphone; `redraws` says that a line may move, which a screen reader would say again and again."""
        self._microphone = microphone
        self._redraws = redraws
        self._recording = recording
        self._heard: str | None = None
        self.draft = Draft()
        """Where what was heard is put, for the next prompt."""

    def listen(self, conversation: Conversation) -> None:
        """Record until Enter, and put what was heard into the draft; Esc and Ctrl-C discard it.

        Raises ModelMissing before anything is recorded, MicrophoneError, and InputError when no speech was found.
        """
        if conversation.models.speech.loaded is None:
            narrate("(getting ready to listen …)")
            conversation.models.speech.get()
        recording = self._recording(self._microphone)
        samples = record(recording, redraws=self._redraws)
        if samples is None:
            write("(discarded)")
            return
        if recording.cause in _ENDS:
            write(_ENDS[recording.cause])
        narrate("(writing down what was said …)")
        self._heard = self.draft.text = conversation.hear(samples).text
        write(f"heard: {self._heard}")

    def told(self, line: str) -> tuple[str, str | None]:
        """Return the typed and the spoken words of a line, by what was heard before it."""
        heard, self._heard = self._heard, None
        return split_heard(line, heard)


def can_redraw() -> bool:
    """Tell whether standard output can show a line that moves, with the blocks of a bar."""
    if not (is_terminal(sys.stdout) and draws()):
        return False
    try:
        "●█".encode(sys.stdout.encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def record(recording: Recording, *, redraws: bool) -> Samples | None:
    """Record until Enter; None when Esc or Ctrl-C discarded it. Raises MicrophoneError.

    The microphone is closed whatever happens.
    """
    try:
        recording.start()
        with _meter(redraws) as show, _keys() as pressed:
            while recording.state is State.RECORDING:
                show(recording)
                key = pressed(REDRAW)
                if key is _Key.DISCARD:
                    return None
                if key is _Key.STOP:
                    break
        return recording.stop()
    except KeyboardInterrupt:
        return None
    finally:
        recording.discard()


class _Key(Enum):
    STOP = auto()
    DISCARD = auto()


@contextmanager
def _keys() -> Iterator[Callable[[float], _Key | None]]:
    """Yield what waits so many seconds for a key."""
    fd = sys.stdin.fileno()
    try:
        import termios
    except ImportError:  # not on every system
        yield _line
        return
    # An Enter too many while the model was loading would end the recording before its first sound.
    termios.tcflush(fd, termios.TCIFLUSH)
    with unbuffered(fd):
        yield lambda seconds: _key(read_within(fd, seconds))


def _key(data: bytes | None) -> _Key | None:
    """Tell what was pressed: Esc is one byte, an arrow begins with the same and goes on."""
    if data is None:
        return None
    if b"\n" in data or b"\r" in data:
        return _Key.STOP
    return _Key.DISCARD if data in (b"", b"\x1b") else None


def _line(seconds: float) -> _Key:
    """Wait for Enter where a terminal can't be read key by key."""
    input()
    return _Key.STOP


@contextmanager
def _meter(redraws: bool) -> Iterator[Callable[[Recording], None]]:
    """Yield what shows how the recording goes: one line that moves, or a line whenever there is something to say."""
    if not redraws:
        yield _Spoken().show
        return
    try:
        yield lambda recording: paint(_WIPE + meter_line(recording, shutil.get_terminal_size().columns - 1))
    finally:
        paint(_WIPE)


class _Spoken:
    """Lines for who reads by ear: each is said once."""

    def __init__(self) -> None:
        self._said: set[str] = set()

    def show(self, recording: Recording) -> None:
        self._say("listening; Enter stops, Ctrl-C discards")
        if recording.silent:
            self._say("no sound detected; is the microphone switched off?")
        if recording.remaining <= _SOON:
            self._say(f"{_SOON:.0f} seconds left")

    def _say(self, text: str) -> None:
        if text not in self._said:
            self._said.add(text)
            write(text)


def meter_line(recording: Recording, width: int) -> str:
    """Draw a recording on one line of at most `width` characters."""
    minutes, seconds = divmod(int(recording.elapsed), 60)
    time = f"{minutes}:{seconds:02d}"
    if recording.remaining <= _SOON:
        time += f", {recording.remaining:.0f} s left"
    level = recording.level.rms
    meter = (
        "no sound detected".ljust(_CELLS + 8)
        if recording.silent
        else f"{level_bar(level, _CELLS)} {write_level(level)}"
    )
    return f"● listening {time}  {meter}   (Enter stops, Esc discards)"[: max(width, 0)]
