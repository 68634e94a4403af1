"""From cards to the brief a reply is written from: which facts of each item are worth saying, in what order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agent.difference import telling_columns
from agent.evidence import check, content_stems, shortened
from agent.linking.describe import describe
from agent.next_step import next_step
from agent.roles import SAYS_NOTHING, role_of
from agent.spoken import speak, speak_reason, speak_truth, speak_value
from agent.types import SEARCHES, Act, ActName, Brief, BriefItem, Fact, FactKind
from agent.wording import write_measure
from retrieval.types import Op, Role, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.catalogue import Catalogue
    from agent.types import Card
    from retrieval.types import Column, Constraint, Item

_FACTS = 5
_EXTRAS = 2
_NAMES = 2
"""Values of a list that an extra names."""
_TOLD = 4
"""Facets that 'tell me about it' brings, where nothing else was asked."""
_QUOTE_LENGTH = 120
"""Characters of a passage in a line of a search; an answer about one item quotes it in full."""
_RATED = re.compile(r"(.+): (\S+ of 5 stars)")


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
        _brief_item(item, card, act, catalogue, answers) for item, card in zip(records, cards, strict=True)
    )
    if act.name in SEARCHES or (act.name is ActName.DETAIL and not answers):
        items = _tell_apart(items, records, act, catalogue)
    if ask is None and act.name is ActName.RECOMMEND and not relaxed:
        ask, options = next_step(records, act.constraints, catalogue, matching)
    return Brief(
        act=act.name,
        query=act.query,
        conditions=speak(wanted, catalogue.fields),
        relaxed=speak(relaxed, catalogue.fields),
        ranked=tuple(describe(c, catalogue.fields) for c in ranked),
        items=items,
        matching=matching,
        note=_spoken_note(act.name, note),
        ask=ask,
        options=tuple(options),
        text=text,
    )


def _spoken_note(act: ActName, note: str | None) -> str | None:
    """Say a note so that it fits a sentence: '4 of 5 stars for Kelda', 'second if your taste didn't count'."""
    if note and act is ActName.RATE and (rated := _RATED.fullmatch(note)):
        return f"{rated[2]} for {rated[1]}"
    return speak_reason(note) if note and act is ActName.EXPLAIN else note


def _is_said(constraint: Constraint, query: str, catalogue: Catalogue) -> bool:
    """Tell whether the query says it already: 'boots' of 'walking boots', 'winter' of 'winter jackets'."""
    if constraint.op.negative or isinstance(constraint.value, float):
        return False
    stems = set(content_stems(query))
    values = constraint.value if isinstance(constraint.value, tuple) else (constraint.value,)
    kind = constraint.field in catalogue.fields.categories
    said = {part for value in values for part in content_stems(value)} if kind else set()
    return bool(stems) and (
        (bool(said) and said <= stems) or set(content_stems(constraint.said) or ["?"]) <= stems
    )


def _brief_item(
    item: Item,
    card: Card,
    act: Act,
    catalogue: Catalogue,
    answers: Sequence[str],
) -> BriefItem:
    facts: list[Fact] = []
    used: set[str] = set()
    price, rating = catalogue.fields.price, catalogue.fields.rating

    def add(column: Column, kind: FactKind, constraints: Sequence[Constraint] = ()) -> None:
        value = item.fields.get(column.name)
        if column.name in used or value is None:
            return
        used.add(column.name)
        if kind is FactKind.MET and str(value).casefold() in SAYS_NOTHING:
            return  # a scarf for everyone is one for women, but says so to nobody
        slot = "price" if column is price else "rating" if column is rating else f"f{len(facts) + 1}"
        shown = _matching_parts(value, constraints) if constraints else value
        constraint = constraints[0] if constraints else None
        gap = _gap(value, constraint, column, catalogue) if constraint and kind is FactKind.MISSED else None
        yes = catalogue.fields.truth(column)
        told = (
            None
            if yes is None or kind is FactKind.ANSWER
            else speak_truth(column.label, str(value) == str(yes))
        )
        facts.append(Fact(slot, kind, column.label, told or speak_value(column, shown), gap, constraint))

    by_name = {column.name: column for column in catalogue.columns}
    for name in answers:
        if name in by_name:
            add(by_name[name], FactKind.ANSWER)
    met, missed = check(item, act.constraints, catalogue)
    for constraint in missed:
        add(by_name[constraint.field or ""], FactKind.MISSED, [constraint])
    kinds_alone = all(c.field in catalogue.fields.categories for c in met)
    for constraint in met:
        # Who asked for boots and got boots need not hear that they are boots, unless it is part of why.
        kind = next(c for c in catalogue.columns if c.name == constraint.field)
        why = act.name is ActName.EXPLAIN and (kind.role is Role.LIST or kinds_alone)
        if constraint.field not in catalogue.fields.categories or why:
            column = by_name[constraint.field or ""]
            same = [c for c in met if c.field == constraint.field and not c.op.negative]
            # That a film is not sad makes its being tense no wish fulfilled.
            add(column, FactKind.MET if same else FactKind.EXTRA, same)
    if price:
        add(price, FactKind.EXTRA)
    quote = _quote(item, card, act, catalogue, by_name)
    if quote and len(facts) < _FACTS:
        facts.append(quote)
    if rating:
        add(rating, FactKind.EXTRA)
    return BriefItem(item.id, item.title, tuple(facts[:_FACTS]))


