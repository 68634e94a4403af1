"""The edits of a search that an item on screen suggests: by what sets it apart from those beside it.

Unit critiques over what is shown, as in critiquing recommenders (Burke, Hammond and Young 1997): each is an exact edit
that leaves something to show.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.acts.finding import matching
from agent.amend import Edit
from agent.linking.describe import describe
from agent.linking.merging import values_of
from agent.linking.phrases import constraint
from agent.linking.written import write_exactly
from agent.traits import traits_of
from retrieval.types import Constraint, Op, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from agent.acts.outcome import Context
    from agent.traits import Trait
    from retrieval.types import Column, Item

_MOST = 6
_OF_A_SORT = 2
"""Critiques of one sort ('more in green', 'not leather') that are offered, so that the six are not all colours."""


@dataclass(frozen=True, slots=True)
class Critique:
    """A change of the search in force, as a card suggests it."""

    words: str
    """'cheaper: price < 74', 'not leather', 'more in green', 'more by Cairn Supply'."""
    edit: Edit
    """What `Conversation.apply` plays."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    words: str
    condition: Constraint
    telling: float
    """0…1: the part of the items beside it that the item differs from in this."""
    sort: str


def critiques(context: Context, item_id: str) -> tuple[Critique, ...]:
    """Return the edits that an item suggests, most telling first, at most six.

    Each leaves at least one item other than itself. KeyError when the catalogue has no such item.
    """
    snapshot, dialogue = context.catalogue.snapshot, context.dialogue
    item = snapshot.item(item_id)
    beside = snapshot.items(one for one in dialogue.screen if one != item_id)
    found: list[Critique] = []
    taken: dict[str, int] = {}
    for one in sorted(_candidates(context, item, beside), key=lambda one: -one.telling):
        if len(found) == _MOST:
            break
        if taken.get(one.sort, 0) < _OF_A_SORT and _leads_on(one.condition, context, item_id):
            taken[one.sort] = taken.get(one.sort, 0) + 1
            found.append(
                Critique(one.words, Edit(add=write_exactly(one.condition, context.catalogue.fields)))
            )
    return tuple(found)


def _candidates(context: Context, item: Item, beside: Sequence[Item]) -> Iterator[_Candidate]:
    fields = context.catalogue.fields
    if fields.price and not fields.pays:
        yield from _amount(context, fields.price, Op.LT, "cheaper", item, beside)
    if fields.rating:
        yield from _amount(context, fields.rating, Op.GT, "better rated", item, beside)
    others = [{(trait.field, trait.value) for trait in traits_of(other, fields)} for other in beside]
    held = context.dialogue.constraints
    asked = {(one.field, one.op.negative) for one in held}
    wanted = {(one.field, value) for one in held if not one.op.negative for value in values_of(one)}
    for trait in traits_of(item, fields):
        column = fields.get(trait.field)
        apart = sum((trait.field, trait.value) not in other for other in others) / max(len(others), 1)
        if column is None or not (apart or not others):
            continue
        telling = (apart or 1.0) * _worth(trait, context)
        if (trait.field, False) not in asked:
            like = constraint(column, (trait.value,), trait.value, avoid=False)
            yield _Candidate(_more_of(trait), like, telling, "more")
        if (trait.field, trait.value) in wanted:
            continue  # who asked for scarves is not offered 'not scarves'
        unlike = constraint(column, (trait.value,), trait.value, avoid=True)
        yield _Candidate(describe(unlike, fields), unlike, telling * 0.9, "not")


def _amount(
    context: Context, column: Column, op: Op, word: str, item: Item, beside: Sequence[Item]
) -> Iterator[_Candidate]:
    """Yield 'cheaper' than an item; the more of those beside it are, the more that says."""
    value = item.fields.get(column.name)
    if not isinstance(value, float):
        return
    bound = Constraint(column.name, op, value, word)
    searcher = context.catalogue.searcher
    better = sum(searcher.meets(bound, other.id) for other in beside) / max(len(beside), 1)
    words = f"{word}: {describe(bound, context.catalogue.fields)}"
    yield _Candidate(words, bound, 0.5 + better / 2, word)


def _worth(trait: Trait, context: Context) -> float:
    """Weigh a trait: one that hardly anything or nearly everything has makes a poor search."""
    share = trait.count / len(context.catalogue.snapshot)
    kind = trait.field in context.catalogue.fields.categories
    few = min(trait.count / 8, 1.0)
    return few * (1.0 - share) * (0.6 if kind else 1.0)


def _leads_on(condition: Constraint, context: Context, item_id: str) -> bool:
    """Tell whether the search in force with a condition more has fewer or other items, one of them not this one."""
    searcher = context.catalogue.searcher
    # What was given up for this item would leave nothing whatever is added.
    held = [one for one in context.dialogue.constraints if one.field is None or searcher.meets(one, item_id)]
    changed = context.catalogue.linker.merged(held, (condition,))
    if set(changed) == set(held):
        return False
    # The item itself is seen already, and what was refused or pointed at is never found.
    enforced = [one for one in changed if one.status is Status.ENFORCED]
    aside = {item_id, *context.dialogue.refused, *context.dialogue.near}
    fitting = sum(all(searcher.meets(one, item) for one in enforced) for item in aside)
    return matching(context, changed) > fitting


def _more_of(trait: Trait) -> str:
    """Say that more like it are wanted: 'more in green', 'more for walking', 'by Cairn Supply', 'waterproof'."""
    if trait.role in ("genre", "kind"):
        return f"more {trait.value}"
    return f"more {trait.words}" if trait.role in ("colour", "season", "purpose", "room") else trait.words
