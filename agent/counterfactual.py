"""What an item's place would be without one of its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.wording import write_ordinal
from retrieval.types import Query

if TYPE_CHECKING:
    from agent.acts.outcome import Context

_REASONS = {
    "taste": "your taste",
    "similar": "the item you pointed at",
    "image": "the picture",
    "text": "its meaning",
    "words": "its words",
    "popularity": "its popularity",
}


def counterfactual(context: Context, item_id: str) -> str | None:
    """Return 'first; third without your taste' for the reason whose absence moves the item most; None if none does."""
    dialogue = context.dialogue
    query = Query(
        text=dialogue.query,
        constraints=dialogue.constraints,
        near=dialogue.near,
        image=dialogue.image,
        exclude=frozenset(dialogue.refused | set(dialogue.near)),
        taste=context.taste(),
    )
    rank = context.catalogue.searcher.explain_rank(query, item_id)
    if not rank:
        return None
    moved: list[tuple[int, str]] = []
    for leg, reason in _REASONS.items():
        other = context.catalogue.searcher.explain_rank(query, item_id, without=leg)
        if other > rank:
            moved.append((other, reason))
    if not moved:
        return None
    other, reason = max(moved)
    return f"{write_ordinal(other)} without {reason}"
