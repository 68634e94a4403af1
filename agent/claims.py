"""Check what a reply says against the evidence it was written from.

A reply is checked a sentence at a time before anyone sees it. Slots are facts by construction. Outside them, every
number, every word that is a value of the catalogue, every title and every capitalised name is a claim: it must stand in
the record of the items the sentence speaks of, or in the person's own request. A sentence with a claim that can't be
traced is not shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.slots import SLOT, slot_values, subjects
from retrieval.types import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from agent.types import Brief
    from retrieval.snapshot import Snapshot
    from retrieval.types import Item

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_COUNTS = {
    name: value
    for value, name in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
}
# Words of a reply's frame that are also common facet values; on their own they say nothing about an item.
_FRAME = frozenset(
    """a all an and any are as at be best both but by can do does each first for from good has have here how i if in
    is it its just last less like main more most much new next no none nor not now of off on one only open or other out
    over own pick plain rest right same second set short show so some still such than that the their them then there
    these they third this those to too under up us use want was we well what when where which with without would yes
    you your""".split()
)
_LONGEST_VALUE = 4


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence after its check."""

    text: str
    """What may be shown; empty when a claim could not be traced."""
    checked: int
    removed: int


class ClaimChecker:
    """Checks the sentences of one reply."""

    def __init__(self, brief: Brief, snapshot: Snapshot, vocabulary: Vocabulary) -> None:
        """Prepare the evidence: the brief's slots, the items' records and the person's words."""
        self._slots = slot_values(brief)
        self._vocabulary = vocabulary
        items = snapshot.items(item.id for item in brief.items)
        self._records = [_record(item) for item in items]
        asked = " ".join(
            (
                brief.text,
                brief.query,
                brief.note or "",
                brief.ask or "",
                *brief.conditions,
                *brief.relaxed,
                *brief.ranked,
                *brief.options,
            )
        )
        self._asked = f" {_fold(asked)} "
        self._counts = {float(brief.matching), *(float(rank) for rank in range(1, len(items) + 1))}

    def check(self, sentence: str) -> Checked:
        """Fill and check one slotted sentence."""
        names = SLOT.findall(sentence)
        unknown = sum(name not in self._slots for name in names)
        literal = SLOT.sub(" | ", sentence)
        about = [self._records[rank - 1] for rank in sorted(subjects(sentence)) if rank <= len(self._records)]
        evidence = [*(about or self._records), self._asked]
        claims = list(self._claims(literal))
        unsupported = sum(not self._supported(claim, evidence) for claim in claims)
        checked, removed = len(names) + len(claims), unknown + unsupported
        if removed or "{" in literal or "}" in literal:
            return Checked("", checked, max(removed, 1))
        return Checked(SLOT.sub(lambda match: self._slots[match[1]], sentence), checked, 0)

    def _claims(self, literal: str) -> Iterable[str]:
        """Yield the claims of the words outside slots: numbers, values, titles and names."""
        yield from _NUMBER.findall(literal)
        for position, part in enumerate(literal.split("|")):
            words = _WORD.findall(part)
            yield from (word for word in words if word.casefold() in _COUNTS and word.casefold() != "one")
            yield from self._vocabulary.found(words)
            yield from _names(part, opening=position == 0)

    def _supported(self, claim: str, evidence: Sequence[str]) -> bool:
        number = _number(claim)
        if number is not None:
            if number in self._counts:
                return True
            return any(number in _numbers(text) for text in evidence)
        folded = f" {_fold(claim)} "
        return any(folded in text for text in evidence)


class Vocabulary:
    """The values and titles of a catalogue, to find them in prose."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Collect every facet and list value and every title of two words or more."""
        values: set[str] = set()
        for column in snapshot.columns:
            if column.role in (Role.FACET, Role.LIST):
                values.update(_fold(value) for value in column.values)
        values.update(folded for title in snapshot.titles() if " " in (folded := _fold(title)))
        self._values = {value for value in values if len(value) > 2 and value not in _FRAME}

    def found(self, words: Sequence[str]) -> Iterable[str]:
        """Yield the longest values that stand in a run of words."""
        folded = [_fold(word) for word in words]
        start = 0
        while start < len(folded):
            for size in range(min(_LONGEST_VALUE, len(folded) - start), 0, -1):
                run = " ".join(folded[start : start + size])
                if run in self._values:
                    yield run
                    start += size - 1
                    break
            start += 1


def _record(item: Item) -> str:
    cells = [item.title]
    for value in item.fields.values():
        cells.extend(
            value if isinstance(value, tuple) else [f"{value:g}" if isinstance(value, float) else value]
        )
    return f" {_fold(' | '.join(cells))} "


def _fold(text: str) -> str:
    return " ".join(re.findall(r"[\w.]+", text.casefold())).replace(". ", " ").strip(". ")


def _number(claim: str) -> float | None:
    if claim.casefold() in _COUNTS:
        return float(_COUNTS[claim.casefold()])
    if not claim[:1].isdigit():
        return None
    try:
        return float(claim.replace(",", ""))
    except ValueError:
        return float("nan")


def _numbers(text: str) -> set[float]:
    return {value for match in _NUMBER.findall(text) if (value := _number(match)) is not None}


def _names(part: str, *, opening: bool) -> Iterable[str]:
    """Yield capitalised words that do not begin a sentence; `opening` says that the part does."""
    for match in _WORD.finditer(part):
        before = part[: match.start()].rstrip()
        begins = opening if not before else before[-1] in ".!?:–—-("
        word = match[0]
        if word[0].isupper() and not begins and word.casefold() not in _FRAME and word.split("'")[0] != "I":
            yield word
