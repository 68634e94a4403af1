"""Run the application in this terminal."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from encoders.places import data_dir
from tui.app.application import Vitrine
from tui.app.keys import keys_file, read_keys
from tui.app.listening import Setting
from tui.app.stray import StrayOutput
from tui.microphone.portaudio import PortAudioMicrophone
from tui.pictures import choose as pictures

if TYPE_CHECKING:
    from agent.conversation import Conversation
    from eval.transcript import Transcript
    from retrieval.index.progress import Progress
    from tui.options import Session
    from tui.pictures.choose import Choice
    from tui.sessions.recorder import Recorder

LOG = "vitrine.log"
"""In the data folder: what libraries print while the screen is in use, and errors that nobody foresaw."""


def run(session: Session, choice: Choice, *, resume: str | None, keep: bool) -> int:
    """Show a conversation until the person leaves; returns the exit code.

    Raises UsageError when the person's own keys can't be read.
    """

    def opening(progress: Progress, named: str | None) -> tuple[Conversation, Recorder]:
        # Imported by the engine: torch and its like take seconds, and the first paint does not wait for them.
        from tui.sessions.begin import begin

        importlib.import_module("tui.app.turn")  # where the screen's first turn finds it
        return begin(session, named or resume, keep=keep, progress=progress)

    keymap = read_keys(keys_file())
    typed = pictures.typed_ahead(choice)
    setting = Setting(opening, session.catalog, choice, PortAudioMicrophone(), typed, session.data_dir)
    with StrayOutput(session.data_dir / LOG):
        app = Vitrine(setting, keymap=keymap)
        app.run()
    return app.return_code or 0


def run_replay(transcript: Transcript, choice: Choice, pace: float) -> int:
    """Play a recorded conversation until the person leaves."""
    from tui.app.replaying import Replay

    with StrayOutput(data_dir(None) / LOG):
        app = Replay(transcript, choice, pace)
        app.run()
    return app.return_code or 0
