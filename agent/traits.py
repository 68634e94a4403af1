"""What an item is like, as values that it shares with others: its maker, its colour, who plays in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.roles import SAYS_NOTHING, lowered, role_of
from agent.spoken import predicate
from retrieval.types import Role

if TYPE_CHECKING:
    from agent.linking.fields import Fields
    from retrieval.types import Column, Item


@dataclass(frozen=True, slots=True)
class Trait:
    """One value of one column."""

    field: str
    """Column name."""
    label: str
    value: str
    """As the catalogue spells it."""
    count: int
    """How many items of the catalogue have it."""

    @property
    def words(self) -> str:
        """The trait so that 'it is …' can stand before it: 'by Cairn Supply', 'in blue'."""
        role = role_of(self.label)
        return predicate(role, self.label, lowered(role, self.value))


def traits_of(item: Item, fields: Fields) -> tuple[Trait, ...]:
    """Return the traits of an item in the order of the columns; what leaves nothing out ('everyone') is none."""
    found: list[Trait] = []
    for column in fields.columns:
        value = item.fields.get(column.name)
        if value is None or not _tells(column, fields):
            continue
        open_to_all = fields.everyone.get(column.name, ())
        for one in value if isinstance(value, tuple) else (str(value),):
            if one not in open_to_all and one.casefold() not in SAYS_NOTHING:
                found.append(Trait(column.name, column.label, one, column.values.get(one, 1)))
    return tuple(found)


def _tells(column: Column, fields: Fields) -> bool:
    """Tell whether the values of a column say what a thing is like; sizes, days and yes or no do not."""
    if column.role not in (Role.FACET, Role.LIST) or fields.is_barred(column) or column is fields.weekday:
        return False
    return fields.truth(column) is None and fields.span(column)[0] is None and role_of(column.label) != "size"
