"""Rate, like and dislike: kept in the person's profile, and felt by the very next result."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from agent.acts.asking import ask, ask_which
from agent.acts.outcome import Outcome
from agent.acts.searching import rerun
from agent.acts.showing import card_for
from agent.briefing import make_brief
from agent.types import Act, ActName
from agent.wording import write_list, write_number

if TYPE_CHECKING:
    from agent.acts.outcome import Context

_FEWEST_STARS = 1
_POOR = 2
"""Stars up to which a rating says 'not this one'."""


def give_feedback(context: Context) -> Outcome:
    """Keep what the person thinks of the items they refer to; a disliked item leaves the screen at once."""
    act = _with_items(context)
    if not act.items:
        return ask_which(context)
    if act.name is ActName.RATE and (act.stars is None or act.stars < _FEWEST_STARS):
        return _ask_stars(context, act)
    for item in act.items:
        _keep(context, act, item)
    said = context.perceived.words
    titles = write_list([item.title for item in context.catalogue.snapshot.items(act.items)])
    note = {
        ActName.RATE: f"{titles}: {write_number(act.stars or 0)} of 5 stars",
        ActName.LIKE: f"you like {titles}",
        ActName.DISLIKE: f"not {titles}",
    }[act.name]
    if act.name is ActName.DISLIKE and (outcome := rerun(context)) is not None:
        brief = replace(outcome.brief, act=ActName.DISLIKE, note=note)
        return replace(outcome, act=replace(outcome.act, name=act.name, items=act.items), brief=brief)
    cards = tuple(card_for(context, item, rank) for rank, item in enumerate(act.items, 1))
    brief = make_brief(act, cards, context.catalogue, note=note, text=said)
    return Outcome(act, brief)


def _with_items(context: Context) -> Act:
    """Return the act with its items: those referred to, else the one in focus, else the only one on screen."""
    act, dialogue = context.act(), context.dialogue
    if act.items or context.reading.references:
        return act
    if dialogue.focus:
        return replace(act, items=(dialogue.focus,))
    return replace(act, items=dialogue.screen) if len(dialogue.screen) == 1 else act


def _keep(context: Context, act: Act, item: str) -> None:
    people, refused = context.people, context.dialogue.refused
    catalogue, said = context.catalogue.snapshot.name, context.perceived.words
    context.dialogue.judged.add(item)
    if act.name is ActName.DISLIKE:
        people.dislike(context.user, catalogue, item, said)
        refused.add(item)
    elif act.name is ActName.LIKE:
        people.like(context.user, catalogue, item, said)
        refused.discard(item)
    else:
        stars = act.stars or 0.0
        people.rate(context.user, catalogue, item, stars, said)
        if stars > _POOR:
            refused.discard(item)


def _ask_stars(context: Context, act: Act) -> Outcome:
    said = context.reading.stars
    reason = f"a rating goes from 1 to 5 stars, not “{said}”" if said else None
    context.dialogue.asked = "stars"
    options = ("1 star", "3 stars", "5 stars")
    return ask(context, act, "rating", options, "How many stars, one to five?", reason)
