"""Help: what works here first, then all actions, from the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from agent.actions import ACTIONS, Place
from tui.app.keys import STOP, key_names
from tui.app.text import lines, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from agent.actions import Action

_NAME = 22
_KEYS = 11
_TABLE = 80
"""Columns from which names, keys and what they do stand beside each other; narrower, what they do is a line below."""
_FRAME = 6


class Help(ModalScreen[None]):
    """What can be done; F1 and Esc close it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,q,enter", "dismiss", "close"),
    ]

    def __init__(self, here: str, keymap: Mapping[str, str], first: Place = Place.ANYWHERE) -> None:
        """Explain `here`, the part of the screen that has the focus, and begin with the actions of `first`.

        The keys are those of the registry as `keymap` changed them.
        """
        super().__init__()
        self._here = here
        self._keymap = keymap
        self._first = first

    def compose(self) -> ComposeResult:
        """One text that scrolls."""
        with VerticalScroll(id="help"):
            yield Static(write_help(self._here, self._keymap, self._first, self._width), markup=False)

    @property
    def _width(self) -> int:
        return self.app.size.width - _FRAME

    def on_resize(self) -> None:
        """Write it anew for another width."""
        self.query_one(Static).update(write_help(self._here, self._keymap, self._first, self._width))


def write_help(here: str, keymap: Mapping[str, str], first: Place, width: int) -> Content:
    """Write what works here, then all actions, those of `first` before the others, for `width` columns."""
    parts: list[Content | str] = []
    if here:
        parts += [plain("Here", "bold $primary"), here, ""]
    headings = {Place.ANYWHERE: "Anywhere", Place.CARD: "On a card (Tab, then its number)"}
    for place in sorted(headings, key=lambda place: place is not first):
        parts.append(plain(headings[place], "bold $primary"))
        for action in ACTIONS.values():
            if action.place is place:
                parts.append(_write_action(action, key_names(keymap.get(action.name, action.key)), width))
        parts.append("")
    stop = key_names(keymap.get("stop", STOP))
    parts += [
        plain("Also", "bold $primary"),
        f"Enter sends, Ctrl+J begins a new line, {stop} stops a reply or a recording, or goes back.",
        "Tab goes to the cards, Alt+1 to Alt+9 to one of them; Page Up and Page Down scroll.",
        "Enter on a part of “looking for” corrects it, Delete takes it away.",
        "A picture or sound can be dropped, pasted (Ctrl+V) or named with @; it goes with your next message.",
        "Ctrl+P finds any action by name.",
    ]
    return lines(*parts)


def _write_action(action: Action, keys: str, width: int) -> Content:
    name = f"/{action.name} {action.usage}".rstrip()
    if width >= _TABLE:
        return plain(f"{name:<{_NAME}}", "bold") + plain(f"{keys:<{_KEYS}} ", "$accent") + plain(action.help)
    head = plain(name, "bold") + (plain(f"  {keys}", "$accent") if keys else plain(""))
    return lines(head, plain(f"  {action.help}", "$muted"))
