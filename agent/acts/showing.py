"""Cards for items that were named rather than searched for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.evidence import make_card
from retrieval.types import Hit, Query

if TYPE_CHECKING:
    from agent.acts.outcome import Context
    from agent.types import Card


def card_for(context: Context, item_id: str, rank: int) -> Card:
    """Return the card of an item under the search in force, with the shares it has there."""
    dialogue = context.dialogue
    query = Query(
        text=dialogue.query,
        near=dialogue.near,
        image=dialogue.image,
        taste=context.taste(),
        only=frozenset({item_id}),
        count=1,
    )
    hits = context.catalogue.searcher.search(query).hits
    hit = hits[0] if hits else Hit(context.catalogue.snapshot.item(item_id), 0.0, {})
    return make_card(rank, hit, dialogue.constraints, dialogue.query, context.catalogue)
