"""Compare, explain and detail: questions about items on screen, answered from their records alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from agent.acts.asking import ask_which
from agent.acts.looking import answer_look
from agent.acts.outcome import Outcome
from agent.acts.questions import is_open, named_columns
from agent.acts.showing import card_for
from agent.briefing import make_brief, matching_part
from agent.counterfactual import counterfactual
from agent.evidence import check, find_quotes
from agent.linking.orders import Degree, leaning
from agent.spoken import speak_value
from agent.types import Fact, FactKind
from retrieval.types import Role, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.acts.outcome import Context
    from agent.catalogue import Catalogue
    from agent.types import Act, BriefItem, Card
    from retrieval.types import Column, Constraint, Item

_COMPARED = 5
_FEWEST = 2
_DIFFERENCES = 4


def explain(context: Context) -> Outcome:
    """Say why an item is shown: what it meets and misses, what it shares with the request, what made the difference."""
    act = _about_items(context)
    if not act.items:
        return ask_which(context)
    dialogue = context.dialogue
    act = replace(
        act,
        query=dialogue.query,
        constraints=_as_met(context, act.items),
        sort=dialogue.sort,
        count=dialogue.count,
    )
    cards = tuple(card_for(context, item, rank, act.constraints) for rank, item in enumerate(act.items, 1))
    note = counterfactual(context, act)
    brief = make_brief(act, cards, context.catalogue, note=note, text=context.perceived.words)
    return Outcome(act, brief, cards)


def compare(context: Context) -> Outcome:
    """Set two to five items side by side, by the columns in which they differ."""
    act = replace(context.act(), constraints=())
    items = act.items if len(act.items) > 1 else _beside(context, act.items)
    if len(items) < _FEWEST:
        return ask_which(context)
    act = replace(act, items=tuple(items[:_COMPARED]))
    records = context.catalogue.snapshot.items(act.items)
    asked = [c.name for c in named_columns(context.perceived.words, context.catalogue.fields)]
    different = [c.name for c in _by_interest(context.catalogue) if _differs(c, records)]
    answers = [*asked, *(name for name in different if name not in asked)]
    cards = _cards(context, act.items)
    if act.items != context.dialogue.screen[: len(act.items)]:
        # They are numbered afresh, and 'the second' is the second of what was shown last.
        context.dialogue.show(act.items)
    brief = make_brief(
        act, cards, context.catalogue, answers=answers[:_DIFFERENCES], text=context.perceived.words
    )
    return Outcome(act, brief, cards).with_question(context.perceived.words)


def _beside(context: Context, items: Sequence[str]) -> tuple[str, ...]:
    """Return the one item referred to and the one in focus or first beside it; without any, the first two shown."""
    dialogue = context.dialogue
    if context.linked.unresolved:
        return ()
    others = (*((dialogue.focus,) if dialogue.focus and items else ()), *dialogue.screen)
    return tuple(dict.fromkeys((*items, *others)))[:_FEWEST]


def _as_met(context: Context, items: Sequence[str]) -> tuple[Constraint, ...]:
    """Return the conditions in force, those that one of the items misses as given up: it is shown all the same."""
    searcher = context.catalogue.searcher
    return tuple(
        replace(c, status=Status.RELAXED)
        if c.status is Status.ENFORCED and not all(searcher.meets(c, item) for item in items)
        else c
        for c in context.dialogue.constraints
    )


def detail(context: Context) -> Outcome:
    """Answer a question about items from their own fields and words, or say that the catalogue doesn't tell."""
    act = _about_items(context)
    if looked := answer_look(context, act):
        return looked
    if not act.items:
        return ask_which(context)
    question = context.perceived.words
    if first := _foremost(context, act.items):
        return _tell_foremost(context, act, *first)
    asked = named_columns(question, context.catalogue.fields)
    wanted = [c for c in act.constraints if c.status is Status.ENFORCED]
    unchecked = [c for c in act.constraints if c.status is Status.RANKED]
    cards = _cards(context, act.items)
    act = replace(act, constraints=())
    brief = make_brief(act, cards, context.catalogue, answers=[c.name for c in asked], text=question)
    if asked or wanted or unchecked or not is_open(question, context.reading.references):
        about = " ".join(c.said for c in (*wanted, *unchecked)) or question
        records = context.catalogue.snapshot.items(act.items)
        items = tuple(
            replace(item, facts=_answers(item, record, about, wanted, context.catalogue))
            for item, record in zip(brief.items, records, strict=True)
        )
        brief = replace(brief, items=items, ranked=() if asked else tuple(str(c.value) for c in unchecked))
    return Outcome(act, brief, cards).with_question(question)


