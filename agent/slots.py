"""Slots of a reply: '{1.title}', '{2.price.gap}', '{c1}'; code fills them from the brief."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agent.wording import write_number

if TYPE_CHECKING:
    from agent.types import Brief

SLOT = re.compile(r"\{([a-z0-9][a-z0-9_.]{0,40})\}")


def slot_values(brief: Brief) -> dict[str, str]:
    """Every slot of `brief` with the text that fills it."""
    values = {"matching": write_number(brief.matching), "n": write_number(len(brief.items))}
    for name, text in (("query", brief.query), ("note", brief.note), ("ask", brief.ask)):
        if text:
            values[name] = text
    for prefix, texts in (
        ("c", brief.conditions),
        ("r", brief.relaxed),
        ("u", brief.ranked),
        ("o", brief.options),
    ):
        values.update({f"{prefix}{number}": text for number, text in enumerate(texts, 1)})
    for rank, item in enumerate(brief.items, 1):
        values[f"{rank}.title"] = item.title
        for fact in item.facts:
            values[f"{rank}.{fact.slot}"] = fact.value
            values[f"{rank}.{fact.slot}.label"] = fact.label
            if fact.gap:
                values[f"{rank}.{fact.slot}.gap"] = fact.gap
    return values


def subjects(text: str) -> frozenset[int]:
    """Return the numbers of the items that a slotted text speaks of."""
    return frozenset(int(name.split(".")[0]) for name in SLOT.findall(text) if name[0].isdigit())


def is_open(text: str) -> bool:
    """Tell whether `text` ends inside a slot, so that more must come before it can be filled."""
    start = text.rfind("{")
    return start >= 0 and "}" not in text[start:] and len(text) - start <= 42
