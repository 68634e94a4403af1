"""What an item's place would be without one of its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.acts.finding import query_for
from agent.legs import LEGS
from agent.wording import write_ordinal

if TYPE_CHECKING:
    from collections.abc import Collection

    from agent.acts.outcome import Context
    from agent.types import Act
    from retrieval.search.searcher import Searcher
    from retrieval.types import Query


@dataclass(frozen=True, slots=True)
class Without:
    """Where an item would stand if one leg had no say."""

    leg: str
    """As `Hit.shares` names it."""
    rank: int
    """From 1; 0 when it would not be found at all."""


def places_without(
    searcher: Searcher, query: Query, item_id: str, legs: Collection[str] = LEGS.keys()
) -> tuple[Without, ...]:
    """Return the rank of an item without each of `legs`, in their order."""
    return tuple(Without(leg, searcher.explain_rank(query, item_id, without=leg)) for leg in legs)


def decisive(rank: int, places: Collection[Without]) -> Without | None:
    """Return the leg whose absence moves an item of this rank down most; None when none does."""
    moved = [place for place in places if place.rank > rank > 0]
    return max(moved, key=lambda place: (place.rank, LEGS[place.leg].reason)) if moved else None


def counterfactual(context: Context, act: Act) -> str | None:
    """Return 'third without your taste' for the reason whose absence moves the first item of `act` most.

    `act` holds the search as it was shown. None when no reason moves the item down.
    """
    query, item_id, searcher = query_for(context, act), act.items[0], context.catalogue.searcher
    rank = searcher.explain_rank(query, item_id)
    most = decisive(rank, places_without(searcher, query, item_id)) if rank else None
    return f"{write_ordinal(most.rank)} without {LEGS[most.leg].reason}" if most else None
