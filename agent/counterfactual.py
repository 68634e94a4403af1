"""What an item's place would be without one of its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.acts.finding import query_for
from agent.wording import write_ordinal

if TYPE_CHECKING:
    from agent.acts.outcome import Context
    from agent.types import Act

_REASONS = {
    "taste": "your taste",
    "similar": "the item you pointed at",
    "image": "the picture",
    "audio": "its sound",
    "sound": "how it sounds",
    "text": "its meaning",
    "words": "its words",
    "popularity": "its popularity",
}


def counterfactual(context: Context, act: Act) -> str | None:
    """Return 'third without your taste' for the reason whose absence moves the first item of `act` most.

    `act` holds the search as it was shown. None when no reason moves the item down.
    """
    query, item_id = query_for(context, act), act.items[0]
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
