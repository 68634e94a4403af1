"""Recommend, refine and similar: a search, relaxed when nothing fits, honest when nothing is near."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from agent.abstain import is_foreign
from agent.acts.asking import ask_back
from agent.acts.outcome import Outcome
from agent.briefing import make_brief
from agent.evidence import make_cards
from agent.linking.describe import describe
from agent.relax import nearest_first, relax
from agent.standing import those_that_matter
from agent.types import ActName
from agent.wording import write_list
from retrieval.types import Query, Status

if TYPE_CHECKING:
    from agent.acts.outcome import Context
    from agent.types import Act
    from retrieval.types import Constraint, Hit

COUNT = 4
"""Cards in an answer unless the person says how many: what one screen of 80 columns holds."""
_POOL = 40
"""How many of the best are considered when a numeric bound was given up and the nearest are wanted."""


def search(context: Context) -> Outcome:
    """Search and show."""
    dialogue, linked = context.dialogue, context.linked
    act = context.act()
    if act.name is ActName.RECOMMEND:
        dialogue.search_afresh()
    if act.name is ActName.SIMILAR and linked.items:
        if not set(linked.items) <= dialogue.seen:
            dialogue.search_afresh()
        dialogue.near = dict.fromkeys(linked.items, 1.0)
    if context.perceived.image is not None:
        dialogue.image = context.perceived.image
    if _is_vague(context, act):
        return ask_back(context)
    act = _in_force(context, act)
    return _answer(context, act)


def _is_vague(context: Context, act: Act) -> bool:
    """Tell whether a new search says nothing to search by."""
    dialogue = context.dialogue
    return (
        act.name is ActName.RECOMMEND
        and not act.query
        and not act.constraints
        and not act.items
        and not act.sort
        and dialogue.image is None
        and not context.taste().items
    )


def _in_force(context: Context, act: Act) -> Act:
    """Merge the act with the search in force and keep the result as the search in force."""
    dialogue, linked = context.dialogue, context.linked
    remembered = those_that_matter(context.standing, linked.constraints, context.catalogue)
    constraints = (*linked.constraints, *remembered)
    dialogue.query = linked.query if act.name is ActName.RECOMMEND else linked.query or dialogue.query
    dialogue.sort = linked.sort or dialogue.sort
    dialogue.count = linked.count or dialogue.count
    dialogue.constraints = constraints
    return replace(
        act, query=dialogue.query, constraints=constraints, sort=dialogue.sort, count=dialogue.count
    )


def _answer(context: Context, act: Act) -> Outcome:
    dialogue, catalogue = context.dialogue, context.catalogue
    searcher = catalogue.searcher
    more = act.name is ActName.REFINE and _asks_for_more(context)
    exclude = frozenset(dialogue.refused | set(dialogue.near) | (dialogue.seen if more else set()))
    matching = searcher.matching(act.constraints)
    constraints: tuple[Constraint, ...] = act.constraints
    if not matching:
        relaxation = relax(
            act.constraints,
            context.linked.fresh,
            catalogue.columns,
            catalogue.fields.categories,
            searcher.matching,
        )
        constraints, matching = relaxation.constraints, relaxation.matching
        act = replace(act, constraints=constraints)
    hits = _find(context, act, exclude) if matching else ()
    foreign = bool(hits) and is_foreign(act.query, hits, context)
    cards = make_cards(hits, constraints, act.query, catalogue)
    dialogue.show([card.id for card in cards])
    headline = _headline(act, context, foreign=foreign, more=more, found=bool(cards))
    brief = make_brief(act, cards, catalogue, matching=matching, text=context.perceived.words)
    if foreign:
        brief = replace(brief, ranked=(act.query, *brief.ranked))
    return Outcome(act, brief, cards, headline)


def _find(context: Context, act: Act, exclude: frozenset[str]) -> tuple[Hit, ...]:
    dialogue = context.dialogue
    count = act.count or COUNT
    relaxed = any(c.status is Status.RELAXED for c in act.constraints)
    query = Query(
        text=act.query,
        constraints=act.constraints,
        near=dialogue.near,
        image=dialogue.image,
        exclude=exclude,
        taste=context.taste(),
        sort=act.sort,
        count=max(count, _POOL) if relaxed else count,
    )
    hits = context.catalogue.searcher.search(query).hits
    return nearest_first(hits, act.constraints, count) if relaxed else hits


def _asks_for_more(context: Context) -> bool:
    """'more', 'other ones', 'next': a refinement that changes nothing."""
    reading = context.reading
    return not (reading.phrases or reading.sort or reading.stars or reading.references or reading.query)


def _headline(act: Act, context: Context, *, foreign: bool, more: bool, found: bool) -> str | None:
    columns = context.catalogue.columns
    given_up = [describe(c, columns) for c in act.constraints if c.status is Status.RELAXED]
    if not found:
        return "no more that fit" if more else "nothing fits"
    if given_up:
        kept = [describe(c, columns) for c in act.constraints if c.status is Status.ENFORCED]
        wanted = write_list([*kept, *given_up])
        return f"nothing is {wanted}; nearest, giving up {write_list(given_up)}"
    if foreign:
        return f"nothing here is clearly “{act.query}”; nearest"
    return None


def rerun(context: Context) -> Outcome | None:
    """Search again as things now stand, after feedback; None when no search is in force."""
    dialogue = context.dialogue
    if not (dialogue.query or dialogue.constraints or dialogue.near or dialogue.image is not None):
        return None
    act = replace(
        context.act(),
        query=dialogue.query,
        constraints=dialogue.constraints,
        sort=dialogue.sort,
        count=dialogue.count,
    )
    return _answer(context, act)
