"""Safe decoding of sounds to mono 16 kHz samples: spoken requests and the sounds of a catalogue.

An hour of silence is 650 KB as FLAC and 230 MB as samples, so the file's size says nothing: frames are
decoded one by one and counted.
"""

from __future__ import annotations

import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from encoders.errors import InputError
from encoders.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from av.container import InputContainer

    from encoders.protocols import Samples

RATE = 16_000
"""Samples a second of every decoded sound."""
SHORTEST_CLIP = 0.5
"""Seconds; a beat at 120 a minute."""
SILENCE = -60.0
"""dB of full scale that the loudest tenth of a second of a clip must reach: a quiet room is below it."""


@dataclass(frozen=True, slots=True)
class SoundLimits:
    """What is refused or cut."""

    max_bytes: int = 64 * 2**20
    """Size of the file; five minutes of CD-quality stereo are 53 MB."""
    max_seconds: float = 300.0
    """Length of the sound."""
    cut: bool = False
    """Keep the beginning of a longer sound: right for a catalogue, wrong for a request."""


def decode_sound(path: Path, limits: SoundLimits | None = None) -> Samples:
    """Decode any file that FFmpeg reads (WAV, FLAC, MP3, Opus, AIFF, M4A …) to shape (n,), in −1…1.

    Raises InputError, in one sentence, when it can't be read, holds no sound, is damaged or too long.
    """
    limits = limits or SoundLimits()
    name = f"The sound {sanitise_line(str(path), 200)}"
    _check(path, name, limits)
    import av

    wanted = int(limits.max_seconds * RATE)
    parts: list[Samples] = []
    count = 0
    try:
        with av.open(str(path), mode="r", metadata_errors="ignore") as container:
            if not container.streams.audio:
                raise InputError(f"{name} holds no sound; give a recording such as WAV, FLAC or MP3.")
            for part in _frames(container):
                parts.append(part)
                count += len(part)
                if count > wanted:
                    break
    # FFmpeg's errors are of many classes, some of them ValueError or OSError and some neither.
    except (av.FFmpegError, OSError, ValueError, IndexError, RuntimeError, MemoryError) as error:
        raise InputError(f"{name} can't be decoded; give a recording such as WAV, FLAC or MP3.") from error
    if count > wanted and not limits.cut:
        raise InputError(f"{name} is longer than {limits.max_seconds / 60:g} minutes; give a shorter one.")
    if not count:
        raise InputError(f"{name} is empty or damaged; give another recording.")
    return clean(np.concatenate(parts)[:wanted])


def decode_clip(path: Path) -> Samples:
    """Decode a sound that is asked about: as `decode_sound`, and refused when nothing can be heard in it.

    Raises InputError, in one sentence, also when it is silent or shorter than half a second.
    """
    samples = decode_sound(path)
    name = f"The sound {sanitise_line(str(path), 200)}"
    if len(samples) < SHORTEST_CLIP * RATE:
        raise InputError(
            f"{name} is {len(samples) / RATE:.1g} seconds long, too short to compare; give a few seconds."
        )
    if loudest(samples) < SILENCE:
        raise InputError(f"{name} is silent; give a recording in which something can be heard.")
    return samples


def resample(samples: Samples, rate: int, *, source: int = RATE) -> Samples:
    """Return mono samples, shape (n,), at `source` a second as samples at `rate`, shape (about n · rate / source,)."""
    if rate == source or not len(samples):
        return samples
    import av

    resampler = av.AudioResampler(format="flt", layout="mono", rate=rate)
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples[None]), format="flt", layout="mono")
    frame.sample_rate = source
    parts = [
        part.to_ndarray().reshape(-1) for part in (*resampler.resample(frame), *resampler.resample(None))
    ]
    return np.concatenate(parts) if parts else samples[:0]


def clean(samples: Samples) -> Samples:
    """Return samples as mono float32, what is not a number as silence, scaled down where they pass −1…1.

    They do after two equal channels were mixed, which adds 3 dB.

    Raises InputError when they are not one channel of numbers.
    """
    array = np.asarray(samples, dtype=np.float32)
    if array.ndim != 1:
        raise InputError(f"The sound has the shape {array.shape}; give one channel of samples at 16 kHz.")
    array = np.nan_to_num(array, nan=0.0, posinf=0.0, neginf=0.0)
    peak = float(np.abs(array).max(initial=0.0))
    return array / np.float32(peak) if peak > 1.0 else array


def loudest(samples: Samples, seconds: float = 0.1) -> float:
    """Return the level of the loudest window of `seconds` in dB of full scale; −inf is silence.

    The loudest rather than the mean: a word in a long pause is a word.
    """
    window = max(int(seconds * RATE), 1)
    if not len(samples):
        return float("-inf")
    padded = np.pad(samples, (0, -len(samples) % window)).reshape(-1, window)
    power = float(np.mean(np.square(padded, dtype=np.float64), axis=1).max())
    return 10.0 * float(np.log10(power)) if power > 0 else float("-inf")


def _check(path: Path, name: str, limits: SoundLimits) -> None:
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the path is not valid"
        raise InputError(f"{name} can't be read ({reason}); check its path.") from error
    if not stat.S_ISREG(status.st_mode):
        raise InputError(f"{name} is not a file; give the path of a recording.")
    if status.st_size > limits.max_bytes:
        raise InputError(f"{name} is larger than {limits.max_bytes >> 20} MB; give a shorter one.")


def _frames(container: InputContainer) -> Iterator[Samples]:
    """Decode the first audio stream frame by frame; a damaged frame is left out, as players do."""
    import av

    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    frames = container.decode(audio=0)
    while True:
        try:
            frame = next(frames)
        except StopIteration:
            break
        except av.error.InvalidDataError:
            continue
        frame.pts = None
        for part in resampler.resample(frame):
            yield part.to_ndarray().reshape(-1)
    for part in resampler.resample(None):
        yield part.to_ndarray().reshape(-1)
