"""Pictures, sounds and a voice that wait for the next message."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from encoders.errors import InputError, UsageError
from encoders.sanitise import sanitise_line
from tui.attachments.attached import examine
from tui.attachments.paths import find

if TYPE_CHECKING:
    from tui.attachments.attached import Attached

MOST = 10
"""Files that go with one message: each picture takes an encoder's pass, and the mean of more is like none of them."""


@dataclass(frozen=True, slots=True)
class Staged:
    """What waits, in the order in which it came."""

    chips: tuple[Attached, ...] = ()
    """One for each file; at most one of them a voice."""

    def __bool__(self) -> bool:
        """Whether anything waits."""
        return bool(self.chips)

    def __len__(self) -> int:
        """How many files wait."""
        return len(self.chips)

    @property
    def images(self) -> tuple[Path, ...]:
        """The pictures."""
        return self._paths("image")

    @property
    def sounds(self) -> tuple[Path, ...]:
        """The sounds to look for the like of."""
        return self._paths("sound")

    @property
    def voice(self) -> Path | None:
        """The spoken message."""
        return next(iter(self._paths("voice")), None)

    def described(self) -> tuple[str, ...]:
        """Return a line for each file: 'bag.png 1024×768 312 KB'."""
        return tuple(map(str, self.chips))

    def with_file(self, kind: str, name: str | Path) -> Staged:
        """Return the same with one more picture ('image') or sound ('sound'), or with another voice ('voice').

        A voice takes the place of the one before it.

        Raises UsageError without a name or when MOST files wait, InputError when there is no such file or it is no
        picture or sound.
        """
        if not str(name):
            raise UsageError(f"Name a file: /{kind} PATH.")
        chip = examine(kind, existing_file(name))
        chips = tuple(other for other in self.chips if not kind == other.kind == "voice")
        if len(chips) >= MOST:
            raise UsageError(
                f"{MOST} files wait already, the most that go with one message: send them, or take one back."
            )
        return Staged((*chips, chip))

    def without(self, index: int) -> Staged:
        """Return the same without the file at `index`, from 0. Raises IndexError when there is none."""
        if not 0 <= index < len(self.chips):
            raise IndexError(index)
        return Staged(self.chips[:index] + self.chips[index + 1 :])

    def _paths(self, kind: str) -> tuple[Path, ...]:
        return tuple(chip.path for chip in self.chips if chip.kind == kind)


def existing_file(name: str | Path) -> Path:
    """Return the path of a file that is there, spelled in any way in which terminals paste one.

    Raises InputError when it is not.
    """
    try:
        path = Path(name).expanduser()
        if path.is_file():
            return path
        if (found := find(str(name))) is not None:
            return found
        why = "it is a folder" if path.is_dir() else "there is no such file"
    except (OSError, ValueError, RuntimeError) as error:  # too long, a zero byte, the home of nobody
        why = getattr(error, "strerror", None) or str(error)
    raise InputError(f"{sanitise_line(str(name), 200)} can't be used: {why.lower()}; check the path.")
