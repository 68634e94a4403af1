"""What a reply has to say, in order: a Brief as segments of typed slots, without any of its facts.

A segment is a stretch of reply that the writer spells at once: the sentence for the set, one line per item, a question.
Its `head` is all that the model sees of the brief: act, counts and the class of each fact. A typed slot, such as
'{+colour}' for a colour that was asked for, stands in head and text alike; it becomes '{2.f1}' on the way out, so a
model can word a fact but neither choose nor spell it.

Typed slots: {+x} meets a condition, {!x} misses one ({!x.over}, {!x.short}, {!x.gap}: by how much), {?x} was asked
for, {x} is an extra; x is a class of `writer_classes`. {x.label} is the label of the {x} that comes after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from agent.nano.writer_classes import CLASSES, amount, condition_class, fact_class, gap_class
from agent.types import SEARCHES, ActName, Brief, BriefItem, Fact, FactKind
from retrieval.types import Op

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MARKS = {
    FactKind.MET: "+",
    FactKind.MISSED: "!",
    FactKind.ANSWER: "?",
    FactKind.EXTRA: "",
    FactKind.QUOTE: "",
}
"""Fact kind to the mark of its typed slot."""

SLOTS: tuple[str, ...] = (
    *("{title}", "{query}", "{unclear}", "{matching}", "{first}", "{next}", "{note}", "{ask}", "{o}"),
    *("{low}", "{low.price}", "{top}", "{top.rating}"),
    *(f"{{{name}.{kind}}}" for name in "cru" for kind in ("bound", "word", "not")),
    *(f"{{{mark}{name}}}" for mark in ("", "+", "!", "?") for name in CLASSES),
    *(f"{{{mark}{name}.label}}" for mark in ("", "+", "!", "?") for name in CLASSES),
    *(f"{{!{name}.{gap}}}" for name in CLASSES for gap in ("over", "short", "gap")),
)
"""Every typed slot that a plan can hold; a writer's vocabulary has them all."""

