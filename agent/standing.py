"""What a person asked to be remembered, as conditions of every search where it matters.

'I'm vegan' ranks: it can't be asked of a film. 'I'm allergic to wool' filters. Both are shown with the request, so that
nothing works in silence.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from agent.linking.references import Screen
from agent.types import ActName, Phrase, PhraseKind, Reading
from retrieval.types import Role, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.catalogue import Catalogue
    from retrieval.store.people import Note
    from retrieval.types import Constraint

_AGAINST = re.compile(
    r"\b(?:not?|never|don'?t|can'?t|cannot|won'?t|hates?|dislikes?|avoids?|without|allergic(?: to)?|nothing)\b",
    re.I,
)
_MATTERS = 0.5
"""A remembered wish bears on a search when at least this part of what is left has the field at all."""


def standing_constraints(notes: Sequence[Note], catalogue: Catalogue) -> tuple[Constraint, ...]:
    """Link remembered facts to the catalogue; those it knows nothing of are left out."""
    found: list[Constraint] = []
    for note in notes:
        against = _AGAINST.search(note.text)
        kind = PhraseKind.AVOID if against else PhraseKind.WANT
        words = note.text[against.end() :] if against else note.text
        reading = Reading(ActName.REMEMBER, phrases=(Phrase(kind, words.strip()),))
        for constraint in catalogue.linker.link(reading, Screen()).fresh:
            if constraint.field is not None and constraint.status is Status.ENFORCED:
                status = Status.ENFORCED if constraint.op.negative else Status.RANKED
                found.append(replace(constraint, status=status))
    return tuple(dict.fromkeys(found))


def those_that_matter(
    standing: Sequence[Constraint], asked: Sequence[Constraint], catalogue: Catalogue
) -> tuple[Constraint, ...]:
    """Return the standing constraints that bear on a search for `asked` and say nothing that it says already."""
    fields = {constraint.field for constraint in asked}
    rows = catalogue.searcher.rows(asked).tolist()
    kept: list[Constraint] = []
    for constraint in standing:
        if constraint.field is None or constraint.field in fields or not rows:
            continue
        if _filled(constraint.field, rows, catalogue) >= _MATTERS * len(rows):
            kept.append(constraint)
    return tuple(kept)


def _filled(field: str, rows: Sequence[int], catalogue: Catalogue) -> int:
    """Count the rows that have a value in a column."""
    snapshot = catalogue.snapshot
    if any(column.name == field and column.role is Role.NUMBER for column in snapshot.columns):
        return int(np.isfinite(snapshot.numbers(field)[list(rows)]).sum())
    words = snapshot.words(field)
    return sum(bool(words[row]) for row in rows)
