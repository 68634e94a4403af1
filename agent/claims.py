"""Check what a reply says against the evidence it was written from.

A reply is checked a sentence at a time before anyone sees it. Slots are facts by construction. Outside them, every
number, every word that is a value of the catalogue, every title and every capitalised name is a claim. What a sentence
says of an item must stand in the record of that item, not of another; what it says of nothing in particular, in some
record or in the person's own request. A sentence with a claim that can't be traced is not shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from agent.linking.units import SPOKEN
from agent.prose import Claim, Kind, Vocabulary, claims_of, fold, measures, numbers
from agent.slots import SLOT, slot_values, subjects
from agent.wording import write_ordinal
from retrieval.types import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.linking.units import Unit
    from agent.types import Brief, BriefItem
    from retrieval.snapshot import Snapshot
    from retrieval.types import Column, Item

_PRONOUN = re.compile(r"\W*(?:it|its|it['’]s|this|that|he|she|his|her)\b", re.I)
_EVERY = re.compile(r"\b(?:all|both|each|every|everything|they|these|those)\b", re.I)
_NONE = re.compile(r"\W*(?:nothing|none|neither|no)\b", re.I)
_OF_SHOWN = re.compile(r"\b(?:first|last|other|these|those|all|the|both|item|number|only|top)\W+$", re.I)


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence after its check."""

    text: str
    """What may be shown; empty when a claim could not be traced."""
    checked: int
    removed: int
    named: frozenset[int] = frozenset()
    """Numbers of the items whose title it says, by slot or in words."""


@dataclass(frozen=True, slots=True)
class _Record:
    """What the catalogue says of one item."""

    title: str
    text: str
    """All cells, folded, with a space at both ends."""
    numbers: frozenset[float]
    measured: frozenset[tuple[float, str]]
    """Numbers with the unit that stands beside them, in a column of that unit or in words."""
    bare: frozenset[float]
    """Numbers of columns without a unit."""

    def says(self, claim: Claim) -> bool:
        if claim.number is None:
            return f" {claim.text} " in self.text
        if claim.kind is Kind.COUNT:
            return f" {claim.text} " in self.text or claim.number in self.numbers
        if claim.unit is None:
            return claim.number in self.numbers
        return (claim.number, _name(claim.unit)) in self.measured or claim.number in self.bare


