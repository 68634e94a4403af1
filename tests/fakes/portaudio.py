"""sounddevice without PortAudio: the part of the module that Vitrine calls, over a list of devices."""

from __future__ import annotations

from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class PortAudioError(Exception):
    """As sounddevice's: the message, then the code."""


class CallbackStop(Exception):
    """Raised by a callback that wants no more."""


def described(
    name: str, *, inputs: int = 1, rate: float = 48_000.0, takes: Sequence[int] = (16_000, 48_000)
) -> dict[str, Any]:
    """A device as `query_devices` lists it, with the rates it takes."""
    return {"name": name, "max_input_channels": inputs, "default_samplerate": rate, "takes": tuple(takes)}


class FakeSounddevice(ModuleType):
    """The module; `later` are the devices listed after PortAudio was started again."""

    def __init__(
        self,
        devices: Sequence[dict[str, Any]] = (),
        *,
        default: int = 0,
        later: Sequence[dict[str, Any]] | None = None,
        least_channels: int = 1,
        refusal: PortAudioError | None = None,
        failing: PortAudioError | None = None,
    ) -> None:
        super().__init__("sounddevice")
        self.PortAudioError = PortAudioError
        self.CallbackStop = CallbackStop
        self.default = SimpleNamespace(device=(default if devices else -1, -1))
        self.InputStream = self._open
        self.opened: list[FakeInputStream] = []
        self._devices = list(devices)
        self._later = list(devices if later is None else later)
        self._default = default
        self._least = least_channels
        self._refusal = refusal
        self._failing = failing

    def query_devices(self) -> list[dict[str, Any]]:
        if self._failing is not None:
            raise self._failing
        return self._devices

    def _terminate(self) -> None:
        self._devices = []

    def _initialize(self) -> None:
        self._devices = self._later
        self.default = SimpleNamespace(device=(self._default if self._later else -1, -1))

    def _open(
        self,
        *,
        device: int,
        samplerate: int,
        channels: int,
        dtype: str,
        blocksize: int,
        callback: Callable[..., None],
        finished_callback: Callable[[], None],
    ) -> FakeInputStream:
        assert dtype == "float32"
        if self._refusal is not None:
            raise self._refusal
        if channels < self._least:
            raise PortAudioError("Error opening InputStream: Invalid number of channels", -9998)
        if samplerate not in self._devices[device]["takes"]:
            raise PortAudioError("Error opening InputStream: Invalid sample rate", -9997)
        stream = FakeInputStream(samplerate, channels, blocksize, callback, finished_callback)
        self.opened.append(stream)
        return stream


class FakeInputStream:
    """A stream; `play` hands it a sound as PortAudio's thread does."""

    def __init__(
        self,
        rate: int,
        channels: int,
        blocksize: int,
        callback: Callable[..., None],
        finished_callback: Callable[[], None],
    ) -> None:
        self.rate = rate
        self.channels = channels
        self.calls: list[str] = []
        self._size = blocksize
        self._callback = callback
        self._finished = finished_callback

    def start(self) -> None:
        self.calls.append("start")

    def abort(self, *, ignore_errors: bool) -> None:
        self.calls.append("abort")
        self._finished()

    def close(self, *, ignore_errors: bool) -> None:
        self.calls.append("close")

    def play(self, sound: np.ndarray) -> None:
        """Give a mono sound on every channel, in one piece of memory that is used again for each block."""
        memory = np.zeros((self._size, self.channels), np.float32)
        for start in range(0, len(sound) - self._size + 1, self._size):
            memory[:] = sound[start : start + self._size, None]
            try:
                self._callback(memory, self._size, None, None)
            except CallbackStop:
                self._finished()
                return
