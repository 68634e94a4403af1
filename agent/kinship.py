"""How an item hangs together with what a person liked: paths through the catalogue as a graph.

Items are joined by the values they share (item – maker – item) and by the catalogue's own triples. The shortest path is
told, of these the one over the rarest value. Longer ones than two steps between items join everything with everything
and are not told: no path, no claim.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from agent.roles import role_of
from agent.traits import Trait, traits_of
from encoders.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from agent.linking.fields import Fields
    from retrieval.snapshot import Snapshot
    from retrieval.types import Item

_TELLING = 0.1
"""Share of a catalogue up to which a shared value tells anything; what every tenth thing has, no liking explains."""
_TELLING_FAR = 0.02
"""The same for a path over a third item, which takes more to be worth telling."""
_FEW = 6
"""Items that may share a value whatever their share: in a catalogue of twelve a tenth is one."""
_THROUGH = 20
"""Items that a path of two steps is tried through."""
_MUTUAL = re.compile(r"\b(?:with|same|like|to|beside|as)$", re.IGNORECASE)
"""Relations that hold both ways: 'goes with'; 'sequel of' does not."""
_SAME = re.compile(r"\bsame$", re.IGNORECASE)
"""'By the same' says less than the maker that both share."""


@dataclass(frozen=True, slots=True)
class Source:
    """An item that a path begins at."""

    id: str
    because: str
    """What the person did: 'you liked', 'you pointed at', 'you gave four stars to'."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path, from an item to another."""

    words: str
    """What joins the two: 'by Cairn Supply', 'goes with'."""
    item: str | None = None
    """Id of the item it leads to; None for the one that is explained."""
    title: str | None = None
    """Its title."""
    backward: bool = False
    """Whether a relation leads from the later item to the earlier one: 'this one is a sequel of it'."""


@dataclass(frozen=True, slots=True)
class Path:
    """How an item hangs together with one that the person liked or pointed at."""

    source: Source
    title: str
    """Title of the source."""
    steps: tuple[Step, ...]
    shared: int
    """How many items have the commonest value on the way; the fewer, the more it tells."""

    @property
    def words(self) -> str:
        """The path in a line: 'you liked Kelda Trail Boot — by Cairn Supply — this one'."""
        line = f"{self.source.because} {self.title}"
        for step in self.steps:
            to = step.title or "this one"
            line += f" — {to}: {step.words} it" if step.backward else f" — {step.words} — {to}"
        return line


class Kinship:
    """The paths between the items of one catalogue; its triples are read on first use."""

    def __init__(self, snapshot: Snapshot, fields: Fields) -> None:
        """Read nothing yet."""
        self._snapshot = snapshot
        self._fields = fields

    def path(
        self, sources: Sequence[Source], item_id: str, wanted: Collection[tuple[str, str]] = ()
    ) -> Path | None:
        """Return the path to an item from the source that explains it best; None when none does.

        Of equal paths that of the earlier source is told. `wanted` are (column, value) that the search asks of every
        item: they join nothing that is shown. KeyError when the catalogue has no such item.
        """
        known = [source for source in sources if source.id != item_id and source.id in self._rows]
        ids = list(dict.fromkeys((item_id, *(source.id for source in known))))
        items = dict(zip(ids, self._snapshot.items(ids), strict=True))
        target, told = items[item_id], frozenset(wanted)
        found = [
            Path(source, items[source.id].title, steps, shared)
            for source in known
            for steps, shared in self._near(items[source.id], target, told, _TELLING)
        ] or [
            Path(source, items[source.id].title, steps, shared)
            for source in known
            for steps, shared in self._far(items[source.id], target, told)
        ]
        return min(found, key=lambda path: path.shared, default=None)

    def _near(
        self, one: Item, other: Item, told: frozenset[tuple[str, str]], most: float
    ) -> Iterator[tuple[tuple[Step, ...], int]]:
        """Yield the single steps between two items, with how many items share them."""
        shared = [trait for trait in self._shared(one, other, most) if (trait.field, trait.value) not in told]
        for trait in shared:
            yield (Step(trait.words),), trait.count
        for relation, tail, backward in self._edges.get(one.id, ()):
            if tail == other.id and not (shared and _SAME.search(relation)):
                yield (Step(relation, backward=backward),), 1

    def _far(
        self, one: Item, other: Item, told: frozenset[tuple[str, str]]
    ) -> Iterator[tuple[tuple[Step, ...], int]]:
        """Yield paths over a third item, which a relation of the catalogue joins to one of the two."""
        for first, second in ((one, other), (other, one)):
            edges = [edge for edge in self._edges.get(first.id, ()) if edge[1] in self._rows][:_THROUGH]
            through = self._snapshot.items(edge[1] for edge in edges)
            for (relation, _, backward), third in zip(edges, through, strict=True):
                if third.id in (one.id, other.id):
                    continue
                for (step,), shared in self._near(third, second, told, _TELLING_FAR):
                    if first is one:
                        yield (Step(relation, third.id, third.title, backward), step), shared
                    elif not step.backward:
                        onward = Step(step.words, third.id, third.title)
                        yield (
                            (onward, Step(relation, backward=not backward and not _MUTUAL.search(relation))),
                            shared,
                        )

    def _shared(self, one: Item, other: Item, share: float) -> list[Trait]:
        """Return the traits that both have and at most `share` of the catalogue."""
        most = max(share * len(self._snapshot), min(_FEW, len(self._snapshot) / 2))
        own = {(trait.field, trait.value) for trait in self._traits(one)}
        return [
            trait
            for trait in self._traits(other)
            if (trait.field, trait.value) in own and trait.count <= most
        ]

    def _traits(self, item: Item) -> tuple[Trait, ...]:
        """Return the traits of an item by its columns, then what triples alone tell."""
        traits = traits_of(item, self._fields)
        told = {trait.value for trait in traits}
        return (*traits, *(trait for trait in self._named.get(item.id, ()) if trait.value not in told))

    @cached_property
    def _rows(self) -> frozenset[str]:
        return frozenset(self._snapshot.ids)

    @cached_property
    def _named(self) -> Mapping[str, Sequence[Trait]]:
        """By item, what triples join it to that is no item itself: a maker, a place."""
        told = [
            (triple.head, _relation(triple.relation), sanitise_line(triple.tail))
            for triple in dict.fromkeys(self._snapshot.triples())
            if triple.head in self._rows and triple.tail not in self._rows
        ]
        counts = Counter((relation, tail) for _, relation, tail in told)
        named: dict[str, list[Trait]] = {}
        for head, relation, tail in told:
            named.setdefault(head, []).append(
                Trait(relation, relation, tail, counts[relation, tail], role_of(relation))
            )
        return named

    @cached_property
    def _edges(self) -> Mapping[str, Sequence[tuple[str, str, bool]]]:
        """By item, the relations that join it to others: (relation, item, whether it leads backward)."""
        edges: dict[str, list[tuple[str, str, bool]]] = {}
        for triple in self._snapshot.triples():
            if triple.head in self._rows and triple.tail in self._rows and triple.head != triple.tail:
                relation = _relation(triple.relation)
                edges.setdefault(triple.head, []).append((relation, triple.tail, False))
                edges.setdefault(triple.tail, []).append(
                    (relation, triple.head, not _MUTUAL.search(relation))
                )
        return edges


def _relation(written: str) -> str:
    """Return a relation as people read it: 'goes with' of 'goes-with'."""
    return " ".join(sanitise_line(written).replace("-", " ").replace("_", " ").split())
