"""What an act is given and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from agent.types import Act

if TYPE_CHECKING:
    from agent.catalogue import Catalogue
    from agent.linking.link import Linked
    from agent.looks import StandIn
    from agent.perceive import Perceived
    from agent.state import Dialogue
    from agent.types import Brief, Card, Reading
    from retrieval.store.people import People
    from retrieval.types import Constraint, Taste


@dataclass(frozen=True, slots=True)
class Context:
    """All that an act may look at; only `dialogue` and `people` are changed by it."""

    catalogue: Catalogue
    dialogue: Dialogue
    people: People
    user: str
    perceived: Perceived
    reading: Reading
    linked: Linked
    afresh: bool = False
    """Whether a search of this turn leaves the one in force behind."""
    standing: tuple[Constraint, ...] = ()
    """Constraints from what the person asked to be remembered."""
    stand_in: StandIn | None = None
    """The item that a picture is compared by; None where nothing is compared with a picture."""

    def act(self) -> Act:
        """Build the act as linked, before anything is searched or relaxed."""
        linked = self.linked
        return Act(
            name=self.reading.act,
            query=linked.query,
            constraints=linked.constraints,
            items=linked.items,
            sort=linked.sort,
            count=linked.count,
            stars=linked.stars,
        )

    def taste(self) -> Taste:
        """Return the person's taste in this catalogue."""
        return self.people.taste(self.user, self.catalogue.snapshot.name)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act came to."""

    act: Act
    brief: Brief
    cards: tuple[Card, ...] = ()
    headline: str | None = None
    """What was given up or fell short, in a line."""

    def with_question(self, question: str) -> Outcome:
        """Return the same outcome, its act carrying the question that was answered or asked."""
        return replace(self, act=replace(self.act, question=question))
