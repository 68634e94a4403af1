"""What `/sessions`, `/rename` and `/export` do, in lines for any face."""

from __future__ import annotations

from typing import TYPE_CHECKING

from encoders.sanitise import sanitise_line
from tui.sessions.export import export

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.sessions.listing import SessionInfo
    from tui.sessions.recorder import Recorder

ABOUT_SESSIONS = frozenset({"sessions", "rename", "export"})
"""Names of the actions that are done here."""
_LISTED = 10


def do_with_session(name: str, words: str, recorder: Recorder) -> Iterator[str]:
    """Do one of them and yield what there is to say. Raises VitrineError when it can't be done."""
    if name == "rename":
        yield f"this conversation is called “{recorder.rename(words)}”"
    elif name == "export":
        path = export(recorder.transcript, words)
        yield f"written to {sanitise_line(str(path))}"
    else:
        yield from _list(recorder)


def _list(recorder: Recorder) -> Iterator[str]:
    listed = recorder.listed()
    if recorder.session is None:
        yield "this conversation is not recorded"
    for info in listed[:_LISTED]:
        yield describe(info) + (" (this one)" if recorder.session and info.id == recorder.session.id else "")
    if len(listed) > _LISTED:
        yield f"and {len(listed) - _LISTED:,} more: `vitrine sessions list` shows all"
    if not listed:
        yield "no conversation is recorded yet"
    else:
        yield "`vitrine chat --resume ID` goes on with one"


def describe(info: SessionInfo) -> str:
    """Return a session in a line."""
    turns = f"{info.turns} turn{'' if info.turns == 1 else 's'}"
    return f"{info.id}  {info.last.astimezone():%Y-%m-%d %H:%M}  {info.catalogue}, {turns}: {info.name}"
