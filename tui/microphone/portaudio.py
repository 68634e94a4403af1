"""The system's microphone, through sounddevice and PortAudio."""

from __future__ import annotations

import platform
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from encoders.sanitise import sanitise_line
from tui.microphone.port import (
    Device,
    MicrophoneRefused,
    NoMicrophone,
    SoundLibraryMissing,
    VoicePackageMissing,
)
from tui.microphone.quiet import quiet_stderr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import ModuleType

    import numpy as np
    from numpy.typing import NDArray

    from tui.microphone.port import Ended, Receive, Stream

BLOCKS = 20
"""Blocks a second: the meter moves at ten, and each block must not miss a redraw."""


class PortAudioMicrophone:
    """The default input of the system, or the first input where there is no default."""

    def __init__(self, load: Callable[[], ModuleType] | None = None) -> None:
        """Keep what imports sounddevice; nothing is touched yet."""
        self._load = load or _sounddevice

    def device(self) -> Device:
        """Return what would be opened. Raises MicrophoneError when there is nothing."""
        return self._choose(self._library())[1]

    def open(self, receive: Receive, ended: Ended) -> Stream:
        """Listen at 16 kHz, or as the device wants it. Raises MicrophoneError."""
        from encoders.sound import RATE

        library = self._library()
        index, device = self._choose(library)
        # What is asked for, then what the device has of itself: drivers without conversion take nothing else.
        ways = dict.fromkeys([(RATE, 1), (device.rate, 1), (device.rate, device.channels)])
        refusal: Exception | None = None
        for rate, channels in ways:
            try:
                with quiet_stderr():
                    return _Listening(library, index, rate, channels, receive, ended)
            except (library.PortAudioError, ValueError, OSError) as error:
                refusal = error
        raise MicrophoneRefused(platform.system(), _words(refusal), device.name) from refusal

    def _library(self) -> ModuleType:
        try:
            with quiet_stderr():
                return self._load()
        except ImportError as error:
            raise VoicePackageMissing from error
        except OSError as error:
            raise SoundLibraryMissing from error
        except (
            Exception
        ) as error:  # PortAudio starts with the import, and its error's class is in that module
            raise MicrophoneRefused(platform.system(), _words(error)) from error

    def _choose(self, library: ModuleType) -> tuple[int, Device]:
        """Return the index and the description of the input to take."""
        from encoders.sound import RATE

        inputs, default, others = _inputs(library)
        if not inputs:
            # PortAudio lists devices once, when it starts: a headset that was plugged in since is not among them.
            with quiet_stderr(), suppress(library.PortAudioError):
                library._terminate()
                library._initialize()
                inputs, default, others = _inputs(library)
        if not inputs:
            raise NoMicrophone(others)
        index = default if default in inputs else min(inputs)
        found = inputs[index]
        only = (
            "it is the only input" if len(inputs) == 1 else "it is the first input, and none is the default"
        )
        return index, Device(
            sanitise_line(str(found["name"]), 60) or "without a name",
            round(float(found["default_samplerate"])) or RATE,
            int(found["max_input_channels"]),
            "it is the system's default input" if index == default else only,
        )


class _Listening:
    """A stream of PortAudio's."""

    def __init__(
        self, library: ModuleType, index: int, rate: int, channels: int, receive: Receive, ended: Ended
    ) -> None:
        """Open and start it. Raises PortAudioError when the device won't, ValueError for odd settings."""
        # Its import takes 80 ms, and the full screen has its microphone before it paints.
        import numpy as np

        self._lock = threading.Lock()
        self._closed = False

        def heard(block: NDArray[np.float32], frames: int, times: object, status: object) -> None:
            mono = block[:, 0] if channels == 1 else block[:, :2].mean(axis=1, dtype=np.float32)
            if not receive(mono, rate):
                raise library.CallbackStop

        self._stream = library.InputStream(
            device=index,
            samplerate=rate,
            channels=channels,
            dtype="float32",
            blocksize=max(rate // BLOCKS, 1),
            callback=heard,
            finished_callback=ended,
        )
        try:
            self._stream.start()
        except BaseException:
            self._stream.close(ignore_errors=True)
            raise

    def close(self) -> None:
        """Stop and free the device."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
        # Not `stop`, which waits for what is still on its way: an unplugged device would let it wait for ever.
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)


def _inputs(library: ModuleType) -> tuple[dict[int, Mapping[str, Any]], int, int]:
    """Return the inputs by index, the index of the default one (negative without), and how many only play."""
    try:
        with quiet_stderr():
            devices = list(library.query_devices())
            default = int(library.default.device[0])
    except library.PortAudioError as error:
        raise MicrophoneRefused(platform.system(), _words(error)) from error
    inputs = {number: one for number, one in enumerate(devices) if one["max_input_channels"] > 0}
    return inputs, default, len(devices) - len(inputs)


def _sounddevice() -> ModuleType:
    import sounddevice

    library: ModuleType = sounddevice
    return library


def _words(error: BaseException | None) -> str:
    """Return PortAudio's own words, 'Invalid sample rate', without the function that met it."""
    first = str(error.args[0]) if error is not None and error.args else type(error).__name__
    return first.rpartition(": ")[2].strip() or type(error).__name__
