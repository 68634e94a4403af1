"""From cards to the brief a reply is written from: which facts of each item are worth saying, in what order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.difference import telling_columns
from agent.evidence import check, content_stems
from agent.linking.describe import describe
from agent.types import SEARCHES, Act, Brief, BriefItem, Fact, FactKind
from agent.wording import write_measure, write_value
from retrieval.types import Op, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.catalogue import Catalogue
    from agent.types import Card
    from retrieval.types import Column, Constraint, Item

_FACTS = 5
_EXTRAS = 2


def make_brief(
    act: Act,
    cards: Sequence[Card],
    catalogue: Catalogue,
    *,
    matching: int = 0,
    note: str | None = None,
    ask: str | None = None,
    options: Sequence[str] = (),
    text: str = "",
    answers: Sequence[str] = (),
) -> Brief:
    """Build the evidence for a reply.

    `answers` are names of columns that a question asked for: their facts come first, as ANSWER.
    """
    wanted = [
        c for c in act.constraints if c.status is Status.ENFORCED and not _is_said(c, act.query, catalogue)
    ]
    relaxed = [c for c in act.constraints if c.status is Status.RELAXED]
    # What ranks although the catalogue has a column for it was understood, so it is not said to be beyond checking.
    ranked = [c for c in act.constraints if c.status is Status.RANKED and c.field is None]
    records = catalogue.snapshot.items(card.id for card in cards)
    items = tuple(
        _brief_item(item, card, act.constraints, catalogue, answers)
        for item, card in zip(records, cards, strict=True)
    )
    return Brief(
        act=act.name,
        query=act.query,
        conditions=tuple(describe(c, catalogue.fields) for c in wanted),
        relaxed=tuple(describe(c, catalogue.fields) for c in relaxed),
        ranked=tuple(describe(c, catalogue.fields) for c in ranked),
        items=_tell_apart(items, records, catalogue.columns) if act.name in SEARCHES else items,
        matching=matching,
        note=note,
        ask=ask,
        options=tuple(options),
        text=text,
    )


def _is_said(constraint: Constraint, query: str, catalogue: Catalogue) -> bool:
    """Tell whether the query says the kind of thing already: 'boots' of 'walking boots'."""
    if constraint.field not in catalogue.fields.categories or not isinstance(constraint.value, str):
        return False
    return set(content_stems(constraint.value)) <= set(content_stems(query))


def _brief_item(
    item: Item,
    card: Card,
    constraints: Sequence[Constraint],
    catalogue: Catalogue,
    answers: Sequence[str],
) -> BriefItem:
    facts: list[Fact] = []
    used: set[str] = set()
    price, rating = catalogue.fields.price, catalogue.fields.rating

    def add(column: Column, kind: FactKind, constraint: Constraint | None = None) -> None:
        value = item.fields.get(column.name)
        if column.name in used or value is None:
            return
        used.add(column.name)
        slot = "price" if column is price else "rating" if column is rating else f"f{len(facts) + 1}"
        shown = matching_part(value, constraint) if constraint else value
        gap = _gap(value, constraint, column) if constraint and kind is FactKind.MISSED else None
        facts.append(Fact(slot, kind, column.label, write_value(column, shown), gap, constraint))

    by_name = {column.name: column for column in catalogue.columns}
    for name in answers:
        if name in by_name:
            add(by_name[name], FactKind.ANSWER)
    met, missed = check(item, constraints, catalogue)
    for constraint in missed:
        add(by_name[constraint.field or ""], FactKind.MISSED, constraint)
    for constraint in met:
        # Who asked for boots and got boots need not hear that they are boots.
        if constraint.field not in catalogue.fields.categories:
            # That a film is not sad makes its being tense no wish fulfilled.
            kind = FactKind.EXTRA if constraint.op.negative else FactKind.MET
            add(by_name[constraint.field or ""], kind, None if constraint.op.negative else constraint)
    if price:
        add(price, FactKind.EXTRA)
    if card.evidence.quotes and len(facts) < _FACTS:
        quote = card.evidence.quotes[0]
        facts.append(Fact("q1", FactKind.QUOTE, by_name[quote.field].label, f"“{quote.text.rstrip('.')}”"))
    if rating:
        add(rating, FactKind.EXTRA)
    return BriefItem(item.id, item.title, tuple(facts[:_FACTS]))


def _tell_apart(
    items: tuple[BriefItem, ...], records: Sequence[Item], columns: Sequence[Column]
) -> tuple[BriefItem, ...]:
    """Add to each item the facets in which it differs most from the others beside it."""
    result: list[BriefItem] = []
    fields = [record.fields for record in records]
    for item, record in zip(items, records, strict=True):
        named = {fact.label for fact in item.facts}
        telling = [
            c for c in telling_columns(record.fields, fields, columns, item.title) if c.label not in named
        ]
        facts = list(item.facts)
        for column in telling[:_EXTRAS]:
            value = write_value(column, record.fields[column.name])
            facts.append(Fact(f"f{len(facts) + 1}", FactKind.EXTRA, column.label, value))
        result.append(BriefItem(item.id, item.title, tuple(facts)))
    return tuple(result)


def matching_part(value: object, constraint: Constraint) -> str | float | tuple[str, ...]:
    """Return, of a list, only the values the constraint speaks of: 'waterproof' of (light, waterproof)."""
    if not isinstance(value, tuple):
        return value if isinstance(value, str | float) else str(value)
    asked = constraint.value if isinstance(constraint.value, tuple) else (constraint.value,)
    folded = {str(part).casefold() for part in asked}
    return tuple(part for part in value if part.casefold() in folded) or value


def _gap(value: object, constraint: Constraint, column: Column) -> str | None:
    """How far a number is from its bound: '£4.50 over', '0.3 stars short'."""
    if not isinstance(value, float) or not isinstance(constraint.value, float | int):
        return None
    difference = value - float(constraint.value)
    if constraint.op in (Op.LT, Op.LE, Op.ABOUT) and difference > 0:
        return f"{write_measure(column, difference)} over"
    if constraint.op in (Op.GT, Op.GE, Op.ABOUT) and difference < 0:
        return f"{write_measure(column, -difference)} short"
    return None
