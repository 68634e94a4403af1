"""One turn in the conversation: what was said, what was understood, the cards, the reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from agent.types import ActName, Said, Shown, Understood
from tui.app.card import CardRow, CardView
from tui.app.chips import Chip, Chips
from tui.app.spoken import Spoken
from tui.app.text import lines, plain
from tui.words.card import card_words
from tui.words.request import TELLS_SEARCH, noted, parts_of, spoken_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.app import ComposeResult
    from textual.timer import Timer

    from agent.types import Act, Event
    from tui.pictures.choose import Choice
    from tui.words.request import Part
    from tui.words.wording import Wording

_JUDGEMENTS = frozenset({ActName.RATE, ActName.LIKE, ActName.DISLIKE})
_FLUSH = 0.1
"""Seconds between two writes of a streamed reply: at each token Textual spends three times the work."""


class TurnView(Vertical):
    """Shows a turn as its events come."""

    def __init__(self, number: int, said: str, staged: str = "", waiting: str = "") -> None:
        """Begin turn `number` with the words that were `said`, what was `staged` with them and what it waits for."""
        super().__init__()
        self.number = number
        self.said = said
        """What the person said."""
        self._staged = staged
        self._waiting = waiting
        self._pieces: list[str] = []
        self._timer: Timer | None = None
        self.parts: Mapping[str, Part] = {}
        """The parts of the request by their chips' keys."""
        self._act: Act | None = None
        self._early: list[Callable[[], None]] | None = []
        """What came before there was a place for it: what the person said stands first. None once there is one."""

    def on_mount(self) -> None:
        """Show what came early: a recorded turn comes all at once."""
        early, self._early = self._early or [], None
        for show in early:
            show()

    def compose(self) -> ComposeResult:
        """Show what the person said."""
        yield Spoken("you", "$primary", self._said(), classes="said")
        if self._waiting:
            yield Static(plain(self._waiting), classes="waiting", markup=False)

    def _said(self) -> Content:
        staged = f"{' ' if self.said else ''}[{self._staged}]" if self._staged else ""
        return plain(self.said) + plain(staged, "$muted")

    def wait(self, what: str) -> None:
        """Show what the turn waits for; '' ends it."""
        if self._early is not None:
            self._early.append(lambda: self.wait(what))
            return
        shown = self.query(".waiting")
        if not what:
            shown.remove()
        elif shown:
            shown.first(Static).update(plain(what))
        else:
            self.mount(Static(plain(what), classes="waiting", markup=False))

    def show(self, event: Event, wording: Wording, choice: Choice) -> None:
        """Show one event."""
        if self._early is not None:
            self._early.append(lambda: self.show(event, wording, choice))
            return
        if isinstance(event, Understood):
            self.wait("")
            self._understood(event, wording)
        elif isinstance(event, Shown):
            self._shown(event, wording, choice)
        elif isinstance(event, Said):
            self._pieces.append(event.text)
            if self._timer is None:
                self._flush()
                self._timer = self.set_interval(_FLUSH, self._flush)
        else:
            self.end()

    def end(self, note: str = "", *, failed: bool = False) -> None:
        """End the turn, keeping what came; `note` says why where it did not come to its end."""
        if self._early is not None:
            self._early.append(lambda: self.end(note, failed=failed))
            return
        self.wait("")
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._flush()
        if note:
            self.mount(Static(plain(note), classes="failed" if failed else "note", markup=False))

    @property
    def row(self) -> CardRow | None:
        """The cards."""
        return next(iter(self.query(CardRow)), None)

    @property
    def answer(self) -> str:
        """The reply as far as it came."""
        return "".join(self._pieces).strip()

    def _understood(self, event: Understood, wording: Wording) -> None:
        act, request = event.act, event.request
        self._act = act
        if request.transcript:
            self._chips("heard", [Chip("heard", request.transcript, removable=False)])
        for number, picture in enumerate(request.pictures):
            if picture.seen:
                self._chips("sees", [Chip(f"seen-{number}", " ".join(picture.seen))])
        for sound in request.sounds:
            if sound.heard:
                self._chips("hears", [Chip("tempo", spoken_of(sound), removable=False)])
        if act.name in _JUDGEMENTS and act.items:
            self.mount(Static(plain(f"noted: {noted(act, wording)}"), classes="note", markup=False))
        if act.name in TELLS_SEARCH:
            self.parts = {f"part-{number}": part for number, part in enumerate(parts_of(act, wording))}
            chips = [
                Chip(key, part.line, strong=part.constraint is not None) for key, part in self.parts.items()
            ]
            self._chips("looking for", chips)

    def _chips(self, label: str, chips: list[Chip]) -> None:
        if chips:
            self.mount(Chips(chips, label, aligned=True, classes="understood"))

    def _shown(self, event: Shown, wording: Wording, choice: Choice) -> None:
        if event.headline:
            self.mount(Static(plain(event.headline), classes="headline", markup=False))
        if event.items:
            words = [card_words(card, event.items, wording, self._act) for card in event.items]
            views = [CardView(card, told, choice) for card, told in zip(event.items, words, strict=True)]
            # Less the line that shows the focus.
            self.mount(CardRow(views, self.size.width - 1, self.screen.size.height))

    def _flush(self) -> None:
        if not self._pieces:
            return
        words = plain(self.answer)
        prose = self.query(".prose")
        if prose:
            prose.first(Spoken).update(words)
        else:
            self.mount(Spoken("vitrine", "$secondary", words, classes="prose"))

    def as_text(self) -> Content:
        """Return a turn that was folded up as text."""
        parts: list[Content] = []
        for child in self.children:
            if child.has_class("said"):
                parts.append(plain("you  ", "bold $primary") + self._said())
            elif child.has_class("prose"):
                parts.append(plain("vitrine  ", "bold $secondary") + plain(self.answer))
            elif isinstance(child, Static) and isinstance(child.content, Content):
                parts.append(child.content)
        return lines(*parts)

    def fold_up(self) -> None:
        """Turn the cards into lines, so that a long conversation stays light; what was said stays."""
        row = self.row
        if row is not None:
            words = [f"{view.card.rank} {view.card.title}" for view in row.views]
            self.mount(
                Static(lines(*(plain(word, "$muted") for word in words)), classes="folded"), before=row
            )
            row.remove()
        for chips in self.query(Chips):
            text = " · ".join(chip.text for chip in chips.chips)
            self.mount(Static(plain(f"{chips.label} {text}", "$muted"), classes="folded"), before=chips)
            chips.remove()
