"""The reply: pieces from the chat model, gathered into sentences, checked, filled, and passed on.

Nothing is shown before its sentence has been checked. An item whose line did not survive the check gets a line of its
facts, written by code, so that no card stays unexplained.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agent.plain import answer_line, as_sentence, bare, disclosures, fact_line
from agent.slots import SLOT, is_open, subjects
from agent.types import SEARCHES, ActName, Claims
from encoders.sanitise import sanitise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from agent.claims import ClaimChecker
    from agent.types import Brief

# An end of sentence, but not inside a number ('4.6') or before a lower-case letter.
_END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[^a-z\s])|\n+")
_FEEDBACK = frozenset({ActName.RATE, ActName.LIKE, ActName.DISLIKE})
_NOTING = frozenset({ActName.REMEMBER, ActName.FORGET, ActName.RATE})
_DENIAL = re.compile(r"\b(?:not|no|nothing|unknown)\b|n['’]t\b", re.I)
# A sentence of a small model may stop before its last word: 'comes to.', '– for.'
_CUT_OFF = re.compile(
    r"(?:^|\s)(?:a|an|and|as|at|but|by|comes to|for|from|in|is|made of|of|on|or|the|to|with)[.!?,;:–-]*$"
)
_LONGEST = 8_000


@dataclass(slots=True)
class Reply:
    """Streams one checked reply; iterate it once, then read `claims`."""

    brief: Brief
    checker: ClaimChecker
    claims: Claims = field(default_factory=Claims)

    def stream(self, pieces: Iterable[str]) -> Iterator[str]:
        """Yield checked text; pieces joined are the answer."""
        brief = self.brief
        if brief.question or (brief.note and not brief.items and brief.act in SEARCHES | {ActName.DETAIL}):
            yield " ".join(as_sentence(part) for part in (brief.note, brief.question) if part)
            return
        told: set[str] = set()
        ended, denied = True, False
        for sentence, space in _sentences(pieces):
            names = SLOT.findall(sentence)
            checked = self.checker.check(sentence)
            self.claims = Claims(self.claims.checked + checked.checked, self.claims.removed + checked.removed)
            titles = {f"{rank}.title" for rank in checked.named}
            whole = checked.text.strip() and not _CUT_OFF.search(sentence)
            if whole and not self._hangs(names, told | titles):
                told.update(names, titles, ("",))
                denied = denied or bool(_DENIAL.search(checked.text)) or "u1" in names
                ended = space == "\n"
                yield checked.text + space
        for line in self._what_is_missing(told, denied=denied):
            yield line if ended else f"\n{line}"
            ended = False

    def _hangs(self, names: Sequence[str], told: set[str]) -> bool:
        """Tell whether a sentence has facts of an item of several whose title was not said: the one before it went."""
        ranks = {name.split(".")[0] for name in names if name[0].isdigit()}
        return len(self.brief.items) > 1 and any(f"{rank}.title" not in told for rank in ranks)

    def _what_is_missing(self, told: set[str], *, denied: bool) -> Iterator[str]:
        """Yield what must be said and was not: items, answers, what was given up, what can't be checked."""
        brief = self.brief
        unsaid = not told and brief.act in (ActName.EXPLAIN, ActName.COMPARE)
        if brief.act in SEARCHES or brief.act is ActName.DETAIL or unsaid:
            ranks = self._told_of(told, denied=denied)
            for rank, item in enumerate(brief.items, 1):
                if rank not in ranks:
                    self.claims = Claims(self.claims.checked + 1 + len(item.facts), self.claims.removed)
                    yield answer_line(item) if brief.act is ActName.DETAIL else fact_line(item)
        silent = not told and (not brief.items or brief.act in _FEEDBACK)
        if silent or (brief.act in _NOTING and brief.note and "note" not in told):
            yield bare(brief)
        if brief.items and (brief.act in SEARCHES or brief.act is ActName.DISLIKE):
            yield from disclosures(brief, told)

    def _told_of(self, told: set[str], *, denied: bool) -> set[int]:
        """Return the numbers of the items of which enough was said: of an answer, one of its facts."""
        found = subjects("".join(f"{{{name}}}" for name in told))
        if self.brief.act is not ActName.DETAIL:
            return set(found)
        answered = {
            int(name.split(".")[0]) for name in told if name[:1].isdigit() and not name.endswith("title")
        }
        silent = {rank for rank, item in enumerate(self.brief.items, 1) if not item.facts and denied}
        return answered | silent


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
