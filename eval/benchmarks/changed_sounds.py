"""Sounds as they come back from elsewhere: through a codec, cut, in a noisy room, over a telephone; all repeatable."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from encoders.sound import RATE, decode_sound, resample

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from encoders.protocols import Samples

    Change = Callable[[Samples], Samples]

_OPUS_RATE = 48_000
_OUTSIDE = 0.02
"""What is left of a frequency outside a band: −34 dB."""


def changes() -> Mapping[str, Change]:
    """Return what may happen to a sound, by name."""
    return {
        "26 dB quieter": lambda sound: sound * np.float32(0.05),
        "MP3, 24 kbit/s": lambda sound: through_codec(sound, "libmp3lame", "mp3", 24_000, RATE),
        "Opus, 12 kbit/s": lambda sound: through_codec(sound, "libopus", "ogg", 12_000, _OPUS_RATE),
        "3 s of it": lambda sound: sound[RATE : 4 * RATE],
        "noise, 10 dB below": lambda sound: with_noise(sound, 10),
        "a laptop's microphone": lambda sound: with_noise(within(sound, 200, 4000), 25),
        "a telephone": lambda sound: with_noise(within(sound, 300, 3400), 25),
    }


def through_codec(sound: Samples, codec: str, container: str, bits: int, rate: int) -> Samples:
    """Encode mono 16 kHz samples at `bits` a second and decode them again; codecs add a few ms of silence."""
    import av

    with tempfile.TemporaryDirectory(prefix="vitrine-codec-") as folder:
        path = Path(folder) / f"sound.{container}"
        with av.open(str(path), "w", format=container) as out:
            stream = out.add_stream(codec, rate=rate, layout="mono")
            stream.bit_rate = bits
            frame = av.AudioFrame.from_ndarray(
                np.ascontiguousarray(resample(sound, rate)[None]), format="flt", layout="mono"
            )
            frame.sample_rate = rate
            resampler = av.AudioResampler(
                format=stream.format, layout="mono", rate=rate, frame_size=stream.codec_context.frame_size
            )
            for part in (*resampler.resample(frame), *resampler.resample(None)):
                part.pts = None
                out.mux(stream.encode(part))
            out.mux(stream.encode(None))
        return decode_sound(path)


def with_noise(sound: Samples, decibels: float) -> Samples:
    """Add white noise so many decibels below the sound's own power."""
    power = float(np.sqrt(np.mean(np.square(sound, dtype=np.float64)))) * 10 ** (-decibels / 20)
    return sound + np.random.default_rng(0).normal(0.0, power, len(sound)).astype(np.float32)


def within(sound: Samples, low: float, high: float) -> Samples:
    """Keep what lies between two frequencies in Hz."""
    spectrum = np.fft.rfft(sound)
    frequencies = np.fft.rfftfreq(len(sound), 1 / RATE)
    spectrum[(frequencies < low) | (frequencies > high)] *= _OUTSIDE
    return np.fft.irfft(spectrum, len(sound)).astype(np.float32)
