"""A picture, or copied files, from the system's clipboard.

No one program reads it everywhere: Wayland has wl-paste, X11 has xclip, macOS has osascript, Windows PowerShell, which
WSL can call too. What was copied as a picture has no file, and a request names files: so it is kept in a private one
until Vitrine ends.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from encoders.errors import InputError
from tui.attachments.clipboard_tools import Failed, Held, TooLarge, Unavailable, reader_for
from tui.attachments.kept import keep
from tui.attachments.kind import kind_of
from tui.attachments.paths import Looks, find

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["ClipboardPicture", "Failed", "NoPicture", "TooLarge", "Unavailable", "clipboard_picture"]


class NoPicture(InputError):
    """The clipboard can be read, and holds neither a picture nor a file that is one."""


@dataclass(frozen=True, slots=True)
class ClipboardPicture:
    """What the clipboard held."""

    paths: tuple[Path, ...]
    """Files to be staged: those that were copied, or the one that a copied picture was saved in."""
    saved: bool
    """Whether it was saved, in a private file that is deleted when Vitrine ends."""


def clipboard_picture(
    environ: Mapping[str, str] | None = None, platform: str | None = None
) -> ClipboardPicture:
    """Return the picture on the clipboard, or the pictures and sounds whose files were copied.

    `environ` and `platform` say where Vitrine runs: by default os.environ and sys.platform.

    Raises, each with a sentence and its next step: Unavailable where there is no clipboard or no tool that reads it,
    NoPicture where it holds none, TooLarge, Failed where the tool fails or takes too long, and InputError where what it
    holds is damaged.
    """
    environ = os.environ if environ is None else environ
    held = reader_for(environ, sys.platform if platform is None else platform)()
    files = tuple(path for path in map(_find, held.files) if path is not None)
    media = tuple(path for path in files if kind_of(path))
    if media:
        return ClipboardPicture(media, saved=False)
    if held.picture:
        return ClipboardPicture((keep(held.picture),), saved=True)
    raise NoPicture(_sentence(held, files))


def _find(name: str) -> Path | None:
    return find(name, Looks())


def _sentence(held: Held, files: tuple[Path, ...]) -> str:
    if files:
        return "The file on the clipboard is no picture or sound that can be read: copy a PNG, JPEG or WebP picture."
    if held.text:
        return "There is text on the clipboard and no picture: paste it with the terminal's own key, or copy a picture."
    return "There is no picture on the clipboard: copy one, or give its path with /image PATH."
