"""The side panel: what is in force, why an item is shown, what was learnt, who is here."""

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

    from agent.taste import Person, Taste
    from agent.why import Why

_BAR = 12
_LABEL = 16
_SIGNS = {
    "MET": ("✓", "$success"),
    "MISSED": ("✗", "$error"),
    "GIVEN_UP": ("✗ given up:", "$error"),
    "UNKNOWN": ("? can't be checked:", "$warning"),
}
"""By the names of `agent.why.State`: its module imports the engine's, 0.2 s that the first paint does not wait for."""


class SidePanel(VerticalScroll, can_focus=False):
    """Sections one below the other; what has nothing to say is not there."""

    def compose(self) -> ComposeResult:
        """Lay out the sections."""
        yield Static(plain("In force", "bold $primary"), classes="section", markup=False)
        yield Chips(id="force", stacked=True)
        yield Static(plain("nothing yet: say what you are after", "$muted"), id="no-force", markup=False)
        yield Static(classes="section", id="why", markup=False)
        yield Chips(id="critiques", stacked=True)
        yield Static(classes="section", id="taste", markup=False)
        yield Static(classes="section", id="person", markup=False)

    def on_mount(self) -> None:
        """Hide what has nothing to say yet."""
        for name in ("force", "critiques", "why", "taste", "person"):
            self.query_one(f"#{name}").display = False

    def toggle(self) -> None:
        """Show it or hide it; on a wide screen it is there of itself, else it lies over the talk."""
        self.toggle_class("-hidden" if self.screen.has_class("-wide") else "-shown")

    def open(self) -> None:
        """Show it, if it is not there."""
        if not self.display:
            self.add_class("-shown")
            self.remove_class("-hidden")

    def show_force(self, chips: Sequence[Chip]) -> None:
        """Show the parts of the search in force."""
        self.query_one("#force", Chips).show(chips)
        self.query_one("#no-force").display = not chips

    def show_person(self, person: Person) -> None:
        """Show whose conversation it is, and how much is known of them."""
        counts = ((person.notes, "fact"), (person.ratings, "rating"), (person.likings, "like or dislike"))
        known = ", ".join(f"{count} {_plural(noun, count)}" for count, noun in counts if count)
        told = plain(f"{known}: /profile shows them" if known else "nothing is kept of you yet", "$muted")
        self._section("person", lines(plain("You", "bold $primary") + plain(f" ({person.name})"), told))

    def show_taste(self, taste: Sequence[Taste]) -> None:
        """Show what the conversation taught, as bars."""
        from tui.words.why import bar

        if not taste:
            self.query_one("#taste").display = False
            return
        words = [one.value if one.weight > 0 else f"not {one.value}" for one in taste]
        width = min(max(map(len, words)), _LABEL)
        rows = [
            plain(f"{said[:width]:<{width}} ")
            + plain(bar(abs(one.weight), _BAR), "$success" if one.weight > 0 else "$error")
            for said, one in zip(words, taste, strict=True)
        ]
        self._section("taste", lines(plain("Your taste, this conversation", "bold $primary"), *rows))

    def show_why(self, why: Why | None, critiques: Sequence[Chip]) -> None:
        """Show the evidence of one item and the edits that it suggests; None closes it."""
        self.query_one("#critiques", Chips).show(critiques)
        if why is None:
            self.query_one("#why").display = False
        else:
            self._section("why", write_why(why))
            self.query_one("#why").scroll_visible(animate=False)

    def _section(self, name: str, content: Content) -> None:
        section = self.query_one(f"#{name}", Static)
        section.update(content)
        section.display = True


def write_why(why: Why) -> Content:
    """Write the evidence of an item: shares as bars, conditions ticked or crossed, quotes, path, what would be else."""
    from tui.words.why import bar

    rank = f" {why.rank}" if why.rank else ""
    rows: list[Content | str] = [plain(f"Why{rank}", "bold $primary") + plain(f" {why.title}", "bold")]
    if why.moved_on:
        rows.append(plain("this was for an earlier search", "$muted"))
    width = min(max((len(share.words) for share in why.shares), default=0), _LABEL)
    for share in why.shares:
        rows.append(
            plain(f"{share.words[:_LABEL]:<{width}} {share.part:4.0%} ")
            + plain(bar(share.part, _BAR), "$accent")
        )
    for checked in why.conditions:
        sign, colour = _SIGNS[checked.state.name]
        rows.append(plain(f"{sign} ", colour) + plain(checked.words))
    rows += [
        plain(f"“{quote.text}”", "italic") + plain(f" ({quote.field})", "$muted") for quote in why.quotes
    ]
    if why.path is not None:
        rows.append(plain(why.path.words, "$secondary"))
    if why.counterfactual:
        rows.append(plain(why.counterfactual, "$muted"))
    return lines(*rows)


def _plural(noun: str, count: int) -> str:
    if count == 1:
        return noun
    return "likes and dislikes" if noun.startswith("like") else f"{noun}s"
