"""What must be said of a picture beside what was found: which item stood for it, and what it did not tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.types import ActName
from agent.wording import write_list, write_value
from retrieval.types import Status

if TYPE_CHECKING:
    from agent.acts.outcome import Context
    from agent.types import Act


def about_picture(context: Context, act: Act, *, found: bool) -> str | None:
    """Return 'cheaper than the Kelda Handbag, 74.00, the nearest to your picture' and the like; None without cause."""
    if act.name is ActName.ASK:
        return None
    parts = [_untold(context), _compared(context, act, found=found)]
    return "; ".join(part for part in parts if part) or None


def _untold(context: Context) -> str | None:
    untold = context.perceived.untold
    if not untold:
        return None
    return f"your picture doesn't tell its {write_list(untold, 'or')}, so it counts as a whole"


def _compared(context: Context, act: Act, *, found: bool) -> str | None:
    stand_in = context.stand_in
    if stand_in is None:
        return None
    if stand_in.item is None:
        return f"nothing here is near enough to your picture to be “{stand_in.said}” than"
    bound = next(
        (one for one in context.linked.constraints if one.said.strip() == stand_in.said.strip()), None
    )
    column = context.catalogue.fields.get(bound.field) if bound else None
    item = context.catalogue.snapshot.item(stand_in.item)
    if bound is None or column is None or column.name not in item.fields:
        return None
    value = write_value(column, item.fields[column.name])
    held = any(one.field == bound.field and one.status is Status.ENFORCED for one in act.constraints)
    nearest = f"the {item.title}, {value}, the nearest to your picture"
    return f"{stand_in.said} than {nearest}" if held and found else f"compared with {nearest}"
