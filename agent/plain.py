"""Lines of a reply that code writes: for items and conditions that a model's words left unsaid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.prose import fold
from agent.types import ActName, FactKind
from agent.wording import write_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from agent.types import Brief, BriefItem, Fact


def fact_line(item: BriefItem) -> str:
    """Write an item with its facts: 'Kelda Trail Boot: £84.50 (£4.50 over), green.'."""
    facts = ", ".join(f"{fact.value} ({fact.gap})" if fact.gap else fact.value for fact in item.facts)
    return f"{item.title}: {facts}." if facts else f"{item.title}."


def answer_line(item: BriefItem) -> str:
    """Write the answer to a question about an item, or that the catalogue has none."""
    if not item.facts:
        return f"{item.title}: the catalogue doesn't say."
    if any(fact.kind is FactKind.EXTRA for fact in item.facts):
        return fact_line(item)  # nothing in particular was asked
    return f"{item.title}: {'; '.join(map(_answer, item.facts))}."


def _answer(fact: Fact) -> str:
    if fact.kind is FactKind.QUOTE:
        return f"the catalogue doesn't list it, but says {fact.value}"
    if fact.source:
        return fact.value
    if fact.check is None:
        return f"{fact.label} {fact.value}"
    if fact.kind is FactKind.MISSED:
        return f"{fact.check.said or fact.check.value} is not listed; {fact.label} {fact.value}"
    return f"yes, {fact.label} {fact.value}"


def as_sentence(note: str) -> str:
    """Write a note as a sentence of its own."""
    return f"{note[:1].upper()}{note[1:]}" + ("" if note[-1:] in ".!?" else ".")


def bare(brief: Brief) -> str:
    """Write the gist of a brief without items, in the fewest words."""
    if brief.ask:
        options = ", ".join(brief.options)
        return f"Which {brief.ask}? ({options})" if options else f"Which {brief.ask}?"
    if brief.note and brief.note.startswith("nothing"):
        return as_sentence(brief.note)
    if brief.note:
        return f"{'Forgotten' if brief.act is ActName.FORGET else 'Noted'}: {brief.note}."
    if brief.act is ActName.CHAT:
        return "Tell me what you are after, and I will look it up here."
    wanted = write_list(brief.conditions)
    return f"I found nothing {wanted}." if wanted else "Nothing in this catalogue fits."


def disclosures(brief: Brief, told: set[str]) -> Iterator[str]:
    """Yield what a person must know of the items shown and no slot of `told` has said."""
    foreign = brief.query and brief.ranked[:1] == (brief.query,)
    relaxed = _unsaid("r", brief.relaxed, told)
    ranked = _unsaid("u", brief.ranked, told)
    if foreign and ranked[:1] == [brief.query]:
        ranked = ranked[1:]
        yield f"Nothing here is clearly “{brief.query}”; these are the nearest."
    if relaxed:
        yield f"I found nothing {write_list(relaxed)} that fits the rest."
    if ranked:
        yield f"The catalogue can't check {write_list([f'“{text}”' for text in ranked])}, so that only ranks."


def _unsaid(prefix: str, texts: Sequence[str], told: set[str]) -> list[str]:
    return [text for number, text in enumerate(texts, 1) if f"{prefix}{number}" not in told and fold(text)]
