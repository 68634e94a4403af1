"""Why an item is shown: the evidence of one item for the search that it was shown in, worked out without a model."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from agent.acts.finding import query_for
from agent.counterfactual import decisive, places_without
from agent.evidence import make_card
from agent.kinship import Source
from agent.legs import LEGS, share_words
from agent.linking.describe import describe
from agent.linking.merging import values_of
from agent.types import Act, ActName, Quote
from agent.wording import write_amount, write_ordinal
from retrieval.types import Hit, Op, Status

if TYPE_CHECKING:
    from agent.acts.outcome import Context
    from agent.catalogue import Catalogue
    from agent.counterfactual import Without
    from agent.kinship import Path
    from retrieval.types import Constraint, Item

_LEAST = 0.005
"""A share below this rounds to nothing."""
_GOOD = 4.0
"""Stars from which on a rating says that the person liked an item."""
_SOURCES = 40
"""Liked items that a path is looked for from, the newest: one read of the store, and they say the most of today."""


class State(StrEnum):
    """What became of a condition in force, for one item."""

    MET = "met"
    MISSED = "missed"
    UNKNOWN = "not checkable"
    """The catalogue can't tell."""
    GIVEN_UP = "given up"
    """Nothing had it together with the rest, so the item is shown without it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A condition held against the item."""

    words: str
    """'price ≤ 80'."""
    state: State


@dataclass(frozen=True, slots=True)
class Share:
    """A leg's part of what speaks for the item."""

    leg: str
    """As `Hit.shares` names it."""
    words: str
    """'its meaning'."""
    part: float
    """0…1; the parts of an item sum to 1, but for those that round to nothing."""


@dataclass(frozen=True, slots=True)
class Why:
    """The evidence of one item."""

    id: str
    title: str
    rank: int | None
    """Its place on the screen it was shown on, from 1; None when it was not shown."""
    shown: int
    """How many items stood there."""
    moved_on: bool
    """Whether another search is in force by now; what is told here is of the one that showed the item."""
    shares: tuple[Share, ...]
    """Largest first."""
    conditions: tuple[Checked, ...]
    """In the order in which they came in force."""
    quotes: tuple[Quote, ...]
    """With the labels of their columns."""
    without: tuple[Without, ...]
    """Its place among all that fits without each leg that has a share; as the shares are ordered."""
    counterfactual: str | None
    """'without the picture it would come 81st'; None when no leg moves it down."""
    path: Path | None
    """How it hangs together with what the person liked or pointed at; None when it does not."""


def explain_item(context: Context, item_id: str, *, moved_on: bool = False) -> Why:
    """Return the evidence of an item for the search of `context.dialogue`. KeyError when there is no such item."""
    dialogue, catalogue = context.dialogue, context.catalogue
    item = catalogue.snapshot.item(item_id)
    shown = item_id in dialogue.seen
    held = tuple(_held(one, item, catalogue) for one in dialogue.constraints)
    act = Act(ActName.EXPLAIN, dialogue.query, held, (item_id,), sort=dialogue.sort, count=dialogue.count)
    query = query_for(context, act)
    alone = replace(query, only=frozenset({item_id}), exclude=frozenset(), sort=None, count=1)
    hit = next(iter(catalogue.searcher.search(alone).hits), Hit(item, 0.0, {}))
    evidence = make_card(1, hit, held, dialogue.query, catalogue).evidence
    legs = [leg for leg, part in sorted(hit.shares.items(), key=lambda pair: -pair[1]) if part >= _LEAST]
    places = places_without(catalogue.searcher, query, item_id, [leg for leg in legs if leg in LEGS])
    place = catalogue.searcher.explain_rank(query, item_id) if places else 0
    most = decisive(place, places)
    labels = {column.name: column.label for column in catalogue.columns}
    screen = next((one for one in reversed(dialogue.screens) if item_id in one), ())
    return Why(
        id=item_id,
        title=item.title,
        rank=screen.index(item_id) + 1 if screen else None,
        shown=len(screen),
        moved_on=moved_on,
        shares=tuple(Share(leg, share_words(leg), hit.shares[leg]) for leg in legs),
        conditions=tuple(
            Checked(describe(one, catalogue.fields), _state(one, item, catalogue, shown=shown))
            for one in dialogue.constraints
        ),
        quotes=tuple(Quote(labels.get(quote.field, quote.field), quote.text) for quote in evidence.quotes),
        without=places,
        counterfactual=f"without {LEGS[most.leg].reason} it would come {write_ordinal(most.rank)}"
        if most
        else None,
        path=catalogue.kinship.path(_sources(context), item_id, _wanted(dialogue.constraints)),
    )


def _held(one: Constraint, item: Item, catalogue: Catalogue) -> Constraint:
    """Return a condition as the item is held against it: one that it misses was given up, or it would not be shown."""
    missed = one.status is Status.ENFORCED and not catalogue.searcher.meets(one, item.id)
    return replace(one, status=Status.RELAXED) if missed else one


def _state(one: Constraint, item: Item, catalogue: Catalogue, *, shown: bool) -> State:
    if one.field is None or not catalogue.searcher.checkable(one):
        return State.UNKNOWN
    if one.status is Status.RANKED and one.field not in item.fields:
        return State.UNKNOWN
    if catalogue.searcher.meets(one, item.id):
        return State.MET
    return State.GIVEN_UP if shown and one.status is not Status.RANKED else State.MISSED


def _wanted(constraints: tuple[Constraint, ...]) -> set[tuple[str, str]]:
    """Return the values that a search asks of every item."""
    return {
        (one.field, value)
        for one in constraints
        if one.field is not None and one.op in (Op.EQ, Op.IN, Op.CONTAINS) and one.status is Status.ENFORCED
        for value in values_of(one)
    }


def _sources(context: Context) -> list[Source]:
    """Return what the person pointed at, liked or rated well, in this order, the newest first."""
    people, user, catalogue = context.people, context.user, context.catalogue.snapshot.name
    weights = context.taste().items
    sources = [Source(item, "you pointed at") for item in context.dialogue.near]
    for liking in reversed(people.likings(user, catalogue)):
        if liking.value > 0 and weights.get(liking.item, 0.0) > 0:
            sources.append(Source(liking.item, "you liked"))
    for rating in reversed(people.ratings(user, catalogue)):
        if rating.value >= _GOOD and weights.get(rating.item, 0.0) > 0:
            sources.append(Source(rating.item, f"you gave {write_amount(rating.value, 'stars')} to"))
    first: dict[str, Source] = {}
    for source in sources:
        first.setdefault(source.id, source)
    return list(first.values())[:_SOURCES]
