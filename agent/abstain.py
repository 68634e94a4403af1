"""Say so when the catalogue has nothing of the kind that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.evidence import content_stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.acts.outcome import Context
    from retrieval.types import Hit

FOREIGN_BELOW = 0.30
"""Cosine of the bundled text encoder under which a best hit that shares no word with the query is not of its kind."""


def is_foreign(query: str, hits: Sequence[Hit], context: Context) -> bool:
    """Tell whether no hit shares a content word with `query` and none is near it in meaning.

    A query of which a word was linked to a value of the catalogue is never foreign.
    """
    wanted = set(content_stems(query))
    vectors = context.catalogue.snapshot.vectors("text")
    linked = any(constraint.said and constraint.said in query for constraint in context.linked.fresh)
    if not wanted or linked or vectors is None:
        return False
    documents = context.catalogue.snapshot.documents()
    rows = [context.catalogue.snapshot.row(hit.item.id) for hit in hits]
    if any(wanted & set(content_stems(documents[row])) for row in rows):
        return False
    best = float((vectors[rows] @ context.catalogue.text.encode_queries([query])[0]).max())
    return best < FOREIGN_BELOW
