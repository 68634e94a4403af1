"""Judged queries made from a catalogue's own items, the same ones for the same catalogue and seed.

Four kinds, each where the catalogue has columns for it. Every query starts from an item drawn at random:

- *facet values*: 2 or 3 of the item's facet and list values, in any order; right are all items that share them. A draw
  that more than ten items share is drawn again, so that recall at ten can reach 1.
- *other words*: the same, with one value at least called otherwise, as `synonyms.txt` has it.
- *title words*: 2 content words of its title, in their order; right is the item, with those of the same title.
- *text words*: 3 to 5 content words of one of its texts, in their order; right is the item, with those of that text.

All but the second repeat the catalogue's words, which favours matching words over matching meaning.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.search.analysis import content_terms, words
from retrieval.types import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from retrieval.snapshot import Snapshot

_SHARED = 10
_TRIES = 20
"""Draws for each query wanted; a small catalogue has fewer queries than that."""


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """Words to search for and what they should find."""

    text: str
    relevant: frozenset[str]
    """Item ids."""


_Cells = list[tuple[str, ...]]
"""The values of a column by row."""


def known_item_queries(snapshot: Snapshot, count: int, seed: int) -> dict[str, list[JudgedQuery]]:
    """Return up to `count` different queries of each kind; a kind that the catalogue can't give is absent."""
    named: dict[Role, dict[str, _Cells]] = {}
    for column in snapshot.columns:
        if column.role in (Role.FACET, Role.LIST, Role.TEXT):
            named.setdefault(column.role, {})[column.name] = list(snapshot.words(column.name))
    facets = [*named.get(Role.FACET, {}).values(), *named.get(Role.LIST, {}).values()]
    synonyms = _synonyms()
    titles: _Cells = [(title,) for title in snapshot.titles()]
    texts = [*named.get(Role.TEXT, {}).values()]
    kinds: Mapping[str, Callable[[random.Random], JudgedQuery | None]] = {
        "facet values": lambda rng: _facet_query(snapshot.ids, facets, {}, rng),
        "other words": lambda rng: _facet_query(snapshot.ids, facets, synonyms, rng),
        "title words": lambda rng: _word_query(snapshot.ids, [titles], (2, 2), rng),
        "text words": lambda rng: _word_query(snapshot.ids, texts, (3, 5), rng),
    }
    drawn = {kind: _draw(make, count, random.Random(f"{seed} {kind}")) for kind, make in kinds.items()}
    return {kind: queries for kind, queries in drawn.items() if queries}


def _draw(
    make: Callable[[random.Random], JudgedQuery | None], count: int, rng: random.Random
) -> list[JudgedQuery]:
    found: dict[str, JudgedQuery] = {}
    for _ in range(_TRIES * count):
        if len(found) == count:
            break
        query = make(rng)
        if query is not None:
            found.setdefault(query.text, query)
    return [*found.values()]


def _facet_query(
    ids: Sequence[str], facets: Sequence[_Cells], synonyms: Mapping[str, Sequence[str]], rng: random.Random
) -> JudgedQuery | None:
    row = rng.randrange(len(ids))
    filled = [cells for cells in facets if cells[row]]
    wanted = rng.choice((2, 3))
    if len(filled) < wanted:
        return None
    chosen = [(cells, rng.choice(cells[row])) for cells in rng.sample(filled, wanted)]
    relevant = [item for at, item in enumerate(ids) if all(value in cells[at] for cells, value in chosen)]
    values = [value.casefold() for _, value in chosen]
    said = [rng.choice(synonyms.get(value, (value,))) for value in values]
    if len(relevant) > _SHARED or (synonyms and said == values):
        return None
    return JudgedQuery(" ".join(said), frozenset(relevant))


def _synonyms() -> dict[str, tuple[str, ...]]:
    """Read `synonyms.txt`: a casefolded value to other words for it."""
    text = Path(__file__).with_name("synonyms.txt").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in text.splitlines() if not line.startswith("#")]
    return {value: tuple(others) for value, *others in rows}


def _word_query(
    ids: Sequence[str], columns: Sequence[_Cells], length: tuple[int, int], rng: random.Random
) -> JudgedQuery | None:
    row = rng.randrange(len(ids))
    filled = [cells for cells in columns if cells[row]]
    if not filled:
        return None
    cells = rng.choice(filled)
    there = [word for word in dict.fromkeys(words(" ".join(cells[row]))) if content_terms(word)]
    wanted = rng.randint(*length)
    if len(there) < wanted:
        return None
    chosen = sorted(rng.sample(range(len(there)), wanted))
    relevant = frozenset(item for at, item in enumerate(ids) if cells[at] == cells[row])
    return JudgedQuery(" ".join(there[at] for at in chosen), relevant)
