"""The question that a reply to a search may end with: what would narrow a long list most simply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.roles import SAYS_NOTHING, lowered, role_of
from agent.spoken import predicate
from retrieval.types import Role, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.catalogue import Catalogue
    from retrieval.types import Constraint, Item

_ASKED = ("purpose", "style", "material", "colour")
"""Roles of the columns that are asked about, the most telling first."""
_FEWEST_SHOWN = 3
_TIMES = 4
"""How many times what is shown must fit, for a question to be worth its while."""
_CONDITIONS = 2
"""Conditions after which a person has said enough."""
_OPTIONS = (2, 3)


def next_step(
    shown: Sequence[Item], constraints: Sequence[Constraint], catalogue: Catalogue, matching: int
) -> tuple[str | None, tuple[str, ...]]:
    """Return the label of a column to ask about and what to offer, as 'it is' would say it; (None, ()) mostly.

    Offered is only what the items shown have, so that every answer finds something.
    """
    checked = [c for c in constraints if c.field is not None and c.status is Status.ENFORCED]
    said = [c for c in checked if c.field not in catalogue.fields.categories]
    if len(shown) < _FEWEST_SHOWN or matching < _TIMES * len(shown) or len(said) > _CONDITIONS:
        return None, ()
    if not any(c.field in catalogue.fields.categories for c in checked):
        return None, ()  # mugs and scarves are not told apart by their colour
    taken = {constraint.field for constraint in constraints}
    columns = [c for c in catalogue.columns if c.role is Role.FACET and role_of(c.label) in _ASKED]
    for column in sorted(columns, key=lambda c: _ASKED.index(role_of(c.label))):
        role = role_of(column.label)
        values = [item.fields.get(column.name) for item in shown]
        words = list(dict.fromkeys(lowered(role, value) for value in values if isinstance(value, str)))
        words = [word for word in words if word not in SAYS_NOTHING]
        whole = all(isinstance(value, str) for value in values)
        if whole and column.name not in taken and _OPTIONS[0] <= len(words) <= _OPTIONS[1]:
            return column.label, tuple(predicate(role, column.label, word) for word in words)
    return None, ()
