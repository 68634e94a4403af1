"""Run the application in this terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.application import Vitrine
from tui.app.keys import keys_file, read_keys
from tui.app.stray import StrayOutput

if TYPE_CHECKING:
    from pathlib import Path

    from tui.app.listening import Setting


def run(setting: Setting, log: Path) -> int:
    """Show the conversation until the person leaves; returns the exit code.

    What libraries print meanwhile goes to `log`. Raises UsageError when the person's own keys can't be read.
    """
    keymap = read_keys(keys_file())
    with StrayOutput(log):
        app = Vitrine(setting, keymap=keymap)
        app.run()
    return app.return_value or app.return_code or 0
