"""Columns as the rest of Vitrine sees them: the values they take over all items."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from retrieval.types import Column, Item, Role, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retrieval.catalogue.columns import Plan


def summarise(plans: Sequence[Plan], items: Sequence[Item]) -> tuple[Column, ...]:
    """Return every column but ignored ones, in order, with its values, its range and how often it is filled."""
    return tuple(_column(plan, items) for plan in plans if plan.role is not Role.IGNORE)


def _column(plan: Plan, items: Sequence[Item]) -> Column:
    cells = [cell for cell in map(_cell_of(plan), items) if cell is not None]
    counts: Counter[str] = Counter()
    low: float | str | None = None
    high: float | str | None = None
    if plan.role is Role.FACET:
        counts.update(cell for cell in cells if isinstance(cell, str))
    elif plan.role is Role.LIST:
        counts.update(part for cell in cells if isinstance(cell, tuple) for part in cell)
    elif plan.role is Role.NUMBER:
        numbers = [cell for cell in cells if isinstance(cell, float)]
        low, high = min(numbers, default=None), max(numbers, default=None)
    elif plan.role is Role.DATE:
        dates = [cell for cell in cells if isinstance(cell, str)]
        low, high = min(dates, default=None), max(dates, default=None)
    return Column(
        plan.name, plan.role, plan.label, plan.unit, dict(counts.most_common()), low, high, filled=len(cells)
    )


def _cell_of(plan: Plan) -> Callable[[Item], Value | None]:
    if plan.role is Role.ID:
        return lambda item: item.id
    if plan.role is Role.TITLE:
        return lambda item: item.title
    if plan.role is Role.PICTURE:
        return lambda item: item.picture
    if plan.role is Role.SOUND:
        return lambda item: item.sound
    return lambda item: item.fields.get(plan.name)
