from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from encoders.errors import InputError, ModelError
from encoders.protocols import Recogniser, Samples
from encoders.sound import RATE
from encoders.speech import SpeechGates, WhisperRecogniser, load_speech, loops
from tests.encoders.test_sound import write_wav
from tests.fakes.encoders import ScriptedRecogniser

OPEN = SpeechGates(max_no_speech=1.0, min_logprob=-99, hopeless_logprob=-99, max_compression=99)
"""Gates that an untrained model passes."""


@pytest.fixture(scope="module")
def recogniser(whisper: Path) -> WhisperRecogniser:
    return load_speech(whisper, gates=OPEN)


def voice(seconds: float = 2.0) -> Samples:
    """Something that Silero takes for a voice: harmonics of a gliding pitch under formants, in syllables."""
    time = np.arange(int(seconds * RATE)) / RATE
    pitch = 120 + 25 * np.sin(2 * np.pi * 0.9 * time)
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    sound = np.zeros_like(time)
    for harmonic in range(1, 30):
        frequency = harmonic * 120
        formants = sum(np.exp(-(((frequency - centre) / 130) ** 2)) for centre in (600, 1100, 2500))
        sound += (formants + 0.02) * np.sin(harmonic * phase)
    syllables = np.clip(np.sin(2 * np.pi * 3.5 * time), 0, 1) ** 0.5
    return np.asarray(0.4 * syllables * sound / np.abs(sound).max(), np.float32)


def test_a_local_model_transcribes_samples_and_files(recogniser: WhisperRecogniser, tmp_path: Path) -> None:
    assert isinstance(recogniser, Recogniser)
    assert recogniser.id.startswith("tiny-whisper@")
    spoken = recogniser.transcribe(voice(), ["Kelda Trail Boot"])
    assert spoken.text and spoken.seconds == 2.0 and 0 <= spoken.confidence <= 1
    assert recogniser.transcribe(write_wav(tmp_path / "a.wav", voice())).seconds == pytest.approx(2.0)


@pytest.mark.parametrize(
    "sound",
    [
        np.zeros(3 * RATE, np.float32),
        np.zeros(0, np.float32),
        np.full(RATE, np.nan, np.float32),
        np.random.default_rng(0).normal(0, 0.0005, 2 * RATE).astype(np.float32),
    ],
    ids=["silence", "nothing", "not numbers", "a quiet room"],
)
def test_where_nothing_is_said_nothing_is_heard(sound: np.ndarray, recogniser: WhisperRecogniser) -> None:
    heard = recogniser.transcribe(sound)
    assert (heard.text, heard.confidence) == ("", 0.0)


def test_loud_noise_is_not_taken_for_speech(recogniser: WhisperRecogniser) -> None:
    noise = np.random.default_rng(0).normal(0, 0.2, 3 * RATE).astype(np.float32)
    assert recogniser.transcribe(noise).text == ""


def test_what_an_untrained_model_invents_is_rejected(whisper: Path) -> None:
    assert load_speech(whisper).transcribe(voice()).text == ""


def test_a_bad_sound_is_an_input_error(recogniser: WhisperRecogniser, tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"not a sound")
    with pytest.raises(InputError):
        recogniser.transcribe(tmp_path / "a.wav")


def test_hundreds_of_hints_are_taken(recogniser: WhisperRecogniser) -> None:
    hints = [f"Kelda\x1b[2J Trail Boot {number}" for number in range(500)]
    assert recogniser.transcribe(voice(1.0), hints).seconds == 1.0


@pytest.mark.parametrize("damage", ["model.bin", "tokenizer.json"])
def test_a_model_that_lacks_a_file_is_told_in_a_sentence(damage: str, whisper: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(whisper, folder)
    (folder / damage).unlink()
    with pytest.raises(ModelError, match=f"lacks {damage}"):
        load_speech(folder)
    (folder / damage).write_bytes(b"garbage")
    with pytest.raises(ModelError, match="can't be loaded"):
        load_speech(folder)


@pytest.mark.parametrize(
    "text", ["you you you you", "thank you thank you thank you thank you", "a b c d " * 4]
)
def test_loops_are_seen(text: str) -> None:
    assert loops(text)


@pytest.mark.parametrize("text", ["", "no no no not that one", "the red one and the red bag and the red hat"])
def test_ordinary_speech_does_not_loop(text: str) -> None:
    assert not loops(text)


def test_the_fake_hears_its_script() -> None:
    fake = ScriptedRecogniser("like the second one", "in green")
    assert isinstance(fake, Recogniser)
    assert fake.transcribe(Path("any.wav"), ["Kelda"]).text == "like the second one"
    assert fake.transcribe(Path("any.wav")).text == "in green"
    assert fake.hints == [("Kelda",), ()]
