"""The adapter over sounddevice: its ladder of failures, and that any device gives mono blocks."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from encoders.sound import RATE
from tests.fakes.microphone import tone
from tests.fakes.portaudio import FakeSounddevice, PortAudioError, described
from tui.microphone.port import (
    Device,
    MicrophoneError,
    MicrophoneRefused,
    NoMicrophone,
    SoundLibraryMissing,
    VoicePackageMissing,
)
from tui.microphone.portaudio import PortAudioMicrophone
from tui.microphone.quiet import quiet_stderr
from tui.microphone.recording import Recording

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[3]
DESK = described("Desk microphone")
BUSY = PortAudioError("Error opening InputStream: Device unavailable", -9985)


def microphone(library: ModuleType) -> PortAudioMicrophone:
    return PortAudioMicrophone(lambda: library)


def failing(error: Exception) -> PortAudioMicrophone:
    def load() -> ModuleType:
        raise error

    return PortAudioMicrophone(load)


LADDER = [
    (failing(ModuleNotFoundError("sounddevice")), VoicePackageMissing, r"pip install 'vitrine\[voice\]'"),
    (failing(OSError("PortAudio library not found")), SoundLibraryMissing, "libportaudio2"),
    (failing(PortAudioError("Error initializing PortAudio: Host error")), MicrophoneRefused, "Host error"),
    (microphone(FakeSounddevice()), NoMicrophone, "lists no sound device.*PULSE_SERVER"),
    (
        microphone(FakeSounddevice([described("Speaker", inputs=0)], default=-1)),
        NoMicrophone,
        "the system's only device does nothing but play; plug in",
    ),
    (microphone(FakeSounddevice([DESK], failing=BUSY)), MicrophoneRefused, "Device unavailable"),
]


@pytest.mark.parametrize(("broken", "kind", "words"), LADDER, ids=[kind.__name__ for _, kind, _ in LADDER])
def test_every_rung_has_its_own_sentence(
    broken: PortAudioMicrophone, kind: type[MicrophoneError], words: str
) -> None:
    for attempt in (broken.device, Recording(broken).start):
        with pytest.raises(kind, match=words) as caught:
            attempt()
        sentence = str(caught.value)
        assert sentence.endswith("or type, or give a recording with /voice FILE.")
        assert "\n" not in sentence and sentence.count(". ") == 0


@pytest.mark.parametrize(
    ("system", "setting"),
    [("Darwin", "System Settings"), ("Windows", "desktop apps"), ("Linux", "the group 'audio'")],
)
def test_a_microphone_that_is_refused_names_the_systems_own_setting(
    system: str, setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "system", lambda: system)
    refused = microphone(FakeSounddevice([DESK], refusal=BUSY))
    assert refused.device().name == "Desk microphone"
    with pytest.raises(MicrophoneRefused, match=rf"Desk microphone .*\(Device unavailable\).*{setting}"):
        Recording(refused).start()


def test_a_device_may_call_itself_what_it_likes() -> None:
    evil = described("\x1b]52;c;x\x07\x1b[2JMic\n[/]" + "o" * 200)
    device = microphone(FakeSounddevice([evil])).device()
    assert device.name.startswith("Mic [/]oo") and len(device.name) == 60


def test_the_default_is_taken_else_the_first_input() -> None:
    devices = [described("Speaker", inputs=0), DESK, described("Headset", inputs=2, rate=44_100)]
    default = microphone(FakeSounddevice(devices, default=2)).device()
    assert default == Device("Headset", 44_100, 2, "it is the system's default input")
    first = microphone(FakeSounddevice(devices, default=-1)).device()
    assert (first.name, first.reason) == ("Desk microphone", "it is the first input, and none is the default")
    only = microphone(FakeSounddevice([described("Speaker", inputs=0), DESK], default=0)).device()
    assert (only.name, only.reason) == ("Desk microphone", "it is the only input")


def test_a_headset_that_was_plugged_in_since_is_found() -> None:
    assert microphone(FakeSounddevice(later=[DESK])).device().name == "Desk microphone"


@pytest.mark.parametrize(
    ("device", "least", "opened"),
    [
        (DESK, 1, (16_000, 1)),
        (described("48 kHz alone", takes=(48_000,)), 1, (48_000, 1)),
        (described("CD", rate=44_100, takes=(44_100,)), 1, (44_100, 1)),
        (described("stereo", inputs=2, takes=(48_000,)), 2, (48_000, 2)),
        (described("desk of eight", inputs=8, takes=(48_000,)), 8, (48_000, 8)),
    ],
    ids=lambda value: value["name"] if isinstance(value, dict) else None,
)
def test_any_device_gives_mono_at_16_khz(
    device: dict[str, object], least: int, opened: tuple[int, int]
) -> None:
    library = FakeSounddevice([device], least_channels=least)
    recording = Recording(microphone(library))
    recording.start()
    (stream,) = library.opened
    assert (stream.rate, stream.channels) == opened
    stream.play(tone(1.0, rate=stream.rate))
    samples = recording.stop()
    assert abs(len(samples) - RATE) <= 40
    np.testing.assert_allclose(samples[1000:-1000], tone(1.0)[1000 : len(samples) - 1000], atol=0.02)
    assert stream.calls == ["start", "abort", "close"]


def test_the_stream_is_ended_from_within_when_it_has_been_long_enough() -> None:
    library = FakeSounddevice([DESK])
    recording = Recording(microphone(library), longest=1.0)
    recording.start()
    library.opened[0].play(tone(5.0))
    assert len(recording.stop()) == RATE


def test_no_rate_that_is_taken_is_a_refusal_in_portaudios_words() -> None:
    library = FakeSounddevice([described("odd", takes=(12_345,))])
    with pytest.raises(MicrophoneRefused, match="Invalid sample rate"):
        Recording(microphone(library)).start()


def test_this_machine_has_a_microphone_or_says_why_not() -> None:
    """The real library, as far as it is installed here."""
    try:
        device = PortAudioMicrophone().device()
    except MicrophoneError as error:
        assert str(error).endswith("or type, or give a recording with /voice FILE.")
    else:
        assert device.name and device.rate > 0 and device.channels > 0


def test_what_libraries_write_on_stderr_is_dropped_and_what_comes_after_is_not() -> None:
    program = (
        "import os; from tui.microphone.quiet import quiet_stderr\n"
        "with quiet_stderr():\n"
        "    with quiet_stderr(): os.write(2, b'ALSA lib')\n"
        "    os.write(2, b'jack server')\n"
        "os.write(2, b'after')"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert ran.stderr == b"after"


def test_without_stderr_there_is_nothing_to_keep_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    with quiet_stderr():
        pass


def test_the_program_starts_without_touching_the_sound_library() -> None:
    program = (
        "import sys, tui.commands.chat, tui.microphone.portaudio, tui.plain.dictation\n"
        "print('sounddevice' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert ran.stdout.strip() == "False"
