"""Which facts an item's line says, and the typed slots they stand in."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from agent.nano.segment import MARKS
from agent.nano.writer_classes import QUOTED, amount, fact_class, gap_class
from agent.roles import use_frame
from agent.types import FactKind
from retrieval.types import Op

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from agent.types import Brief, BriefItem, Fact

_QUOTES = 2  # passages that a reply to a search quotes


def extreme(brief: Brief, kind: str, low: bool) -> tuple[int, Fact] | None:
    """Find the one item with the lowest (or highest) number of a class: its number and that fact; None on a tie."""
    ranked = sorted(
        (amount(fact) or 0.0, number, fact.slot, fact)
        for number, item in enumerate(brief.items, start=1)
        for fact in item.facts
        if fact_class(fact) == kind and amount(fact) is not None
    )
    ranked = ranked if low else ranked[::-1]
    if len({number for _, number, _, _ in ranked}) < max(2, len(brief.items)) or ranked[0][0] == ranked[1][0]:
        return None
    return ranked[0][1], ranked[0][3]


def labelled(facts: Iterable[Fact], slots: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the typed slots whose label may be said: not where a value holds it already ('12 members')."""
    said: dict[str, bool] = {}
    for fact, token in zip(facts, _typed(facts), strict=True):
        fresh = fact.label.casefold() not in fact.value.casefold() or fact_class(fact) == "bare"
        said[token] = said.get(token, True) and fresh and fact_class(fact) not in QUOTED
    yield from (token for token, fresh in said.items() if fresh and token in slots)


def _typed(facts: Iterable[Fact]) -> Iterator[str]:
    """Yield the typed slot of each fact; a class is missed once, so that value and gap stay together."""
    missed: set[str] = set()
    for fact in facts:
        name = fact_class(fact)
        if fact.kind is FactKind.MISSED:
            name = name if name not in missed or name == "bare" else "other"
            missed.add(name)
        # A passage is quoted the same way whatever it stands for.
        plain = name in QUOTED or (fact.kind is FactKind.MET and _keeps_clear(fact))
        yield f"{{{'' if plain else MARKS[fact.kind]}{name}}}"


def _keeps_clear(fact: Fact) -> bool:
    """Tell whether a fact is no merit: cotton was not asked for by 'not wool', nor does £90 keep to 'over £50'."""
    floor = fact_class(fact) == "price" and fact.check is not None and fact.check.op in (Op.GT, Op.GE)
    return floor or (fact.check is not None and fact.check.op in (Op.NE, Op.NOT_IN))


def must(token: str, slots: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a typed slot has to be named: an answer, or a miss (by its gap where it has one)."""
    if token[1] == "?":
        return True
    return token[1] == "!" and (
        "." in token or not any(other.startswith(token[:-1] + ".") for other in slots)
    )


def item_slots(number: int, facts: tuple[Fact, ...]) -> Iterator[tuple[str, str]]:
    """Yield the typed slots of an item's facts, each with what it stands for, a gap behind the miss it is of."""
    gapped: set[str] = set()
    for fact, token in zip(facts, _typed(facts), strict=True):
        yield token, _in_place(fact, f"{{{number}.{fact.slot}}}")
        if fact.kind is FactKind.MISSED and fact.gap and token not in gapped and fact_class(fact) != "bare":
            gapped.add(token)
            yield f"{token[:-1]}.{gap_class(fact.gap)}}}", f"{{{number}.{fact.slot}.gap}}"


def _in_place(fact: Fact, slot: str) -> str:
    """Return a slot with what its value needs before or behind it: 'a {1.f2}' for a wedding."""
    return use_frame(fact.value).format(slot) if fact_class(fact) == "purpose" else slot


def common(brief: Brief) -> frozenset[tuple[str, str]]:
    """Find label and value of what every item shares: said for the set, it tells no item apart."""
    each = [{(fact.label, fact.value) for fact in item.facts} for item in brief.items]
    return frozenset(set.intersection(*each)) if len(each) > 1 else frozenset()


def selected(
    brief: Brief, item: BriefItem, kind: str, shared: frozenset[tuple[str, str]], quoted: set[str]
) -> tuple[Fact, ...]:
    """Choose what a line says: every miss and answer, the price, then what tells the item apart.

    What all items share is left to the set and what the title says to the title, where a line has more to say; a
    passage is `quoted` once.
    """
    room = {"line": 2 if len(brief.items) > 4 else 3, "versus": 4, "why": 5, "detail": 5}[kind]
    named = _fresh([fact for fact in item.facts if fact.value.strip()], kind)
    forced = [fact for fact in named if fact.kind in {FactKind.MISSED, FactKind.ANSWER}]
    if kind == "versus":
        forced = forced[:room]
    rest = [fact for fact in named if fact not in forced and fact_class(fact) not in QUOTED]
    if kind == "detail" and forced:
        return tuple(forced)
    own = [fact for fact in rest if (fact.label, fact.value) not in shared or fact_class(fact) == "price"]
    own = [fact for fact in own if not _says(item.title, fact.value)]
    if kind == "line" and (forced or len(own) > 1):
        rest = own
    elif kind == "line" and own:
        rest = [fact for fact in rest if not _says(item.title, fact.value)]
    rest.sort(key=lambda fact: (fact_class(fact) != "price", fact not in own))
    kept = {*forced, *rest[: max(room - len(forced), 1)]}
    allowed = 1 if kind != "line" or len(quoted) < _QUOTES else 0
    quotes = [fact for fact in named if fact_class(fact) in QUOTED and fact.value not in quoted][:allowed]
    kept |= set(quotes) if kind != "versus" else set()
    chosen = (fact for fact in named if fact in kept)
    # What all of them meet is no merit of this one, so it is said without 'as you asked'.
    return tuple(
        replace(fact, kind=FactKind.EXTRA)
        if fact.kind is FactKind.MET and (fact.label, fact.value) in shared
        else fact
        for fact in chosen
    )


def _fresh(facts: list[Fact], kind: str) -> list[Fact]:
    """Leave out what another fact says already: 'minor' beside 'E minor', who wrote a film beside who made it."""
    idle = {FactKind.EXTRA, FactKind.ANSWER} if kind == "versus" else {FactKind.EXTRA}
    fresh: list[Fact] = []
    for place, fact in enumerate(facts):
        others = [other.value for other in facts if other is not fact and other.value != fact.value]
        earlier = [other.value for other in facts[:place]]
        told = fact.value in earlier or any(_says(value, fact.value) for value in others)
        if fact.kind not in idle or not told:
            fresh.append(fact)
    return fresh


def _says(text: str, value: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.IGNORECASE) is not None
