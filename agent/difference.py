"""In what items differ: the facets worth saying of things that stand side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.types import Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retrieval.types import Column, Value


def telling_columns(
    fields: Mapping[str, Value], others: Sequence[Mapping[str, Value]], columns: Sequence[Column], title: str
) -> list[Column]:
    """Return the facets in which an item differs from those beside it, the rarest first; lists where it has no facet.

    `fields` are the item's, `others` those of all items shown, its own among them. A value that its title says already
    is left out. An item alone differs in everything.
    """
    folded = title.casefold()
    for role in (Role.FACET, Role.LIST):
        ranked: list[tuple[int, int, Column]] = []
        for order, column in enumerate(columns):
            value = fields.get(column.name)
            if column.role is not role or value is None or str(value).casefold() in folded:
                continue
            shared = sum(other.get(column.name) == value for other in others)
            if shared < len(others) or len(others) == 1:
                ranked.append((shared, order, column))
        if ranked:
            return [column for *_, column in sorted(ranked, key=lambda entry: entry[:2])]
    return []
