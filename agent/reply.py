"""The reply: pieces from the chat model, gathered into sentences, checked, filled, and passed on.

Nothing is shown before its sentence has been checked. An item whose line did not survive the check gets a line of its
facts, written by code, so that no card stays unexplained.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agent.slots import is_open, slot_values, subjects
from agent.types import ActName, Claims
from encoders.sanitise import sanitise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agent.claims import ClaimChecker
    from agent.types import Brief

# An end of sentence, but not inside a number ('4.6') or before a lower-case letter.
_END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[^a-z\s])|\n+")
_PER_ITEM = frozenset({ActName.RECOMMEND, ActName.REFINE, ActName.SIMILAR})
_LONGEST = 8_000


@dataclass(slots=True)
class Reply:
    """Streams one checked reply; iterate it once, then read `claims`."""

    brief: Brief
    checker: ClaimChecker
    claims: Claims = field(default_factory=Claims)

    def stream(self, pieces: Iterable[str]) -> Iterator[str]:
        """Yield checked text; pieces joined are the answer."""
        told: set[int] = set()
        empty = ended = True
        for sentence, space in _sentences(pieces):
            checked = self.checker.check(sentence)
            self.claims = Claims(self.claims.checked + checked.checked, self.claims.removed + checked.removed)
            if checked.text.strip():
                told |= subjects(sentence)
                empty = False
                ended = space == "\n"
                yield checked.text + space
        yield from self._what_is_missing(told, empty=empty, ended=ended)

    def _what_is_missing(self, told: set[int], *, empty: bool, ended: bool) -> Iterator[str]:
        if self.brief.act not in _PER_ITEM and not empty:
            return
        for rank, item in enumerate(self.brief.items, 1):
            if rank not in told:
                facts = ", ".join(fact.value for fact in item.facts)
                line = f"{item.title}: {facts}." if facts else f"{item.title}."
                yield line if ended else f"\n{line}"
                ended = False
                self.claims = Claims(self.claims.checked + 1 + len(item.facts), self.claims.removed)
        if empty and not self.brief.items:
            yield self._bare()

    def _bare(self) -> str:
        """Return the facts of a brief without items, in the fewest words."""
        values = slot_values(self.brief)
        if self.brief.ask:
            options = ", ".join(self.brief.options)
            return f"Which {values['ask']}? ({options})" if options else f"Which {values['ask']}?"
        if self.brief.note:
            return f"Noted: {self.brief.note}."
        if self.brief.act is ActName.CHAT:
            return "Tell me what you are after, and I will look it up here."
        given_up = ", ".join(self.brief.conditions)
        return f"Nothing fits {given_up}." if given_up else "Nothing in this catalogue fits."


def _sentences(pieces: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Gather pieces into (sentence, the white space behind it); slots are never cut."""
    held, length = "", 0
    for piece in pieces:
        held += sanitise(piece)
        length += len(piece)
        while (match := _END.search(held)) and match.end() < len(held):
            sentence = held[: match.start()]
            if is_open(sentence):
                break
            yield sentence, "\n" if "\n" in match[0] else " "
            held = held[match.end() :]
        if length > _LONGEST:
            break
    if held.strip():
        yield held.rstrip(), ""
