"""What a catalogue's values and titles say of a request that its reading left out, cut in two or took for too vague."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from agent.linking.ages import of_age
from agent.linking.folding import GENERIC, Token, fold, tokens
from agent.linking.heads import WHATEVER, HeadLinker
from agent.linking.idioms import for_people
from agent.linking.limits import parse
from agent.linking.merging import values_of
from agent.linking.orders import sort
from agent.linking.spelling import english_words
from agent.linking.values import How, Match, ValueIndex
from agent.types import SEARCHES, ActName, Phrase, PhraseKind, Reading
from retrieval.types import Constraint, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from agent.linking.conditions import Conditions
    from agent.linking.fields import Fields
    from agent.linking.references import References

_TITLE_WORDS: Final = 8
_ASKED_WORDS: Final = 40
_TITLE: Final = 4
"""Letters of a title that may stand at the end of a question; 'It' and 'Up' are words there."""


_SAME_AS: Final = re.compile(
    r"\b(?:the )?same ([a-z]+(?: [a-z]+)?) as (?:the |that |this |number |no |item )?\w+(?: one)?\b"
)
_TURNING: Final = frozenset(
    "no not dont doesnt wont cant never without except bar but instead nothing neither nor isnt arent".split()
)
_NEAR: Final = 6
"""Words after a negation in which a value that was left unread may be what is not wanted."""
_BEFORE_BOUND: Final = re.compile(r"(?:\b(?:of|is|at|a|an|the|being|that|thats)\b|\s)*$")
_WHO: Final = re.compile(
    r"\b(?:there(?:s| are| is) |party of |family of )?[a-z0-9-]+ of us\b|\b(?:an?|my|our) [\w-]+[- ]years?[- ]olds?\b|"
    r"\bmy (?:son|daughter|lad|girl|boy|kid|little one)(?:s| is) (?:\d{1,2}|[a-z]+een|[a-z]+)$"
)
_ANY: Final = re.compile(
    r"\bany (?P<any>[a-z]+)\b(?! but| except| other)|"
    r"\b(?:dont|doesnt|do not|does not|not) (?:really )?(?:mind|matter|care|fussed|"
    r"bothered)(?: about)?(?: what| which)? "
    r"(?P<mind>where|when|[a-z]+(?: [a-z]+)?)\b"
)


class Mending:
    """Looks through the words of a turn for what its reading should have held."""

    def __init__(
        self,
        fields: Fields,
        values: ValueIndex,
        conditions: Conditions,
        heads: HeadLinker,
        references: References,
        clock: Callable[[], datetime],
    ) -> None:
        """Use the indexes of one catalogue."""
        self._fields = fields
        self._values = values
        self._conditions = conditions
        self._heads = heads
        self._references = references
        self._clock = clock

    def is_title(self, text: str) -> bool:
        """Tell whether a text is, as it stands, the title of an item."""
        return self._references.is_title(text)

    def title_asked(self, text: str) -> str | None:
        """Return the title that a question ends with: 'jaws' of 'who directed jaws?'."""
        words = text.strip(" ?!.").split()
        ends = (" ".join(words[place:]) for place in range(max(len(words) - _TITLE_WORDS, 1), len(words)))
        return next((end for end in ends if len(end) >= _TITLE and self._references.is_title(end)), None)

    def title_within(self, text: str) -> str | None:
        """Return the longest title of two words or more that stands in a question: 'is finding nemo any good?'."""
        words = text.strip(" ?!.").split()[:_ASKED_WORDS]
        spans = (
            " ".join(words[start : start + length])
            for length in range(min(len(words), _TITLE_WORDS), 1, -1)
            for start in range(len(words) - length + 1)
        )
        return next((span for span in spans if self._references.is_title(span)), None)

    def names_new_kind(self, text: str, in_force: Sequence[Constraint]) -> bool:
        """Tell whether words name a kind of thing of a column that is in force with another one."""
        for match in self._conditions.match(text):
            held = [one for one in in_force if one.field == match.column.name and not one.op.negative]
            if match.column.name in self._fields.categories and held:
                return not set(match.values) & {value for one in held for value in values_of(one)}
        return False

    def has(self, text: str) -> bool:
        """Tell whether words name a value of the catalogue or a part of one: 'coffee' of coffee machines."""
        words = tokens(text)
        told = [word for word in words if not word.stop]
        parts = any(self._values.names_part([word], self._fields.categories) for word in told)
        return parts or bool(self._values.find(words, least=How.SYNONYM))

    def is_clipped(self, text: str) -> bool:
        """Tell whether a word that English has not is a value cut short or misspelt: 'decaf', 'yelow'."""
        words = tokens(text)
        strange = len(words) == 1 and words[0].text not in english_words()
        return strange and bool(self._values.find(words))

    def can_search(self, reading: Reading, text: str) -> bool:
        """Tell whether what was read as too vague names something to search by: a value, an amount or an order."""
        if any(word.text in WHATEVER for word in tokens(reading.query)):
            return False  # 'a present under 30' may be anything
        if any(
            phrase.kind is PhraseKind.WANT and self._conditions.covers(phrase.text)
            for phrase in reading.phrases
        ):
            return True
        if any(
            phrase.kind is PhraseKind.LIMIT and parse(phrase.text, self._clock().date())
            for phrase in reading.phrases
        ):
            return True
        if reading.sort and sort(reading.sort, self._fields):
            return True
        found = self._values.find(tokens(text), least=How.STEM)
        return any(match.end - match.start > 1 for match in found) or bool(self._heads.link(reading.query))

    def snapped(self, reading: Reading, text: str) -> Reading:
        """Mend a reading that cut a value of several words: 'adam' and 'sandler' are Adam Sandler."""
        words = tokens(text)
        for match in self._values.find(words, least=How.STEM):
            if match.end - match.start > 1:
                value = " ".join(word.said for word in words[match.start : match.end])
                reading = _snapped(reading, value)
        return reading

    def unread_values(self, reading: Reading, text: str) -> tuple[Phrase, ...]:
        """Return what a search's words surely name and its reading left out: values of two words or more, and for whom.

        A single word may be chatter: 'my last pair was black'.
        """
        if reading.act not in SEARCHES:
            return ()
        parts = (
            *(one.text for one in reading.phrases),
            reading.query,
            reading.sort or "",
            *reading.references,
        )
        read = {word.stem for part in parts for word in tokens(part)}
        words = tokens(text)
        found = [
            " ".join(word.said for word in words[match.start : match.end])
            for match in self._values.find(words, least=How.SYNONYM)
            if self._is_told(match, words)
            and not any(word.text in _TURNING for word in words[max(match.start - _NEAR, 0) : match.start])
            and not any(word.stem in read or word.text in GENERIC for word in words[match.start : match.end])
        ]
        held = [fold(part) for part in parts if part]
        people = [
            match[0]
            for match in _WHO.finditer(fold(text))
            if not any(match[0] in part or part in match[0] for part in held)
            and (for_people(match[0], self._fields) or of_age(match[0], self._fields))
        ]
        return tuple(Phrase(PhraseKind.WANT, one) for one in (*found, *people))

    def labelled(self, reading: Reading, text: str) -> Reading:
        """Give a bound the name of a column that stands before it: 'metascore' before 'over 80'."""
        said, phrases, query = fold(text), list(reading.phrases), reading.query
        for place, phrase in enumerate(phrases):
            before = said.partition(fold(phrase.text))[0] if phrase.kind is PhraseKind.LIMIT else ""
            if before.rstrip()[-1:] in (",", ";", ".", "!", "?"):
                continue
            words = _BEFORE_BOUND.sub("", before).split()
            for length in (2, 1):
                label = " ".join(words[-length:])
                column = self._fields.labelled(tokens(label)) if label and len(words) >= length else None
                if column and column.role is Role.NUMBER and not self._fields.mentioned(phrase.text):
                    phrases[place] = replace(phrase, text=f"{label} {phrase.text}")
                    query = "" if fold(query) == label else query
                    break
        return replace(reading, query=query, phrases=tuple(phrases))

    def unread_labels(self, reading: Reading, text: str) -> tuple[Phrase, ...]:
        """Return what a change of a search says of columns by name and its reading left out.

        'Same town as the second' is a wish, 'any type' and 'I don't mind what it's made of' take a condition back.
        """
        held = " ".join(fold(phrase.text) for phrase in reading.phrases)
        said = fold(text)
        found: list[Phrase] = []
        if (same := _SAME_AS.search(said)) and "same" not in held and self._fields.named(same[1]):
            found.append(Phrase(PhraseKind.WANT, same[0]))
        for any_of in _ANY.finditer(said):
            label = any_of["any"] or any_of["mind"]
            dropped = any(phrase.kind is PhraseKind.DROP for phrase in reading.phrases)
            if not dropped and label not in held and self._fields.labelled(tokens(label)):
                found.append(Phrase(PhraseKind.DROP, label))
        return tuple(found)

    def unread_kinds(self, reading: Reading, text: str) -> tuple[Phrase, ...]:
        """Return the kinds of things that a search's words surely name and its reading left out: 'boots at 5 to 10'."""
        searches = reading.act in (ActName.RECOMMEND, ActName.REFINE) and not reading.query
        if (
            not searches
            or not (reading.phrases or reading.sort)
            or reading.references
            or self._conditions.kinds(reading.phrases)
        ):
            return ()
        read = {word.stem for said in (one.text for one in reading.phrases) for word in tokens(said)}
        words = tokens(text)
        sure = self._values.find(words, self._fields.categories, least=How.STEM)
        spelt = sure or self._values.find(words, self._fields.categories)
        found = [
            match
            for match in spelt
            if match.how in (How.EXACT, How.STEM, How.SPELLING)
            and match.column.name in self._fields.categories
            and not any(word.stem in read or word.text in GENERIC for word in words[match.start : match.end])
        ]
        said = (" ".join(word.said for word in words[match.start : match.end]) for match in found)
        return tuple(Phrase(PhraseKind.WANT, one) for one in said)

    def _is_told(self, match: Match, words: Sequence[Token]) -> bool:
        """Tell whether words surely say an attribute: a value of several words, or whom a thing is for."""
        column = match.column
        attribute = column.name not in self._fields.categories and column.role in (Role.FACET, Role.LIST)
        whole = match.how is How.EXACT and match.end - match.start > 1
        return attribute and (whole or (self._fields.truth(column) is None and self._is_for(match, words)))

    def _is_for(self, match: Match, words: Sequence[Token]) -> bool:
        """Tell whether a person is meant whom a thing is for: 'undies for him'."""
        before = [word.text for word in words[max(match.start - 2, 0) : match.start]]
        return match.column.name in self._fields.everyone and (
            before[-1:] == ["for"] or before[:1] == ["for"]
        )


def _snapped(reading: Reading, value: str) -> Reading:
    """Put `value` where a phrase holds a part of it, and take its words out of the other phrases and the query."""
    whole = value.casefold().split()

    def is_part(text: str) -> bool:
        said = [word.said.casefold() for word in tokens(text)]
        return 0 < len(said) < len(whole) and any(
            said == whole[at : at + len(said)] for at in range(len(whole) - len(said) + 1)
        )

    parts = [one for one in reading.phrases if one.kind is not PhraseKind.LIMIT and is_part(one.text)]
    pieces = [piece.strip() for piece in reading.query.split(",")]
    if not parts:
        return reading  # a query keeps what stands beside the value: 'chocolate brown boots'
    phrases = tuple(
        replace(one, text=value) if one is parts[0] else one
        for one in reading.phrases
        if one not in parts[1:]
    )
    query = ", ".join(piece for piece in pieces if not is_part(piece))
    return replace(reading, query=query, phrases=phrases)
