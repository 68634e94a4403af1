"""The talk: turns one below the other, kept at its end until the person scrolls up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual._styles_cache import StylesCache
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from encoders.sanitise import sanitise_line
from tui.app.earlier import Earlier
from tui.app.text import plain

if TYPE_CHECKING:
    from agent.types import Event
    from eval.transcript import Entry
    from tui.app.card import CardRow
    from tui.app.turn import TurnView
    from tui.pictures.choose import Choice
    from tui.words.wording import Wording

_LIVE = 12
"""Turns whose cards stay: those before are lines of text, so that a long conversation stays light and quick."""

_FOLDED = 24
"""Turns that are widgets still; those before are blocks of text."""


class Talk(VerticalScroll, can_focus=False):
    """Turns by their numbers, and remarks between them."""

    def __init__(self, choice: Choice) -> None:
        """Draw pictures by `choice`."""
        super().__init__(id="talk")
        self._choice = choice
        self._views: dict[int, TurnView] = {}

    def begin(self, number: int, said: str, staged: str = "", waiting: str = "") -> TurnView:
        """Show a turn that was sent and waits."""
        # Turns bring what words a request, 0.1 s that the first paint does not wait for.
        from tui.app.turn import TurnView

        view = TurnView(number, said, staged, waiting)
        self._views[number] = view
        self.mount(view)
        self.anchor()
        views = list(self._views.values())
        for old in views[-_LIVE - 2 : -_LIVE]:
            old.fold_up()
        for old in views[:-_FOLDED]:
            self._put_away(old)
        # Its keys hold what 1,024 widgets drew, most of them removed long ago: 70 MB in a long talk.
        StylesCache.get_inner_outer.cache_clear()
        return view

    def _put_away(self, last: TurnView) -> None:
        """Turn a folded turn, and the remarks before it, into text."""
        block = self._block()
        for child in list(self.children):
            if isinstance(child, Earlier):
                continue
            if child is last:
                block.add(last.as_text(), turn=True)
                break
            if isinstance(child, Static) and isinstance(child.content, Content):
                block.add(child.content, turn=False)
                child.remove()
        last.remove()
        del self._views[last.number]

    def _block(self) -> Earlier:
        """Return the block of text that is not full yet."""
        blocks = [child for child in self.children if isinstance(child, Earlier)]
        if blocks and not blocks[-1].full:
            return blocks[-1]
        block = Earlier()
        if blocks:
            self.mount(block, after=blocks[-1])
        else:
            self.mount(block, before=0)
        return block

    def go(self, way: str) -> None:
        """Scroll 'up' or 'down' a page, to the beginning ('home') or to the 'end', where it follows what comes."""
        if way == "up":
            self.scroll_page_up(animate=False)
        elif way == "home":
            self.scroll_home(animate=False)
        elif way == "down" and self.scroll_y + self.size.height < self.max_scroll_y:
            self.scroll_page_down(animate=False)
        else:
            # A page down at the end would not move, and what does not move is not seen to be at the end.
            self.scroll_end(animate=False)

    def on_mouse_scroll_down(self) -> None:
        """Follow again what comes, once the wheel is at the end."""
        self.call_after_refresh(self._check_anchor)

    def show(self, number: int, event: Event, wording: Wording) -> None:
        """Show an event of a turn; one that is not here was cleared away."""
        if (view := self._views.get(number)) is not None:
            view.show(event, wording, self._choice)

    def show_again(self, number: int, entry: Entry, wording: Wording) -> None:
        """Show a recorded turn, whole, as turn `number`."""
        from eval.transcript import events

        put = entry.put
        files = (*put.images, *put.sounds, *((put.voice,) if put.voice else ()))
        view = self.begin(number, sanitise_line(put.text), sanitise_line(", ".join(files)))
        for event in events(entry):
            self.show(number, event, wording)
        if entry.error or entry.stopped:
            view.end(sanitise_line(entry.error or "(stopped)"), failed=bool(entry.error))

    def view(self, number: int) -> TurnView | None:
        """Return a turn."""
        return self._views.get(number)

    def remark(self, text: str, *, failed: bool = False) -> None:
        """Say something that is no turn."""
        self.mount(Static(plain(text), classes="failed remark" if failed else "remark", markup=False))
        self.anchor()

    def work(self, told: str) -> None:
        """Show how far long work has come, below all else; '' ends it."""
        shown = self.query("#work")
        if not told:
            shown.remove()
        elif shown:
            shown.first(Static).update(plain(told))
        else:
            self.mount(Static(plain(told), id="work", classes="remark", markup=False))
            self.anchor()

    def clear(self) -> None:
        """Begin with an empty page."""
        self._views.clear()
        self.remove_children()

    @property
    def last_search(self) -> TurnView | None:
        """The last turn whose request is shown in parts."""
        return next((view for view in reversed(self._views.values()) if view.parts), None)

    @property
    def row(self) -> CardRow | None:
        """The cards that are on screen for the conversation: those of the last turn that showed any."""
        return next((view.row for view in reversed(self._views.values()) if view.row is not None), None)
