"""The recorded conversations: go on with one, give it a name, forget it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.app.text import plain
from tui.sessions.commands import describe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.sessions.listing import SessionInfo


class SavedSessions(ModalScreen[str | None]):
    """A list, the last first; Enter goes on with one and gives back its id."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f5,q", "dismiss", "close")]

    def __init__(self, sessions: Sequence[SessionInfo], current: str | None) -> None:
        """List `sessions`; `current` is the one that is open."""
        super().__init__()
        self._sessions = sessions
        self._current = current

    def compose(self) -> ComposeResult:
        """Lay out the list and its keys."""
        with Vertical(id="sessions"):
            yield Static(plain("Your conversations", "bold $primary"), markup=False)
            yield OptionList(
                *(
                    Option(
                        plain(describe(info) + (" (this one)" if info.id == self._current else "")),
                        id=info.id,
                        disabled=info.id == self._current,
                    )
                    for info in self._sessions
                ),
                markup=False,
            )
            told = (
                "Enter goes on with one · /rename NAME names this one · /export FILE writes it · Esc closes"
            )
            yield Static(
                plain(told if self._sessions else "none is recorded yet · Esc closes", "$muted"), markup=False
            )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go on with one."""
        self.dismiss(event.option.id)