_NOTED = frozenset({ActName.RATE, ActName.LIKE, ActName.DISLIKE})
_WORDS = 12  # words of small talk that the model sees
_STARS = re.compile(r"(\d(?:\.\d)?)\s*(?:/|of|out of|stars?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of reply that is spelled at once."""

    kind: str
    """'lead', 'cant', 'line', 'why', 'versus', 'detail', 'next', 'nothing', 'which', 'ask', 'noted' or 'chat'."""
    head: tuple[str, ...]
    """What the model sees of it."""
    slots: Mapping[str, tuple[str, ...]]
    """Typed slot to the slots it stands for, each used once and in this order."""
    required: frozenset[str]
    """Typed slots of which none may be left when the segment closes."""
    joint: str
    """What stands before it in the reply: '', ' ' or a line feed."""
    labels: frozenset[str]
    """Typed slots whose label may stand before them; for a 'bare' class it must."""
    sentences: int
    """How many it may have."""
    limit: int
    """Tokens after which it only closes."""


def plan(brief: Brief) -> tuple[Segment, ...]:
    """Lay out the reply to a brief; at least one segment, every item in a segment of its own or named in the first."""
    if brief.act in SEARCHES and brief.items:
        return tuple(_found(brief))
    if brief.act in SEARCHES:
        return (_segment("nothing", brief, _set_slots(brief), needs="r"), *_unchecked(brief))
    if brief.act is ActName.COMPARE and len(brief.items) > 1:
        return (_segment("lead", brief, _set_slots(brief)), *_lines(brief, "versus"))
    if brief.act in {ActName.EXPLAIN, ActName.DETAIL} and brief.items:
        return tuple(_lines(brief, "why" if brief.act is ActName.EXPLAIN else "detail"))
    if brief.act in {ActName.EXPLAIN, ActName.DETAIL, ActName.COMPARE}:
        return (_segment("which", brief, {}),)
    if brief.act in _NOTED and not (brief.items or brief.note):
        return (_segment("which", brief, {}),)
    if brief.act is ActName.ASK:
        return (_segment("ask", brief, _ask_slots(brief) | _query_slot(brief), needs="ao"),)
    if brief.act is ActName.CHAT:
        return (_segment("chat", brief, {}, extra=_small_talk(brief.text), limit=48),)
    if brief.act is ActName.DISLIKE and brief.note and _named_in(brief.note, brief.items) < len(brief.items):
        # What was disliked is gone and the search ran again: say so, then what came instead.
        first, *rest = _found(replace(brief, act=ActName.REFINE, note=None))
        return (_noted(replace(brief, items=())), replace(first, joint="\n"), *rest)
    return (_noted(brief),)


def small_talk_words(text: str) -> list[str]:
    """Split small talk as the model sees it: words and question marks, lower case."""
    return re.findall(r"[a-z']+|[?\d]", text.lower().replace("’", "'"))


def _small_talk(text: str) -> tuple[str, ...]:
    return tuple(f"_{word}" for word in small_talk_words(text)[:_WORDS])


def _segment(
    kind: str,
    brief: Brief,
    slots: Mapping[str, tuple[str, ...]],
    needs: str = "",
    extra: tuple[str, ...] = (),
    joint: str = "",
    limit: int = 40,
) -> Segment:
    """Make a segment of the set; `needs` holds the first letters of the slots that must be named."""
    count = len(brief.items)
    shown = tuple(token for token, names in slots.items() for _ in names)
    head = (f"<{kind}>", f"<{brief.act.value}>", f"<n={count if count <= 10 else 'many'}>", *extra, *shown)
    required = frozenset(token for token in slots if token[1] in needs)
    return Segment(kind, head, slots, required, joint, frozenset(), 3, limit + 6 * len(shown))


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    grouped: dict[str, tuple[str, ...]] = {}
    for token, slot in pairs:
        grouped[token] = (*grouped.get(token, ()), slot)
    return grouped


def _query_slot(brief: Brief) -> dict[str, tuple[str, ...]]:
    # The query of SIMILAR is the item it is like, which the conditions name already.
    return {"{query}": ("{query}",)} if brief.query and brief.act is not ActName.SIMILAR else {}


def _ask_slots(brief: Brief) -> dict[str, tuple[str, ...]]:
    ask = {"{ask}": ("{ask}",)} if brief.ask else {}
    options = tuple(f"{{o{n}}}" for n in range(1, min(len(brief.options), 4) + 1))
    return ask | ({"{o}": options} if options else {})


def _conditions(name: str, texts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for number, text in enumerate(texts, start=1):
        yield f"{{{name}.{condition_class(text)}}}", f"{{{name}{number}}}"


def _is_foreign(brief: Brief) -> bool:
    """Tell whether the query itself stands among what can't be checked: nothing here is clearly that."""
    return bool(brief.query) and brief.ranked[:1] == (brief.query,)


def _set_slots(brief: Brief) -> dict[str, tuple[str, ...]]:
    slots = {"{unclear}": ("{u1}",)} if _is_foreign(brief) else _query_slot(brief)
    slots |= _grouped(_conditions("c", brief.conditions[:3]))
    slots |= _grouped(_conditions("r", brief.relaxed))
    if brief.matching > max(len(brief.items), 1) or (brief.matching and not brief.items):
        slots["{matching}"] = ("{matching}",)
    if brief.items and brief.act is not ActName.COMPARE:
        slots["{first}"] = ("{1.title}",)
    for token, kind, low in (("low", "price", True), ("top", "rating", False)):
        if found := extreme(brief, kind, low):
            number, fact = found
            slots[f"{{{token}}}"] = (f"{{{number}.title}}",)
            slots[f"{{{token}.{kind}}}"] = (f"{{{number}.{fact.slot}}}",)
    return slots


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


def _unchecked(brief: Brief) -> Iterator[Segment]:
    named = {"{u1}"} if _is_foreign(brief) else set()  # the lead says it of the query
    slots = _grouped(pair for pair in _conditions("u", brief.ranked) if pair[1] not in named)
    if slots:
        yield _segment("cant", brief, slots, needs="u", joint=" ")


def _found(brief: Brief) -> Iterator[Segment]:
    yield _segment("lead", brief, _set_slots(brief), needs="ru")
    yield from _unchecked(brief)
    yield from _lines(brief, "line")
    if brief.ask:
        yield _segment("next", brief, _ask_slots(brief), needs="ao", joint="\n")


def _lines(brief: Brief, kind: str) -> Iterator[Segment]:
    extremes = {"<low>": extreme(brief, "price", True), "<top>": extreme(brief, "rating", False)}
    common = _common(brief)
    for number, item in enumerate(brief.items, start=1):
        facts = _selected(brief, item, kind, common)
        slots = _grouped(_item_slots(number, facts))
        tags = [
            tag for tag, found in extremes.items() if kind in {"line", "versus"} and found and found[0] == number
            and found[1] in facts
        ]  # fmt: skip
        shown = [token for token, names in slots.items() for _ in names]
        labels = frozenset(_labelled(facts, slots))
        if kind == "detail" and not facts and (brief.ask or brief.ranked):
            slots["{ask}"] = ("{ask}" if brief.ask else "{u1}",)
            shown.append("{ask}")
        if kind == "why" and brief.note and number == 1:
            slots["{note}"] = ("{note}",)
            shown.append("{note}")
        if kind == "detail":
            tags += _answers(facts)
        slots["{title}"] = (f"{{{number}.title}}",)
        head = (f"<{kind}>", _place(number, len(brief.items)), *tags, *shown)
        only = len(brief.items) == 1
        joint = "" if number == 1 and kind in {"why", "detail"} else " " if only else "\n"
        answers = {"{quote}"} & set(slots) if any(fact.kind is FactKind.ANSWER for fact in facts) else set()
        required = frozenset({"{title}"} | answers | {token for token in slots if _must(token, slots)})
        sentences = {"line": 2, "versus": 3, "detail": 4, "why": 5}[kind]
        yield Segment(kind, head, slots, required, joint, labels, sentences, 30 + 9 * len(shown))


def _place(number: int, count: int) -> str:
    if count == 1:
        return "<only>"
    return "<first>" if number == 1 else "<last>" if number == count else "<mid>"


def _answers(facts: Iterable[Fact]) -> list[str]:
    """Tell what a question comes to: <yes> and <no> where a value was asked about, <told> where a column was."""
    kinds = {(fact.kind, fact.check is not None) for fact in facts if fact_class(fact) != "quote"}
    if (FactKind.ANSWER, True) in kinds:
        return ["<yes>"]
    if any(kind is FactKind.MISSED for kind, _ in kinds):
        return ["<no>"]
    return ["<told>"] if (FactKind.ANSWER, False) in kinds else []


def _labelled(facts: Iterable[Fact], slots: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the typed slots whose label may be said: not where a value holds it already ('12 members')."""
    said: dict[str, bool] = {}
    for fact, token in zip(facts, _typed(facts), strict=True):
        fresh = fact.label.casefold() not in fact.value.casefold() or fact_class(fact) == "bare"
        said[token] = said.get(token, True) and fresh and fact_class(fact) != "quote"
    yield from (token for token, fresh in said.items() if fresh and token in slots)


def _typed(facts: Iterable[Fact]) -> Iterator[str]:
    """Yield the typed slot of each fact; a class is missed once, so that value and gap stay together."""
    missed: set[str] = set()
    for fact in facts:
        name = fact_class(fact)
        if fact.kind is FactKind.MISSED:
            name = name if name not in missed or name == "bare" else "other"
            missed.add(name)
        # A passage is quoted the same way whatever it stands for, and cotton was not asked for by 'not wool'.
        plain = name == "quote" or (fact.kind is FactKind.MET and _keeps_clear(fact))
        yield f"{{{'' if plain else MARKS[fact.kind]}{name}}}"


def _keeps_clear(fact: Fact) -> bool:
    return fact.check is not None and fact.check.op in (Op.NE, Op.NOT_IN)


def _must(token: str, slots: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a typed slot has to be named: an answer, or a miss (by its gap where it has one)."""
    if token[1] == "?":
        return True
    return token[1] == "!" and (
        "." in token or not any(other.startswith(token[:-1] + ".") for other in slots)
    )


def _item_slots(number: int, facts: tuple[Fact, ...]) -> Iterator[tuple[str, str]]:
    gapped: set[str] = set()
    for fact, token in zip(facts, _typed(facts), strict=True):
        yield token, f"{{{number}.{fact.slot}}}"
        if fact.kind is FactKind.MISSED and fact.gap and token not in gapped and fact_class(fact) != "bare":
            gapped.add(token)
            yield f"{token[:-1]}.{gap_class(fact.gap)}}}", f"{{{number}.{fact.slot}.gap}}"


def _common(brief: Brief) -> frozenset[tuple[str, str]]:
    """Find label and value of what every item shares: said for the set, it tells no item apart."""
    each = [{(fact.label, fact.value) for fact in item.facts} for item in brief.items]
    return frozenset(set.intersection(*each)) if len(each) > 1 else frozenset()


def _selected(
    brief: Brief, item: BriefItem, kind: str, common: frozenset[tuple[str, str]]
) -> tuple[Fact, ...]:
    """Choose what a line says: every miss and answer, the price, then what tells the item apart, a quote at most."""
    room = {"line": 3 if len(brief.items) > 4 else 4, "versus": 3, "why": 3, "detail": 4}[kind]
    named = [fact for fact in item.facts if fact.value.strip()]
    forced = [fact for fact in named if fact.kind in {FactKind.MISSED, FactKind.ANSWER}]
    rest = [fact for fact in named if fact not in forced]
    if kind == "detail" and forced:
        return tuple(forced)
    shared = [fact for fact in rest if (fact.label, fact.value) in common]
    rest = [fact for fact in rest if fact not in shared] + shared
    rest.sort(key=lambda fact: fact_class(fact) != "price")
    chosen: list[Fact] = []
    quotes = 1
    for fact in rest:
        quotes -= fact_class(fact) == "quote"
        if len(chosen) < room and (quotes >= 0 or fact_class(fact) != "quote"):
            chosen.append(fact)
    kept = {*forced, *chosen}
    return tuple(fact for fact in named if fact in kept)


def _named_in(note: str, items: Iterable[BriefItem]) -> int:
    return sum(item.title in note for item in items)


def _noted(brief: Brief) -> Segment:
    slots: dict[str, tuple[str, ...]] = {"{note}": ("{note}",)} if brief.note else {}
    if brief.items and (not brief.note or brief.act in {ActName.LIKE, ActName.DISLIKE}):
        slots = {"{next}": tuple(f"{{{n}.title}}" for n in range(1, len(brief.items) + 1))}
    tag = _stars(brief.note or "") if brief.act is ActName.RATE else ""
    if brief.act is ActName.FORGET and (brief.note or "").startswith("nothing"):
        tag = "<none>"
    return _segment("noted", brief, slots, needs="n", extra=(tag,) if tag else ())


def _stars(note: str) -> str:
    """Read whether a rating is good, from '★★★★☆' or '4 stars'; '' when it can't be told."""
    said = _STARS.search(note)
    stars = float(said.group(1)) if said else float(note.count("★"))
    return "<good>" if stars >= 4 else "" if not stars else "<poor>" if stars <= 2 else "<fair>"
