"""Small talk: a short answer, and back to the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.acts.outcome import Outcome
from agent.briefing import make_brief

if TYPE_CHECKING:
    from agent.acts.outcome import Context


def chat(context: Context) -> Outcome:
    """Answer without searching; what is on screen stays."""
    act = context.act()
    return Outcome(act, make_brief(act, (), context.catalogue, text=context.perceived.words))
