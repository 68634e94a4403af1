from __future__ import annotations

import re
import threading
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.fakes.microphone import FakeMicrophone, tone
from tui.app.recorder_bar import ENDS
from tui.microphone.port import (
    MicrophoneError,
    MicrophoneRefused,
    NoMicrophone,
    SoundLibraryMissing,
    VoicePackageMissing,
)
from tui.microphone.states import Cause

if TYPE_CHECKING:
    from tests.tui.app.conftest import Open, Person

pytestmark = pytest.mark.anyio
SPOKEN = "boots that dont leak, 80 tops"
TONE = (tone(0.5), 16_000)


@pytest.fixture
def hears(monkeypatch: pytest.MonkeyPatch) -> None:
    """A set whose recogniser hears this, once."""
    monkeypatch.setenv("SCRIPTED_HEARS", SPOKEN)


def told(person: Person) -> str:
    """The words of the talk, however they wrap; the panel is left out."""
    return " ".join(" ".join(line.partition("│")[0] for line in person.screen.splitlines()).split())


async def listen(person: Person) -> None:
    await person.press("f2")
    await person.until(lambda: "● recording" in person.screen)


@pytest.mark.parametrize("key", ["f2", "enter"])
async def test_what_is_said_lands_as_text_to_mend_and_is_sent_as_spoken(
    opened: Open, hears: None, key: str
) -> None:
    microphone = FakeMicrophone([TONE])
    async with opened(microphone=microphone) as person:
        await listen(person)
        assert re.search(r"0:0\d, (0:5\d|1:00) left", person.screen)
        assert "-23 dB" in person.screen or "−23 dB" in person.screen
        await person.press(key)
        await person.until(lambda: person.chat.composer.prompt.text == SPOKEN)
        assert microphone.opened == microphone.closed == 1
        assert "you      " not in person.screen
        await person.press("enter")
        assert f"heard       [{SPOKEN}]" in person.screen
        assert person.chat.composer.prompt.text == ""


async def test_what_was_typed_stays_before_what_is_said(opened: Open, hears: None) -> None:
    async with opened(microphone=FakeMicrophone([TONE])) as person:
        await person.press(*"please")
        await listen(person)
        await person.press("f2")
        await person.until(lambda: person.chat.composer.prompt.text == f"please {SPOKEN}")


async def test_escape_discards(opened: Open, hears: None) -> None:
    microphone = FakeMicrophone([TONE])
    async with opened(microphone=microphone) as person:
        await listen(person)
        await person.press("escape")
        assert "(discarded)" in person.screen
        assert not person.chat.composer.recorder.display
        assert person.chat.composer.prompt.text == ""
        assert microphone.opened == microphone.closed == 1


async def test_escape_while_the_microphone_opens_closes_it(opened: Open, hears: None) -> None:
    opening = threading.Event()
    microphone = FakeMicrophone([TONE], opening=lambda: opening.wait(5))
    async with opened(microphone=microphone) as person:
        await person.press("f2")
        assert "getting ready to listen" in person.screen
        # There is nothing to stop yet.
        await person.press("enter", "f2")
        assert "getting ready to listen" in person.screen
        await person.press("escape")
        assert not person.chat.composer.recorder.display
        opening.set()
        await person.until(lambda: microphone.closed == 1)
        assert microphone.opened == 1
        assert not person.chat.composer.recorder.listening


