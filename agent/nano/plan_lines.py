"""The segments of items: a line of a search or a comparison, why an item was shown, what answers a question."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zlib import crc32

from agent.nano.plan_facts import common, extreme, item_slots, labelled, must, selected
from agent.nano.segment import Segment, grouped
from agent.nano.writer_classes import PASSAGES, QUOTED, fact_class
from agent.types import FactKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agent.types import Brief, Fact

_QUESTION = re.compile(
    r"(?:how|what|who|whose|why|when|where|which|is|are|does|do|can|it|any)\b", re.IGNORECASE
)


def item_lines(brief: Brief, kind: str) -> Iterator[Segment]:
    """Lay out a segment for each item of a brief, of kind 'line', 'versus', 'why' or 'detail'."""
    extremes = {"<low>": extreme(brief, "price", True), "<top>": extreme(brief, "rating", False)}
    shared = common(brief)
    quoted: set[str] = set()
    for number, item in enumerate(brief.items, start=1):
        facts = selected(brief, item, kind, shared, quoted)
        quoted.update(fact.value for fact in facts if fact_class(fact) in QUOTED)
        slots = grouped(item_slots(number, facts))
        tags = [
            tag for tag, found in extremes.items() if kind in {"line", "versus"} and found and found[0] == number
            and found[1] in facts
        ]  # fmt: skip
        shown = [token for token, names in slots.items() for _ in names]
        labels = frozenset(labelled(facts, slots))
        if kind == "detail" and not facts and (about := _asked_about(brief)):
            slots["{ask}"] = (about,)
            shown.append("{ask}")
        if kind == "why" and brief.note and number == 1:
            slots["{note}"] = ("{note}",)
            shown.append("{note}")
        if kind == "detail":
            tags += _answers(facts)
        slots["{title}"] = (f"{{{number}.title}}",)
        build = _build(kind, number, brief, facts)
        head = (f"<{kind}{build}>", _place(number, len(brief.items)), *tags, *shown)
        only = len(brief.items) == 1
        joint = "" if number == 1 and kind in {"why", "detail"} else " " if only else "\n"
        answers = PASSAGES & set(slots) if kind == "detail" else frozenset()
        if kind == "why":
            answers = frozenset(token for token in slots if token.startswith("{+"))
        required = frozenset({"{title}"} | answers | {token for token in slots if must(token, slots)})
        sentences = {"line": 2, "versus": 3, "detail": 4, "why": 5}[kind]
        yield Segment(kind, head, slots, required, joint, labels, sentences, 30 + 9 * len(shown))


def _build(kind: str, number: int, brief: Brief, facts: tuple[Fact, ...]) -> str:
    """Choose how a line is built, so that neighbours differ: the same items begin with the same build.

    '-list' sets facts beside the title, '-is' behind 'is', '-verbs' makes each a verb, '-price' puts the price first
    and '-pick' leads in with 'then there is'.
    """
    if kind not in {"line", "versus"}:
        return ""
    speaks = [fact for fact in facts if fact.kind is not FactKind.MISSED and fact_class(fact) not in QUOTED]
    if not speaks:
        return "-list"
    builds = ["-list", "-is", "-verbs"]
    if len(speaks) > 1 and any(fact_class(fact) == "price" for fact in speaks):
        builds.insert(1, "-price")
    if kind == "line" and 1 < number and len(brief.items) > 2:
        builds.insert(2, "-pick")
    start = crc32("|".join(item.title for item in brief.items).encode())
    return (
        builds[(start + number * 2) % len(builds)]
        if len(builds) % 2
        else builds[(start + number) % len(builds)]
    )


def _asked_about(brief: Brief) -> str:
    """Return the slot for what the catalogue is silent on; '' for a question, which can't stand inside a sentence."""
    if brief.ask:
        return "{ask}"
    return "“{u1}”" if brief.ranked and not _QUESTION.match(brief.ranked[0]) else ""


def _place(number: int, count: int) -> str:
    if count == 1:
        return "<only>"
    return "<first>" if number == 1 else "<last>" if number == count else "<mid>"


def _answers(facts: Iterable[Fact]) -> list[str]:
    """Tell what a question comes to: <yes> and <no> where a value was asked about, <told> where a column was."""
    kinds = {(fact.kind, fact.check is not None) for fact in facts if fact_class(fact) not in QUOTED}
    if (FactKind.ANSWER, True) in kinds:
        return ["<yes>"]
    if any(kind is FactKind.MISSED for kind, _ in kinds):
        return ["<no>"]
    return ["<told>"] if (FactKind.ANSWER, False) in kinds else []
