"""A part of the request, corrected in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from encoders.sanitise import sanitise_line

if TYPE_CHECKING:
    from tui.app.chips import Chip, Chips


class Correction(Input):
    """A field below the part; Enter applies what it says, Esc leaves it as it was, nothing in it takes it away."""

    HELP = "Write what the part should say: 'under 100', 'not leather'. Enter applies it, Esc leaves it as it was."

    def __init__(self, chip: Chip, chips: Chips) -> None:
        """Begin with the words of `chip`, one of `chips`, all selected."""
        super().__init__(sanitise_line(chip.text), compact=True, select_on_focus=True, classes="correction")
        self.chip, self.chips = chip, chips