async def test_escape_before_the_speech_model_is_there_opens_nothing(
    opened: Open, hears: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRIPTED_PAUSE", "0.005")
    microphone = FakeMicrophone([TONE])
    async with opened(microphone=microphone) as person:
        await person.pilot.press(*"hello", "enter", "f2")
        assert "getting ready to write down what you say" in person.screen
        await person.pilot.press("escape")
        await person.idle()
        assert microphone.opened == 0
        assert not person.chat.composer.recorder.display


@pytest.mark.parametrize(
    "error",
    [
        VoicePackageMissing(),
        SoundLibraryMissing(),
        NoMicrophone(),
        NoMicrophone(2),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_a_missing_microphone_has_its_sentence_and_typing_goes_on(
    opened: Open, hears: None, error: MicrophoneError
) -> None:
    async with opened(microphone=FakeMicrophone(missing=error)) as person:
        await person.press("f2")
        await person.until(lambda: " ".join(str(error).split()) in told(person))
        assert not person.chat.composer.recorder.display
        await person.say("hello")
        assert "you         hello" in person.screen


@pytest.mark.parametrize("system", ["Linux", "Darwin", "Windows"])
async def test_a_refused_microphone_has_its_sentence(opened: Open, hears: None, system: str) -> None:
    error = MicrophoneRefused(system, "Error opening [/b]RawInputStream\x1b[2J", "Desk microphone")
    async with opened(microphone=FakeMicrophone(refusal=error)) as person:
        await person.press("f2")
        await person.until(lambda: str(error) in told(person))


async def test_a_library_that_fails_in_its_own_way_is_told(opened: Open, hears: None) -> None:
    def fail() -> None:
        raise OSError(-9999, "unanticipated [host] error")

    async with opened(microphone=FakeMicrophone(opening=fail)) as person:
        await person.press("f2")
        await person.until(lambda: "The microphone failed" in told(person))
        assert "or give a recording with /voice FILE" in told(person)
        assert not person.chat.composer.recorder.listening


@pytest.mark.parametrize(
    ("blocks", "sentence"),
    [
        ([], "gave no sample"),
        ([(np.zeros(8000, np.float32), 16_000)], "gave nothing but zeros"),
    ],
)
async def test_a_microphone_that_gives_nothing_has_its_sentence(
    opened: Open,
    hears: None,
    blocks: list[tuple[np.ndarray[tuple[int], np.dtype[np.float32]], int]],
    sentence: str,
) -> None:
    async with opened(microphone=FakeMicrophone(blocks)) as person:
        await listen(person)
        await person.press("enter")
        await person.until(lambda: sentence in told(person))
        assert person.chat.composer.prompt.text == ""


async def test_silence_is_told_after_two_seconds(opened: Open, hears: None) -> None:
    microphone = FakeMicrophone()
    async with opened(60, 30, microphone=microphone) as person:
        await listen(person)
        assert "no sound detected" not in person.screen
        await person.until(lambda: "no sound detected" in person.screen, 4)
        microphone.give(*TONE)
        await person.until(lambda: "no sound detected" not in person.screen)


async def test_a_minute_is_the_longest(opened: Open, hears: None) -> None:
    microphone = FakeMicrophone()
    async with opened(microphone=microphone) as person:
        await listen(person)
        microphone.give(tone(61))
        await person.until(lambda: person.chat.composer.prompt.text == SPOKEN)
        assert ENDS[Cause.LONGEST] in person.screen
        assert microphone.closed == 1


async def test_a_microphone_that_is_pulled_out_keeps_what_it_heard(opened: Open, hears: None) -> None:
    microphone = FakeMicrophone([TONE])
    async with opened(microphone=microphone) as person:
        await listen(person)
        microphone.unplug()
        await person.until(lambda: person.chat.composer.prompt.text == SPOKEN)
        assert ENDS[Cause.LOST] in person.screen


async def test_a_set_without_a_speech_model_says_so_before_it_listens(opened: Open) -> None:
    microphone = FakeMicrophone([TONE])
    async with opened(microphone=microphone) as person:
        await person.press("f2")
        assert "has no speech model" in told(person)
        assert microphone.opened == 0
        assert not person.chat.composer.recorder.display


async def test_leaving_closes_the_microphone(opened: Open, hears: None) -> None:
    microphone = FakeMicrophone([TONE])
    async with opened(microphone=microphone) as person:
        await listen(person)
        await person.press("ctrl+q")
    assert microphone.opened == microphone.closed == 1


async def test_a_new_conversation_closes_the_microphone(opened: Open, hears: None) -> None:
    microphone = FakeMicrophone([TONE])
    async with opened(microphone=microphone) as person:
        await listen(person)
        await person.press("ctrl+l")
        assert microphone.opened == microphone.closed == 1
        assert not person.chat.composer.recorder.display
        assert "A new conversation" in person.screen


async def test_recording_twice_is_one_spoken_message(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRIPTED_HEARS", "boots that|dont leak, 80 tops")
    async with opened(microphone=FakeMicrophone([TONE])) as person:
        for spoken in ("boots that", SPOKEN):
            await listen(person)
            await person.press("enter")
            await person.until(partial(lambda words: person.chat.composer.prompt.text == words, spoken))
        await person.press("enter")
        assert f"heard       [{SPOKEN}]" in person.screen
