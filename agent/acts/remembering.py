"""Remember and forget: lasting facts the person states, and their withdrawal."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from agent.acts.asking import ask_which
from agent.acts.outcome import Outcome
from agent.briefing import make_brief
from agent.evidence import content_stems
from agent.heed import asks_what_is_known, says_only_that
from agent.standing import standing_constraints
from agent.wording import write_amount, write_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.acts.outcome import Context
    from retrieval.store.people import Note

_WORD = re.compile(r"[^\W\d_]+")
_ALL = frozenset("all everything me profile".split())
_AROUND_ALL = frozenset(
    "a about and data did ever forget from have i it know known learned my of on please remembered s said saved "
    "that the thing things told ve what you your".split()
)
"""Words that may stand around 'everything' in a wish to be forgotten; any other names something to forget."""


def remember(context: Context) -> Outcome:
    """Keep a fact in the person's own words, once; asked what is known of them, tell it."""
    if not context.reading.note and asks_what_is_known(context.perceived.words):
        return _recite(context)
    note = context.reading.note or context.perceived.words
    if all(kept.text.casefold() != note.casefold() for kept in context.people.notes(context.user)):
        context.people.remember(context.user, note, context.perceived.words)
    act = context.act()
    return Outcome(act, make_brief(act, (), context.catalogue, note=note, text=context.perceived.words))


def _recite(context: Context) -> Outcome:
    """Tell what is known of the person: facts, then what they thought of items of this catalogue."""
    snapshot, people, user = context.catalogue.snapshot, context.people, context.user
    kept = frozenset(snapshot.ids)
    told = [f"you told me “{note.text}”" for note in people.notes(user)]
    liked = [one for one in people.likings(user, snapshot.name) if one.item in kept]
    for verb, sign in (("like", 1), ("don't like", -1)):
        if titles := [snapshot.item(one.item).title for one in liked if one.value * sign > 0]:
            told.append(f"you {verb} {write_list(titles)}")
    told += [
        f"you gave {snapshot.item(one.item).title} {write_amount(one.value, 'stars')}"
        for one in people.ratings(user, snapshot.name)
        if one.item in kept
    ]
    note = "; ".join(told) or "nothing is known of you yet"
    act = context.act()
    brief = make_brief(act, (), context.catalogue, note=note, text=context.perceived.words)
    return Outcome(act, replace(brief, question="What are you after?"))


def forget(context: Context) -> Outcome:
    """Forget what is named: the judgement of items, matching notes, or all of the person when that is said.

    What can't be made out is asked about: nothing is forgotten by mistake.
    """
    act, people, user = context.act(), context.people, context.user
    said = context.reading.note or context.perceived.words
    if act.items:
        for item in act.items:
            people.forget(user, catalogue=context.catalogue.snapshot.name, item=item)
            context.dialogue.refused.discard(item)
        note = write_list([item.title for item in context.catalogue.snapshot.items(act.items)])
    elif context.reading.references:
        return ask_which(context)
    elif means_everything(said):
        people.erase(user)
        context.dialogue.refused.clear()
        note = "everything about you"
    else:
        notes = people.notes(user)
        about = notes[-1:] if says_only_that(said) else _about(said, notes)
        for kept in about:
            people.forget(user, note=kept.id)
        note = "; ".join(kept.text for kept in about) or f"nothing was kept about “{said}”"
    _lift(context)
    return Outcome(act, make_brief(act, (), context.catalogue, note=note, text=context.perceived.words))


def means_everything(said: str) -> bool:
    """Tell whether words ask for all of a person to be forgotten: '/forget', 'everything you know about me'."""
    words = set(_WORD.findall(said.casefold()))
    if words <= {"forget"}:
        return said.strip().startswith("/")
    return bool(words & _ALL) and words <= _ALL | _AROUND_ALL


def _about(said: str, notes: Sequence[Note]) -> list[Note]:
    """Return the notes that share most content words with `said`; none when none shares any."""
    stems = set(content_stems(said)) - set(content_stems("forget"))
    shared = [len(stems & set(content_stems(kept.text))) for kept in notes]
    most = max(shared, default=0)
    return [kept for kept, count in zip(notes, shared, strict=True) if count == most > 0]


def _lift(context: Context) -> None:
    """Take conditions of the search in force that came from what is now forgotten out of it."""
    still = standing_constraints(context.people.notes(context.user), context.catalogue)
    gone = set(context.standing) - set(still)
    context.dialogue.constraints = tuple(c for c in context.dialogue.constraints if c not in gone)
