"""The side panel: who is here, what is in force, what was learnt, and why an item is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.widgets import Static

from tui.app.chips import Chip, Chips
from tui.app.text import lines, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.content import Content

    from agent.taste import Taste
    from agent.why import Why

_BAR = 12


class SidePanel(VerticalScroll, can_focus=False):
    """Sections one below the other; empty ones are not there."""

    def compose(self) -> ComposeResult:
        """The sections."""
        yield Static(plain("In force", "bold $primary"), classes="heading", id="in-force")
        yield Chips(id="force", stacked=True)
        yield Static(plain("nothing yet: say what you are after", "$muted"), id="no-force", markup=False)
        yield Static(classes="section", id="why", markup=False)
        yield Static(classes="section", id="taste", markup=False)
        yield Static(classes="section", id="person", markup=False)

    def on_mount(self) -> None:
        """Hide what has nothing to say yet."""
        for name in ("why", "taste", "person"):
            self.query_one(f"#{name}").display = False

    def show_force(self, chips: Sequence[Chip]) -> None:
        """Show the parts of the search in force."""
        self.query_one("#force", Chips).show(chips)
        self.query_one("#no-force").display = not chips

    def show_person(self, name: str, known: str) -> None:
        """Show whose conversation it is, and how much is known of them."""
        self._section("person", lines(plain("You", "bold $primary"), name, plain(known, "$muted")))

    def show_taste(self, taste: Sequence[Taste]) -> None:
        """Show what the conversation taught, as bars."""
        if not taste:
            self.query_one("#taste").display = False
            return
        width = max(len(entry.value) for entry in taste)
        rows = [
            plain(f"{entry.value:<{width}} ")
            + plain(
                "▇" * max(round(abs(entry.weight) * _BAR), 1), "$success" if entry.weight > 0 else "$error"
            )
            + plain("" if entry.weight > 0 else " not")
            for entry in taste
        ]
        self._section("taste", lines(plain("Your taste", "bold $primary"), *rows))

    def show_why(self, why: Why | None) -> None:
        """Show the evidence of one item; None closes it."""
        if why is None:
            self.query_one("#why").display = False
        else:
            self._section("why", write_why(why, _BAR))
            self.query_one("#why").scroll_visible(animate=False)

    def _section(self, name: str, content: Content) -> None:
        section = self.query_one(f"#{name}", Static)
        section.update(content)
        section.display = True


def write_why(why: Why, bar: int) -> Content:
    """Write the evidence of an item: shares as bars, conditions, quotes, the path, what would change its place."""
    rows: list[Content] = [plain(f"Why {why.rank}", "bold $primary"), plain(why.title, "bold")]
    return lines(*rows)
