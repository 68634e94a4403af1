"""Small catalogues to index, as the importer would hand them over."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from retrieval.snapshot import Interaction, Triple
from tests.fakes.snapshot import DOZEN, DOZEN_COLUMNS, described, read_item

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.types import Column, Item


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
        items = [read_item(row, DOZEN_COLUMNS) for row in csv.DictReader(file)]
    return Catalogue(
        name,
        source,
        tuple(described(column, items) for column in DOZEN_COLUMNS),
        items,
        (
            Interaction("ann", "b1", 5.0, "rating", 1.7e9),
            Interaction("bob", "b2", 1.0, "view", 0.0),
            Interaction("ann", "s1", 1.0, "buy", 1.7e9 + 1),
        ),
        (Triple("b3", "variant of", "b2"), Triple("b1", "made of", "leather")),
    )