def _quote(item: Item, card: Card, act: Act, catalogue: Catalogue, by_name: dict[str, Column]) -> Fact | None:
    """Return the passage that speaks to the request; whoever asks about an item hears how its text begins."""
    longest = _QUOTE_LENGTH if act.name in SEARCHES else None
    if card.evidence.quotes:
        quote = card.evidence.quotes[0]
        text = shortened(quote.text, longest) if longest else quote.text
        return Fact("q1", FactKind.QUOTE, by_name[quote.field].label, f"“{text.rstrip('.')}”")
    column = next((c for c in catalogue.columns if c.role is Role.TEXT and c.name in item.fields), None)
    if column is None or act.name is not ActName.DETAIL:
        return None
    text = shortened(str(item.fields[column.name]), _QUOTE_LENGTH)
    return Fact("q1", FactKind.QUOTE, column.label, f"“{text.rstrip('.')}”")


def _tell_apart(
    items: tuple[BriefItem, ...], records: Sequence[Item], act: Act, catalogue: Catalogue
) -> tuple[BriefItem, ...]:
    """Add to each item the facets in which it differs most from the others beside it."""
    result: list[BriefItem] = []
    fields = [record.fields for record in records]
    room = _EXTRAS if act.name in SEARCHES else _TOLD
    for item, record in zip(items, records, strict=True):
        named = {fact.label for fact in item.facts}
        telling = [
            column
            for column in telling_columns(record.fields, fields, catalogue.columns, item.title)
            if column.label not in named and _tells(column, record, act.constraints, catalogue)
        ]
        # Who wrote a film says less of it than what it is and who made it.
        telling.sort(key=lambda column: role_of(column.label) in ("writer", "other"))
        facts = list(item.facts)
        for column in telling[:room]:
            value = speak_value(column, record.fields[column.name], _NAMES)
            facts.append(Fact(f"f{len(facts) + 1}", FactKind.EXTRA, column.label, value))
        result.append(BriefItem(item.id, item.title, tuple(facts)))
    return tuple(result)


def _tells(column: Column, record: Item, constraints: Sequence[Constraint], catalogue: Catalogue) -> bool:
    """Tell whether a facet is worth saying: no kind where a kind was asked for or the title names it."""
    value = str(record.fields[column.name])
    if value.casefold() in SAYS_NOTHING:
        return False
    if column.role is Role.LIST or column.name not in catalogue.fields.categories:
        return True
    asked = any(c.field in catalogue.fields.categories and not c.op.negative for c in constraints)
    return not asked and not set(content_stems(value)) <= set(content_stems(record.title))


def _matching_parts(value: object, constraints: Sequence[Constraint]) -> str | float | tuple[str, ...]:
    """Return, of a list, the values that any of the constraints speaks of."""
    if not isinstance(value, tuple):
        return matching_part(value, constraints[0])
    folded = {
        str(part).casefold()
        for one in constraints
        for part in (one.value if isinstance(one.value, tuple) else (one.value,))
    }
    return tuple(part for part in value if part.casefold() in folded) or value


def matching_part(value: object, constraint: Constraint) -> str | float | tuple[str, ...]:
    """Return, of a list, only the values the constraint speaks of: 'waterproof' of (light, waterproof)."""
    if not isinstance(value, tuple):
        return value if isinstance(value, str | float) else str(value)
    asked = constraint.value if isinstance(constraint.value, tuple) else (constraint.value,)
    folded = {str(part).casefold() for part in asked}
    return tuple(part for part in value if part.casefold() in folded) or value


def _gap(value: object, constraint: Constraint, column: Column, catalogue: Catalogue) -> str | None:
    """How far a number is from its bound: '£4.50 over', '0.3 stars short', '41 years too late'."""
    if not isinstance(value, float) or not isinstance(constraint.value, float | int):
        return None
    difference = value - float(constraint.value)
    years = column is catalogue.fields.when

    def say(amount: float, ending: str, when: str) -> str:
        if years:
            return f"{amount:g} {'year' if amount == 1 else 'years'} too {when}"
        return f"{write_measure(column, amount)} {ending}"

    if constraint.op in (Op.LT, Op.LE, Op.ABOUT) and difference > 0:
        return say(difference, "over", "late")
    if constraint.op in (Op.GT, Op.GE, Op.ABOUT) and difference < 0:
        return say(-difference, "short", "early")
    return None
