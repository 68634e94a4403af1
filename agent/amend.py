"""Exact edits of the search in force: what a person takes away or adds by pointing at it, with no model in between.

Words are read again by the linker only where they are new; a condition that is taken away is the very one in force.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from agent.evidence import content_stems
from agent.linking.describe import describe
from agent.linking.limits import parse
from agent.linking.references import Screen
from agent.types import ActName, Phrase, PhraseKind, Reading
from agent.wording import write_list
from encoders.errors import UsageError
from encoders.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from agent.acts.outcome import Outcome
    from agent.catalogue import Catalogue
    from agent.linking.link import Linked
    from agent.state import Dialogue
    from retrieval.types import Constraint

_WORD = re.compile(r"\S+")


class Held(StrEnum):
    """A part of the search in force that is no condition and no word."""

    PICTURE = "picture"
    SOUND = "sound"
    ITEMS = "items"
    """The items that others are to be like."""
    ORDER = "order"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of the search in force: the arguments of `Conversation.amend`."""

    drop: tuple[Constraint, ...] = ()
    """Conditions in force to take away."""
    add: str = ""
    """Conditions to add, as people or this program write them: 'price ≤ 100 · not leather'."""
    query: str | None = None
    """Words to rank by in the place of those in force; None leaves these."""
    forget: frozenset[Held] = frozenset()
    """Other parts to take away."""
    admit: tuple[str, ...] = ()
    """Ids of items that were not wanted and may be found again; what was said against them is forgotten."""

    def __bool__(self) -> bool:
        """Tell whether it changes anything."""
        return bool(self.drop or self.add.strip() or self.query is not None or self.forget or self.admit)


def words_of(edit: Edit, catalogue: Catalogue) -> str:
    """Say an edit in the person's place: 'without price ≤ 80, not leather'."""
    gone = [describe(one, catalogue.fields) for one in edit.drop]
    gone += [f"the {held}" for held in sorted(edit.forget)]
    parts = [f"without {write_list(gone)}"] if gone else []
    if edit.admit:
        parts.append(
            f"with {write_list([item.title for item in catalogue.snapshot.items(edit.admit)])} again"
        )
    if edit.query is not None:
        parts.append(f"“{edit.query.strip()}”" if edit.query.strip() else "without words")
    return ", ".join([*parts, *([edit.add] if edit.add else [])])


def amended(edit: Edit, dialogue: Dialogue, catalogue: Catalogue, today: date) -> tuple[Reading, Linked]:
    """Change `dialogue` as an edit says, and return the refinement that searches it again.

    Raises UsageError, before anything is changed, when a condition to take away is not in force.
    """
    gone = _in_force(edit.drop, dialogue.constraints, catalogue)
    query = None if edit.query is None else sanitise_line(edit.query).strip()
    parts = catalogue.linker.written.parts(sanitise_line(edit.add))
    added = tuple(Phrase(_kind_of(part, today), part) for part in parts)
    reading = Reading(ActName.REFINE, query=query or "", phrases=added)
    screen = Screen(dialogue.screen, tuple(reversed(dialogue.screens[:-1])), dialogue.focus)
    kept = tuple(one for one in dialogue.constraints if one not in gone)
    linked = catalogue.linker.link(reading, screen, kept, exact=True)
    _forget(edit.forget, dialogue)
    dialogue.refused.difference_update(edit.admit)
    dialogue.query = _left_of(dialogue.query, gone, kept) if query is None else query
    # New words for the query must not bring back what is taken away with them.
    back = {one for one in linked.fresh if _again(one, gone) and one.said not in edit.add}
    linked = replace(
        linked,
        query=dialogue.query,
        constraints=tuple(one for one in linked.constraints if one not in back),
        fresh=tuple(one for one in linked.fresh if one not in back),
        dropped=(*gone, *linked.dropped),
    )
    # A refinement without a phrase asks for more of the same; this one never does.
    dropped = tuple(Phrase(PhraseKind.DROP, one.said or str(one.value)) for one in gone)
    told = (*added, *dropped) or (Phrase(PhraseKind.DROP, "that"),)
    return replace(reading, phrases=told), linked


def told_empty(outcome: Outcome, dialogue: Dialogue, liked: bool) -> Outcome:
    """Return the outcome of a search that nothing is left of, saying so."""
    asks = dialogue.query or dialogue.constraints or dialogue.near or dialogue.shows
    if asks or not outcome.cards:
        return outcome
    by = "nearest to your taste" if liked else "some of what is here"
    headline = f"nothing is asked for any more; {by}"
    return replace(outcome, headline="; ".join(filter(None, (headline, outcome.headline))))


def _in_force(
    drop: Sequence[Constraint], constraints: Sequence[Constraint], catalogue: Catalogue
) -> tuple[Constraint, ...]:
    """Find conditions among those in force, whatever became of them on the way: one that was given up is meant too."""
    found: list[Constraint] = []
    for one in drop:
        same = [held for held in constraints if replace(held, status=one.status) == one]
        if not same:
            words = sanitise_line(describe(one, catalogue.fields), 80)
            raise UsageError(
                f"“{words}” can't be taken away because the search in force does not have it; it is as it was."
            )
        found += same
    return tuple(dict.fromkeys(found))


def _kind_of(part: str, today: date) -> PhraseKind:
    limit = parse(part, today)
    return PhraseKind.LIMIT if limit is not None and limit.cued else PhraseKind.WANT


def _again(one: Constraint, gone: Sequence[Constraint]) -> bool:
    return any((one.field, one.op, one.value) == (other.field, other.op, other.value) for other in gone)


def _forget(held: frozenset[Held], dialogue: Dialogue) -> None:
    if Held.PICTURE in held:
        dialogue.show_picture(None)
    if Held.SOUND in held:
        dialogue.sound = dialogue.tempo = dialogue.pace = None
    if Held.ITEMS in held:
        dialogue.near, dialogue.alike = {}, None
    if Held.ORDER in held:
        dialogue.sort = None
    if Held.COUNT in held:
        dialogue.count = None


def _left_of(query: str, gone: Sequence[Constraint], kept: Sequence[Constraint]) -> str:
    """Return the query without the words of wishes that are taken away: who takes 'boots' away looks for none.

    Words that a condition still in force says stay; a query of which only small words are left is empty.
    """
    taken = {word for one in gone if not one.op.negative for word in _stems_of(one)}
    taken -= {word for one in kept if not one.op.negative for word in _stems_of(one)}
    if not taken & set(content_stems(query)):
        return query
    left = " ".join(word for word in _WORD.findall(query) if not taken & set(content_stems(word)))
    return left if content_stems(left) else ""


def _stems_of(one: Constraint) -> set[str]:
    values = one.value if isinstance(one.value, tuple) else (str(one.value),)
    return {word for text in (*values, one.said) for word in content_stems(text)}
