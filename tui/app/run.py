"""Run the application in this terminal."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from encoders.errors import VitrineError
from encoders.places import data_dir
from retrieval.store.layout import sessions_folder
from tui.app.application import Vitrine
from tui.app.keys import keys_file, read_keys
from tui.app.listening import Setting
from tui.app.stray import StrayOutput
from tui.microphone.portaudio import PortAudioMicrophone
from tui.pictures import choose as pictures

if TYPE_CHECKING:
    from pathlib import Path

    from agent.conversation import Conversation
    from eval.transcript import Transcript
    from retrieval.index.progress import Progress
    from tui.app.application import Themed
    from tui.options import Session
    from tui.pictures.choose import Choice
    from tui.sessions.recorder import Recorder

LOG = "vitrine.log"
"""In the data folder: what libraries print while the screen is in use, and errors that nobody foresaw."""

HISTORY = "prompt.history"
"""Among a person's recorded conversations: what they said, for the arrow keys; `--no-record` leaves it alone."""


def run(session: Session, choice: Choice, *, resume: str | None, keep: bool) -> int:
    """Show a conversation until the person leaves; returns the exit code.

    Raises UsageError when the person's own keys can't be read, VitrineError when the screen fails.
    """

    def opening(progress: Progress, named: str | None) -> tuple[Conversation, Recorder]:
        # Imported by the engine: torch and its like take seconds, and the first paint does not wait for them.
        from tui.sessions.begin import begin

        importlib.import_module("tui.app.turn")  # where the screen's first turn finds it
        return begin(session, named or resume, keep=keep, progress=progress)

    keymap = read_keys(keys_file())
    typed = pictures.typed_ahead(choice)
    history = sessions_folder(session.data_dir, session.user) / HISTORY if keep else None
    setting = Setting(
        opening,
        session.catalog,
        choice,
        PortAudioMicrophone(),
        typed,
        history=history,
        data_dir=session.data_dir,
    )
    return _show(Vitrine(setting, keymap=keymap), session.data_dir / LOG)


def run_replay(transcript: Transcript, choice: Choice, pace: float) -> int:
    """Play a recorded conversation until the person leaves. Raises VitrineError when the screen fails."""
    from tui.app.replaying import Replay

    return _show(Replay(transcript, choice, pace), data_dir(None) / LOG)


def _show(app: Themed, log: Path) -> int:
    """Run an application, what libraries print kept off the screen."""
    with StrayOutput(log):
        app.run()
    if app.crashed:
        raise VitrineError(
            f"The screen failed where it should not ({app.crashed}); {log} says where, and "
            "`vitrine --resume last` goes on with the conversation."
        )
    return app.return_code or 0
