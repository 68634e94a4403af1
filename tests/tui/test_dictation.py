"""Speaking at the plain prompt, with a pseudo-terminal for the keys and a fake for the microphone."""

from __future__ import annotations

import os
import pty
import sys
import termios
import threading
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoders.errors import InputError, ModelMissing
from encoders.sound import RATE
from tests.agent.shop import Shop, recommend
from tests.fakes.encoders import ScriptedRecogniser
from tests.fakes.microphone import FakeClock, FakeMicrophone, HummingMicrophone, tone
from tui.microphone.port import MicrophoneError, MicrophoneRefused, NoMicrophone, NothingRecorded
from tui.microphone.recording import LONGEST, Recording
from tui.pictures.choose import Choice, Protocol
from tui.pictures.shelf import Shelf
from tui.plain.dictation import Dictation, can_redraw, meter_line
from tui.plain.lines import Line
from tui.plain.loop import converse
from tui.sessions.recorder import Recorder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tui.microphone.port import Microphone

HEARD = "red boots under eighty"
SPEECH = ((tone(1.0), RATE),)


class Keyboard:
    """The far end of the terminal that standard input is."""

    def __init__(self) -> None:
        self.far, self.near = pty.openpty()
        self._pressing: list[threading.Thread] = []
        self._over = False

    def press(self, *keys: bytes, after: float = 0.0) -> None:
        """Press keys one by one, once every key is read as it comes and some seconds have passed."""

        def type_them() -> None:
            while not self.unbuffered() and not self._over:
                time.sleep(0.01)
            for key in keys:
                time.sleep(after)
                os.write(self.far, key)

        self._pressing.append(threading.Thread(target=type_them, daemon=True))
        self._pressing[-1].start()

    def close(self) -> None:
        self._over = True
        for thread in self._pressing:
            thread.join(10)
        os.close(self.far)
        os.close(self.near)

    def unbuffered(self) -> bool:
        return not termios.tcgetattr(self.near)[3] & termios.ICANON

    def mode(self) -> list[object]:
        return list(termios.tcgetattr(self.near))


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> Iterator[Keyboard]:
    keyboard = Keyboard()
    before = keyboard.mode()
    with os.fdopen(os.dup(keyboard.near)) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield keyboard
    assert keyboard.mode() == before, "the terminal is left as it was found"
    keyboard.close()


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path, speech=ScriptedRecogniser(HEARD, HEARD))


def listen(
    shop: Shop, microphone: Microphone, *, redraws: bool = False, longest: float = LONGEST
) -> Dictation:
    dictation = Dictation(
        microphone, redraws=redraws, recording=lambda source: Recording(source, longest=longest)
    )
    dictation.listen(shop.conversation)
    return dictation


def test_what_is_heard_waits_in_the_prompt(
    shop: Shop, keyboard: Keyboard, capsys: pytest.CaptureFixture[str]
) -> None:
    microphone = FakeMicrophone(SPEECH)
    keyboard.press(b"\n")
    dictation = listen(shop, microphone)
    assert dictation.draft.take() == HEARD and dictation.draft.take() == ""
    assert capsys.readouterr().out == f"listening; Enter stops, Ctrl-C discards\nheard: {HEARD}\n"
    assert microphone.closed == 1
    assert shop.conversation.dialogue.turn == 0, "nothing is sent by itself"


def test_esc_discards(shop: Shop, keyboard: Keyboard, capsys: pytest.CaptureFixture[str]) -> None:
    microphone = FakeMicrophone(SPEECH)
    keyboard.press(b"\x1b")
    dictation = listen(shop, microphone)
    assert dictation.draft.text == "" and microphone.closed == 1
    assert capsys.readouterr().out.endswith("\n(discarded)\n")
    assert isinstance(speech := shop.conversation.models.speech.get(), ScriptedRecogniser)
    assert speech.hints == []


def test_other_keys_do_nothing_and_do_not_reach_the_prompt(shop: Shop, keyboard: Keyboard) -> None:
    keyboard.press(b"x", b"\x1b[A", b"\n", after=0.15)
    assert listen(shop, FakeMicrophone(SPEECH)).draft.text == HEARD


def test_an_enter_pressed_too_early_does_not_end_it(shop: Shop, keyboard: Keyboard) -> None:
    os.write(keyboard.far, b"\n\n")
    keyboard.press(b"\x1b", after=0.2)
    assert listen(shop, FakeMicrophone(SPEECH)).draft.text == ""


