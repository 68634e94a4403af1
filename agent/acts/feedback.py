"""Rate, like and dislike: kept in the person's profile, and felt by the very next result."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from agent.acts.asking import ask_back
from agent.acts.outcome import Outcome
from agent.acts.searching import rerun
from agent.acts.showing import card_for
from agent.briefing import make_brief
from agent.types import ActName
from agent.wording import write_number

if TYPE_CHECKING:
    from agent.acts.outcome import Context


def give_feedback(context: Context) -> Outcome:
    """Keep what the person thinks of the items they refer to; a disliked item leaves the screen at once."""
    act = context.act()
    if act.name is ActName.RATE and act.stars is None:
        return _ask_stars(context)
    if not act.items:
        return ask_which(context)
    said = context.perceived.words
    for item in act.items:
        if act.name is ActName.RATE:
            context.people.rate(context.user, context.catalogue.snapshot.name, item, act.stars or 0.0, said)
        elif act.name is ActName.LIKE:
            context.people.like(context.user, context.catalogue.snapshot.name, item, said)
        else:
            context.people.dislike(context.user, context.catalogue.snapshot.name, item, said)
            context.dialogue.refused.add(item)
    titles = ", ".join(item.title for item in context.catalogue.snapshot.items(act.items))
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


def ask_which(context: Context) -> Outcome:
    """Ask which of the items on screen is meant."""
    titles = [item.title for item in context.catalogue.snapshot.items(context.dialogue.screen)]
    if not titles:
        return ask_back(context)
    unresolved = context.linked.unresolved
    question = f"{unresolved[0].reason}; which one?" if unresolved else "Which one?"
    act = replace(context.act(), name=ActName.ASK, question=question)
    brief = make_brief(act, (), context.catalogue, ask="item", options=titles, text=context.perceived.words)
    return Outcome(act, brief)


def _ask_stars(context: Context) -> Outcome:
    act = replace(context.act(), name=ActName.ASK, question="How many stars, one to five?")
    options = ("1 star", "3 stars", "5 stars")
    brief = make_brief(
        act, (), context.catalogue, ask="rating", options=options, text=context.perceived.words
    )
    return Outcome(act, brief)
