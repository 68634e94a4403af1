"""What may follow as one types: commands after a slash, files after an @."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from agent.actions import ACTIONS
from tui.app.text import plain
from tui.attachments.complete import completions

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Offer:
    """A completion."""

    text: str
    """What the whole text becomes."""
    label: str
    help: str = ""
    whole: bool = True
    """Whether it can be sent as it is; a folder or a command with arguments goes on."""
    cursor: int | None = None
    """Where typing goes on, in characters from the start; None is the end."""
    eager: bool = True
    """Whether Enter takes it unasked. A file in a message is only taken by Tab or once the arrows chose it: Enter sends
    the message."""


class Menu(OptionList, can_focus=False):
    """Completions above the prompt; the prompt keeps the focus and moves through them."""

    def __init__(self) -> None:
        """Begin empty and unseen."""
        super().__init__(id="menu", markup=False)
        self.display = False
        self._offers: tuple[Offer, ...] = ()

    def offer(self, offers: Sequence[Offer]) -> None:
        """Show completions; none hides the menu."""
        offers = tuple(offers[:_SHOWN])
        if offers == self._offers:
            return
        self._offers = offers
        self.clear_options()
        self.add_options([Option(_line(offer), id=str(index)) for index, offer in enumerate(offers)])
        self.highlighted = 0 if offers and offers[0].eager else None
        self.display = bool(offers)

    @property
    def chosen(self) -> Offer | None:
        """The completion that Enter would take."""
        if not self._offers or self.highlighted is None:
            return None
        return self._offers[self.highlighted]

    @property
    def first(self) -> Offer | None:
        """The completion that Tab takes where none is chosen."""
        return self._offers[0] if self._offers else None

    def move(self, by: int) -> None:
        """Go to another line, from the last to the first."""
        if self._offers:
            before = (-1 if by > 0 else 0) if self.highlighted is None else self.highlighted
            self.highlighted = (before + by) % len(self._offers)


def _line(offer: Offer) -> Content:
    return plain(offer.label, "bold") + (plain(f"  {offer.help}") if offer.help else Content(""))


def offers_for(text: str, cursor: int | None = None) -> tuple[Offer, ...]:
    """Return what may follow `text` at the cursor: commands that begin like it, or the files that a path may name."""
    cursor = len(text) if cursor is None else cursor
    if text.startswith("/") and not any(space in text for space in " \n\t"):
        return _commands(text[1:].casefold()) if cursor == len(text) else ()
    found = completions(text, cursor)
    if found is None:
        return ()
    command = text.startswith("/")
    before, after = text[: found.start], text[found.end :]
    return tuple(
        Offer(
            before + one.text + after,
            one.label,
            "" if one.kind == "image" else one.kind,
            whole=False,
            cursor=len(before + one.text),
            eager=command,
        )
        for one in found.candidates
    )


def _commands(begun: str) -> tuple[Offer, ...]:
    return tuple(
        Offer(
            f"/{action.name}" + (" " if action.usage else ""),
            f"/{action.name} {action.usage}".rstrip(),
            action.help,
            whole=not action.usage or action.usage.startswith("["),
        )
        for action in ACTIONS.values()
        if action.name.startswith(begun)
    )
