"""Open a conversation with its recorder: a new one, or one of another day."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from encoders.errors import InputError, UsageError
from retrieval.library import Library
from tui.sessions.recorder import Recorder
from tui.sessions.store import LAST, SessionStore

if TYPE_CHECKING:
    from agent.conversation import Conversation
    from retrieval.index.progress import Progress
    from tui.options import Session as Options


def begin(
    options: Options, resume: str | None, *, keep: bool, bars: bool = True, progress: Progress | None = None
) -> tuple[Conversation, Recorder]:
    """Return a conversation and its recorder, which without `keep` writes nothing.

    What takes time is told to `progress`, or on stderr.

    `resume` names the session to go on with, whose catalogue is opened; 'last' is the last with the catalogue that was
    asked for by name, if one was. Raises InputError when there is none, StoreBusy when it is open elsewhere, UsageError
    when it is about another catalogue than the one asked for.
    """
    store = SessionStore(options.data_dir, options.user)
    if resume is None:
        conversation = options.open(bars=bars, progress=progress)
        return conversation, Recorder(conversation, store, keep=keep)
    asked = None
    if _is_asked("catalog"):
        asked = Library(options.data_dir).find(options.catalog) or options.catalog
    if resume == LAST and asked is not None:
        resume = next((info.id for info in store.list() if info.catalogue == asked), None)
        if resume is None:
            raise InputError(
                f"No conversation about the catalogue {asked} is recorded yet: leave --resume out."
            )
    session, saved, whole = store.open(resume)
    try:
        catalogue = session.header.catalogue
        if asked not in (None, catalogue):
            raise UsageError(
                f"The session {session.id} is about the catalogue {catalogue}: leave --catalog out to go on with it."
            )
        conversation = replace(options, catalog=catalogue).open(bars=bars, progress=progress)
        told = conversation.resume(saved)
    except BaseException:
        session.close()
        raise
    if not whole:
        told = ("Vitrine was stopped before its last turn was kept: it goes on from the one before.", *told)
    return conversation, Recorder(conversation, store, keep=keep, session=session, told=told)


def _is_asked(name: str) -> bool:
    """Tell whether a person gave an option, on the command line or in the environment."""
    with suppress(RuntimeError):  # no command is running
        source = click.get_current_context().get_parameter_source(name)
        return source not in (None, ParameterSource.DEFAULT, ParameterSource.DEFAULT_MAP)
    return False
