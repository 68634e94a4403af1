"""Files in a line that a person types or drops, and what is said of what waits."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from agent.actions import ACTIONS
from encoders.errors import UsageError
from tui.attachments.attached import examine
from tui.attachments.dropped import Dropped, take_mentions, take_paths
from tui.attachments.paths import find
from tui.attachments.staging import existing_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.attachments.attached import Attached
    from tui.attachments.staging import Staged


def take_typed(text: str) -> Dropped:
    """Take dropped paths and '@path' out of a line; a command is left whole.

    Raises InputError where the whole line is the path of a file that is neither a picture nor a sound, or begins with
    a folder of this machine and no file lies there: both are meant as files.
    """
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    if first.startswith("/") and first[1:].casefold() in ACTIONS:
        return Dropped((), text)
    dropped = take_paths(text)
    mentioned = take_mentions(dropped.words)
    if not dropped.paths:
        if dropped.others and find(text.strip()) in dropped.others:
            examine("image", dropped.others[0])
        elif re.match(r"/[^/]+/", first) and Path(*Path(first).parts[:2]).exists():
            existing_file(text.strip())
    return Dropped((*dropped.paths, *mentioned.paths), mentioned.words, (*dropped.others, *mentioned.others))


def told(staged: Staged, added: Sequence[Attached]) -> str:
    """Return what is said of files that wait: 'staged: bag.png 1024×768 312 KB', with numbers where others do."""
    first = len(staged) - len(added) + 1
    lines = (
        f"{number}. {chip}" if len(staged) > 1 else str(chip) for number, chip in enumerate(added, first)
    )
    return f"staged: {', '.join(lines)}"


def place_of(staged: Staged, words: Sequence[str]) -> int:
    """Return the index of what /unstage means: the last, or that of a number. Raises UsageError."""
    if not staged:
        raise UsageError("Nothing is staged: there is nothing to take back.")
    if not words:
        return len(staged) - 1
    number = words[0].lstrip("#") if len(words) == 1 else ""
    if not (number.isascii() and number.isdecimal()):
        raise UsageError("Write it as /unstage, or /unstage N with the number of what is staged.")
    if not 1 <= int(number[:9]) <= len(staged):
        there = "only 1 is" if len(staged) == 1 else f"1 to {len(staged)} are"
        raise UsageError(f"Nothing is staged as {number[:9]}: {there}.")
    return int(number) - 1
