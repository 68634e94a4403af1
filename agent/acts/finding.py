"""From an act to its items: the nearest where a bound was given up, the whole catalogue where an order is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypedDict

import numpy as np

from agent.hearing import sounding
from agent.linking.folding import GENERIC, content, tokens
from agent.looks import caption, changes, looks_of_item, looks_of_picture
from agent.relax import nearest_first, nearest_order
from retrieval.types import Op, Query, Role, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from agent.acts.outcome import Context
    from agent.types import Act
    from retrieval.types import Constraint, Hit, Term


class Likeness(TypedDict, total=False):
    """The fields of a Query that say what others are to look like."""

    image: NDArray[np.float32]
    terms: tuple[Term, ...]
    caption: str


COUNT = 4
"""Cards in an answer unless the person says how many: what one screen of 80 columns holds."""
_POOL = 40
"""How many of the best are considered when a numeric bound was given up and the nearest are wanted."""


def find(context: Context, act: Act, exclude: frozenset[str]) -> tuple[Hit, ...]:
    """Return the items of an act, best first, without those of `exclude`."""
    count = act.count or COUNT
    relaxed = any(c.status is Status.RELAXED for c in act.constraints)
    query = replace(query_for(context, act), exclude=exclude, count=max(count, _POOL) if relaxed else count)
    hits = context.catalogue.searcher.search(query).hits
    return nearest_first(hits, act.constraints, count) if relaxed and not act.sort else hits[:count]


def query_for(context: Context, act: Act) -> Query:
    """Return what an act looks for, with what the person refused left out."""
    dialogue = context.dialogue
    plain = says_no_more(act.query, act, context) and not (dialogue.near or dialogue.shows)
    order = act.sort or (nearest_order(act.constraints) if plain else None)
    generic = is_generic(act.query, context)
    return Query(
        # Words that the conditions say already add nothing to an order: the dearest of all boots is wanted, not the
        # dearest of those that say 'boots' most often.
        # 'A film' is any film, and not one that is called so.
        text="" if plain and (order or generic) else act.query,
        constraints=act.constraints,
        near=dialogue.near,
        **likeness(context, act.constraints),
        sound=dialogue.sound,
        alike=dialogue.alike,
        only=heard_alone(context),
        exclude=frozenset(dialogue.refused | set(dialogue.near)),
        taste=context.taste(),
        sort=order,
        count=act.count or COUNT,
    )


def heard_alone(context: Context) -> frozenset[str] | None:
    """Return the items that have a sound where one is looked for: nothing else can be like it. None where none is."""
    if context.dialogue.sound is None:
        return None
    snapshot = context.catalogue.snapshot
    return frozenset(snapshot.ids[row] for row in np.flatnonzero(sounding(snapshot)).tolist())


def matching(context: Context, constraints: Sequence[Constraint]) -> int:
    """Return how many items satisfy all ENFORCED constraints, and have a sound where one is looked for."""
    searcher = context.catalogue.searcher
    if context.dialogue.sound is None:
        return searcher.matching(constraints)
    return int(np.count_nonzero(searcher.mask(constraints) & sounding(context.catalogue.snapshot)))


def likeness(context: Context, constraints: Sequence[Constraint]) -> Likeness:
    """Return the picture in force with what the conditions change of it, or of the one item that others are to be like.

    These are fields of a Query.
    """
    dialogue, fields = context.dialogue, context.catalogue.fields
    if dialogue.image is not None:
        looks = looks_of_picture(dialogue.sees, context.catalogue)
        words = caption(constraints, looks, fields) if looks else ""
        return {"image": dialogue.image, "terms": changes(constraints, looks, fields), "caption": words}
    if len(dialogue.near) == 1:
        (item,) = context.catalogue.snapshot.items(dialogue.near)
        return {"terms": changes(constraints, looks_of_item(item, fields), fields)}
    return {}


def sortable(context: Context, act: Act) -> bool:
    """Tell whether any item that fits an act has a value in the column of its order."""
    snapshot = context.catalogue.snapshot
    name = (act.sort or "").removeprefix("-")
    rows = context.catalogue.searcher.rows(act.constraints)
    role = next((column.role for column in snapshot.columns if column.name == name), None)
    if role is Role.NUMBER:
        return not bool(np.isnan(snapshot.numbers(name)[rows]).all())
    cells = snapshot.words(name) if role is not None else ()
    return any(cells[row] for row in rows.tolist()) if role not in (None, Role.TITLE, Role.ID) else True


def says_no_more(query: str, act: Act, context: Context) -> bool:
    """Tell whether every word of `query` stands in an enforced condition or in none that could rank: 'thing', 'film'.

    'kettles' of the condition kind == kettles; not 'red kettles' where only the kind was linked.
    """
    roles = {column.name: column.role for column in context.catalogue.columns}
    said = {
        word.stem
        for c in act.constraints
        if c.status is Status.ENFORCED and c.op in (Op.EQ, Op.IN, Op.CONTAINS)
        and roles.get(str(c.field)) in (Role.FACET, Role.LIST)
        for word in tokens(f"{c.said} {' '.join(c.value) if isinstance(c.value, tuple) else c.value}")
    }  # fmt: skip
    said |= context.catalogue.linker.sorts
    return all(word.text in GENERIC or word.stem in said for word in content(tokens(query)))


def is_generic(query: str, context: Context) -> bool:
    """Tell whether a query names anything that the catalogue has: 'a film', or 'a laptop' of a catalogue of laptops."""
    sorts = context.catalogue.linker.sorts
    return all(word.text in GENERIC or word.stem in sorts for word in content(tokens(query)))
