"""A recording: begun, listened to and ended or discarded; its samples are kept in memory and nowhere else."""

from __future__ import annotations

import threading
import time
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from encoders.sound import RATE, clean, resample
from encoders.speech import SpeechGates
from tui.microphone.level import SILENT, Level, level_of
from tui.microphone.port import Device, NothingRecorded
from tui.microphone.states import Cause, State

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from encoders.protocols import Samples
    from tui.microphone.port import Microphone, Stream

LONGEST = 60.0
"""Seconds; a request is a few sentences. 60 s are 4 MB at 16 kHz and 12 MB at 48 kHz."""
UNHEARD = 2.0
"""Seconds without sound after which it is said: longer than a pause for thought between words."""
FLOOR = SpeechGates().floor_db
"""dB of full scale under which the recogniser takes nothing for speech, so nothing under it is called sound here."""


class Recording:
    """One recording; it has no thread but the microphone's, and ends by itself after `longest` seconds.

    The microphone's thread writes, a face reads and ends: all that both touch is behind one lock, which is never held
    while the microphone is opened or closed, for that waits for the thread.
    """

    def __init__(
        self,
        microphone: Microphone,
        *,
        clock: Callable[[], float] = time.monotonic,
        longest: float = LONGEST,
        unheard: float = UNHEARD,
        floor: float = FLOOR,
    ) -> None:
        """Keep the microphone; nothing listens before `start`. `clock` counts seconds, `floor` is in dB."""
        self._microphone = microphone
        self._clock = clock
        self._longest = longest
        self._unheard = unheard
        self._floor = floor
        self._lock = threading.Lock()
        self._stream: Stream | None = None
        self._state = State.IDLE
        self._cause: Cause | None = None
        self._began = self._sounded = self._ended = 0.0
        self._blocks: list[tuple[NDArray[np.float32], int]] = []
        self._length = 0.0
        self._level = SILENT
        self.device: Device | None = None
        """What listens, once started."""

    def start(self) -> None:
        """Begin to listen. Raises MicrophoneError when that can't be, and stays idle."""
        if self._state is not State.IDLE:
            raise RuntimeError(f"a recording that is {self._state} is started")
        device = self._microphone.device()
        with self._lock:
            self._state, self.device = State.RECORDING, device
            self._began = self._sounded = self._clock()
        try:
            stream = self._microphone.open(self._receive, self._lost)
        except BaseException:
            with self._lock:
                if self._state is State.RECORDING:
                    self._state = State.IDLE
            raise
        with self._lock:
            self._stream = stream
            # Opening can take a second, in which nothing is heard.
            if self._state is State.RECORDING and not self._blocks:
                self._began = self._sounded = self._clock()
        self._free()

    def stop(self) -> Samples:
        """End it and return what was heard: mono at 16 kHz, shape (n,), in −1…1, as a recogniser takes it.

        Also the way to fetch what a recording that ended by itself has heard; a second call returns the same.

        Raises NothingRecorded when no sample came, or none but zeros.
        """
        if self._state in (State.IDLE, State.DISCARDED):
            raise RuntimeError(f"a recording that is {self._state} is stopped")
        self._end(State.DONE, Cause.PERSON)
        name = self.device.name if self.device else "without a name"
        if not self._blocks:
            raise NothingRecorded(samples=False, name=name)
        if not any(block.any() for block, _ in self._blocks):
            raise NothingRecorded(samples=True, name=name)
        return self._samples()

    def discard(self) -> None:
        """End it and forget what was heard; more than once does no harm."""
        self._end(State.DISCARDED, Cause.PERSON)
        with self._lock:
            self._state, self._blocks, self._level = State.DISCARDED, [], SILENT

    @property
    def state(self) -> State:
        """Where it is; one that is as long as one may be is done, and its microphone is closed by asking."""
        if self._state is State.RECORDING and self._clock() - self._began >= self._longest:
            self._end(State.DONE, Cause.LONGEST)
        self._free()
        return self._state

    @property
    def cause(self) -> Cause | None:
        """What ended it; None before."""
        return self._cause

    @property
    def elapsed(self) -> float:
        """Seconds since it was started, until it ended."""
        with self._lock:
            if self._state is State.IDLE:
                return 0.0
            until = self._clock() if self._state is State.RECORDING else self._ended
            return min(max(until - self._began, 0.0), self._longest)

    @property
    def remaining(self) -> float:
        """Seconds until it ends by itself."""
        return self._longest - self.elapsed

    @property
    def level(self) -> Level:
        """How loud the newest block is."""
        return self._level

    @property
    def silent(self) -> bool:
        """Whether nothing has been heard for two seconds, since the start or since the last sound."""
        with self._lock:
            return self._state is State.RECORDING and self._clock() - self._sounded >= self._unheard

    def _receive(self, block: NDArray[np.float32], rate: int) -> bool:
        level = level_of(block)
        with self._lock:
            if self._state is not State.RECORDING:
                return False
            if len(block):
                room = round((self._longest - self._length) * rate)
                # A copy: the library uses the memory of a block again for the next.
                self._blocks.append((np.array(block[: max(room, 0)], np.float32), rate))
                self._length += len(block) / rate
                self._level = level
            if level.rms >= self._floor:
                self._sounded = self._clock()
            if self._length < self._longest:
                return True
            self._finish(State.DONE, Cause.LONGEST)
            return False

    def _lost(self) -> None:
        with self._lock:
            if self._state is State.RECORDING:
                self._finish(State.DONE, Cause.LOST)

    def _end(self, state: State, cause: Cause) -> None:
        with self._lock:
            if self._state is State.RECORDING:
                self._finish(state, cause)
        self._free()

    def _finish(self, state: State, cause: Cause) -> None:
        """Change the state; under the lock."""
        self._state, self._cause, self._ended = state, cause, self._clock()

    def _free(self) -> None:
        """Close the microphone once the recording has ended; outside the lock, and in a face's thread."""
        with self._lock:
            if self._state is State.RECORDING:
                return
            stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()

    def _samples(self) -> Samples:
        """Join the blocks at 16 kHz; each stretch of one rate is resampled whole, or its seams would click."""
        stretches = [
            resample(np.concatenate([block for block, _ in blocks]), RATE, source=rate)
            for rate, blocks in groupby(self._blocks, key=lambda pair: pair[1])
        ]
        return clean(np.concatenate(stretches)[: round(self._longest * RATE)])
