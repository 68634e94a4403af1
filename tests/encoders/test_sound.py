from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encoders.errors import InputError
from encoders.sound import RATE, SoundLimits, clean, decode_clip, decode_sound, loudest, resample


def write_wav(path: Path, samples: np.ndarray, rate: int = RATE, channels: int = 1) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.repeat(samples, channels) * 32767).astype("<i2").tobytes())
    return path


def tone(seconds: float = 1.0, rate: int = RATE, level: float = 0.5) -> np.ndarray:
    return level * np.sin(2 * np.pi * 440 * np.arange(int(seconds * rate)) / rate)


@pytest.mark.parametrize(("rate", "channels"), [(16_000, 1), (44_100, 2), (8_000, 1), (48_000, 1)])
def test_any_rate_and_channels_become_mono_16_khz(rate: int, channels: int, tmp_path: Path) -> None:
    samples = decode_sound(write_wav(tmp_path / "a.wav", tone(1.0, rate), rate, channels))
    assert samples.dtype == np.float32 and abs(len(samples) - RATE) <= 32
    strongest = int(np.argmax(np.abs(np.fft.rfft(samples[:RATE]))))
    assert abs(strongest * RATE / min(len(samples), RATE) - 440) < 2


def test_flac_is_read_equal_to_what_was_written(tmp_path: Path) -> None:
    import soundfile

    written = tone().astype(np.float32)
    soundfile.write(tmp_path / "a.flac", written, RATE, subtype="PCM_24")
    np.testing.assert_allclose(decode_sound(tmp_path / "a.flac"), written, atol=1e-5)


def test_a_short_file_that_unpacks_to_an_hour_is_stopped(tmp_path: Path) -> None:
    import soundfile

    path = tmp_path / "hour.flac"
    with soundfile.SoundFile(path, "w", RATE, 1) as file:
        for _ in range(60):
            file.write(np.zeros(60 * RATE, np.int16))
    assert path.stat().st_size < 2_000_000
    with pytest.raises(InputError, match="longer than 5 minutes"):
        decode_sound(path)
    assert len(decode_sound(path, SoundLimits(max_seconds=2, cut=True))) == 2 * RATE


@pytest.mark.parametrize(
    "content", [b"", b"hello " * 100, b"RIFF\x00\x00\x00\x00WAVE", b"\x00" * 5000, b"fLaC"]
)
def test_what_is_no_sound_is_told_in_one_sentence(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"can't be decoded|empty or damaged|holds no sound") as caught:
        decode_sound(path)
    assert str(caught.value).startswith("The sound") and "\n" not in str(caught.value)


def test_a_video_without_sound_is_told_apart(tmp_path: Path) -> None:
    import av

    path = tmp_path / "silent.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("rawvideo", rate=5)
        stream.width, stream.height, stream.pix_fmt = 16, 16, "yuv420p"
        frame = av.VideoFrame.from_ndarray(np.zeros((16, 16, 3), np.uint8), format="rgb24").reformat(
            format="yuv420p"
        )
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    with pytest.raises(InputError, match="holds no sound"):
        decode_sound(path)


def test_paths_that_are_no_files(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        decode_sound(tmp_path / "nothing.wav")
    with pytest.raises(InputError, match="is not a file"):
        decode_sound(tmp_path)
    large = write_wav(tmp_path / "large.wav", tone(40))
    with pytest.raises(InputError, match="larger than 1 MB"):
        decode_sound(large, SoundLimits(max_bytes=1 << 20))


def test_the_loudest_window_is_found_in_a_long_pause() -> None:
    pause = np.zeros(30 * RATE, np.float32)
    assert loudest(pause) == float("-inf") and loudest(pause[:0]) == float("-inf")
    pause[5 * RATE : 6 * RATE] = tone()
    assert abs(loudest(pause) - 20 * np.log10(0.5 / np.sqrt(2))) < 0.1


def test_a_clip_must_be_heard(tmp_path: Path) -> None:
    assert len(decode_clip(write_wav(tmp_path / "quiet.wav", tone(level=0.01)))) == RATE
    with pytest.raises(InputError, match="is silent"):
        decode_clip(write_wav(tmp_path / "silent.wav", tone(level=0.0001)))
    with pytest.raises(InputError, match=r"is 0\.1 seconds long, too short"):
        decode_clip(write_wav(tmp_path / "short.wav", tone(0.1)))


@pytest.mark.parametrize("rate", [RATE, 48_000, 8_000])
def test_samples_at_another_rate_sound_alike(rate: int) -> None:
    changed = resample(tone().astype(np.float32), rate)
    assert changed.dtype == np.float32 and abs(len(changed) - rate) <= 64
    strongest = int(np.argmax(np.abs(np.fft.rfft(changed)))) * rate / len(changed)
    assert abs(strongest - 440) < 2
    back = resample(changed, RATE, source=rate)
    assert abs(len(back) - RATE) <= 64
    np.testing.assert_allclose(back[1000:15_000], tone()[1000:15_000], atol=0.01)
    assert len(resample(np.zeros(0, np.float32), rate)) == 0


@settings(max_examples=50)
@given(st.lists(st.floats(width=32), max_size=50))
def test_clean_samples_are_finite_and_in_range(values: list[float]) -> None:
    samples = clean(np.array(values, np.float32))
    assert np.isfinite(samples).all() and (np.abs(samples) <= 1).all()


def test_two_channels_of_samples_are_refused() -> None:
    with pytest.raises(InputError, match="one channel"):
        clean(np.zeros((2, 100), np.float32))


@pytest.mark.data
def test_the_same_words_in_many_encodings_decode_alike() -> None:
    folder = Path(__file__).parents[2].parent / "shared" / "data" / "speech" / "formats"
    if not folder.is_dir():
        pytest.skip("the shared data folder is absent")
    sounds = [decode_sound(path) for path in sorted(folder.glob("audio-*"))]
    assert len(sounds) >= 5 and len({len(sound) for sound in sounds}) == 1
    for sound in sounds[1:]:
        assert float(np.corrcoef(sound, sounds[0])[0, 1]) > 0.999
