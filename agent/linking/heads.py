"""The head noun of a query as a condition, so that the cheapest dress is never a sock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from agent.linking.folding import GENERIC, Token, tokens
from agent.linking.merging import values_of
from agent.linking.phrases import constraint, narrower_than
from agent.linking.values import How, Match, ValueIndex
from retrieval.types import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from agent.linking.fields import Fields
    from retrieval.types import Constraint

_PREPOSITIONS: Final = frozenset(
    "for in with from to on at about by under over that thats thatll thatd which like without where when while so "
    "because as near i we you they he she it my our his her their".split()
)
NEGATIONS: Final = frozenset(
    "no not never without dont doesnt isnt arent wont cant cannot havent hasnt nothing but bar except "
    "instead rather".split()
)
_MEASURES: Final = frozenset(
    "pair pairs set sets kind kinds sort type bit piece pieces couple bunch range selection lot".split()
)
_PURSUITS: Final = frozenset(
    "learn study practise practice visit play cook make grow eat drink watch read hear see go stay buy try".split()
)
"""Verbs before a thing that is sought for their sake: 'learn spanish'."""
_SOMETHING: Final = re.compile(r"(?:something|anything|summat|sth)\b", re.IGNORECASE)
_MOST_PARTS: Final = 6
WHATEVER: Final = frozenset("present presents gift gifts treat surprise".split())
"""What may be anything, whatever column has the word."""
_LEAST_SHARE: Final = 0.02
"""A word before the head filters when at least that part of the items it would leave, or of its own, are both."""


@dataclass(frozen=True, slots=True)
class HeadLinker:
    """Finds what kind of thing a query is after."""

    fields: Fields
    values: ValueIndex
    mask: Callable[[Constraint], NDArray[np.bool_]]
    """Which rows satisfy a constraint."""
    sorts: frozenset[str] = frozenset()
    """Stems that mean anything in this catalogue (`sorts`)."""

    def _is_generic(self, word: Token) -> bool:
        return word.text in GENERIC or word.stem in self.sorts

    def link(self, query: str) -> tuple[Constraint, ...]:
        """Return conditions that the words of a query certainly are: its head noun, and attributes of such items.

        The head is the end of the first noun phrase: 'dress' of 'red dress for a wedding'. A word before it filters
        only where the catalogue has such a thing: 'horror film' has, 'music box' has no box in music; and not where
        it ends a compound that nothing links: 'movie night scene' is no scene at night.
        """
        parts = [part for part in query.split(",") if part.strip()][:_MOST_PARTS]
        if len(parts) > 1:
            each = [self.link(part) for part in parts]
            kinds = [one for one in each if any(c.field in self.fields.categories for c in one)]
            return self._united(kinds) if kinds else next(filter(None, each), ())
        core = _core(tokens(query))
        if not core:
            return ()
        matches = [
            match for match in self.values.find(core, self.fields.categories) if match.how is not How.NAME
        ]
        if matches and self._is_generic(core[-1]) and self._only_part(matches[-1], len(core)):
            matches.pop()  # 'book' of a library is no board book
        while len(core) > 1 and self._is_generic(core[-1]) and (not matches or matches[-1].end < len(core)):
            core.pop()  # in a catalogue of films alone, 'film' says nothing
        if len(core) == 1 and _SOMETHING.match(query) and matches and matches[-1].how > How.STEM:
            return ()  # 'something light' is no lamp
        heads = self._heads(core, matches)
        if not heads:
            return self._whole(core, matches) or self._alone(core, matches)
        column = heads[-1].column
        values = tuple(dict.fromkeys(value for match in heads for value in match.values))
        made = [constraint(column, values, _said(core, heads[0].start, heads[-1].end), avoid=False)]
        made.extend(narrower_than(core, heads))
        rows = self.mask(made[0])
        linked = {place for match in matches for place in range(match.start, match.end)}
        loose = {place for place, word in enumerate(core) if place not in linked and not word.stop}
        for match in matches:
            if any(match is head for head in heads):
                continue
            one = constraint(match.column, match.values, _said(core, match.start, match.end), avoid=False)
            compound = match.start - 1 in loose and not self.fields.is_look(match.column)
            if match.how <= How.SYNONYM and not compound and self._goes(self.mask(one), rows):
                made.append(one)
            else:
                loose.update(range(match.start, match.end))
        return tuple(made)

    def _united(self, heads: Sequence[tuple[Constraint, ...]]) -> tuple[Constraint, ...]:
        """Take several kinds of one column for any of them: 'cleaner, handyman'."""
        first = heads[0][0]
        column = self.fields.get(first.field)
        alike = all(one[0].field == first.field and len(one) == 1 for one in heads)
        if column is None or len(heads) == 1 or not alike:
            return heads[0]
        values = tuple(dict.fromkeys(value for one in heads for value in values_of(one[0])))
        return (constraint(column, values, ", ".join(one[0].said for one in heads), avoid=False),)

    def _only_part(self, match: Match, end: int) -> bool:
        """Tell whether the last word alone is matched, and not as a value of its own."""
        return match.end == end and match.end - match.start == 1 and match.how > How.STEM

    def _goes(self, own: NDArray[np.bool_], rows: NDArray[np.bool_]) -> bool:
        both = int((own & rows).sum())
        return both > 0 and both >= _LEAST_SHARE * min(int(own.sum()), int(rows.sum()))

    def _heads(self, core: Sequence[Token], matches: Sequence[Match]) -> list[Match]:
        """Return the match at the end of the phrase, with those joined to it: 'boots or shoes'."""
        if (
            not matches
            or matches[-1].end != len(core)
            or matches[-1].column.name not in self.fields.categories
        ):
            return []
        if core[-1].text in WHATEVER and len(core) == 1:
            return []
        heads = [matches[-1]]
        for match in reversed(matches[:-1]):
            between = core[match.end : heads[0].start]
            joined = [word.text for word in between] in (["or"], ["and"])
            parts = not between and match.how is heads[0].how is How.PART  # 'craft kit' may be either
            if match.column is not heads[0].column or not (joined or parts):
                break
            heads.insert(0, match)
        return heads

    def _whole(self, core: Sequence[Token], matches: Sequence[Match]) -> tuple[Constraint, ...]:
        """Link a query that is nothing but attributes: 'navy wool'."""
        places = {place for match in matches for place in range(match.start, match.end)}
        loose = [place for place, word in enumerate(core) if place not in places and not word.stop]
        sure = all(match.how <= How.SYNONYM and self.fields.is_look(match.column) for match in matches)
        if loose or not matches or not sure:
            return ()  # 'coffee' may be an occasion, but also what a scene at home is about
        return tuple(
            constraint(match.column, match.values, _said(core, match.start, match.end), avoid=False)
            for match in matches
        )

    def _alone(self, core: Sequence[Token], matches: Sequence[Match]) -> tuple[Constraint, ...]:
        """Link a query that is a value of a facet and nothing else: 'german', 'learn spanish'.

        Not where it is also a part of what things are: 'coffee' is an occasion, but coffee machines are a kind.
        """
        if not matches or len({match.column.name for match in matches}) > 1:
            return ()
        column = matches[0].column
        places = {place for match in matches for place in range(match.start, match.end)}
        loose = [
            word
            for place, word in enumerate(core)
            if place not in places
            and not word.stop
            and word.text not in _PURSUITS
            and not self.fields.labelled([word])
        ]
        sure = column.role in (Role.FACET, Role.LIST) and not self.fields.is_people(column)
        sure = sure and all(match.how <= How.SYNONYM or _one_part(match) for match in matches)
        sure = sure and not any(word.text in WHATEVER for word in core)
        parts = any(
            self.values.names_part(core[match.start : match.end], self.fields.categories) for match in matches
        )
        if loose or not sure or parts:
            return ()
        either = any(word.text == "or" for word in core)
        if column.role is Role.LIST and len(matches) > 1 and not either:
            return tuple(
                constraint(column, match.values, _said(core, match.start, match.end), avoid=False)
                for match in matches
            )
        values = tuple(dict.fromkeys(value for match in matches for value in match.values))
        return (constraint(column, values, _said(core, matches[0].start, matches[-1].end), avoid=False),)


def _one_part(match: Match) -> bool:
    """Tell whether several words are a part of one value only: 'card slot' of 'memory card slot'."""
    return match.how is How.PART and match.end - match.start > 1 and len(match.values) == 1


def _core(words: Sequence[Token]) -> list[Token]:
    """Cut a query to its first noun phrase, without words that stand for anything at its end."""
    core: list[Token] = []
    for place, word in enumerate(words):
        if word.text in NEGATIONS or (word.text in _PREPOSITIONS and core):
            break
        if word.text == "of" and core and core[-1].text in _MEASURES:
            core = []
        elif word.text not in _PREPOSITIONS and not (word.stop and not core):
            core.append(words[place])
    if (place := next((n for n, word in enumerate(core) if word.text == "enough"), 0)) > 1:
        core = core[: place - 1]  # 'rucksacks big enough'
    while len(core) > 1 and core[-1].text in ("please", "one", "ones", "too", "instead", "now", "first"):
        core.pop()
    return core


def _said(words: Sequence[Token], start: int, end: int) -> str:
    return " ".join(word.said for word in words[start:end])
