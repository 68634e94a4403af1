"""The files that wait for the next message, as chips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.chips import Chip, Chips
from tui.attachments.kind import kind_of

if TYPE_CHECKING:
    from pathlib import Path

    from tui.attachments.attached import Attached
    from tui.attachments.staging import Staged


class StagedChips(Chips):
    """The files that wait."""

    HELP = (
        "These files go with your next message. Arrows go through them, Delete takes one back; Enter shows a picture, "
        "and makes of a sound a spoken message, or of that a sound to look for the like of."
    )


def with_file(staged: Staged, file: Path | str, kind: str | None) -> Staged:
    """Return `staged` with one more file, as `kind` or by what is in it; decodes it. Raises as `Staged.with_file`."""
    if kind is None:
        kind = "image" if isinstance(file, str) else kind_of(file) or "image"
    return staged.with_file(kind, file)


def chip_of(place: int, one: Attached) -> Chip:
    """Return the chip of the file at `place`; what is no picture says as what it goes."""
    return Chip(str(place), str(one) if one.kind == "image" else f"{one.kind}: {one}")
