"""Keys as terminals send them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual import events

_SPACES = ("space", "shift+space")


def give_space(event: events.Key) -> None:
    """Give a space its character: Visual Studio Code's terminal sends it as a kitty key without one."""
    if event.key in _SPACES and event.character is None:
        event.character = " "
