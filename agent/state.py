"""What a conversation remembers between turns."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from agent.types import ActName, Scene

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from agent.perceive import Perceived
    from agent.types import Reading
    from retrieval.snapshot import Snapshot
    from retrieval.types import Constraint

_EARLIER = 3
_SCREENS = 20
_NAMING = frozenset({ActName.RECOMMEND, ActName.REFINE, ActName.DETAIL, ActName.EXPLAIN})
"""Acts that a bare 'the second one' is read as, when it may as well be an answer."""


@dataclass(slots=True)
class Dialogue:
    """The state of one conversation; `/new` replaces it."""

    turn: int = 0
    query: str = ""
    """The query in force."""
    constraints: tuple[Constraint, ...] = ()
    """The constraints in force."""
    sort: str | None = None
    count: int | None = None
    foreign: bool = False
    """Whether nothing here is clearly what the query names."""
    near: dict[str, float] = field(default_factory=dict)
    """Items the search in force is to be like."""
    image: NDArray[np.float32] | None = None
    """The picture of the search in force."""
    sound: NDArray[np.float32] | None = None
    """The sound of the search in force."""
    tempo: float | None = None
    """Its beats a minute, as heard or corrected."""
    pace: str | None = None
    """'slower' or 'faster', where that was asked for against the sound."""
    alike: str | None = None
    """The one modality in which items are to be like `near`; None for all."""
    pictured: Perceived | None = None
    """The last request with a picture: what it showed can be asked about and corrected."""
    sees: tuple[str, ...] = ()
    """Words for what that picture shows."""
    screens: list[tuple[str, ...]] = field(default_factory=list)
    """Ids shown, one tuple a turn that showed any, oldest first."""
    seen: set[str] = field(default_factory=set)
    """Ids shown for the search in force; 'more' leaves them out."""
    focus: str | None = None
    """The item last referred to."""
    last_act: ActName | None = None
    asked: str | None = None
    """The label that the previous turn asked about."""
    earlier: list[str] = field(default_factory=list)
    """The person's last requests, oldest first."""
    refused: set[str] = field(default_factory=set)
    """Ids disliked in this conversation: never found again in it."""
    judged: set[str] = field(default_factory=set)
    """Ids liked, disliked or rated in this conversation: what it taught is learnt from them."""
    wished: dict[tuple[str, str], int] = field(default_factory=dict)
    """(Column, value) to how often a change of a search asked for it, less how often one asked against it."""
    waived: set[Constraint] = field(default_factory=set)
    """Remembered wishes that the person took back for the search in force."""
    pending: Reading | None = None
    """What the previous turn asked an item for: 'which one?' after 'I love it' with four on screen."""

    def copy(self) -> Dialogue:
        """Return a copy that a turn may change without changing this one."""
        return replace(
            self,
            near=dict(self.near),
            screens=list(self.screens),
            seen=set(self.seen),
            earlier=list(self.earlier),
            refused=set(self.refused),
            judged=set(self.judged),
            wished=dict(self.wished),
            waived=set(self.waived),
        )

    @property
    def screen(self) -> tuple[str, ...]:
        """The ids now on screen."""
        return self.screens[-1] if self.screens else ()

    @property
    def shows(self) -> bool:
        """Whether the search in force is for a picture or a sound."""
        return self.image is not None or self.sound is not None

    def searches_as(self, other: Dialogue) -> bool:
        """Tell whether the search in force is that of `other`; more of its items may have been shown since."""
        own, others = (
            (one.query, one.constraints, one.near, one.alike, one.sort, one.pace) for one in (self, other)
        )
        return own == others and self.image is other.image and self.sound is other.sound

    def show(self, ids: Sequence[str]) -> None:
        """Put items on screen; an empty list leaves the screen as it is."""
        if ids:
            self.screens = [*self.screens, tuple(ids)][-_SCREENS:]
            self.seen.update(ids)

    def hear(self, text: str) -> None:
        """Keep a request as context for the next ones."""
        if text:
            self.earlier = [*self.earlier, text][-_EARLIER:]

    def answered(self, reading: Reading) -> Reading:
        """Return a reading that only names an item as the act that an item was asked for; others as they are."""
        more = (reading.query, reading.phrases, reading.sort, reading.count, reading.note)
        if self.pending is None or reading.act not in _NAMING or not reading.references or any(more):
            return reading
        stars = reading.stars or self.pending.stars
        return replace(self.pending, references=reading.references, stars=stars)

    def search_afresh(self) -> None:
        """Forget the search in force; what was shown and liked stays."""
        self.query, self.constraints, self.sort, self.count = "", (), None, None
        self.near, self.image, self.seen, self.waived = {}, None, set(), set()
        self.foreign, self.sees = False, ()
        self.sound = self.tempo = self.pace = self.alike = None

    def show_picture(self, image: NDArray[np.float32] | None, sees: tuple[str, ...] = ()) -> None:
        """Make a picture the one that others are to be like; None takes the one in force back."""
        self.image, self.sees = image, sees

    def scene(self, text: str, seen: tuple[str, ...], snapshot: Snapshot) -> Scene:
        """Build what the chat model sees of this turn."""
        columns = {column.label: tuple(column.values)[:12] for column in snapshot.columns if column.values}
        return Scene(
            text=text,
            seen=seen,
            screen=tuple(item.title for item in snapshot.items(self.screen)),
            query=self.query,
            constraints=self.constraints,
            last_act=self.last_act,
            asked=self.asked,
            earlier=tuple(self.earlier),
            columns=columns,
        )
