"""Hold the act of a turn against its case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.types import SEARCHES
from eval.understanding.condition import write_condition
from eval.understanding.same import Atom, atoms, same, stands_for
from retrieval.types import Status

if TYPE_CHECKING:
    from agent.linking.fields import Fields
    from agent.types import Act
    from eval.understanding.case import Case
    from eval.understanding.play import Played


@dataclass(frozen=True, slots=True)
class Score:
    """What was right of one turn; None where a case says nothing of it."""

    case: Case
    played: Played
    catalogue: str
    act: bool
    constraints: bool | None
    """Of cases that must search: every condition wanted is there, and no other that filters."""
    references: bool | None
    """Of cases that name items: the same ones in the same order."""
    orders: bool | None
    """Of cases that name a sort, a count or stars: all three as the case has them."""
    errors: tuple[str, ...]
    """A clause for each thing that was not right."""

    @property
    def whole(self) -> bool:
        """Whether all that the case speaks of was right."""
        return not self.errors


def score(case: Case, played: Played, catalogue: str, fields: Fields) -> Score:
    """Score a turn; `case` must be fitted to the catalogue whose columns `fields` are."""
    act = played.act
    ordered = (case.sort, case.count, case.stars) != (None, None, None)
    if act is None:
        return Score(
            case=case,
            played=played,
            catalogue=catalogue,
            act=False,
            constraints=False if case.searches else None,
            references=None if case.items is None else False,
            orders=False if ordered else None,
            errors=(f"no act: {played.failure}",),
        )
    right = act.name in case.acts
    wanted = " or ".join(case.acts)
    errors = [] if right else [f"act is {act.name}, not {wanted}"]
    constraints = _searching(case, act)
    if constraints:
        clauses = _conditions(case, act, fields)
        constraints = not clauses
        errors.extend(clauses)
    references = None if case.items is None else act.items == case.items
    if references is False:
        errors.append(f"refers to {_listed(act.items)}, not {_listed(case.items or ())}")
    clauses = _orders(case, act)
    errors.extend(clauses)
    return Score(
        case=case,
        played=played,
        catalogue=catalogue,
        act=right,
        constraints=constraints,
        references=references,
        orders=not clauses if ordered else None,
        errors=tuple(errors),
    )


def _searching(case: Case, act: Act) -> bool | None:
    """Tell whether conditions are to be compared: False where a search was due and none was made, None if not due."""
    searched = act.name in SEARCHES
    if case.searches:
        return searched
    return True if searched and act.name in case.acts else None


def _conditions(case: Case, act: Act, fields: Fields) -> list[str]:
    hard = [one for one in act.constraints if one.field is not None and one.status is not Status.RANKED]
    found, due, fine = atoms(hard, fields), atoms(case.where, fields), atoms(case.may, fields)

    def among(one: Atom, others: tuple[Atom, ...]) -> bool:
        return any(same(one, other) for other in others)

    instead = tuple(one for one in fine if among(one, found))
    missing = [
        one for one in due if not among(one, found) and not any(stands_for(other, one) for other in instead)
    ]
    extra = [one for one in found if not among(one, (*due, *fine))]
    clauses = [f"lacks {_spelt(one)}" for one in missing]
    clauses += [f"has {_spelt(one)}" for one in extra]
    if clauses:
        clauses[-1] += f" (all: {'; '.join(map(write_condition, hard)) or 'none'})"
    return clauses


def _orders(case: Case, act: Act) -> list[str]:
    """Compare what the case names; a search may have no order and no count beyond that either."""
    pairs: list[tuple[str, object, object]] = []
    if case.searches or case.sort is not None:
        pairs.append(("sort", act.sort, case.sort))
    if case.searches or case.count is not None:
        pairs.append(("count", act.count, case.count))
    if case.stars is not None:
        pairs.append(("stars", act.stars, case.stars))
    return [f"{name} is {found}, not {due}" for name, found, due in pairs if found != due]


def _spelt(one: Atom) -> str:
    values = " | ".join(value if isinstance(value, str) else f"{value:.10g}" for value in one.values)
    return f"{one.field} {one.form} {values}"


def _listed(ids: tuple[str, ...]) -> str:
    return ", ".join(ids) or "nothing"
