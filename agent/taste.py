"""What is known of a person's taste, as the values that the items they like have more often than the catalogue does.

The ranking itself goes by whole items (`retrieval.search.vectors`, legs taste.*); this tells in words what they have in
common, from the same weights: the last word on an item counts, later ones more, and a dislike a fifth of a like.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from agent.linking.merging import values_of
from agent.traits import trait_of, traits_of
from retrieval.search.vectors import UNWANTED_ITEMS
from retrieval.types import Op, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from agent.acts.outcome import Context
    from agent.state import Dialogue
    from agent.traits import Trait
    from retrieval.store.people import People
    from retrieval.types import Constraint

_MOST = 6
_PRIOR = 3.0
"""Likes' worth of the catalogue's own shares that every share is mixed with: one like of a rare maker weighs .25, five
.6, so that little is claimed from little."""
_WISH = 0.5
"""A condition that was asked for counts half a like: it says what is sought today, not what pleased."""
_CHOOSING = frozenset({Op.EQ, Op.NE, Op.IN, Op.NOT_IN, Op.CONTAINS})
_LEAST = 0.1
"""A weight below this is noise."""
_WIDE = 1 / 500
"""Share of a catalogue from which on a value is one: a writer of three films among 6,583 is no taste."""
_EACH = 2
"""Entries that one judged item may give: three likes make six."""


@dataclass(frozen=True, slots=True)
class Taste:
    """A value that a person takes to, or does not."""

    field: str
    """Column name."""
    label: str
    value: str
    weight: float
    """−1…1: how much more of what they like has the value than of the catalogue; below 0, of what they don't like."""
    items: tuple[str, ...]
    """Ids of the judged items that it was learnt from, the latest first; none for what was only asked for."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who is spoken with, and how much is known of them."""

    name: str
    notes: int
    """Facts they asked to be remembered."""
    ratings: int
    """Of all catalogues."""
    likings: int
    """Likes and dislikes, of all catalogues."""


def person(people: People, user: str) -> Person:
    """Count what is known of a person."""
    known = people.export(user)
    return Person(known["user"], len(known["notes"]), len(known["ratings"]), len(known["likings"]))


def learn_from_critique(dialogue: Dialogue, fresh: Iterable[Constraint]) -> None:
    """Keep what the new conditions of a changed search ask for, or against: 'in green', 'not leather'."""
    for one in fresh:
        if one.field is not None and one.status is Status.ENFORCED and one.op in _CHOOSING:
            for value in values_of(one):
                key = one.field, value
                dialogue.wished[key] = dialogue.wished.get(key, 0) + (-1 if one.op.negative else 1)


def tastes(context: Context, *, whole: bool = False) -> tuple[Taste, ...]:
    """Return what this conversation, or with `whole` all of them, taught; strongest first, at most six."""
    snapshot, fields = context.catalogue.snapshot, context.catalogue.fields
    rows = set(snapshot.ids)
    weights = {
        item: weight
        for item, weight in reversed(list(context.taste().items.items()))
        if weight and item in rows and (whole or item in context.dialogue.judged)
    }
    traits = {item.id: traits_of(item, fields) for item in snapshot.items(weights)}
    liked = {item: weight for item, weight in weights.items() if weight > 0}
    spurned = {item: -weight * UNWANTED_ITEMS for item, weight in weights.items() if weight < 0}
    # All four boots of a search for boots are boots: who spurns one of them says nothing against boots.
    screens = [screen for screen in context.dialogue.screens if spurned.keys() & set(screen)]
    shown = snapshot.items(dict.fromkeys(item for screen in screens for item in screen))
    beside = _shares(traits_of(item, fields) for item in shown)
    wished = {} if whole else _wished(context)
    found: list[tuple[float, Taste]] = []
    for trait in dict.fromkeys((*(trait for told in traits.values() for trait in told), *wished)):
        if trait.count < max(2, _WIDE * len(rows)):
            continue
        having = tuple(item for item, told in traits.items() if trait in told)
        share = min(trait.count / len(rows), 1.0)
        against = _added(having, spurned, max(share, beside.get(trait, 0.0)))
        times = wished.get(trait, 0.0) * _WISH
        asked = times / (abs(times) + _PRIOR) * (1 - share)
        weight = round(min(max(_added(having, liked, share) - against + asked, -1.0), 1.0), 3)
        of_it = tuple(item for item in having if (weights[item] > 0) is (weight > 0))
        if weight >= _LEAST or weight <= -_LEAST * UNWANTED_ITEMS:
            found.append((log(share), Taste(trait.field, trait.label, trait.value, weight, of_it)))
    found.sort(key=lambda pair: (-abs(pair[1].weight), pair[0]))
    every = _distinct([taste for _, taste in found])
    wanted = [taste for taste in every if taste.weight > 0][: _EACH * (len(liked) + len(wished))]
    unwanted = [taste for taste in every if taste.weight < 0][: _EACH * (len(spurned) + len(wished))]
    return tuple(taste for taste in every if taste in wanted or taste in unwanted)[:_MOST]


def _wished(context: Context) -> dict[Trait, float]:
    """Return the values that changes of a search asked for, with how often; those that are no trait are left out."""
    fields = context.catalogue.fields
    found: dict[Trait, float] = {}
    for (name, value), times in context.dialogue.wished.items():
        column = fields.get(name)
        if column is not None and times and value in column.values:
            found.update({one: float(times) for one in trait_of(column, value, fields)})
    return found


def _added(having: Sequence[str], weights: Mapping[str, float], share: float) -> float:
    """Return how much likelier a value is among weighted items than in a catalogue where `share` have it, 0…1.

    The share among the items is shrunk towards `share` by _PRIOR likes, as a Beta prior would.
    """
    held = sum(weights.get(item, 0.0) for item in having)
    shrunk = (held + _PRIOR * share) / (sum(weights.values()) + _PRIOR)
    return max(shrunk - share, 0.0)


def _shares(told: Iterable[Sequence[Trait]]) -> dict[Trait, float]:
    """Return the part of some items that has each trait."""
    counts: dict[Trait, int] = {}
    items = 0
    for traits in told:
        items += 1
        for trait in set(traits):
            counts[trait] = counts.get(trait, 0) + 1
    return {trait: count / items for trait, count in counts.items()}


def _distinct(found: Sequence[Taste]) -> tuple[Taste, ...]:
    """Leave out what says the same in another column: a maker that is a brand too."""
    seen: dict[str, Taste] = {}
    for taste in found:
        seen.setdefault(taste.value.casefold(), taste)
    return tuple(seen.values())
