"""Help: what works here first, then all actions, from the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from agent.actions import ACTIONS, Place
from tui.app.keys import key_names
from tui.app.text import lines, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

_NAME = 30


class Help(ModalScreen[None]):
    """What can be done; F1 and Esc close it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1,q,enter", "dismiss", "close")]

    def __init__(self, here: str, keymap: Mapping[str, str]) -> None:
        """Explain `here`, the part of the screen that has the focus, and the keys as `keymap` changed them."""
        super().__init__()
        self._here = here
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """Three parts: here, anywhere, on a card."""
        with VerticalScroll(id="help"):
            yield Static(self._write(), markup=False)

    def _write(self) -> Content:
        parts: list[Content | str] = []
        if self._here:
            parts += [plain("Here", "bold $primary"), self._here, ""]
        for place, heading in (
            (Place.ANYWHERE, "Anywhere"),
            (Place.CARD, "On a card (Tab, then its number)"),
        ):
            parts.append(plain(heading, "bold $primary"))
            for action in ACTIONS.values():
                if action.place is place:
                    keys = key_names(self._keymap.get(action.name, action.key))
                    name = f"/{action.name} {action.usage}".rstrip()
                    parts.append(
                        plain(f"{name:<{_NAME}}", "bold")
                        + plain(f"{keys:<12}", "$accent")
                        + plain(action.help)
                    )
            parts.append("")
        parts += [
            plain("Also", "bold $primary"),
            "Enter sends · Ctrl+J new line · Esc stops a reply, or goes back · Tab to the cards · Alt+1…9 a card",
            "Enter on a part of “looking for” corrects it, Delete takes it away · Ctrl+P finds any action by name",
            "A picture or sound can be dropped, pasted (Ctrl+V) or named with @; it goes with your next message.",
        ]
        return lines(*parts)
