from __future__ import annotations

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoders.sound import RATE
from tests.fakes.microphone import DEVICE, FakeClock, FakeMicrophone, tone
from tui.microphone.port import (
    MicrophoneError,
    MicrophoneRefused,
    NoMicrophone,
    NothingRecorded,
    SoundLibraryMissing,
    VoicePackageMissing,
)
from tui.microphone.recording import FLOOR, Recording
from tui.microphone.states import Cause, State

BLOCK = 0.05


def begun(**settings: float) -> tuple[FakeMicrophone, FakeClock, Recording]:
    microphone, clock = FakeMicrophone(), FakeClock()
    recording = Recording(microphone, clock=clock, **settings)
    recording.start()
    return microphone, clock, recording


def play(microphone: FakeMicrophone, clock: FakeClock, sound: np.ndarray, rate: int = RATE) -> None:
    """Give a sound block by block, as time goes by."""
    size = round(BLOCK * rate)
    for start in range(0, len(sound), size):
        clock.now += BLOCK
        if not microphone.give(sound[start : start + size], rate):
            return


def strongest(samples: np.ndarray) -> float:
    """The loudest frequency."""
    return float(np.argmax(np.abs(np.fft.rfft(samples)))) * RATE / len(samples)


def test_what_was_said_comes_out_as_it_went_in() -> None:
    microphone, clock, recording = begun()
    assert recording.state is State.RECORDING and recording.device == DEVICE
    sound = tone(1.5)
    play(microphone, clock, sound)
    assert recording.elapsed == pytest.approx(1.5)
    assert recording.remaining == pytest.approx(58.5)
    assert recording.level.rms == pytest.approx(-23, abs=0.1)
    np.testing.assert_array_equal(recording.stop(), sound)
    np.testing.assert_array_equal(recording.stop(), sound)
    assert (recording.state, recording.cause) == (State.DONE, Cause.PERSON)
    assert (microphone.opened, microphone.closed) == (1, 1)
    assert not microphone.give(sound), "what comes after the end is not kept"
    clock.now += 5
    assert recording.elapsed == pytest.approx(1.5)


