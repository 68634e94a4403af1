"""Cards for items that were named rather than searched for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.acts.finding import likeness
from agent.evidence import make_card
from retrieval.types import Hit, Query

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.acts.outcome import Context
    from agent.types import Card
    from retrieval.types import Constraint


def card_for(
    context: Context, item_id: str, rank: int, constraints: Sequence[Constraint] | None = None
) -> Card:
    """Return the card of an item under the search in force, with the shares it has there.

    `constraints` are those it is held against; without, the search's own if it was shown for that.
    """
    dialogue = context.dialogue
    query = Query(
        text=dialogue.query,
        near=dialogue.near,
        **likeness(context, dialogue.constraints),
        sound=dialogue.sound,
        alike=dialogue.alike,
        taste=context.taste(),
        only=frozenset({item_id}),
        count=1,
    )
    hits = context.catalogue.searcher.search(query).hits
    hit = hits[0] if hits else Hit(context.catalogue.snapshot.item(item_id), 0.0, {})
    own = dialogue.constraints if item_id in dialogue.seen else ()
    held = own if constraints is None else constraints
    return make_card(rank, hit, held, dialogue.query, context.catalogue)
