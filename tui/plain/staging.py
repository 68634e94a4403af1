"""Pictures, sounds and a voice that wait for the next message."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from encoders.errors import InputError, UsageError


@dataclass(frozen=True, slots=True)
class Staged:
    """What waits."""

    images: tuple[Path, ...] = ()
    voice: Path | None = None
    sounds: tuple[Path, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything waits."""
        return bool(self.images or self.voice or self.sounds)

    def with_file(self, kind: str, name: str) -> Staged:
        """Return the same with one more picture ('image') or sound ('sound'), or with another voice ('voice').

        Raises UsageError without a name, InputError when there is no such file or it is no picture or sound.
        """
        if not name:
            raise UsageError(f"Name a file: /{kind} PATH.")
        path = existing_file(name)
        if kind == "voice":
            return replace(self, voice=path)
        if kind == "sound":
            from encoders.sound import decode_clip

            decode_clip(path)
            return replace(self, sounds=(*self.sounds, path))
        from encoders.picture import decode_picture

        decode_picture(path)
        return replace(self, images=(*self.images, path))


def existing_file(name: str | Path) -> Path:
    """Return the path of a file that is there. Raises InputError when it is not."""
    try:
        path = Path(name).expanduser()
        if path.is_file():
            return path
        why = "it is a folder" if path.is_dir() else "there is no such file"
    except (OSError, ValueError, RuntimeError) as error:  # too long, a zero byte, the home of nobody
        why = getattr(error, "strerror", None) or str(error)
    raise InputError(f"{name} can't be used: {why.lower()}; check the path.")
