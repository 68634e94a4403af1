"""What a reply has to say, in order: a Brief as segments of typed slots, without any of its facts.

A segment is a stretch of reply that the writer spells at once: the sentence for the set, one line per item, a question.
Its `head` is all that the model sees of the brief: act, counts and the class of each fact. A typed slot, such as
'{+colour}' for a colour that was asked for, stands in head and text alike; it becomes '{2.f1}' on the way out, so a
model can word a fact but neither choose nor spell it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from agent.nano.plan_facts import extreme
from agent.nano.plan_lines import item_lines
from agent.nano.plan_query import with_article
from agent.nano.segment import Segment, grouped
from agent.nano.writer_classes import condition_class
from agent.types import SEARCHES, ActName, Brief, BriefItem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_NOTED = frozenset({ActName.RATE, ActName.LIKE, ActName.DISLIKE})
_SAID = 3  # conditions that a lead may name
_WORDS = 12  # words of small talk that the model sees
_STARS = re.compile(r"(\d(?:\.\d)?)\s*(?:/|of|out of|stars?)", re.IGNORECASE)


def plan(brief: Brief) -> tuple[Segment, ...]:
    """Lay out the reply to a brief; at least one segment, every item in a segment of its own or named in the first."""
    if brief.act in SEARCHES and brief.items:
        return tuple(_found(brief))
    if brief.act in SEARCHES:
        return (_segment("nothing", brief, _set_slots(brief), needs="r"), *_unchecked(brief))
    if brief.act is ActName.COMPARE and len(brief.items) > 1:
        return (_segment("lead", brief, _set_slots(brief)), *item_lines(brief, "versus"))
    if brief.act in {ActName.EXPLAIN, ActName.DETAIL} and brief.items:
        return tuple(item_lines(brief, "why" if brief.act is ActName.EXPLAIN else "detail"))
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


def _query_slot(brief: Brief) -> dict[str, tuple[str, ...]]:
    # The query of SIMILAR is the item it is like, which the conditions name already.
    said = with_article(brief.query) if brief.act is not ActName.SIMILAR else ""
    return {"{query}": (said.replace(brief.query, "{query}"),)} if said else {}


def _ask_slots(brief: Brief) -> dict[str, tuple[str, ...]]:
    ask = {"{ask}": ("{ask}",)} if brief.ask else {}
    options = tuple(f"{{o{n}}}" for n in range(1, min(len(brief.options), 4) + 1))
    return ask | ({"{o}": options} if options else {})


def _conditions(name: str, texts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    # The person's own words stay theirs; 'not red' is no thing that can be given up, but “not red” is.
    quoted = name == "u" or (name == "r" and "not" in map(condition_class, texts))
    for number, text in enumerate(texts, start=1):
        slot = f"{{{name}{number}}}"
        yield f"{{{name}.{condition_class(text)}}}", f"“{slot}”" if quoted else slot


def _is_foreign(brief: Brief) -> bool:
    """Tell whether the query itself stands among what can't be checked: nothing here is clearly that."""
    return bool(brief.query) and brief.ranked[:1] == (brief.query,)


def _set_slots(brief: Brief) -> dict[str, tuple[str, ...]]:
    slots = {"{unclear}": ("“{u1}”",)} if _is_foreign(brief) else _query_slot(brief)
    slots |= grouped(_conditions("c", brief.conditions[:_SAID]))
    slots |= grouped(_conditions("r", brief.relaxed))
    # 'Nine are red and warm' counts those that meet every condition, so every one has to be there to say.
    told = len(brief.conditions) <= _SAID
    if (told and brief.matching > max(len(brief.items), 1)) or (brief.matching and not brief.items):
        slots["{matching}"] = ("{matching}",)
    if brief.items and brief.act is not ActName.COMPARE:
        slots["{first}"] = ("{1.title}",)
    for token, kind, low in (("low", "price", True), ("top", "rating", False)):
        if found := extreme(brief, kind, low):
            number, fact = found
            slots[f"{{{token}}}"] = (f"{{{number}.title}}",)
            slots[f"{{{token}.{kind}}}"] = (f"{{{number}.{fact.slot}}}",)
    return slots


def _unchecked(brief: Brief) -> Iterator[Segment]:
    named = {"“{u1}”"} if _is_foreign(brief) else set()  # the lead says it of the query
    left = [f"“{{u{n}}}”" for n in range(1, len(brief.ranked) + 1) if f"“{{u{n}}}”" not in named]
    # Quoted words are all of one sort, and more than two of them are said in one breath.
    texts = (*((", ".join(left[:-1]),) if len(left) > 1 else ()), *left[-1:])
    slots = {"{u.word}": texts} if texts else {}
    if slots:
        yield _segment("cant", brief, slots, needs="u", joint=" ")


def _found(brief: Brief) -> Iterator[Segment]:
    unchecked = tuple(_unchecked(brief))
    # What can't be checked comes behind the lead, which then does not end on a colon.
    yield _segment("lead", brief, _set_slots(brief), needs="ru", extra=("<cant>",) if unchecked else ())
    yield from unchecked
    yield from item_lines(brief, "line")
    if brief.ask:
        slots = _ask_slots(brief)
        # Options say what they are of: 'in red or in blue?' asks for a colour.
        slots = {"{o}": slots["{o}"]} if len(slots.get("{o}", ())) > 1 else {"{ask}": ("{ask}",)}
        yield _segment("next", brief, slots, needs="ao", joint="\n")


def _named_in(note: str, items: Iterable[BriefItem]) -> int:
    return sum(item.title in note for item in items)


def _noted(brief: Brief) -> Segment:
    tag = _stars(brief.note or "") if brief.act is ActName.RATE else ""
    if brief.act is ActName.FORGET and (brief.note or "").startswith("nothing"):
        tag = "<none>"
    # What was said of oneself is repeated as it was said: “I take a size 9”.
    own = brief.act in {ActName.REMEMBER, ActName.FORGET} and not tag
    slots: dict[str, tuple[str, ...]] = {"{note}": ("“{note}”" if own else "{note}",)} if brief.note else {}
    if brief.items and (not brief.note or brief.act in {ActName.LIKE, ActName.DISLIKE}):
        slots = {"{next}": tuple(f"{{{n}.title}}" for n in range(1, len(brief.items) + 1))}
    return _segment("noted", brief, slots, needs="n", extra=(tag,) if tag else ())


def _stars(note: str) -> str:
    """Read whether a rating is good, from '★★★★☆' or '4 stars'; '' when it can't be told."""
    said = _STARS.search(note)
    stars = float(said.group(1)) if said else float(note.count("★"))
    return "<good>" if stars >= 4 else "" if not stars else "<poor>" if stars <= 2 else "<fair>"
