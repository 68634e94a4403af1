"""A recorded conversation played again, through the widgets of the day; neither catalogue nor model is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Horizontal
from textual.screen import Screen

from agent.legs import share_words
from agent.why import Checked, Share, State, Why
from encoders.sanitise import sanitise_line
from tui.app.application import Themed
from tui.app.card import CardView
from tui.app.chips import Chip
from tui.app.enlarge import Enlarged
from tui.app.side import SidePanel
from tui.app.status import StatusLine, TitleLine, tell_timings
from tui.app.talk import Talk
from tui.sessions.recorded import RecordedCatalogue
from tui.words.request import parts_of
from tui.words.wording import Wording

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.timer import Timer

    from agent.types import Card
    from eval.transcript import Entry, Transcript
    from tui.pictures.choose import Choice

_PACE = 2.0
"""Seconds between two turns that play by themselves, where no other pace is asked for."""


class Replaying(Screen[None]):
    """Turns come one by one, by a key or by themselves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,n,enter", "next", "next turn"),
        Binding("p", "pace", "play, pause"),
        Binding("a", "rest", "all the rest"),
        Binding("tab", "cards", "to the cards", priority=True),
        Binding("escape", "back", "back", priority=True),
        Binding("f6", "panel", "panel"),
        Binding("q,ctrl+q", "leave", "leave"),
        Binding("pageup", "scroll('up')", show=False),
        Binding("pagedown", "scroll('down')", show=False),
    ]
    HELP = "Space shows the next turn, P plays them one after the other, A shows all the rest, Tab goes to the cards."

    def __init__(self, transcript: Transcript, choice: Choice, pace: float = 0.0) -> None:
        """Play `transcript`; with a `pace` in seconds it begins by itself."""
        super().__init__()
        self._transcript = transcript
        self._choice = choice
        self._pace = pace
        self._played = 0
        self._timer: Timer | None = None
        self._wording = Wording.of_snapshot(RecordedCatalogue(transcript))

    def compose(self) -> ComposeResult:
        """Lay the screen out as a conversation's, without its composer."""
        yield TitleLine()
        with Horizontal(id="body"):
            yield Talk(self._choice)
            yield SidePanel()
        yield StatusLine()

    def on_mount(self) -> None:
        """Say what is played, and show its first turn."""
        header = self._transcript.header
        title = self.query_one(TitleLine)
        title.left = "Vitrine · a recorded conversation"
        if header is not None:
            name = sanitise_line(header.name or header.first or header.session)
            title.left = f"Vitrine · “{name}”, {header.catalogue}, {header.items:,} items"
            title.right = f"{header.began.astimezone():%Y-%m-%d %H:%M} · {header.models}"
        if self._transcript.torn:
            self._talk.remark("The last line is cut off, as by a program that was killed: it is left out.")
        self.action_next()
        if self._pace:
            self.action_pace()

    @property
    def _talk(self) -> Talk:
        return self.query_one(Talk)

    def action_next(self) -> None:
        """Show the next turn."""
        entries = self._transcript.entries
        if self._played < len(entries):
            self._show(self._played, entries[self._played])
            self._played += 1
        if self._played == len(entries) and self._timer is not None:
            self._timer.stop()
            self._timer = None
        status = self.query_one(StatusLine)
        status.now = f"turn {self._played} of {len(entries)}"
        playing = "P pauses" if self._timer else "P plays"
        over = self._played == len(entries)
        status.keys = "Q leaves" if over else f"Space next · {playing} · A all · Tab cards · Q leaves"

    def action_rest(self) -> None:
        """Show all the rest, each turn once the one before is there."""
        if self._played < len(self._transcript.entries):
            self.action_next()
            self.call_after_refresh(self.action_rest)

    def action_pace(self) -> None:
        """Let the turns come by themselves, or stop that."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        elif self._played < len(self._transcript.entries):
            self._timer = self.set_interval(self._pace or _PACE, self.action_next)

    def action_cards(self) -> None:
        """Go to the cards."""
        if (row := self._talk.row) is not None and not isinstance(self.focused, CardView):
            self.set_focus(row)
        else:
            self.focus_next()

    def action_back(self) -> None:
        """Leave the cards, or else the recording."""
        if self.focused is not None:
            self.set_focus(None)
        else:
            self.action_leave()

    def action_leave(self) -> None:
        """Leave."""
        self.app.exit()

    def action_panel(self) -> None:
        """Show or hide the panel."""
        self.query_one(SidePanel).toggle()

    def action_scroll(self, way: str) -> None:
        """Scroll the talk."""
        self._talk.go(way)

    def on_card_view_acted(self, event: CardView.Acted) -> None:
        """Show a card's evidence or its picture; a recording can't be changed."""
        card = event.view.card
        if event.action == "why":
            side = self.query_one(SidePanel)
            side.show_why(_why_of(card), ())
            side.open()
        elif event.action == "enlarge" and card.image is not None:
            self.app.push_screen(Enlarged(card.image, card.title, self._choice))
        else:
            header = self._transcript.header
            how = (
                f": `vitrine chat --resume {header.session}` goes on with it"
                if header and header.session
                else ""
            )
            self._talk.remark(f"This is a recording{how}.")

    def _show(self, number: int, entry: Entry) -> None:
        self._talk.show_again(number, entry, self._wording)
        if entry.turn is not None:
            self.query_one(StatusLine).timings = tell_timings(entry.turn.timings_ms)
            parts = parts_of(entry.turn.act, self._wording)
            if parts:
                chips = [Chip(str(place), part.line, removable=False) for place, part in enumerate(parts)]
                self.query_one(SidePanel).show_force(chips)


class Replay(Themed):
    """The application of a recording."""

    def __init__(self, transcript: Transcript, choice: Choice, pace: float = 0.0) -> None:
        """Play `transcript`."""
        super().__init__()
        self._playing = transcript, choice, pace

    def get_default_screen(self) -> Screen[None]:
        """Show the recording."""
        return Replaying(*self._playing)


def _why_of(card: Card) -> Why:
    """Return what a recorded card tells of itself."""
    evidence = card.evidence
    return Why(
        id=card.id,
        title=card.title,
        rank=card.rank,
        shown=card.rank,
        moved_on=False,
        shares=tuple(
            Share(leg, share_words(leg), part)
            for leg, part in sorted(evidence.shares.items(), key=lambda one: -one[1])
        ),
        conditions=(
            *(Checked(words, State.MET) for words in evidence.met),
            *(Checked(words, State.GIVEN_UP) for words in evidence.missed),
        ),
        quotes=evidence.quotes,
        without=(),
        counterfactual=None,
        path=None,
    )
