"""The sound of a search: kept with it, corrected, and put in the place of other likenesses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from agent.acts.finding import matching
from agent.hearing import asks_for_sound, corrected, pace_of, sounding
from agent.types import ActName

if TYPE_CHECKING:
    from agent.acts.outcome import Context, Outcome
    from agent.types import Act


def keep_sound(context: Context) -> None:
    """Make the clip of this turn, or a correction of its tempo, part of the search in force."""
    dialogue, heard = context.dialogue, context.perceived.sound
    if heard is not None:
        dialogue.sound, dialogue.tempo = heard.vector, heard.tempo
        dialogue.near, dialogue.alike = {}, None
        dialogue.pace = pace_of(context.perceived.words)
    elif (beats := corrected(context.perceived.words, dialogue)) is not None:
        dialogue.tempo = beats


def liken(context: Context, act: Act) -> bool:
    """Make the items of an act what the search is to be like; False when they have no sound and that was asked for."""
    dialogue, snapshot = context.dialogue, context.catalogue.snapshot
    dialogue.near = dict.fromkeys(act.items, 1.0)
    dialogue.sound = dialogue.tempo = dialogue.pace = dialogue.alike = None
    if not asks_for_sound(context.perceived.words):
        return True
    there = sounding(snapshot)
    if not any(there[snapshot.row(item)] for item in act.items):
        return False
    dialogue.alike = "audio"
    return True


def give_up_sound(context: Context, act: Act) -> bool:
    """Leave the sound out of a search whose conditions hold only for what has none: boots like a clip are boots."""
    dialogue, searcher = context.dialogue, context.catalogue.searcher
    if dialogue.sound is None or matching(context, act.constraints) or not searcher.matching(act.constraints):
        return False
    dialogue.sound = dialogue.tempo = dialogue.pace = None
    return True


def told_unheard(outcome: Outcome) -> Outcome:
    """Return an outcome that says that its items were not compared by their sound."""
    if outcome.act.name is not ActName.SIMILAR or not outcome.cards or outcome.headline:
        return outcome
    return replace(outcome, headline="it has no sound here to go by; nearest in other ways")
