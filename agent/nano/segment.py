"""A stretch of a reply that is spelled at once, and the typed slots that it may hold.

Typed slots: {+x} meets a condition, {!x} misses one ({!x.over}, {!x.short}, {!x.gap}: by how much), {?x} was asked
for, {x} is an extra; x is a class of `writer_classes`. {x.label} is the label of the {x} that comes after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.nano.writer_classes import CLASSES
from agent.types import FactKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MARKS = {
    FactKind.MET: "+",
    FactKind.MISSED: "!",
    FactKind.ANSWER: "?",
    FactKind.EXTRA: "",
    FactKind.QUOTE: "",
}
"""Fact kind to the mark of its typed slot."""

SLOTS: tuple[str, ...] = (
    *("{title}", "{query}", "{unclear}", "{matching}", "{first}", "{next}", "{note}", "{ask}", "{o}"),
    *("{low}", "{low.price}", "{top}", "{top.rating}"),
    *(f"{{{name}.{kind}}}" for name in "cru" for kind in ("bound", "word", "not", "with")),
    *(f"{{{mark}{name}}}" for mark in ("", "+", "!", "?") for name in CLASSES),
    *(f"{{{mark}{name}.label}}" for mark in ("", "+", "!", "?") for name in CLASSES),
    *(f"{{!{name}.{gap}}}" for name in CLASSES for gap in ("over", "short", "gap")),
)
"""Every typed slot that a plan can hold; a writer's vocabulary has them all."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of reply that is spelled at once."""

    kind: str
    """'lead', 'cant', 'line', 'why', 'versus', 'detail', 'next', 'nothing', 'which', 'ask', 'noted' or 'chat'."""
    head: tuple[str, ...]
    """What the model sees of it."""
    slots: Mapping[str, tuple[str, ...]]
    """Typed slot to what it stands for, each used once and in this order: a slot, with the words it needs around it."""
    required: frozenset[str]
    """Typed slots of which none may be left when the segment closes."""
    joint: str
    """What stands before it in the reply: '', ' ' or a line feed."""
    labels: frozenset[str]
    """Typed slots whose label may stand before them; for a 'bare' class it must."""
    sentences: int
    """How many it may have."""
    limit: int
    """Tokens after which it only closes."""

    @property
    def phrasing(self) -> str:
        """The name under which its phrases were learnt."""
        return phrasing_name(self.head)


def phrasing_name(head: Sequence[str]) -> str:
    """Return the name for phrases of a segment with `head`: its kind and build, for a lead what it has to say.

    'If you like that one' answers a wish for its like alone, and 'these' is said of several.
    """
    name = head[0].strip("<>")
    if name != "lead" or "{unclear}" in head:
        return name
    several = "one" if head[2] == "<n=1>" else "many"
    given_up = sorted({token for token in head if token.startswith("{r.")})
    if given_up:
        way = "not" if "{r.not}" in given_up else "has" if given_up == ["{r.with}"] else "be"
        return f"{name} {several} without {way}"
    in_force = sorted({token for token in head if token.startswith("{c.")})
    way = "has" if in_force == ["{c.with}"] else "be" if in_force else "any"
    act = head[1].strip("<>") if head[1] in {"<similar>", "<refine>", "<compare>"} else "new"
    return f"{name} {act} {several} {way}{' not' if '{c.not}' in in_force else ''}"


def grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Group pairs of typed slot and slot by the typed slot, in their order."""
    found: dict[str, tuple[str, ...]] = {}
    for token, slot in pairs:
        found[token] = (*found.get(token, ()), slot)
    return found
