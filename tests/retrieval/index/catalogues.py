"""Small catalogues to index, as the importer would hand them over."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from retrieval.snapshot import Interaction, Triple
from retrieval.types import Column, Item, Role, Value

DOZEN = Path(__file__).parents[2] / "data" / "dozen.csv"
_ROLES = {
    "id": Role.ID,
    "title": Role.TITLE,
    "description": Role.TEXT,
    "kind": Role.FACET,
    "colour": Role.FACET,
    "material": Role.FACET,
    "price": Role.NUMBER,
    "rating": Role.NUMBER,
    "tags": Role.LIST,
    "released": Role.DATE,
    "picture": Role.PICTURE,
}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What `retrieval.index.content.Imported` asks for."""

    name: str
    source: Path
    columns: tuple[Column, ...]
    items: list[Item]
    interactions: tuple[Interaction, ...] = ()
    triples: tuple[Triple, ...] = ()

    def with_items(self, *items: Item) -> Catalogue:
        return replace(self, items=list(items))


def dozen(source: Path = DOZEN, name: str = "dozen") -> Catalogue:
    """The twelve items of tests/data, with three interactions and two triples."""
    with DOZEN.open(encoding="utf-8") as file:
        items = [_item(row) for row in csv.DictReader(file)]
    return Catalogue(
        name,
        source,
        tuple(_column(column, role, items) for column, role in _ROLES.items()),
        items,
        (
            Interaction("ann", "b1", 5.0, "rating", 1.7e9),
            Interaction("bob", "b2", 1.0, "view", 0.0),
            Interaction("ann", "s1", 1.0, "buy", 1.7e9 + 1),
        ),
        (Triple("b3", "variant of", "b2"), Triple("b1", "made of", "leather")),
    )


def _item(row: dict[str, str]) -> Item:
    fields: dict[str, Value] = {}
    for name, role in _ROLES.items():
        if not row[name] or role in (Role.ID, Role.TITLE, Role.PICTURE):
            continue
        if role is Role.NUMBER:
            fields[name] = float(row[name])
        else:
            fields[name] = tuple(row[name].split("|")) if role is Role.LIST else row[name]
    return Item(row["id"], row["title"], fields)


def _column(name: str, role: Role, items: list[Item]) -> Column:
    cells = [item.fields[name] for item in items if name in item.fields]
    if role is Role.NUMBER:
        numbers = [cell for cell in cells if isinstance(cell, float)]
        return Column(name, role, name, low=min(numbers), high=max(numbers), filled=len(cells))
    counts: Counter[str] = Counter()
    for cell in cells:
        counts.update(cell if isinstance(cell, tuple) else (str(cell),))
    values = dict(counts.most_common()) if role in (Role.FACET, Role.LIST) else {}
    return Column(name, role, name, values=values, filled=len(cells))
