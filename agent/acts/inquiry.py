"""Compare, explain and detail: questions about items on screen, answered from their records alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from agent.acts.feedback import ask_which
from agent.acts.outcome import Outcome
from agent.acts.questions import named_columns
from agent.acts.showing import card_for
from agent.briefing import make_brief, matching_part
from agent.counterfactual import counterfactual
from agent.evidence import check, content_stems, find_quotes
from agent.types import Fact, FactKind
from agent.wording import write_value
from retrieval.types import Role, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.acts.outcome import Context
    from agent.catalogue import Catalogue
    from agent.types import Act, BriefItem, Card
    from retrieval.types import Column, Constraint, Item

_COMPARED = 5
_DIFFERENCES = 4
_OPEN = 2


def explain(context: Context) -> Outcome:
    """Say why an item is shown: what it meets and misses, what it shares with the request, what made the difference."""
    act = _about_items(context)
    if not act.items:
        return ask_which(context)
    cards = _cards(context, act.items)
    note = counterfactual(context, act.items[0])
    act = replace(act, query=context.dialogue.query, constraints=context.dialogue.constraints)
    brief = make_brief(act, cards, context.catalogue, note=note, text=context.perceived.words)
    return Outcome(act, brief, cards)


def compare(context: Context) -> Outcome:
    """Set two to five items side by side, by the columns in which they differ."""
    act = context.act()
    items = act.items if len(act.items) > 1 else context.dialogue.screen[:2]
    if len(items) < 2:
        return ask_which(context)
    act = replace(act, items=tuple(items[:_COMPARED]))
    records = context.catalogue.snapshot.items(act.items)
    asked = named_columns(context.perceived.words, context.catalogue.fields)
    different = [c.name for c in context.catalogue.columns if _differs(c, records)]
    answers = [*(c.name for c in asked), *(name for name in different if name not in {c.name for c in asked})]
    cards = _cards(context, act.items)
    brief = make_brief(
        act, cards, context.catalogue, answers=answers[:_DIFFERENCES], text=context.perceived.words
    )
    return Outcome(act, brief, cards).with_question(context.perceived.words)


def detail(context: Context) -> Outcome:
    """Answer a question about items from their own fields and words, or say that the catalogue doesn't tell."""
    act = _about_items(context)
    if not act.items:
        return ask_which(context)
    question = context.perceived.words
    asked = named_columns(question, context.catalogue.fields)
    wanted = [c for c in act.constraints if c.status is Status.ENFORCED]
    unchecked = [c for c in act.constraints if c.status is Status.RANKED]
    cards = _cards(context, act.items)
    act = replace(act, constraints=())
    brief = make_brief(act, cards, context.catalogue, answers=[c.name for c in asked], text=question)
    general = not (asked or wanted or unchecked)
    items = tuple(
        item
        if general and _open_question(question)
        else replace(item, facts=_answers(item, record, question, wanted, context.catalogue))
        for item, record in zip(brief.items, context.catalogue.snapshot.items(act.items), strict=True)
    )
    ranked = tuple(str(c.value) for c in unchecked)
    return Outcome(act, replace(brief, items=items, ranked=ranked), cards).with_question(question)


def _answers(
    item: BriefItem, record: Item, question: str, wanted: Sequence[Constraint], catalogue: Catalogue
) -> tuple[Fact, ...]:
    """Facts that answer: the columns asked for, the values asked about, else the catalogue's own sentences."""
    facts = [fact for fact in item.facts if fact.kind is FactKind.ANSWER]
    by_name = {column.name: column for column in catalogue.columns}
    met, missed = check(record, wanted, catalogue)
    for kind, group in ((FactKind.ANSWER, met), (FactKind.MISSED, missed)):
        for constraint in group:
            column = by_name[constraint.field or ""]
            value = record.fields.get(column.name)
            if value is not None and all(fact.label != column.label for fact in facts):
                part = matching_part(value, constraint)
                text = write_value(column, part)
                facts.append(Fact(f"f{len(facts) + 1}", kind, column.label, text, None, constraint))
    if not facts:
        quotes = find_quotes(record, question, catalogue.columns)
        facts = [
            Fact(f"q{number}", FactKind.QUOTE, by_name[quote.field].label, f"“{quote.text}”")
            for number, quote in enumerate(quotes[:1], 1)
        ]
    return tuple(facts)


def _open_question(question: str) -> bool:
    """'tell me more about it': no word asks for anything in particular."""
    return len(content_stems(question)) <= _OPEN


def _about_items(context: Context) -> Act:
    """Return the act with its items: those referred to, else the one in focus, else the first on screen.

    Without items where the person referred to one that is not there: another must not stand in for it.
    """
    act, dialogue = context.act(), context.dialogue
    if act.items or context.linked.unresolved:
        return act
    if dialogue.focus:
        return replace(act, items=(dialogue.focus,))
    return replace(act, items=dialogue.screen[:1])


def _cards(context: Context, items: Sequence[str]) -> tuple[Card, ...]:
    return tuple(card_for(context, item, rank) for rank, item in enumerate(items, 1))


def _differs(column: Column, records: Sequence[Item]) -> bool:
    if column.role not in (Role.FACET, Role.LIST, Role.NUMBER, Role.DATE):
        return False
    values = [record.fields.get(column.name) for record in records]
    return any(value is not None for value in values) and len(set(values)) > 1