def _foremost(context: Context, items: Sequence[str]) -> tuple[str, Column] | None:
    """Return the item that a question over several singles out, and by what: 'which of these is the cheapest?'."""
    fields = context.catalogue.fields
    found = leaning(context.reading.query or context.perceived.words, fields) if len(items) > 1 else None
    if found is None or found.degree is Degree.SOME:
        return None
    records = context.catalogue.snapshot.items(items)
    told = [
        (record.fields[found.column.name], record.id)
        for record in records
        if found.column.name in record.fields
    ]
    if not told:
        return None
    ends = max if found.up else min
    return ends(told, key=lambda pair: pair[0])[1], found.column


def _tell_foremost(context: Context, act: Act, item: str, column: Column) -> Outcome:
    """Answer with the one item, its amount first; the others stay on screen."""
    act = replace(act, constraints=())
    brief = make_brief(act, _cards(context, (item,)), context.catalogue, answers=[column.name], text="")
    named = tuple(
        replace(one, facts=tuple(fact for fact in one.facts if fact.label == column.label))
        for one in brief.items
    )
    rest = [other for other in act.items if other != item]
    return Outcome(act, replace(brief, items=named), _cards(context, (item, *rest))).with_question(
        context.perceived.words
    )


def _answers(
    item: BriefItem, record: Item, about: str, wanted: Sequence[Constraint], catalogue: Catalogue
) -> tuple[Fact, ...]:
    """Facts that answer: the values asked about, the columns asked for, else the catalogue's own sentences."""
    by_name = {column.name: column for column in catalogue.columns}
    facts: list[Fact] = []
    met, missed = check(record, wanted, catalogue)
    for kind, group in ((FactKind.ANSWER, met), (FactKind.MISSED, missed)):
        for constraint in group:
            column = by_name[constraint.field or ""]
            value = record.fields.get(column.name)
            if value is not None and all(fact.label != column.label for fact in facts):
                text = speak_value(column, matching_part(value, constraint))
                facts.append(Fact(f"a{len(facts) + 1}", kind, column.label, text, None, constraint))
    told = {fact.label for fact in facts}
    facts += [fact for fact in item.facts if fact.kind is FactKind.ANSWER and fact.label not in told]
    if facts:
        return tuple(facts)
    return tuple(
        Fact(f"q{number}", FactKind.QUOTE, by_name[quote.field].label, f"“{quote.text.rstrip('.')}”")
        for number, quote in enumerate(find_quotes(record, about, catalogue.columns)[:1], 1)
    )


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


def _by_interest(catalogue: Catalogue) -> list[Column]:
    """Return the columns as people compare: price and rating, then what a thing is like, then other amounts."""
    first = (catalogue.fields.price, catalogue.fields.rating)
    roles = (Role.FACET, Role.LIST, Role.NUMBER, Role.DATE)
    columns = [column for column in catalogue.columns if column.role in roles]
    return sorted(columns, key=lambda c: (first.index(c) if c in first else len(first), roles.index(c.role)))


def _differs(column: Column, records: Sequence[Item]) -> bool:
    values = [record.fields.get(column.name) for record in records]
    return any(value is not None for value in values) and len(set(values)) > 1
