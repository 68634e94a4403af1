"""What an item is like, as values that it shares with others: its maker, its colour, who plays in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.roles import SAYS_NOTHING, lowered, role_of
from agent.spoken import predicate, role_of_column
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

    role: str = "other"
    """What its column is for people (`agent.roles`): 'maker', 'colour' …"""

    @property
    def words(self) -> str:
        """The trait so that 'it is …' can stand before it: 'by Cairn Supply', 'in blue'."""
        return predicate(self.role, self.label, lowered(self.role, self.value))


def traits_of(item: Item, fields: Fields) -> tuple[Trait, ...]:
    """Return the traits of an item in the order of the columns."""
    return tuple(
        trait
        for column in fields.columns
        if (value := item.fields.get(column.name)) is not None
        for one in (value if isinstance(value, tuple) else (value,))
        if isinstance(one, str)
        for trait in trait_of(column, one, fields)
    )


def trait_of(column: Column, value: str, fields: Fields) -> tuple[Trait, ...]:
    """Return the trait that a value of a column is; () for what leaves nothing out ('everyone') or tells nothing."""
    open_to_all = value in fields.everyone.get(column.name, ()) or value.casefold() in SAYS_NOTHING
    if open_to_all or not _tells(column, fields):
        return ()
    count = column.values.get(value, 1)
    return (Trait(column.name, column.label, value, count, role_of_column(column, fields)),)


def _tells(column: Column, fields: Fields) -> bool:
    """Tell whether the values of a column say what a thing is like; sizes, days and yes or no do not."""
    if column.role not in (Role.FACET, Role.LIST) or fields.is_barred(column) or column is fields.weekday:
        return False
    return fields.truth(column) is None and fields.span(column)[0] is None and role_of(column.label) != "size"
