"""Speech to text, through faster-whisper.

Whisper invents sentences where there is no speech, so a sound passes four gates: a level floor, voice
detection (Silero), Whisper's own confidence, and a check for loops. What fails gives an empty transcript,
never a guess.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from encoders.checksum import identity
from encoders.device import Placement, choose
from encoders.errors import ModelError
from encoders.layout import Slot, require_files
from encoders.protocols import Samples, Transcript
from encoders.quiet import loading_model
from encoders.sanitise import sanitise_line
from encoders.sound import RATE, SoundLimits, clean, decode_sound, loudest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from faster_whisper import WhisperModel
    from faster_whisper.transcribe import Segment


@dataclass(frozen=True, slots=True)
class SpeechGates:
    """What is taken for speech; the defaults are Whisper's own where it has them."""

    floor_db: float = -55.0
    """Level of the loudest tenth of a second; a quiet room is near −60 dB, soft speech near −35."""
    min_silence_ms: int = 500
    """A pause that ends a stretch of speech for the voice detector."""
    max_no_speech: float = 0.6
    """With `min_logprob`: above this and below that is silence (Radford et al., 2022, section 4.5)."""
    min_logprob: float = -1.0
    """Mean log probability of a segment's tokens."""
    hopeless_logprob: float = -1.5
    """Below this a segment is dropped all the same (a mean token probability of .22)."""
    max_compression: float = 2.4
    """Length over zlib-compressed length; above it the text repeats itself."""


class WhisperRecogniser:
    """A Recogniser over a faster-whisper model."""

    def __init__(
        self,
        model: WhisperModel,
        identifier: str,
        placement: Placement,
        *,
        language: str | None = None,
        gates: SpeechGates | None = None,
        limits: SoundLimits | None = None,
    ) -> None:
        """Wrap a loaded model; `load_speech` makes one. `language` is a code such as 'en'; None detects."""
        self._model = model
        self._id = identifier
        self.placement = placement
        """Where it runs and why."""
        self._language = language
        self._gates = gates or SpeechGates()
        self._limits = limits or SoundLimits()

    @property
    def id(self) -> str:
        """Name and revision or checksum."""
        return self._id

    def transcribe(self, sound: Path | Samples, hints: Sequence[str] = ()) -> Transcript:
        """Transcribe a sound file or 16 kHz samples; `hints` are names that may be spoken, likeliest first.

        The text is empty when nothing was said, or nothing that the gates let through.

        Raises InputError when the sound can't be decoded or is too long, ModelError when the model fails.
        """
        samples = decode_sound(sound, self._limits) if isinstance(sound, Path) else clean(sound)
        samples = samples[: int(self._limits.max_seconds * RATE)]
        seconds = len(samples) / RATE
        if loudest(samples) < self._gates.floor_db:
            return Transcript("", 0.0, seconds)
        try:
            segments, _ = self._model.transcribe(
                samples,
                language=self._language,
                beam_size=5,
                # Two retries: each costs a whole decoding, and what fails three times is noise.
                temperature=[0.0, 0.2, 0.4],
                condition_on_previous_text=False,
                without_timestamps=True,
                vad_filter=True,
                vad_parameters={"min_silence_duration_ms": self._gates.min_silence_ms},
                hotwords=_hotwords(hints),
                no_speech_threshold=self._gates.max_no_speech,
                log_prob_threshold=self._gates.min_logprob,
                compression_ratio_threshold=self._gates.max_compression,
            )
            heard = [segment for segment in segments if self._credible(segment)]
        except (RuntimeError, ValueError, MemoryError) as error:
            raise ModelError(
                f"The speech model {self._id} failed ({type(error).__name__}); type the request instead."
            ) from error
        text = sanitise_line(" ".join(segment.text for segment in heard))
        return Transcript(text, _confidence(heard), seconds)

    def _credible(self, segment: Segment) -> bool:
        gates = self._gates
        silent = segment.no_speech_prob > gates.max_no_speech and segment.avg_logprob < gates.min_logprob
        return not (
            silent
            or segment.avg_logprob < gates.hopeless_logprob
            or segment.compression_ratio > gates.max_compression
            or loops(segment.text)
        )


def load_speech(
    folder: Path,
    name: str | None = None,
    placement: Placement | None = None,
    *,
    language: str | None = None,
    gates: SpeechGates | None = None,
) -> WhisperRecogniser:
    """Load the Whisper model in `folder`, in CTranslate2's format.

    Raises ModelError when the files can't be loaded.
    """
    require_files(Slot.SPEECH, folder)
    placement = placement or choose(Slot.SPEECH)
    with loading_model("speech", folder):
        from faster_whisper import WhisperModel

        model = WhisperModel(
            str(folder),
            device=placement.device,
            compute_type=placement.dtype,
            local_files_only=True,
        )
    identifier = identity(name or folder.name, Slot.SPEECH, folder)
    return WhisperRecogniser(model, identifier, placement, language=language, gates=gates)


def loops(text: str, times: int = 4) -> bool:
    """Whether one to four words are said `times` times in a row, as a model does that has lost its way."""
    words = text.lower().split()
    for size in range(1, 5):
        run = 0
        for index in range(size, len(words)):
            run = run + 1 if words[index] == words[index - size] else 0
            if run >= size * (times - 1):
                return True
    return False


def _hotwords(hints: Iterable[str]) -> str | None:
    """Join names, the first first; faster-whisper cuts at 223 tokens, about 40 names."""
    names = [sanitise_line(hint, 60) for hint in hints]
    return ", ".join(name for name in names if name)[:600] or None


def _confidence(segments: Sequence[Segment]) -> float:
    """Mean probability of the tokens: the geometric mean over all segments, each weighted by its length."""
    tokens = sum(len(segment.tokens) for segment in segments)
    if not tokens:
        return 0.0
    logprob = sum(segment.avg_logprob * len(segment.tokens) for segment in segments) / tokens
    return min(math.exp(logprob), 1.0)
