"""The knowledge graph: brand or maker, material, what goes with what, and what is by the same hand."""

from __future__ import annotations

from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

from retrieval.demo.tables import listed, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retrieval.demo.entry import Entry

Triple = tuple[str, str, str]
"""Head, relation, tail; head and tail are item ids or names."""

_WORKS = ("books", "films", "music", "news", "clubs and people", "home scenes")


def triples(entries: Sequence[Entry]) -> list[Triple]:
    """Return all edges, item by item, each once."""
    edges: dict[Triple, None] = {}
    for item in entries:
        if item.text("maker"):
            relation = "maker" if item.text("shelf") in _WORKS else "brand"
            edges[item.id, relation, item.text("maker")] = None
        if item.text("material"):
            edges[item.id, "material", item.text("material")] = None
    for edge in (*_by_the_same(entries), *_goes_with(entries)):
        edges[edge] = None
    return list(edges)


def _by_the_same(entries: Sequence[Entry]) -> Iterable[Triple]:
    """Link each work to the next of its maker, and a product line to the next line of its brand."""
    makers: dict[str, dict[str, Entry]] = {}
    for item in entries:
        if item.text("maker"):
            makers.setdefault(item.text("maker"), {}).setdefault(item.line, item)
    for lines in makers.values():
        for first, second in pairwise(lines.values()):
            yield first.id, "by-the-same", second.id


def _goes_with(entries: Sequence[Entry]) -> Iterable[Triple]:
    """Link items of kinds that belong together, preferring the same colour, style or audience."""
    kinds: dict[str, list[Entry]] = {}
    for item in entries:
        kinds.setdefault(item.text("kind"), []).append(item)
    for row in read_table("goes_with"):
        for item in kinds.get(row["kind"], []):
            for partner in listed(row["with"]):
                others = kinds.get(partner, [])
                if not others:
                    continue
                random = Random(f"{item.id} {partner}")
                best = max(others, key=lambda other: (_match(item, other), random.random()))
                if _match(item, best) >= 0:
                    yield item.id, "goes-with", best.id


def _match(item: Entry, other: Entry) -> int:
    score = 0
    for column, weight in (("audience", 3), ("occasion", 2), ("colour", 2), ("style", 1), ("mood", 2)):
        if item.text(column) and item.text(column) == other.text(column):
            score += weight
    audiences = {item.text("audience"), other.text("audience")}
    return score - (9 if audiences in ({"men", "women"}, {"men", "children"}, {"women", "children"}) else 0)
