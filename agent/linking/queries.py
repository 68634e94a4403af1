"""The query of a reading to conditions: its head, names of people, relative clauses, and values anywhere in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from agent.linking.circumstances import parted
from agent.linking.folding import GENERIC, content, tokens
from agent.linking.heads import NEGATIONS
from agent.linking.limits import parse
from agent.linking.merging import is_kind, values_of
from agent.linking.phrases import constraint
from agent.linking.values import How, ValueIndex
from agent.types import Phrase, PhraseKind
from retrieval.types import Op, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.linking.conditions import Conditions, Situation
    from agent.linking.fields import Fields
    from agent.linking.heads import HeadLinker
    from agent.linking.references import References
    from agent.linking.rows import Rows
    from retrieval.types import Constraint

_SEVERAL: Final = 2
_TOGETHER: Final = GENERIC | {"together", "both", "starring", "featuring"}
_COMPLEMENT: Final = re.compile(
    r"\b(?:with|in|from|about|on|featuring|of) (?:an? |the |some )?([^,]+)$", re.IGNORECASE
)
_RELATIVE: Final = re.compile(r"\b(?:that|which)(?:['’]?(?:ll|s|d|re))?\s+(.+)", re.IGNORECASE)


class QueryLinker:
    """Links what is looked for, as far as the catalogue surely has it; the words rank all the same."""

    def __init__(
        self,
        fields: Fields,
        values: ValueIndex,
        conditions: Conditions,
        heads: HeadLinker,
        references: References,
        rows: Rows,
    ) -> None:
        """Use the indexes of one catalogue."""
        self._fields = fields
        self._values = values
        self._conditions = conditions
        self._heads = heads
        self._references = references
        self._rows = rows

    def head(self, query: str) -> tuple[Constraint, ...]:
        """Return what kind of thing a query is after, and the people it names."""
        return (*self._heads.link(query), *self._people(query))

    def rest(self, query: str, head: Sequence[Constraint], situation: Situation) -> tuple[Constraint, ...]:
        """Return what a query says besides its head."""
        if any(word.text in NEGATIONS for word in tokens(query)):
            return self._clause(query, head, situation) if _RELATIVE.search(query) else ()
        return (
            *self._clause(query, head, situation),
            *self._complement(query, situation),
            *self._within(query, head, situation),
        )

    def without_circumstance(
        self, query: str, linked: Sequence[Constraint], situation: Situation
    ) -> tuple[str, tuple[Constraint, ...]]:
        """Return a query less for whom and when the thing is wanted, and that as a condition where none of `linked` is.

        'Something for a sunday' looks for something, not for what has Sunday in its title.
        """
        thing, said = parted(query)
        if not said or self._references.is_title(query):
            return query, ()
        words = {word.stem for word in content(tokens(said))}
        if any(one.field and words & {word.stem for word in tokens(one.said)} for one in linked):
            return thing, ()
        found = self._conditions.link((Phrase(PhraseKind.WANT, said),), situation).constraints
        kinds = any(is_kind(one, self._fields) for one in linked)
        return thing, tuple(one for one in found if not (kinds and is_kind(one, self._fields)))

    def _people(self, query: str) -> tuple[Constraint, ...]:
        """Link the full names of people in a query: 'jason statham beating people up'; a title is no name."""
        if self._references.is_title(query):
            return ()
        words = tokens(query)
        people = [
            one for one in self._values.find(words, least=How.NAME) if self._fields.is_people(one.column)
        ]
        named = {place for one in people for place in range(one.start, one.end)}
        only = all(place in named or word.stop or word.text in _TOGETHER for place, word in enumerate(words))
        return tuple(
            constraint(
                one.column,
                one.values,
                " ".join(word.said for word in words[one.start : one.end]),
                avoid=False,
            )
            for one in people
            if only or (one.how is How.EXACT and one.end - one.start > 1)
        )

    def _clause(self, query: str, head: Sequence[Constraint], situation: Situation) -> tuple[Constraint, ...]:
        """Link what a relative clause asks of the thing, where it surely does: 'boots that won't leak'."""
        clause = _RELATIVE.search(query)
        if not clause:
            return () if head else self._when(query, situation) or self._whole(query, situation)
        found = self._conditions.link((Phrase(PhraseKind.WANT, clause[1]),), situation)
        # 'That fits a laptop' speaks of another thing, but of a laptop sleeve all the same.
        return tuple(
            one
            for one in found.constraints
            if one.field is not None
            and one.field not in self._fields.categories
            and one.status is Status.ENFORCED
            and (not head or one.op in (Op.LT, Op.LE, Op.GT, Op.GE) or self._rows.together(one, head[0]))
        )

    def _complement(self, query: str, situation: Situation) -> tuple[Constraint, ...]:
        """Link what a query goes with or is in, where that is a value and nothing else: 'what goes with oysters'."""
        match = _COMPLEMENT.search(query)
        if not match or not self._conditions.covers(match[1]):
            return ()
        found = self._conditions.link((Phrase(PhraseKind.WANT, match[1]),), situation).constraints
        kinds = any(is_kind(one, self._fields) for one in self._heads.link(query))
        return tuple(
            one
            for one in found
            if one.status is Status.ENFORCED and not (kinds and is_kind(one, self._fields))
        )

    def _within(self, query: str, head: Sequence[Constraint], situation: Situation) -> tuple[Constraint, ...]:
        """Link values of two words or more that stand anywhere in a query: 'place for a business lunch'."""
        words = tokens(query)
        held = {value for one in head for value in values_of(one)}
        found = [
            match
            for match in self._values.find(words, least=How.SYNONYM)
            if match.column.name not in self._fields.categories
            and not set(match.values) & held
            and len(content(words[match.start : match.end])) > 1
        ]
        if not found or self._references.is_title(query):
            return ()
        wishes = [
            Phrase(PhraseKind.WANT, " ".join(word.said for word in words[match.start : match.end]))
            for match in found
        ]
        made = self._conditions.link(wishes, situation).constraints
        return tuple(
            one
            for one in made
            if one.status is Status.ENFORCED and (not head or self._rows.together(one, head[0]))
        )

    def _when(self, query: str, situation: Situation) -> tuple[Constraint, ...]:
        """Link a query that says nothing but a time: 'what's on this weekend'."""
        limit = parse(query, situation.today)
        if limit is None or content(tokens(limit.rest)) or not any(one.period for one in limit.bounds):
            return ()
        return tuple(self._conditions.link((Phrase(PhraseKind.LIMIT, query),), situation).constraints)

    def _whole(self, query: str, situation: Situation) -> tuple[Constraint, ...]:
        """Link a query of several words that are all values or names of columns: 'hydraulic brakes'."""
        words = content(tokens(query))
        if len(words) < _SEVERAL or self._references.is_title(query):
            return ()
        found = self._conditions.link((Phrase(PhraseKind.WANT, query),), situation).constraints
        return tuple(found) if all(one.status is Status.ENFORCED for one in found) else ()
