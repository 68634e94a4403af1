"""Ask back: when a request is too vague, about what divides the catalogue best; when an item is not clear, which."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from agent.acts.hearing import keep_sound
from agent.acts.outcome import Outcome
from agent.briefing import make_brief
from agent.types import ActName
from agent.wording import write_list
from retrieval.types import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.acts.outcome import Context
    from agent.types import Act
    from retrieval.types import Column, Constraint

_OPTIONS = 5
_FEWEST = 2


def ask_back(context: Context) -> Outcome:
    """Ask about one column and offer its commonest values; what was said so far is in force for the answer."""
    act, dialogue = replace(context.act(), name=ActName.ASK), context.dialogue
    dialogue.search_afresh()
    dialogue.query, dialogue.constraints = act.query, act.constraints
    dialogue.sort, dialogue.count = act.sort, act.count
    dialogue.show_picture(context.perceived.image, context.perceived.sees)
    keep_sound(context)
    column, options = _best_question(context, act.constraints)
    dialogue.asked = column.label if column else None
    label = column.label if column else "kind of thing"
    brief = make_brief(act, (), context.catalogue, ask=label, options=options, text=context.perceived.words)
    return Outcome(act, brief).with_question(f"Which {label}? {', '.join(options)}".strip())


def ask_which(context: Context) -> Outcome:
    """Ask which item is meant, and say why the words did not tell: 'only 2 items are shown'."""
    titles = [item.title for item in context.catalogue.snapshot.items(context.dialogue.screen)]
    unresolved = context.linked.unresolved
    reason = unresolved[0].reason if unresolved else None if titles else "nothing is on screen yet"
    context.dialogue.pending = context.reading
    return ask(context, context.act(), "item", titles, _which(titles), reason)


def ask(
    context: Context, act: Act, label: str, options: Sequence[str], question: str, reason: str | None
) -> Outcome:
    """Ask a question that code words, after the reason for it; nothing is searched."""
    act = replace(act, name=ActName.ASK, question=f"{reason}; {question}" if reason else question)
    text = context.perceived.words
    brief = make_brief(act, (), context.catalogue, ask=label, options=options, note=reason, text=text)
    return Outcome(act, replace(brief, question=question))


def _which(titles: Sequence[str]) -> str:
    if not titles:
        return "What are you after?"
    shown = titles[:_OPTIONS] if len(titles) <= _OPTIONS else [*titles[: _OPTIONS - 1], "another"]
    return f"Which one: {write_list(list(shown), 'or')}?"


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
