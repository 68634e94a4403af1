"""Remember and forget: lasting facts the person states, and their withdrawal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.acts.outcome import Outcome
from agent.briefing import make_brief
from agent.evidence import content_stems

if TYPE_CHECKING:
    from agent.acts.outcome import Context


def remember(context: Context) -> Outcome:
    """Keep a fact in the person's own words."""
    note = context.reading.note or context.perceived.words
    context.people.remember(context.user, note)
    act = context.act()
    return Outcome(act, make_brief(act, (), context.catalogue, note=note, text=context.perceived.words))


def forget(context: Context) -> Outcome:
    """Forget what is named: items' ratings, matching notes, or, when nothing is named, all of it."""
    act, people, user = context.act(), context.people, context.user
    said = context.reading.note
    if act.items:
        for item in act.items:
            people.forget(user, catalogue=context.catalogue.snapshot.name, item=item)
            context.dialogue.refused.discard(item)
        note = ", ".join(item.title for item in context.catalogue.snapshot.items(act.items))
    elif said and not _means_everything(said):
        stems = set(content_stems(said))
        about = [kept for kept in people.notes(user) if stems & set(content_stems(kept.text))]
        for kept in about:
            people.forget(user, note=kept.id)
        note = "; ".join(kept.text for kept in about) or f"nothing was kept about “{said}”"
    else:
        people.erase(user)
        context.dialogue.refused.clear()
        note = "everything about you"
    return Outcome(act, make_brief(act, (), context.catalogue, note=note, text=context.perceived.words))


def _means_everything(said: str) -> bool:
    return bool({"everything", "all", "me"} & set(said.casefold().split()))
