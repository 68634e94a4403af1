"""Judged requests of a picture and words, 'the same, but in navy blue', made from a catalogue's own items.

The reference is an item with a picture, the words name a colour it does not have, and right are the items that are the
same in all else: of a shop's table those with the same gender, article type and usage, of the demo those of the same
product line. Items are taken in the order of a hash of their id, the colour is drawn by it too, and it parts the cases
into two halves: one to choose parameters on, one to report.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from encoders.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from retrieval.snapshot import Snapshot

SAME: Final = ("gender", "articleType", "usage")
"""Columns that right items share with the reference."""
_COLOURS: Final = ("baseColour", "colour")
MOST: Final = 1200
"""Cases: a standard error of about .02 on either half."""


@dataclass(frozen=True, slots=True)
class Case:
    """One request."""

    row: int
    """Row of the reference, which is never right and never ranked."""
    colour: str
    """The colour asked for, as the catalogue spells it."""
    relevant: frozenset[int]
    """Rows that are right."""
    group: Hashable
    """What right items share; cases of one group are no independent draws."""
    reported: bool
    """Whether it is of the half that is reported; parameters are chosen on the other."""

    @property
    def said(self) -> str:
        """The words, as a person would say them."""
        return f"the same but in {self.colour.casefold()}"


def colour_column(snapshot: Snapshot) -> str:
    """Return the name of the colour column. Raises InputError when there is none."""
    names = {column.name for column in snapshot.columns}
    found = next((name for name in _COLOURS if name in names), None)
    if found is None:
        raise InputError("The benchmark composed needs a column of colours: run it on fashion or on demo.")
    return found


def cases(snapshot: Snapshot, most: int = MOST) -> list[Case]:
    """Return at most `most` cases.

    Raises InputError when the catalogue has no pictures, no colours, or nothing that tells what else is the same.
    """
    pictures = snapshot.vectors("image")
    if pictures is None:
        raise InputError("The benchmark composed needs pictures: run it on fashion or on demo.")
    groups = _groups(snapshot)
    colours = [cell[0] if cell else "" for cell in snapshot.words(colour_column(snapshot))]
    shown = np.any(pictures, axis=1)
    members: dict[Hashable, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row, group in groups.items():
        if shown[row] and colours[row]:
            members[group][colours[row]].append(row)
    found: list[Case] = []
    for row in sorted(groups, key=lambda row: _digest(snapshot.ids[row])):
        others = sorted(set(members[groups[row]]) - {colours[row]}) if shown[row] and colours[row] else []
        if others:
            digest = _digest(snapshot.ids[row])
            colour = others[digest // 2 % len(others)]
            right = frozenset(members[groups[row]][colour])
            found.append(Case(row, colour, right, groups[row], bool(digest % 2)))
    if not found:
        raise InputError(
            "No item of this catalogue comes in two colours: run the benchmark on fashion or on demo."
        )
    return found[:most]


def _groups(snapshot: Snapshot) -> Mapping[int, Hashable]:
    """Return rows with what is the same of the right items."""
    names = {column.name for column in snapshot.columns}
    if names >= set(SAME):
        cells = [snapshot.words(name) for name in SAME]
        return {row: tuple(column[row] for column in cells) for row in range(len(snapshot))}
    from retrieval.demo.build import entries

    lines = {entry.id: entry.line for entry in entries()}
    if lines.keys() >= set(snapshot.ids):
        return {row: lines[item] for row, item in enumerate(snapshot.ids)}
    raise InputError(
        f"What else is the same can't be told in this catalogue: it needs the columns {', '.join(SAME)}, or to be demo."
    )


def _digest(item_id: str) -> int:
    return int.from_bytes(hashlib.sha256(item_id.encode()).digest()[:8])
