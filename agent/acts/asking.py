"""Ask back when a request is too vague: about the facet that divides what is left best."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from agent.acts.outcome import Outcome
from agent.briefing import make_brief
from agent.types import ActName
from retrieval.types import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.acts.outcome import Context
    from retrieval.types import Column, Constraint

_OPTIONS = 5
_FEWEST = 2


def ask_back(context: Context) -> Outcome:
    """Ask about one column and offer its commonest values; nothing is searched."""
    act = replace(context.act(), name=ActName.ASK)
    column, options = _best_question(context, act.constraints)
    if act.query:
        context.dialogue.query = act.query
    context.dialogue.constraints = act.constraints
    context.dialogue.asked = column.label if column else None
    label = column.label if column else "kind of thing"
    brief = make_brief(act, (), context.catalogue, ask=label, options=options, text=context.perceived.words)
    return Outcome(act, brief).with_question(f"Which {label}? {', '.join(options)}".strip())


def _best_question(
    context: Context, constraints: Sequence[Constraint]
) -> tuple[Column | None, tuple[str, ...]]:
    """Return the most telling open column: category columns first, then the one of greatest entropy."""
    catalogue = context.catalogue
    snapshot = catalogue.snapshot
    taken = {constraint.field for constraint in constraints}
    rows = catalogue.searcher.rows(constraints).tolist()
    open_columns = [c for c in snapshot.columns if c.role in (Role.FACET, Role.LIST) and c.name not in taken]
    categories = [c for c in catalogue.categories if c.name not in taken]
    for group in (categories, open_columns):
        counted = [(column, _values(snapshot.words(column.name), rows)) for column in group]
        telling = [(column, values) for column, values in counted if len(values) >= _FEWEST]
        if telling:
            column, values = max(telling, key=lambda pair: _worth(pair[1], len(rows)))
            return column, tuple(value for value, _ in values.most_common(_OPTIONS))
    return None, ()


def _values(words: Sequence[tuple[str, ...]], rows: Sequence[int]) -> Counter[str]:
    return Counter(value for row in rows for value in words[row])


def _worth(values: Counter[str], rows: int) -> float:
    """Entropy in bits, capped at 12 values so that a column of names never wins, times the share of rows filled."""
    total = sum(values.values())
    entropy = -sum(n / total * math.log2(n / total) for n in values.values())
    filled = min(total / max(rows, 1), 1.0)
    return (entropy if len(values) <= 12 else entropy / len(values) * 12) * filled
