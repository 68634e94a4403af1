"""Recommend, refine and similar: a search, relaxed when nothing fits, honest when nothing is near."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from agent.abstain import is_foreign, unfound
from agent.acts.asking import ask_back, ask_which
from agent.acts.finding import find, is_generic, sortable
from agent.acts.finding import matching as count_matching
from agent.acts.hearing import give_up_sound, keep_sound, liken, told_unheard
from agent.acts.outcome import Outcome
from agent.acts.picture_notes import about_picture
from agent.briefing import make_brief
from agent.evidence import content_stems, make_cards
from agent.linking.describe import describe
from agent.linking.merging import is_seen
from agent.pictured import drops_picture
from agent.relax import relax
from agent.standing import those_that_matter
from agent.types import ActName
from agent.wording import write_list
from retrieval.types import Op, Status

if TYPE_CHECKING:
    from agent.acts.outcome import Context
    from agent.types import Act
    from retrieval.types import Constraint

_MORE: Final = re.compile(r"\b(?:more|others?|else|another|next|different|further)\b", re.IGNORECASE)


def search(context: Context) -> Outcome:
    """Search and show."""
    dialogue, linked = context.dialogue, context.linked
    absent = unfound(linked.unresolved)
    if linked.unresolved and not linked.items and not absent:
        return ask_which(context)
    act = _with_items(context)
    if absent and not act.items:
        # A title that is not here is looked for in words: what is nearest to it beats a dead end.
        act = replace(act, query=" ".join(part for part in (act.query, *absent) if part))
    if context.afresh:
        dialogue.search_afresh()
    heard = True
    if act.name is ActName.SIMILAR and act.items:
        heard = liken(context, act)
    if context.perceived.image is not None:
        dialogue.show_picture(context.perceived.image, context.perceived.sees)
    keep_sound(context)
    dropped = dialogue.image is not None and drops_picture(context.reading)
    if dropped:
        dialogue.show_picture(None)
    act = replace(act, pictured=dialogue.image is not None)
    if _is_vague(context, act) or (dropped and _nothing_left(context, act)):
        return ask_back(context)
    strange = bool(absent) and (act.name is ActName.SIMILAR or not (linked.query or linked.fresh))
    outcome = _answer(context, _in_force(context, act), strange=strange)
    return outcome if heard else told_unheard(outcome)


def rerun(context: Context) -> Outcome | None:
    """Search again as things now stand, after feedback; None when no search is in force."""
    dialogue = context.dialogue
    if not (dialogue.query or dialogue.constraints or dialogue.near or dialogue.shows):
        return None
    act = replace(
        context.act(),
        query=dialogue.query,
        constraints=dialogue.constraints,
        sort=dialogue.sort,
        count=dialogue.count,
        pictured=dialogue.image is not None,
    )
    return _answer(context, act)


def _with_items(context: Context) -> Act:
    """Return the act with its items; 'similar ones' without a word on which means the one in focus, else all shown."""
    act, dialogue = context.act(), context.dialogue
    if act.name is not ActName.SIMILAR or act.items or context.reading.references or context.reading.query:
        return act
    return replace(act, items=(dialogue.focus,) if dialogue.focus else dialogue.screen)


def _is_vague(context: Context, act: Act) -> bool:
    """Tell whether neither this turn nor the search in force says anything to search by."""
    dialogue = context.dialogue
    said = act.query or act.constraints or act.items or act.sort or dialogue.query or dialogue.seen
    return not said and not dialogue.shows and not context.taste().items


def _nothing_left(context: Context, act: Act) -> bool:
    """Tell whether, the picture taken back, nothing is looked for any more."""
    dialogue = context.dialogue
    return not (act.query or act.constraints or act.items or dialogue.query or dialogue.near)


def _in_force(context: Context, act: Act) -> Act:
    """Merge the act with the search in force and keep the result as the search in force."""
    dialogue, linked = context.dialogue, context.linked
    dialogue.waived.update(set(linked.dropped) & set(context.standing))
    wishes = [wish for wish in context.standing if wish not in dialogue.waived]
    remembered = those_that_matter(wishes, linked.constraints, context.catalogue)
    dialogue.query = act.query or _new_kind(context) or dialogue.query
    dialogue.sort = linked.sort or dialogue.sort
    dialogue.count = linked.count or dialogue.count
    dialogue.constraints = (*linked.constraints, *remembered)
    return replace(
        act,
        query=dialogue.query,
        constraints=dialogue.constraints,
        sort=dialogue.sort,
        count=dialogue.count,
    )


def _new_kind(context: Context) -> str:
    """Return the kind of thing that this turn puts in the place of the one the query in force names, if it does.

    'Chairs', after lamps; a thriller, after a film, is a film all the same.
    """
    dialogue, linked = context.dialogue, context.linked
    gone = [one for one in dialogue.constraints if _is_kind(one, context) and one not in linked.constraints]
    named = set(content_stems(dialogue.query))
    if not any(named & set(content_stems(one.said)) for one in gone):
        return ""
    return next((one.said for one in linked.fresh if _is_kind(one, context)), "")


def _is_kind(one: Constraint, context: Context) -> bool:
    return one.field in context.catalogue.fields.categories and one.op in (Op.EQ, Op.IN, Op.CONTAINS)


def _answer(context: Context, act: Act, *, strange: bool = False) -> Outcome:
    dialogue, catalogue = context.dialogue, context.catalogue
    more = act.name is ActName.REFINE and _asks_for_more(context)
    exclude = frozenset(dialogue.refused | set(dialogue.near) | (dialogue.seen if more else set()))
    unheard = give_up_sound(context, act)
    matching = count_matching(context, act.constraints)
    constraints: tuple[Constraint, ...] = act.constraints
    if not matching:
        relaxation = relax(
            act.constraints,
            context.linked.fresh,
            catalogue.columns,
            catalogue.fields.categories,
            lambda trial: count_matching(context, trial),
            kept=[c for c in context.standing if c.op.negative],
        )
        constraints, matching = relaxation.constraints, relaxation.matching
        act = replace(act, constraints=constraints)
    unsorted = None
    if act.sort and not sortable(context, act):
        unsorted, act = act.sort, replace(act, sort=None)
    hits = find(context, act, exclude) if matching else ()
    if context.linked.query:
        # What a query names is or isn't here; green ones, or those by Nolan, make no difference to that.
        dialogue.foreign = bool(hits) and is_foreign(act.query, hits, context)
    known = not act.query or is_generic(act.query, context)
    foreign = bool(hits) and (strange or (not known and dialogue.foreign))
    cards = make_cards(hits, constraints, act.query, catalogue)
    dialogue.show([card.id for card in cards])
    left_out = matching if not cards else 0
    headline = _headline(act, context, foreign=foreign, left_out=left_out, found=bool(cards))
    if unheard and cards and headline is None:
        headline = "none of these has a sound to compare with your clip"
    headline = "; ".join(filter(None, (about_picture(context, act, found=bool(cards)), headline))) or None
    if unsorted and cards and headline is None:
        label = next(c.label for c in catalogue.columns if c.name == unsorted.removeprefix("-"))
        headline = f"none of these has a {label} to order by"
    if context.linked.unsortable and cards and headline is None:
        headline = f"nothing here tells what is “{context.linked.unsortable}”; nearest to the rest"
    brief = make_brief(act, cards, catalogue, matching=matching, text=context.perceived.words)
    if left_out:
        brief = replace(brief, matching=0, note=headline)
    if foreign:
        brief = replace(brief, ranked=(act.query, *brief.ranked))
    return Outcome(act, brief, cards, headline)


def _asks_for_more(context: Context) -> bool:
    """Tell whether a refinement changes nothing: 'more', 'other ones', 'next', 'three more', but not 'show me two'."""
    reading = context.reading
    if context.perceived.image is not None or context.perceived.sound is not None:
        return False
    counted = reading.count and not _MORE.search(context.perceived.words)
    return not (
        reading.phrases or reading.sort or reading.stars or reading.references or reading.query or counted
    )


def _headline(act: Act, context: Context, *, foreign: bool, left_out: int, found: bool) -> str | None:
    fields = context.catalogue.fields
    relaxed = [c for c in act.constraints if c.status is Status.RELAXED]
    given_up = [describe(c, fields) for c in relaxed]
    if not found:
        return "no more that fit" if left_out else "nothing fits"
    if relaxed and all(map(is_seen, relaxed)):
        asked = [c for c in act.constraints if c in context.dialogue.constraints]
        said = write_list([describe(c, fields) for c in asked if c.status is Status.ENFORCED])
        return f"none of the {write_list(given_up)} is {said}; nearest of other kinds"
    if given_up:
        kept = [describe(c, fields) for c in act.constraints if c.status is Status.ENFORCED]
        wanted = write_list([*kept, *given_up])
        return f"nothing is {wanted}; nearest, giving up {write_list(given_up)}"
    if foreign:
        return f"nothing here is clearly “{act.query}”; nearest"
    return None
