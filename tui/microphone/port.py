"""What a recording asks of a microphone, and the sentences for what keeps one from working.

MicrophoneError
├── VoicePackageMissing   the Python package is not installed
├── SoundLibraryMissing   PortAudio itself is not on the system
├── NoMicrophone          nothing here takes sound in
├── MicrophoneRefused     it is there and can't be opened
└── NothingRecorded       it was opened and gave no sound
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from encoders.errors import InputError
from encoders.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    Receive = Callable[[NDArray[np.float32], int], bool]
    """Takes a mono block, shape (n,), about −1…1, and its samples a second; False ends the stream. It is called in a
    thread of the microphone's own, so it must be quick and raise nothing."""
    Ended = Callable[[], None]
    """Told, in that thread, that a stream gives no more: it was closed, it was ended, or the device is gone."""

OTHERWISE = "or type, or give a recording with /voice FILE"
"""What always works; the end of every sentence here."""


@dataclass(frozen=True, slots=True)
class Device:
    """A microphone as the system names it."""

    name: str
    """Sanitised: a USB device calls itself what it likes."""
    rate: int
    """Samples a second that it gives of itself."""
    channels: int
    """How many it has; a request needs one."""
    reason: str
    """Why this one, in a clause: 'it is the system's default input'."""


class Stream(Protocol):
    """A microphone that is listening."""

    def close(self) -> None:
        """Stop listening and free the device; more than once does no harm. Not to be called by `Receive` or `Ended`."""
        ...


class Microphone(Protocol):
    """Something that listens."""

    def device(self) -> Device:
        """Return what would be opened, without opening it. Raises MicrophoneError when there is nothing."""
        ...

    def open(self, receive: Receive, ended: Ended) -> Stream:
        """Begin to listen, near 16,000 samples a second where the device can. Raises MicrophoneError."""
        ...


class MicrophoneError(InputError):
    """A microphone can't be used; the message says which rung of the ladder gave way and what to do next."""


class VoicePackageMissing(MicrophoneError):
    """The Python package is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "Speaking takes the extra 'voice', which is not installed; "
            f"install it with `pip install 'vitrine[voice]'`, {OTHERWISE}."
        )


class SoundLibraryMissing(MicrophoneError):
    """PortAudio is not on the system."""

    def __init__(self) -> None:
        super().__init__(
            "The microphone can't be reached because the system has no PortAudio; "
            f"install that (on Debian and Ubuntu `sudo apt install libportaudio2`), {OTHERWISE}."
        )


class NoMicrophone(MicrophoneError):
    """No device takes sound in; `others` says how many do something else."""

    def __init__(self, others: int = 0) -> None:
        if others:
            listed = "only device does" if others == 1 else f"{others} devices do"
            why = f"the system's {listed} nothing but play; plug in or switch on a microphone"
        else:
            # No exception either: under WSL, in a container and over SSH the list is simply empty.
            why = (
                "the system lists no sound device, as under WSL, in a container or over SSH; "
                "under WSL set PULSE_SERVER to a PulseAudio server of Windows"
            )
        super().__init__(f"No microphone was found: {why}, {OTHERWISE}.")


class MicrophoneRefused(MicrophoneError):
    """The system would not open the device, nor start PortAudio."""

    def __init__(self, system: str, why: str, name: str | None = None) -> None:
        """Name the device and the system's own words; `system` is what `platform.system` returns."""
        settings = {
            "Darwin": "allow this terminal the microphone in System Settings, Privacy & Security, Microphone",
            "Windows": "allow desktop apps the microphone in Settings, Privacy & security, Microphone",
        }.get(
            system,
            "close what else is using it, and check that you may use sound devices (the group 'audio')",
        )
        named = f"The microphone {name}" if name else "The microphone"
        super().__init__(f"{named} could not be opened ({sanitise_line(why, 120)}); {settings}, {OTHERWISE}.")


class NothingRecorded(MicrophoneError):
    """It listened and gave nothing: no sample at all, or every one of them zero, as muting and privacy settings do."""

    def __init__(self, *, samples: bool, name: str) -> None:
        why = "gave nothing but zeros" if samples else "gave no sample"
        super().__init__(
            f"The microphone {name} {why}, as one does that is muted or kept from this terminal; "
            f"check its switch, its volume and the privacy settings, {OTHERWISE}."
        )
