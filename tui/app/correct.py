"""A part of the request, corrected in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from encoders.sanitise import sanitise_line
from tui.app.keystrokes import give_space

if TYPE_CHECKING:
    from textual import events

    from tui.app.chips import Chip
    from tui.words.request import Part


class Correction(Input):
    """A field below the part; Enter applies what it says, Esc leaves it as it was, nothing in it takes it away."""

    HELP = (
        "Write what the part should say: 'under 100', 'not leather'. Enter applies it, Esc leaves it as it was, and "
        "with nothing written Enter takes the part away."
    )

    def __init__(self, chip: Chip, part: Part | None, words: str) -> None:
        """Begin with `words`, all selected, in the place of what `chip` says of `part`."""
        super().__init__(sanitise_line(words), compact=True, select_on_focus=True, classes="correction")
        self.chip = chip
        self.part = part
        """The part as it was when the field was opened: the search may go on while one writes."""
        self.words = self.value
        """What it began with."""

    async def _on_key(self, event: events.Key) -> None:
        # Textual goes on with Input's own handler.
        give_space(event)

    def on_blur(self) -> None:
        """Leave the part as it was when the person goes elsewhere in Vitrine; another window is not elsewhere."""
        if self.app.app_focus:
            self.remove()