def test_ctrl_c_discards(shop: Shop, keyboard: Keyboard, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    assert listen(shop, FakeMicrophone(SPEECH, opening=interrupted)).draft.text == ""
    assert capsys.readouterr().out == "(discarded)\n"


def test_a_minute_ends_it_without_a_key(
    shop: Shop, keyboard: Keyboard, capsys: pytest.CaptureFixture[str]
) -> None:
    assert listen(shop, HummingMicrophone(), longest=0.5).draft.text == HEARD
    assert "(stopped: a spoken message is a minute long at most)\n" in capsys.readouterr().out


def test_an_unplugged_microphone_keeps_what_it_heard(
    shop: Shop, keyboard: Keyboard, capsys: pytest.CaptureFixture[str]
) -> None:
    microphone = FakeMicrophone(SPEECH)
    pull = threading.Timer(0.2, microphone.unplug)
    pull.start()
    assert listen(shop, microphone).draft.text == HEARD
    assert "(the microphone stopped; what it heard until then is kept)\n" in capsys.readouterr().out


def test_the_line_that_moves_is_wiped(
    shop: Shop, keyboard: Keyboard, capsys: pytest.CaptureFixture[str]
) -> None:
    keyboard.press(b"\n", after=0.35)
    listen(shop, FakeMicrophone(SPEECH), redraws=True)
    drawn = capsys.readouterr().out.split("\r\x1b[K")
    assert len(drawn) > 3
    assert all(line.startswith("● listening 0:00  ") for line in drawn[1:-1])
    assert "−23 dB" in drawn[1]
    assert drawn[-1] == f"heard: {HEARD}\n"


def test_a_set_without_a_speech_model_is_told_before_anything_is_recorded(
    tmp_path: Path, keyboard: Keyboard
) -> None:
    microphone = FakeMicrophone(SPEECH)
    with pytest.raises(ModelMissing):
        listen(Shop(tmp_path), microphone)
    assert microphone.opened == 0


@pytest.mark.parametrize(
    ("microphone", "kind"),
    [
        (FakeMicrophone(missing=NoMicrophone()), NoMicrophone),
        (FakeMicrophone(refusal=MicrophoneRefused("Linux", "busy")), MicrophoneRefused),
        (FakeMicrophone(), NothingRecorded),
    ],
)
def test_a_microphone_that_fails_is_an_error_of_one_sentence(
    microphone: FakeMicrophone, kind: type[MicrophoneError], shop: Shop, keyboard: Keyboard
) -> None:
    if kind is NothingRecorded:  # the others fail before a key is read
        keyboard.press(b"\n")
    with pytest.raises(kind):
        listen(shop, microphone)
    assert microphone.opened == microphone.closed


def test_a_recording_without_speech_is_told(tmp_path: Path, keyboard: Keyboard) -> None:
    keyboard.press(b"\n")
    with pytest.raises(InputError, match="No speech was found in the recording"):
        listen(Shop(tmp_path, speech=ScriptedRecogniser("")), FakeMicrophone(SPEECH))


def talk(shop: Shop, *lines: str, dictation: Dictation | None) -> None:
    converse(
        shop.conversation,
        map(Line, lines),
        as_json=False,
        typing=True,
        shelf=Shelf(Choice(Protocol.OFF, "no pictures")),
        recorder=Recorder(shop.conversation),
        dictation=dictation,
    )


def test_a_dictated_line_is_sent_as_speech_however_it_was_changed(
    shop: Shop, keyboard: Keyboard, capsys: pytest.CaptureFixture[str]
) -> None:
    keyboard.press(b"\n")
    shop.script(recommend("boots"))
    edited = "red boots under eighty five"
    talk(shop, "/voice", edited, dictation=Dictation(FakeMicrophone(SPEECH), redraws=False))
    out = capsys.readouterr().out
    assert "/voice, /image or /sound PATH" in out
    assert out.count("heard:") == 1, "what was read and sent is not told again"
    assert shop.chat.scenes[-1].text == edited
    assert shop.conversation.dialogue.earlier == [edited]


def test_an_error_goes_on_with_the_conversation(
    shop: Shop, keyboard: Keyboard, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.script(recommend("boots"))
    talk(
        shop,
        "/voice",
        "boots",
        dictation=Dictation(FakeMicrophone(missing=NoMicrophone()), redraws=False),
    )
    out = capsys.readouterr().out
    assert "vitrine: No microphone was found: " in out and "\nitem 1 of " in out


def test_where_nobody_listens_voice_needs_a_file(shop: Shop, capsys: pytest.CaptureFixture[str]) -> None:
    talk(shop, "/voice", dictation=None)
    out = capsys.readouterr().out
    assert "Name a file: /voice PATH." in out


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (HEARD, ("", HEARD)),
        ("Red boots, under 80!", ("", "Red boots, under 80!")),
        (f"{HEARD} and waterproof", ("", f"{HEARD} and waterproof")),
        ("a scarf for my gran", ("a scarf for my gran", None)),
        ("", ("", None)),
    ],
)
def test_a_line_is_speech_while_it_keeps_half_of_the_words(
    line: str, told: tuple[str, str | None], shop: Shop, keyboard: Keyboard
) -> None:
    keyboard.press(b"\n")
    dictation = listen(shop, FakeMicrophone(SPEECH))
    assert dictation.told(line) == told
    assert dictation.told(HEARD) == (HEARD, None), "once"


@given(st.integers(0, 119), st.integers(-5, 120), st.booleans())
def test_the_meter_fits_its_line(halves: int, width: int, quiet: bool) -> None:
    seconds = halves / 2
    clock = FakeClock()
    microphone = FakeMicrophone()
    recording = Recording(microphone, clock=clock)
    recording.start()
    clock.now += seconds
    if not quiet:
        microphone.give(tone(0.05))
    line = meter_line(recording, width)
    assert len(line) <= max(width, 0) and line.isprintable()
    if width >= 90:
        assert ("no sound detected" in line) is (quiet and seconds >= 2)
        assert ("s left" in line) is (seconds >= 50)
        assert "dB" in line or "no sound" in line


def test_a_line_moves_only_on_a_terminal_that_can(monkeypatch: pytest.MonkeyPatch) -> None:
    far, near = pty.openpty()
    with os.fdopen(near, "w", encoding="utf-8") as stdout:
        for stream in ("stdout", "stderr"):
            monkeypatch.setattr(sys, stream, stdout)
        monkeypatch.setenv("TERM", "xterm")
        assert can_redraw()
        monkeypatch.setenv("TERM", "dumb")
        assert not can_redraw()
        monkeypatch.setenv("TERM", "xterm")
        stdout.reconfigure(encoding="ascii")
        assert not can_redraw()
    os.close(far)
