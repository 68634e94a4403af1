"""Whether a file is a picture or a sound, by its bytes: names lie, and a drop may be anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SOUND = re.compile(
    rb"RIFF....WAVE|RF64|fLaC|OggS|ID3|FORM....AIF[FC]|....ftyp|caff|\x1aE\xdf\xa3|\.snd|wvPk|MAC |TTA1|MPCK|#!AMR"
    rb"|0&\xb2u\x8ef\xcf\x11|\xff[\xe2-\xff]",
    re.DOTALL,
)
"""How sounds that people have begin, so that FFmpeg is not asked about texts: it takes 0.1 s to load, and can make out
a format in almost any bytes."""


def kind_of(path: Path) -> str | None:
    """Return 'image' or 'sound', None for a file that is neither.

    A picture is told by its first bytes, so that a damaged one is refused in a sentence where it is staged; a sound by
    decoding its first moment.
    """
    from encoders.container import sniff  # needs Pillow, whose 16 ms the first paint does not wait for

    try:
        with path.open("rb") as file:
            start = file.read(64)
    except (OSError, ValueError):
        return None
    if sniff(start):
        return "image"
    return "sound" if _SOUND.match(start) and _sounds(path) else None


def _sounds(path: Path) -> bool:
    import av

    try:
        with av.open(str(path), mode="r", metadata_errors="ignore") as container:
            return bool(container.streams.audio) and next(container.decode(audio=0), None) is not None
    # FFmpeg's errors are of many classes, some of them ValueError or OSError and some neither.
    except (av.FFmpegError, OSError, ValueError, IndexError, RuntimeError, MemoryError):
        return False
