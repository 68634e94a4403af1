"""The application: themes, keys, the command palette, and the conversation's screen."""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand

from agent.actions import ACTIONS, Place
from encoders.sanitise import sanitise_line
from tui.app.chat import Chat
from tui.app.keys import key_names
from tui.app.themes import COLOURLESS, DARK, THEMES
from tui.pictures.choose import Choice, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.binding import BindingType
    from textual.screen import Screen

    from tui.app.listening import Setting

_log = logging.getLogger(__name__)


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
        self.crashed: str = ""
        """What ended the screen, in a clause; '' where the person did."""

    def _fatal_error(self) -> None:
        """End after an error that nobody foresaw: where it came from goes to the log, not onto the terminal."""
        error = self._exception
        _log.error("the screen failed", exc_info=error)
        self.crashed = sanitise_line(f"{type(error).__name__}: {error}", 200)
        self._close_messages_no_wait()


class Vitrine(Themed):
    """Vitrine in the full screen."""

    def __init__(
        self, setting: Setting, *, keymap: Mapping[str, str] | None = None, theme: str = DARK.name
    ) -> None:
        """Show the conversation of `setting`; `keymap` gives actions other keys."""
        super().__init__(theme)
        if self.theme == COLOURLESS.name:
            # A picture is nothing but colours.
            setting = replace(setting, pictures=Choice(Protocol.OFF, "NO_COLOR is set"))
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
