"""Perceive: text, voice, pictures and sounds become one request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from agent.hearing import Heard, hear
from agent.types import Picture, Request, Sound
from encoders.errors import InputError
from encoders.sanitise import sanitise_line
from encoders.vectors import unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from agent.models import Models
    from encoders.colours import ColourShare
    from encoders.protocols import Samples, Transcript

LONGEST_MESSAGE = 4_000
"""Characters; a request is a few sentences, and more than this is a mistaken paste."""


@dataclass(frozen=True, slots=True)
class Perceived:
    """A request with what its pictures look like."""

    request: Request
    image: NDArray[np.float32] | None
    """Mean unit vector of the pictures, shape (dimension,); None without pictures."""
    each: NDArray[np.float32] | None = None
    """Unit vector of each picture, shape (pictures, dimension); None without pictures."""
    sound: Heard | None = None
    """What its sounds are like; None without sounds."""
    colours: tuple[tuple[ColourShare, ...], ...] = ()
    """Measured colours of each picture."""
    sees: tuple[str, ...] = ()
    """Words for what `image` shows."""
    untold: tuple[str, ...] = ()
    """Aspects that were asked for of a picture and could not be told: 'colour'."""

    @property
    def words(self) -> str:
        """Typed and spoken words together."""
        return " ".join(part for part in (self.request.text, self.request.transcript) if part)


def perceive(
    text: str,
    images: Sequence[Path],
    voice: Path | None,
    models: Models,
    hints: Sequence[str] = (),
    sounds: Sequence[Path] = (),
    transcript: str | None = None,
) -> Perceived:
    """Make a request of its parts; `hints` are titles that may be spoken, `transcript` is speech that was read already.

    Raises InputError when a part can't be used, ModelMissing when its model is not on disk.
    """
    typed, dictated = _words(text), _words(transcript or "")
    said = listen(voice, models, hints).text if voice else ""
    spoken = " ".join(part for part in (dictated, said) if part) or None
    each, colours = _look(images, models) if images else (None, ())
    if not (typed or spoken or images or sounds):
        raise InputError(
            "The message is empty: type what you are after, /voice FILE to speak or /image FILE to show."
        )
    heard: tuple[Sound, ...] = ()
    likeness: Heard | None = None
    if sounds:
        heard, likeness = hear(sounds, models.audio.get())
    request = Request(typed, spoken, tuple(Picture(sanitise_line(str(path))) for path in images), heard)
    seen = None if each is None else unit(each.mean(axis=0, keepdims=True))[0]
    return Perceived(request, seen, each, likeness, colours)


def listen(sound: Path | Samples, models: Models, hints: Sequence[str]) -> Transcript:
    """Return the words of a sound file or of mono 16 kHz samples, in a length that a request may have.

    Raises InputError when there are none or the sound can't be used, ModelMissing without a speech model.
    """
    heard = models.speech.get().transcribe(sound, hints)
    if not heard.text:
        where, instead = (
            (sound.name, "; music to look for is given with /sound")
            if isinstance(sound, Path)
            else ("the recording", "")
        )
        raise InputError(
            f"No speech was found in {where}: speak closer to the microphone or type instead{instead}."
        )
    return replace(heard, text=sanitise_line(heard.text, LONGEST_MESSAGE))


def _words(text: str) -> str:
    """Return words as one safe line. Raises InputError when they are too long, or nothing but control characters."""
    if len(text) > LONGEST_MESSAGE:
        raise InputError(
            f"The message has {len(text):,} characters and a request may have {LONGEST_MESSAGE:,}: "
            "say what you are after in a few sentences."
        )
    line = sanitise_line(text)
    if text.strip() and not line:
        raise InputError("The message holds only control characters: type it again in plain words.")
    return line


def _look(
    images: Sequence[Path], models: Models
) -> tuple[NDArray[np.float32], tuple[tuple[ColourShare, ...], ...]]:
    from encoders.colours import dominant_colours
    from encoders.picture import decode_picture

    encoder = models.image.get()
    pictures = [decode_picture(path) for path in images]
    return encoder.encode_images(pictures), tuple(map(dominant_colours, pictures))
