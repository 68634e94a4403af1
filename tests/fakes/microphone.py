"""Microphones without a sound card: one that gives what a test hands it, and one that hums by itself."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np

from encoders.sound import RATE
from tui.microphone.port import Device, MicrophoneError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from tui.microphone.port import Ended, Receive, Stream

DEVICE = Device("Desk microphone", 48_000, 1, "it is the system's default input")


def tone(
    seconds: float, *, rate: int = RATE, hertz: float = 440.0, amplitude: float = 0.1
) -> NDArray[np.float32]:
    """A sine, whose level is 3 dB under its amplitude's."""
    times = np.arange(round(seconds * rate)) / rate
    return (amplitude * np.sin(2 * np.pi * hertz * times)).astype(np.float32)


class FakeClock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class FakeMicrophone:
    """A Microphone that gives its scripted blocks as it is opened, then what `give` is handed.

    `opening` is called before, and may take its time.
    """

    def __init__(
        self,
        blocks: Sequence[tuple[NDArray[np.float32], int]] = (),
        *,
        missing: MicrophoneError | None = None,
        refusal: MicrophoneError | None = None,
        opening: Callable[[], object] = lambda: None,
    ) -> None:
        self._blocks = blocks
        self._missing = missing
        self._refusal = refusal
        self._opening = opening
        self._receive: Receive | None = None
        self._ended: Ended | None = None
        self.opened = self.closed = 0
        """How often; equal where every stream was closed."""

    def device(self) -> Device:
        if self._missing is not None:
            raise self._missing
        return DEVICE

    def open(self, receive: Receive, ended: Ended) -> Stream:
        if self._refusal is not None:
            raise self._refusal
        self._opening()
        self.opened += 1
        self._receive, self._ended = receive, ended
        for block, rate in self._blocks:
            self.give(block, rate)
        return self

    def give(self, block: NDArray[np.float32], rate: int = RATE) -> bool:
        """Hand over a block as the microphone's thread does; False when no more is wanted."""
        assert self._receive is not None
        more = self._receive(block, rate)
        if not more and self._ended is not None:
            self._ended()
        return more

    def unplug(self) -> None:
        """End as a device does that is pulled out."""
        assert self._ended is not None
        self._ended()

    def close(self) -> None:
        self.closed += 1


class HummingMicrophone:
    """A Microphone that hums from a thread of its own until it is closed."""

    def device(self) -> Device:
        return DEVICE

    def open(self, receive: Receive, ended: Ended) -> Stream:
        return _Humming(receive, ended)


class _Humming:
    def __init__(self, receive: Receive, ended: Ended) -> None:
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._hum, args=(receive, ended), daemon=True)
        self._thread.start()

    def _hum(self, receive: Receive, ended: Ended) -> None:
        while not self._over.wait(0.02) and receive(tone(0.02), RATE):
            pass
        ended()

    def close(self) -> None:
        self._over.set()
        self._thread.join()