@given(
    rate=st.sampled_from([8_000, 11_025, 22_050, 44_100, 48_000, 96_000]),
    hertz=st.integers(100, 3_500),
    seconds=st.floats(0.5, 2.0),
)
def test_any_rate_becomes_16_khz_of_the_same_length_and_pitch(rate: int, hertz: int, seconds: float) -> None:
    microphone, clock, recording = begun()
    play(microphone, clock, tone(seconds, rate=rate, hertz=hertz), rate)
    samples = recording.stop()
    assert samples.dtype == np.float32 and samples.ndim == 1
    assert abs(len(samples) - seconds * RATE) <= 40
    assert abs(strongest(samples) - hertz) <= RATE / len(samples)
    middle = samples[len(samples) // 4 : -len(samples) // 4]
    assert float(np.abs(middle).max()) == pytest.approx(0.1, rel=0.05)


def test_a_rate_that_changes_on_the_way_is_no_seam_in_time() -> None:
    microphone, clock, recording = begun()
    play(microphone, clock, tone(1.0, rate=48_000), 48_000)
    play(microphone, clock, tone(1.0))
    samples = recording.stop()
    assert abs(len(samples) - 2 * RATE) <= 40 and strongest(samples) == pytest.approx(440, abs=1)


def test_it_ends_by_itself_when_the_samples_are_as_long_as_they_may_be() -> None:
    microphone, clock, recording = begun(longest=1.0)
    play(microphone, clock, tone(3.0))
    assert (recording.state, recording.cause) == (State.DONE, Cause.LONGEST)
    assert recording.remaining == pytest.approx(0.0)
    assert microphone.closed == 1
    assert len(recording.stop()) == RATE
    assert recording.cause is Cause.LONGEST


@given(st.lists(st.integers(1, 5_000), max_size=30), st.sampled_from([16_000, 44_100]))
def test_no_blocks_make_it_longer_than_it_may_be(sizes: list[int], rate: int) -> None:
    microphone, _, recording = begun(longest=1.0)
    for size in sizes:
        microphone.give(np.full(size, 0.1, np.float32), rate)
    if sizes:
        assert len(recording.stop()) <= min(RATE, sum(sizes) * RATE / rate + 40)


def test_a_microphone_that_stalls_ends_by_the_clock() -> None:
    microphone, clock, recording = begun()
    play(microphone, clock, tone(0.5))
    clock.now += 60
    assert (recording.state, recording.cause, microphone.closed) == (State.DONE, Cause.LONGEST, 1)
    assert recording.elapsed == 60
    assert len(recording.stop()) == RATE // 2


def test_a_microphone_that_is_pulled_out_leaves_what_it_gave() -> None:
    microphone, clock, recording = begun()
    play(microphone, clock, tone(0.5))
    microphone.unplug()
    assert (recording.state, recording.cause, microphone.closed) == (State.DONE, Cause.LOST, 1)
    assert len(recording.stop()) == RATE // 2


def test_what_is_discarded_is_gone() -> None:
    microphone, clock, recording = begun()
    play(microphone, clock, tone(0.5))
    recording.discard()
    recording.discard()
    assert recording.state is State.DISCARDED and microphone.closed == 1
    assert not microphone.give(tone(0.5))
    with pytest.raises(RuntimeError, match="discarded"):
        recording.stop()


def test_nothing_is_done_twice_nor_before_its_time() -> None:
    idle = Recording(FakeMicrophone())
    assert idle.state is State.IDLE and idle.elapsed == 0 and not idle.silent
    with pytest.raises(RuntimeError, match="idle"):
        idle.stop()
    _, _, recording = begun()
    with pytest.raises(RuntimeError, match="recording is started"):
        recording.start()


def test_silence_is_told_after_two_seconds_since_the_start_or_the_last_sound() -> None:
    microphone, clock, recording = begun()
    quiet = tone(BLOCK, amplitude=0.5 * 10 ** (FLOOR / 20))
    play(microphone, clock, np.tile(quiet, 39))
    assert not recording.silent
    play(microphone, clock, np.tile(quiet, 2))
    assert recording.silent
    play(microphone, clock, tone(BLOCK))
    assert not recording.silent
    clock.now += 2.01  # nothing at all comes
    assert recording.silent
    recording.discard()
    assert not recording.silent


@given(st.lists(st.booleans(), min_size=1, max_size=120))
def test_it_is_silent_when_the_last_two_seconds_were(sounds: list[bool]) -> None:
    microphone, clock, recording = begun()
    for number, loud in enumerate(sounds, start=1):
        play(microphone, clock, tone(BLOCK) if loud else np.zeros(round(BLOCK * RATE), np.float32))
        since = next((back for back, was in enumerate(reversed(sounds[:number])) if was), number)
        if since != 40:  # two seconds to a rounding error
            assert recording.silent is (since > 40)


@pytest.mark.parametrize(
    "error",
    [
        VoicePackageMissing(),
        SoundLibraryMissing(),
        NoMicrophone(),
        MicrophoneRefused("Linux", "busy", "Desk"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_microphone_that_fails_leaves_the_recording_idle(error: MicrophoneError) -> None:
    for microphone in (FakeMicrophone(missing=error), FakeMicrophone(refusal=error)):
        recording = Recording(microphone)
        with pytest.raises(type(error)):
            recording.start()
        assert recording.state is State.IDLE
        assert microphone.opened == microphone.closed == 0


@pytest.mark.parametrize(
    ("blocks", "words"),
    [((), "gave no sample"), (((np.zeros(800, np.float32), RATE),) * 9, "gave nothing but zeros")],
)
def test_a_microphone_that_gives_nothing_is_told_apart_from_one_that_is_muted(
    blocks: tuple[tuple[np.ndarray, int], ...], words: str
) -> None:
    microphone = FakeMicrophone(blocks)
    recording = Recording(microphone)
    recording.start()
    with pytest.raises(NothingRecorded, match=words):
        recording.stop()
    assert microphone.closed == 1


def test_a_recording_discarded_while_its_microphone_opens_closes_it() -> None:
    asked, released = threading.Event(), threading.Event()

    def slowly() -> None:
        asked.set()
        assert released.wait(10)

    microphone = FakeMicrophone(opening=slowly)
    recording = Recording(microphone)
    thread = threading.Thread(target=recording.start)
    thread.start()
    assert asked.wait(10)
    recording.discard()
    released.set()
    thread.join(10)
    assert recording.state is State.DISCARDED
    assert (microphone.opened, microphone.closed) == (1, 1)
