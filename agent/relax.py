"""When nothing fits: which constraint to give up, so that the least is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from agent.linking.folding import stem_key
from agent.linking.merging import is_seen, values_of
from agent.linking.phrases import constraint
from agent.linking.principles import is_principle
from agent.linking.synonyms import broader, narrower
from retrieval.types import Constraint, Op, Role, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from retrieval.types import Column, Hit, Value

# Costs order what people give up first: a bound a little missed hurts less than a wrong colour, and nobody who asked
# for boots wants a scarf. What was said in this turn is what they care for now. An exclusion has no cost that others
# could add up to: who said 'no wool' may take a cotton cardigan for a jumper, but never wool.
_SEEN = 0.5  # what a picture shows and nobody said
_COST = {Role.NUMBER: 1.0, Role.DATE: 1.2}
_ATTRIBUTE = 2.0
_CATEGORY = 5.0
_NEW = 0.9
_AT_MOST = 3
_SHELVES = 40
"""Values that a column of coarser kinds has fewer than, so that each can be tried."""
_ISO = re.compile(r"\d{4}(?:-\d\d){0,2}")


@dataclass(frozen=True, slots=True)
class Relaxation:
    """What to give up so that something fits."""

    constraints: tuple[Constraint, ...]
    """All constraints; those given up have the status RELAXED."""
    matching: int
    """How many items fit the rest; 0 when nothing helps."""


def relax(
    constraints: Sequence[Constraint],
    new: Iterable[Constraint],
    columns: Sequence[Column],
    categories: Collection[str],
    matching: Callable[[Sequence[Constraint]], int],
    kept: Collection[Constraint] = (),
) -> Relaxation:
    """Find the cheapest set of at most three enforced constraints without which something matches.

    `categories` names the columns that say what a thing is. `matching` counts the items that satisfy the enforced
    constraints of a sequence; those of `kept` and those said for a reason of health or principle are never given up.
    Exclusions are given up only where all else is not enough. For a kind given up another of its family stands in, or
    another of its shelf: for a jumper a cardigan, else other clothing, but no bookcase.
    """
    enforced = [
        c for c in constraints if c.status is Status.ENFORCED and c not in kept and not is_principle(c.said)
    ]
    fresh = set(map(id, new))
    cost = {id(c): _cost(c, columns, categories) + (_NEW if id(c) in fresh else 0.0) for c in enforced}
    groups = [
        group for size in range(1, min(_AT_MOST, len(enforced)) + 1) for group in combinations(enforced, size)
    ]
    wanted = tuple(c for c in enforced if not c.op.negative)
    if len(wanted) > _AT_MOST:
        groups.append(wanted)

    def loss(group: Sequence[Constraint]) -> tuple[int, float]:
        return sum(c.op.negative for c in group), sum(cost[id(c)] for c in group)

    # The sort is stable: of equal cost the fewest are given up, then those said first.
    for group in sorted(groups, key=loss):
        given_up = set(map(id, group))
        trial = tuple(replace(c, status=Status.RELAXED) if id(c) in given_up else c for c in constraints)
        if count := matching(trial):
            kinds = [c for c in group if c.field in categories and not c.op.negative]
            for near in _akin(kinds[0], columns, categories, matching) if len(kinds) == 1 else ():
                if within := matching((*trial, near)):
                    return Relaxation((*trial, near), within)
            return Relaxation(trial, count)
    return Relaxation(tuple(constraints), 0)


def _cost(constraint: Constraint, columns: Sequence[Column], categories: Collection[str]) -> float:
    if is_seen(constraint):
        return _SEEN
    if constraint.field in categories and not constraint.op.negative:
        return _CATEGORY
    role = next((column.role for column in columns if column.name == constraint.field), Role.FACET)
    return _COST.get(role, _ATTRIBUTE)


def _akin(
    kind: Constraint,
    columns: Sequence[Column],
    categories: Collection[str],
    matching: Callable[[Sequence[Constraint]], int],
) -> Iterator[Constraint]:
    """Yield what may stand in for a kind, the nearest first: kinds of one family, then the shelf all of it stand on."""
    own = next(column for column in columns if column.name == kind.field)
    keys = {stem_key(value) for value in values_of(kind)}
    families = {narrower(head) for key in keys for head in broader(key)}
    for family in sorted(families, key=lambda family: (len(family), family)):
        members = tuple(
            value for value in own.values if stem_key(value) in family and stem_key(value) not in keys
        )
        if members:
            yield constraint(own, members, " or ".join(members), avoid=False)
    alone = matching((kind,))
    for column in columns:
        coarse = column.role is Role.FACET and len(column.values) < min(len(own.values), _SHELVES)
        for value in column.values if alone and coarse and column.name in categories else ():
            shelf = Constraint(column.name, Op.EQ, value, value)
            if matching((kind, shelf)) == alone:
                yield shelf


def nearest_order(constraints: Sequence[Constraint]) -> str | None:
    """Return the order that puts first what misses the given-up bound by least.

    None unless one bound with one side is all that was given up: everything that fits the rest then lies beyond it.
    """
    bounds = _given_up_bounds(constraints)
    alone = sum(c.status is Status.RELAXED for c in constraints) == 1
    if len(bounds) != 1 or not alone or bounds[0].op not in (Op.LT, Op.LE, Op.GT, Op.GE):
        return None
    name = bounds[0].field or ""
    return name if bounds[0].op in (Op.LT, Op.LE) else f"-{name}"


def _given_up_bounds(constraints: Sequence[Constraint]) -> list[Constraint]:
    return [c for c in constraints if c.status is Status.RELAXED and _amount(c.value) is not None]


def _amount(value: Value | None) -> float | None:
    """Return a number as it is and an ISO date as its day; None for anything else."""
    if isinstance(value, float | int):
        return float(value)
    if not isinstance(value, str) or not _ISO.fullmatch(value[:10]):
        return None
    try:
        return float(date.fromisoformat(f"{value[:10]}-01-01"[:10]).toordinal())
    except ValueError:
        return None


def nearest_first(hits: Sequence[Hit], constraints: Sequence[Constraint], count: int) -> tuple[Hit, ...]:
    """Of `hits`, the `count` that miss a given-up numeric bound by least, then in the order of `hits`."""
    bounds = _given_up_bounds(constraints)
    if not bounds:
        return tuple(hits[:count])

    def distance(hit: Hit) -> float:
        total = 0.0
        for bound in bounds:
            value, limit = _amount(hit.item.fields.get(bound.field or "")), _amount(bound.value)
            if value is None or limit is None:
                return float("inf")
            off = value - limit
            wrong_side = (
                off > 0 if bound.op in (Op.LT, Op.LE) else off < 0 if bound.op in (Op.GT, Op.GE) else True
            )
            total += abs(off) / max(abs(limit), 1.0) if wrong_side else 0.0
        return total

    return tuple(sorted(hits, key=distance)[:count])
