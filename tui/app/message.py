"""A message as the composer hands it over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tui.attachments.staging import Staged


@dataclass(frozen=True, slots=True)
class Composed:
    """Words and files that are said together."""

    text: str
    """Typed words."""
    transcript: str | None
    """Spoken words, as the person left them."""
    staged: Staged

    def __bool__(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.text or self.transcript or self.staged)

    @property
    def said(self) -> str:
        """All words."""
        return " ".join(words for words in (self.text, self.transcript) if words)

    @property
    def beside(self) -> str:
        """The files, by their names."""
        return ", ".join(chip.name for chip in self.staged.chips)

    @property
    def images(self) -> tuple[Path, ...]:
        """The pictures."""
        return self.staged.images

    @property
    def voice(self) -> Path | None:
        """The spoken message in a file."""
        return self.staged.voice

    @property
    def sounds(self) -> tuple[Path, ...]:
        """The sounds to look for the like of."""
        return self.staged.sounds