class ClaimChecker:
    """Checks the sentences of one reply, in their order."""

    def __init__(self, brief: Brief, snapshot: Snapshot, vocabulary: Vocabulary) -> None:
        """Prepare the evidence: the brief's slots, the items' records and the person's words."""
        self._slots = slot_values(brief)
        self._vocabulary = vocabulary
        columns = {column.name: column for column in snapshot.columns}
        records = snapshot.items(item.id for item in brief.items)
        self._records = [
            _measured(_record(record, columns), item)
            for record, item in zip(records, brief.items, strict=True)
        ]
        said = (brief.text, brief.query, brief.note or "", brief.ask or "")
        listed = (*brief.conditions, *brief.relaxed, *brief.ranked, *brief.options)
        asked = " | ".join((*said, *listed))
        self._asked = f" {fold(asked)} "
        self._asked_numbers = numbers(asked)
        self._matching = float(brief.matching)
        self._last: tuple[int, ...] = ()

    def check(self, sentence: str) -> Checked:
        """Fill and check one slotted sentence."""
        names = SLOT.findall(sentence)
        unknown = sum(name not in self._slots for name in names)
        literal = SLOT.sub(" | ", sentence)
        named = self._named(names, literal)
        about = self._subjects(sentence, literal, named)
        claims = list(claims_of(literal, self._vocabulary))
        untraced = sum(not self._supported(claim, about, literal) for claim in claims)
        misplaced = _misplaced(names)
        checked, removed = len(names) + len(claims), unknown + untraced + misplaced
        if removed or "{" in literal or "}" in literal:
            return Checked("", checked, max(removed, 1))
        self._last = about or self._last
        return Checked(SLOT.sub(lambda match: self._slots[match[1]], sentence), checked, 0, named)

    def _named(self, names: Sequence[str], literal: str) -> frozenset[int]:
        found = {int(name.split(".")[0]) for name in names if name.endswith(".title")}
        folded = f" {fold(literal)} "
        # The longest title first: 'Kelda Trail Boot Moss' does not name the Kelda Trail Boot.
        for rank, record in sorted(enumerate(self._records, 1), key=lambda pair: -len(pair[1].title)):
            if record.title and f" {record.title} " in folded:
                found.add(rank)
                folded = folded.replace(f" {record.title} ", " ")
        return frozenset(found)

    def _subjects(self, sentence: str, literal: str, named: frozenset[int]) -> tuple[int, ...]:
        """Return the numbers of the items a sentence speaks of: by slot, title, place, or 'it' of the one before."""
        found = {rank for rank in subjects(sentence) | named if rank <= len(self._records)}
        folded = f" {fold(literal)} "
        if len(self._records) > 1:
            found.update(
                rank for rank in range(1, len(self._records) + 1) if f" the {write_ordinal(rank)} " in folded
            )
        if found or not _PRONOUN.match(literal):
            return tuple(sorted(found)) or ((1,) if len(self._records) == 1 else ())
        return self._last

    def _supported(self, claim: Claim, about: Sequence[int], literal: str) -> bool:
        if claim.kind in (Kind.COUNT, Kind.NUMBER) and claim.unit is None and self._counts(claim, literal):
            return True
        records = [self._records[rank - 1] for rank in about] or self._records
        said = [record.says(claim) for record in records]
        if claim.negated and claim.kind is Kind.VALUE:
            return not any(said) if said else self._is_asked(claim)
        denied = bool(_NONE.match(literal))
        every = bool(_EVERY.search(literal)) and not about and bool(records) and not denied
        if any(said) and (all(said) or not every):
            return True
        # A wish is no attribute: 'red' of the request does not make a boot red, but 'nothing is red' may be said.
        free = not about or denied or claim.bound or claim.kind is Kind.NAME
        return free and not every and self._is_asked(claim)

    def _is_asked(self, claim: Claim) -> bool:
        if claim.number is not None:
            return claim.number in self._asked_numbers or f" {claim.text} " in self._asked
        return f" {claim.text} " in self._asked

    def _counts(self, claim: Claim, literal: str) -> bool:
        """Tell whether a number counts the items: all that fit, all that are shown, or 'the first two'."""
        shown = len(self._records)
        if claim.number is None or not claim.number.is_integer() or "." in claim.text:
            return False
        if claim.kind is Kind.COUNT and claim.number in (self._matching, float(shown)):
            return True
        place = re.search(rf"(?<![\w.]){re.escape(claim.text)}\b(?![.,]?\d)", literal, re.I)
        if place is None or not 1 <= claim.number <= max(shown, self._matching):
            return False
        if claim.number in (self._matching, float(shown)):
            return bool(
                re.match(r"\W*(?:$|items?|fit|match|of|more|in all|that|are|here)", literal[place.end() :])
            )
        return claim.number <= shown and bool(_OF_SHOWN.search(literal[: place.start()]))


def _misplaced(names: Sequence[str]) -> int:
    """Count facts of an item in a sentence that names others but not this one: '{1.title} costs {2.price}'."""
    titled = {name.split(".")[0] for name in names if name.endswith(".title")}
    facts = [name.split(".")[0] for name in names if name[0].isdigit() and not name.endswith(".title")]
    return sum(bool(titled) and rank not in titled for rank in facts)


def _record(item: Item, columns: dict[str, Column]) -> _Record:
    cells = [item.title]
    measured: set[tuple[float, str]] = set()
    bare: set[float] = set()
    for name, value in item.fields.items():
        column = columns.get(name)
        if isinstance(value, float):
            cells.append(f"{value:g}" if abs(value) < 1e6 else f"{value:.2f}")
            if column is not None and column.role is Role.NUMBER:
                if column.unit:
                    measured.add((value, _plain(column.unit)))
                else:
                    bare.add(value)
        else:
            cells.extend(value if isinstance(value, tuple) else [value])
    measured.update((number, _name(unit)) for cell in cells for number, unit in measures(cell) if unit)
    told = frozenset(number for cell in cells for number in numbers(cell))
    text = f" {fold(' | '.join(cells))} "
    return _Record(
        fold(item.title), text, told | {n for n, _ in measured}, frozenset(measured), frozenset(bare)
    )


def _measured(record: _Record, item: BriefItem) -> _Record:
    """Add what was found outside the catalogue, in the item's picture, to what may be said of it."""
    found = [fact.value for fact in item.facts if fact.source]
    return replace(record, text=f"{record.text}| {fold(' | '.join(found))} ") if found else record


def _name(unit: Unit) -> str:
    return "money" if unit.money else unit.name


def _plain(unit: str) -> str:
    known = SPOKEN.get(unit)
    return _name(known) if known else unit
