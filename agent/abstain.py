"""Say so when the catalogue has nothing of the kind that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.evidence import content_stems
from agent.linking.folding import GENERIC

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.acts.outcome import Context
    from agent.linking.references import Unresolved
    from retrieval.types import Hit

NAME_BELOW, NEED_BELOW = 0.45, 0.30
"""Cosine of MiniLM under which a best hit that shares no word with the query is not clearly of its kind: for names
of one or two words ('a motorbike' .39, 'a mortgage' .35, against 'bike' .44, 'sneakers' .55) and for needs in more
words ('stop the glare when I drive' .38, 'a hotel in Paris' .38, 'cheap flights to Rome' .21). Measured on 45
requests to the demo."""


def is_foreign(query: str, hits: Sequence[Hit], context: Context) -> bool:
    """Tell whether no hit shares a content word with `query` and none is near it in meaning.

    A query of which a word was linked to a value of the catalogue is never foreign.
    """
    # In a catalogue of films 'film' says nothing, and no document need hold it.
    telling = [word for word in query.split() if word.casefold() not in GENERIC and not word.isdecimal()]
    wanted = set(content_stems(" ".join(telling)))
    vectors = context.catalogue.snapshot.vectors("text")
    linked = any(constraint.said and constraint.said in query for constraint in context.linked.fresh)
    if not wanted or linked or vectors is None:
        return False
    documents = context.catalogue.snapshot.documents()
    rows = [context.catalogue.snapshot.row(hit.item.id) for hit in hits]
    if any(wanted & set(content_stems(documents[row])) for row in rows):
        return False
    best = float((vectors[rows] @ context.catalogue.text.encode_queries([query])[0]).max())
    return best < (NAME_BELOW if len(wanted) <= 2 else NEED_BELOW)


def unfound(unresolved: Sequence[Unresolved]) -> tuple[str, ...]:
    """Return the names among what could not be made out: titles that neither screen nor catalogue has.

    'Inception' is a name; 'the ninth' of four is not.
    """
    return tuple(one.said.strip() for one in unresolved if "is known as" in one.reason)
