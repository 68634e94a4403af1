"""The request as it was understood, part by part; each part can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from agent.amend import Edit, Held
from agent.evidence import content_stems
from agent.linking.describe import describe
from agent.types import SEARCHES, ActName
from agent.wording import write_amount, write_list
from retrieval.types import Op, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agent.types import Act, Sound
    from retrieval.types import Constraint
    from tui.words.wording import Wording


TELLS_SEARCH = SEARCHES | {ActName.DISLIKE}
"""Acts whose answer is a search, so that it is told what was looked for: a dislike searches again without the item."""


class PartKind(StrEnum):
    """What a part of a request is."""

    QUERY = "query"
    CONDITION = "condition"
    LIKE = "like"
    """Like an item."""
    PICTURE = "picture"
    SOUND = "sound"
    SORT = "sort"
    COUNT = "count"
    REFUSED = "refused"
    """An item that is not wanted."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a request."""

    text: str
    """'price ≤ 80', without its status."""
    kind: PartKind
    constraint: Constraint | None = None
    """CONDITION: the one in force."""
    status: Status = Status.ENFORCED
    """What became of it; ENFORCED for what is no condition."""
    within: tuple[Constraint, ...] = ()
    """QUERY: the conditions that its words say already ('boots' of kind boots), which have no part of their own."""
    item: str | None = None
    """REFUSED: its id."""

    @property
    def line(self) -> str:
        """The part as it stands in a line, with its status."""
        if self.status is Status.RELAXED:
            return f"{self.text} (given up)"
        return (
            f"{self.text} (can't be checked, so it only ranks)" if self.status is Status.RANKED else self.text
        )

    @property
    def without(self) -> Edit:
        """The edit that takes this part back."""
        if self.constraint is not None:
            return Edit(drop=(self.constraint,))
        if self.kind is PartKind.QUERY:
            return Edit(drop=self.within, query="")
        if self.item is not None:
            return Edit(admit=(self.item,))
        held = {
            PartKind.LIKE: Held.ITEMS, PartKind.PICTURE: Held.PICTURE, PartKind.SOUND: Held.SOUND,
            PartKind.SORT: Held.ORDER, PartKind.COUNT: Held.COUNT,
        }  # fmt: skip
        return Edit(forget=frozenset({held[self.kind]}))


def parts_of(act: Act, wording: Wording) -> tuple[Part, ...]:
    """Return the parts of a request as it was understood, in the order in which they are read.

    A condition whose words the query has already ('boots' of kind boots) is within the query's part.
    """
    spoken = set(content_stems(act.query))
    within: list[Constraint] = []
    conditions: list[Part] = []
    for constraint in act.constraints:
        value = set(content_stems(str(constraint.value)))
        said_already = bool(value) and value <= spoken
        likens = constraint.op in (Op.EQ, Op.CONTAINS, Op.ABOUT)
        if constraint.status is not Status.RELAXED and likens and said_already:
            within.append(constraint)
        else:
            words = describe(constraint, wording.fields)
            conditions.append(Part(words, PartKind.CONDITION, constraint, constraint.status))
    parts: list[Part] = []
    if act.pictured:
        parts.append(Part("like your picture", PartKind.PICTURE))
    if act.name is ActName.SIMILAR and act.items:
        parts.append(Part(f"like {write_list(wording.titles(act.items))}", PartKind.LIKE))
    if act.query:
        parts.append(Part(act.query, PartKind.QUERY, within=tuple(within)))
    parts += conditions
    if act.sort:
        column = wording.fields.get(act.sort.lstrip("-"))
        end, label = "highest" if act.sort.startswith("-") else "lowest", column.label if column else act.sort
        parts.append(Part(f"{end} {label} first", PartKind.SORT))
    return tuple(parts)


def refused_parts(items: Iterable[str], wording: Wording) -> tuple[Part, ...]:
    """Return a part for each item that is not wanted."""
    return tuple(Part(f"not {wording.title_of(item)}", PartKind.REFUSED, item=item) for item in items)


def looking_for(act: Act, wording: Wording) -> str:
    """Return the request in a line: 'waterproof boots · price ≤ 80 · lowest price first'."""
    return " · ".join(dict.fromkeys(part.line for part in parts_of(act, wording)))


def spoken_of(sound: Sound) -> str:
    """Write what was heard: 'about 92 bpm, minor'; a tempo is measured, and the next message may correct it."""
    return ", ".join(f"about {word}" if word.endswith(" bpm") else word for word in sound.heard)


def noted(act: Act, wording: Wording) -> str:
    """Write what was noted of a judgement: 'you like Kelda Trail Boot'."""
    titles = write_list(wording.titles(act.items))
    if act.name is ActName.RATE:
        return f"{titles}, {write_amount(act.stars or 0, None)} of 5 stars"
    return f"you like {titles}" if act.name is ActName.LIKE else f"not {titles}"
