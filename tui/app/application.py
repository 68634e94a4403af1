"""The application: themes, keys, the command palette, and the conversation's screen."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand

from agent.actions import ACTIONS, Place
from tui.app.chat import Chat
from tui.app.keys import key_names
from tui.app.themes import COLOURLESS, DARK, THEMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.binding import BindingType
    from textual.screen import Screen

    from tui.app.listening import Setting


class Themed(App[int]):
    """What all of Vitrine's applications have: the themes, and a layout by the width."""

    CSS_PATH = "vitrine.tcss"
    TITLE = "Vitrine"
    BINDINGS: ClassVar[list[BindingType]] = []
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (120, "-wide")]  # noqa: RUF012 - Textual's way

    def __init__(self, theme: str = DARK.name) -> None:
        """Begin in a theme, or in the terminal's own colours where NO_COLOR asks for that."""
        # Textual takes NO_COLOR out of the environment, and greys instead of leaving the terminal its colours.
        colourless = bool(os.environ.get("NO_COLOR"))
        super().__init__()
        for each in (*THEMES, COLOURLESS):
            self.register_theme(each)
        self.theme = COLOURLESS.name if colourless else theme


class Vitrine(Themed):
    """Vitrine in the full screen."""

    def __init__(
        self, setting: Setting, *, keymap: Mapping[str, str] | None = None, theme: str = DARK.name
    ) -> None:
        """Show the conversation of `setting`; `keymap` gives actions other keys."""
        super().__init__(theme)
        self._setting = setting
        self.keymap = dict(keymap or {})
        """Keys that the person chose for actions."""
        self.set_keymap(self.keymap)

    def get_default_screen(self) -> Screen[None]:
        """Show the conversation."""
        return Chat(self._setting)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every action that needs no card, as the registry names it."""
        chat = self.get_default_or_none()
        for action in ACTIONS.values():
            if action.place is Place.ANYWHERE and chat is not None:
                title = f"{action.help} (/{action.name})"
                keys = key_names(self.keymap.get(action.name, action.key))
                told = " · ".join(filter(None, (action.usage, keys)))
                yield SystemCommand(title, told, partial(chat.start, action.name))

    def get_default_or_none(self) -> Chat | None:
        """Return the conversation's screen, once it is there."""
        return next((screen for screen in self.screen_stack if isinstance(screen, Chat)), None)
