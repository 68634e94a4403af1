"""A reading to an act's arguments: every phrase linked to the catalogue, merged with the conditions in force."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from agent.linking.amounts import stars
from agent.linking.conditions import Conditions, Situation
from agent.linking.depicted import as_depicted
from agent.linking.drops import dropped
from agent.linking.fields import Fields
from agent.linking.folding import LONGEST, content, fold, tokens
from agent.linking.heads import HeadLinker
from agent.linking.limits import parse
from agent.linking.meaning import MeaningIndex
from agent.linking.mending import Mending
from agent.linking.merging import combine, is_kind, is_seen, merge, values_of, without
from agent.linking.orders import count, leaning, sort
from agent.linking.phrases import PhraseLinker, constraint
from agent.linking.queries import QueryLinker
from agent.linking.references import References, Screen, Unresolved
from agent.linking.rows import Rows
from agent.linking.sorts import sort_words
from agent.linking.values import How, ValueIndex
from agent.linking.vocabulary import Vocabulary
from agent.linking.written import SIGNED, Written
from agent.types import ActName, Phrase, PhraseKind, Reading
from retrieval.search.filters import Filters
from retrieval.types import Constraint, Op, Role, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from agent.linking.rows import Mask
    from encoders.protocols import TextEncoder
    from retrieval.snapshot import Snapshot
    from retrieval.types import Column


MOST_PHRASES = 40
"""Phrases and references of one turn that are read."""


_ADMITS = {
    "vegetarian": ("vegan",),
    "pescatarian": ("vegetarian", "vegan"),
    "dairy free": ("vegan",),
    "lactose free": ("dairy free", "vegan"),
}
"""What else suits whoever asks for the first."""
_POINTS = re.compile(
    r"(?:the|this|that|these|those|it|its|they|them|both|all|number|no|item|#|\d)\b|#|"
    r".*\b(?:one|ones|first|second|third|fourth|last)$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d{1,2}")
_SIZE = 3
_COUNTED_WORDS = 3
"""'Seven seats', 'a 7 seater'; a longer query says more than a count."""
_OR = re.compile(r"or\b", re.IGNORECASE)
_ALSO = re.compile(r"also\b", re.IGNORECASE)
_LEANING = frozenset({"each other", "each", "it", "its", "they", "them"})
"""Pronouns that, beside another reference, stand for it: 'the last two … each other', 'the thai one … is it'."""
_PERSON = re.compile(
    r"\b(?:for|my|his|her|our|him|me)\b(?! (?:men|women|man|woman|ladies|gents|boys|girls)\b)"
)


@dataclass(frozen=True, slots=True)
class Linked:
    """What a reading means in one catalogue."""

    constraints: tuple[Constraint, ...] = ()
    """In force from this turn on: those before, less what was dropped or replaced, with the new ones."""
    items: tuple[str, ...] = ()
    """Ids referred to, in their order."""
    sort: str | None = None
    """Column name, or '-' and column name; None when this turn asks for no order."""
    unsortable: str | None = None
    """An order that was asked for and that this catalogue can't be put in, as said: 'longest battery life'."""
    count: int | None = None
    """1 to 20."""
    stars: float | None = None
    """0 to 5."""
    query: str = ""
    """The words to rank by, as read, less for whom and when the thing is wanted."""
    unresolved: tuple[Unresolved, ...] = ()
    """References and ratings that could not be made out, with a reason for people."""
    dropped: tuple[Constraint, ...] = ()
    """Conditions in force that the person took back, or that the new kind of thing can't have."""
    fresh: tuple[Constraint, ...] = field(default=())
    """Those of `constraints` that this turn brought."""


class Linker:
    """Links readings with one generation of a catalogue; indexes are built once and kept."""

    def __init__(
        self,
        snapshot: Snapshot,
        encoder: TextEncoder | None,
        clock: Callable[[], datetime],
        filters: Filters | None = None,
    ) -> None:
        """Index the values of `snapshot`; without an encoder, links by meaning are left out."""
        self.snapshot = snapshot
        self.fields = Fields(snapshot.columns, len(snapshot))
        self._clock = clock
        filters = filters or Filters(snapshot)
        self._rows = Rows(snapshot, filters, self.fields.categories)
        values = ValueIndex(Vocabulary(snapshot, self.fields), self._rows.akin)
        self._meaning = MeaningIndex(encoder, self.fields) if encoder else None
        self.sorts = sort_words(snapshot.name)
        phrases = PhraseLinker(self.fields, values, self._meaning, self.sorts)
        self._values = values
        self.written = Written(self.fields)
        self._heads = HeadLinker(self.fields, values, self._rows.mask, self.sorts)
        self._references = References(snapshot, self.fields, PhraseLinker(self.fields, values, None), filters)
        self._conditions = Conditions(self.fields, values, phrases, self._rows, self._references)
        self._queries = QueryLinker(
            self.fields, values, self._conditions, self._heads, self._references, self._rows
        )
        self.mending = Mending(self.fields, values, self._conditions, self._heads, self._references, clock)

    def is_attribute(self, text: str) -> bool:
        """Tell whether words are values of the catalogue and nothing else: 'leather', not 'the leather one'."""
        words = text.strip()
        whole = not any(word.stop for word in tokens(words))
        return whole and not _POINTS.match(words) and self._conditions.covers(words, How.NAME)

    def merged(self, in_force: Sequence[Constraint], fresh: Sequence[Constraint]) -> tuple[Constraint, ...]:
        """Return the conditions in force once `fresh` ones are put on top of them."""
        return merge(in_force, fresh, self.fields, self._rows.together, self._rows.applies)

    def warm(self) -> None:
        """Encode the catalogue's values ahead of the first phrase that no word links; without an encoder, nothing."""
        if self._meaning:
            self._meaning.warm()

    def link(
        self,
        reading: Reading,
        screen: Screen,
        in_force: Sequence[Constraint] = (),
        seen: Sequence[Constraint] = (),
        *,
        exact: bool = False,
    ) -> Linked:
        """Link a reading; never raises on any text.

        `in_force` are the conditions of the search so far; RECOMMEND starts afresh and ignores them. `seen` are those
        that this turn's picture says; like earlier ones of that sort they hold until words name a kind of thing.
        Phrases with a sign, or all of them with `exact`, are first taken as conditions that `describe` wrote.
        """
        written, reading = self._read_written(_bounded(reading), exact=exact)
        reading = self._counted(self._compounded(reading))
        before = tuple(seen) if reading.act is ActName.RECOMMEND else (*in_force, *seen)
        items, unresolved = self._items(reading, screen)
        drops = tuple(
            dict.fromkeys(
                one
                for phrase in reading.phrases
                if phrase.kind is PhraseKind.DROP
                for one in dropped(phrase.text, before, self.fields, self._values)
            )
        )
        before = without(before, drops)
        reading = self._wished(reading)
        head = self._queries.head(reading.query)
        named = [
            one for one in (*head, *self._conditions.kinds(reading.phrases)) if is_kind(one, self.fields)
        ]
        if named:
            before = tuple(one for one in before if not is_seen(one))
        kinds = [*named, *(one for one in before if is_kind(one, self.fields))]
        situation = Situation(
            today=self._clock().date(),
            screen=screen,
            items=items,
            before=before,
            among=self._rows.all_of(kinds[:1]) if kinds else None,
            refining=reading.act is not ActName.RECOMMEND and bool(screen.items),
            narrow=bool(kinds),
        )
        found = self._conditions.link(reading.phrases, situation)
        found.constraints = [
            one for one in found.constraints if not self._speaks_of_another(one, head, reading.query)
        ]
        rest = self._queries.rest(reading.query, head, situation)
        query, circumstance = self._queries.without_circumstance(reading.query, (*head, *rest), situation)
        rest = (*rest, *circumstance)
        fresh = self._open_to_all(combine((*head, *rest, *found.constraints), self.fields))
        fresh = tuple(self._widened(self._admitting(one), before) for one in fresh)
        fresh = as_depicted(reading.query, fresh, self.fields)
        fresh = self._besides(fresh, [one for one in head if is_kind(one, self.fields)])
        fresh = self._askable(fresh, [one for one in (*fresh, *kinds) if is_kind(one, self.fields)])
        fresh = (*fresh, *written)
        order = self._order(reading.sort, situation)
        rating = stars(reading.stars) if reading.stars else None
        if reading.stars and rating is None:
            unresolved = (
                *unresolved,
                Unresolved(reading.stars, f"'{reading.stars}' is no number of stars from 0 to 5"),
            )
        constraints = self.merged(before, fresh)
        return Linked(
            constraints=constraints,
            items=items,
            sort=order or found.sort,
            unsortable=reading.sort if not (order or found.sort) else None,
            count=count(reading.count) if reading.count else None,
            stars=rating,
            query=query,
            unresolved=(*unresolved, *found.unresolved),
            dropped=(
                *drops,
                *(one for one in before if not any(one.field == other.field for other in constraints)),
            ),
            fresh=tuple(one for one in constraints if one not in before),
        )

    def _read_written(self, reading: Reading, *, exact: bool) -> tuple[list[Constraint], Reading]:
        """Read the wishes that are conditions as they are written; return them, and the reading without them."""
        made: list[Constraint] = []
        left: list[Phrase] = []
        for phrase in reading.phrases:
            wish = phrase.kind in (PhraseKind.WANT, PhraseKind.LIMIT)
            told = wish and (exact or SIGNED.search(phrase.text))
            one = self.written.read(phrase.text) if told else None
            if one is None:
                left.append(phrase)
            else:
                made.append(one)
        return made, replace(reading, phrases=tuple(left)) if made else reading

    def _admitting(self, one: Constraint) -> Constraint:
        """Let in what is all that was asked and more: a vegan dish for a vegetarian, where it isn't listed as both."""
        column = self.fields.get(one.field)
        if column is None or one.status is not Status.ENFORCED or one.op not in (Op.EQ, Op.IN, Op.CONTAINS):
            return one
        wider = {
            other for value in values_of(one) for other in _ADMITS.get(fold(value).replace("-", " "), ())
        }
        more = tuple(
            value
            for value in column.values
            if fold(value).replace("-", " ") in wider
            and (self._rows.mask(replace(one, op=Op.EQ, value=value)) & ~self._rows.mask(one)).any()
        )
        return constraint(column, (*values_of(one), *more), one.said, avoid=False) if more else one

    def _widened(self, one: Constraint, before: Sequence[Constraint]) -> Constraint:
        """Add 'or silver' to the grey in force, and 'also silver', but to features another."""
        column = self.fields.get(one.field)
        held = next(
            (old for old in before if old.field == one.field and old.op in (Op.EQ, Op.IN, Op.CONTAINS)), None
        )
        if (
            column is None
            or held is None
            or one.op not in (Op.EQ, Op.IN, Op.CONTAINS)
            or not (_OR.match(one.said) or (_ALSO.match(one.said) and self._is_choice(column)))
        ):
            return one
        values = tuple(dict.fromkeys((*values_of(held), *values_of(one))))
        return constraint(column, values, f"{held.said} {one.said}", avoid=False)

    def _is_choice(self, column: Column) -> bool:
        """Tell whether values of a column are added as alternatives: an item has one, or they are kinds of it."""
        return column.role is Role.FACET or column.name in self.fields.categories

    def _open_to_all(self, fresh: Sequence[Constraint]) -> tuple[Constraint, ...]:
        """Let what is for everyone be for her too: 'for my mum' is women's or anybody's."""
        opened: list[Constraint] = []
        for one in fresh:
            everyone = self.fields.everyone.get(one.field or "", ())
            if (
                everyone
                and one.op in (Op.EQ, Op.IN)
                and one.status is Status.ENFORCED
                and _PERSON.search(fold(one.said))
            ):
                asked = one.value if isinstance(one.value, tuple) else (str(one.value),)
                values = (*asked, *(value for value in everyone if value not in asked))
                one = replace(one, op=Op.IN, value=values) if len(values) > 1 else one
            opened.append(one)
        return tuple(opened)

    def _wished(self, reading: Reading) -> Reading:
        """Take the query of a refinement that names no kind of thing for a wish: 'bedroom, not kitchen'."""
        if reading.act not in (ActName.REFINE, ActName.SIMILAR) or not reading.query:
            return reading
        if any(is_kind(one, self.fields) for one in self._heads.link(reading.query)):
            return reading
        if not self._conditions.match(reading.query):
            return reading
        wish = Phrase(PhraseKind.WANT, reading.query)
        return replace(reading, query="", phrases=(wish, *reading.phrases))

    def _counted(self, reading: Reading) -> Reading:
        """Take 'seven seats' for a bound on seats, where the catalogue counts them, not for seven things."""
        alone = next((one for one in reading.phrases if _DIGITS.fullmatch(one.text.strip())), None)
        said = f"{reading.count or (alone.text if alone else '')} {reading.query}".strip()
        limit = parse(said, self._clock().date()) if reading.query else None
        noun = limit.bounds[0].noun if limit and len(limit.bounds) == 1 and limit.bounds[0].amount else None
        column = self.fields.labelled(tokens(noun)) if noun else None
        if column is None or column.role is not Role.NUMBER or len(tokens(said)) > _COUNTED_WORDS:
            return reading
        bound = Phrase(PhraseKind.LIMIT, said)
        others = (one for one in reading.phrases if one is not alone)
        return replace(reading, query="", count=None, phrases=(bound, *others))

    def _adjoined(self, phrases: Sequence[Phrase]) -> tuple[Phrase, ...]:
        """Join two wishes that are together one value: 'organic' and 'cotton', where organic cotton is a material."""
        joined: list[Phrase] = []
        for phrase in phrases:
            last = joined[-1] if joined else None
            if last and last.kind is phrase.kind is not PhraseKind.LIMIT:
                words = tokens(f"{last.text} {phrase.text}")
                found = self._values.find(words, least=How.STEM)
                apart = self._conditions.covers(last.text) and self._conditions.covers(phrase.text)
                short = max(len(last.text), len(phrase.text)) <= _SIZE and apart  # 'm' and 's' are no 'ms'
                if not short and any((one.start, one.end) == (0, len(words)) for one in found):
                    joined[-1] = replace(last, text=f"{last.text} {phrase.text}")
                    continue
            joined.append(phrase)
        return tuple(joined)

    def _compounded(self, reading: Reading) -> Reading:
        """Put a wish back before its noun where both are one value: 'detective' and 'novels' are detective novels."""
        reading = replace(reading, phrases=self._adjoined(reading.phrases))
        for phrase in reading.phrases:
            if phrase.kind is PhraseKind.WANT and reading.query:
                whole = f"{phrase.text} {reading.query}"
                found = self._values.find(tokens(whole), self.fields.categories, least=How.STEM)
                length = len(tokens(phrase.text))
                if any(
                    one.start == 0 and one.end > length and one.column.name in self.fields.categories
                    for one in found
                ):
                    others = tuple(other for other in reading.phrases if other is not phrase)
                    return replace(reading, query=whole, phrases=others)
        return reading

    def _speaks_of_another(self, one: Constraint, head: Sequence[Constraint], query: str) -> bool:
        """Tell whether a wish names another kind of thing than the one sought: the hob that a pan works on."""
        kinds = [each for each in head if each.field == one.field and is_kind(each, self.fields)]
        if not kinds or one.op.negative or _OR.search(one.said):
            return False
        named = [fold(value) for value in values_of(one)]
        if fold(one.said) in named and len(content(tokens(query))) == len(content(tokens(kinds[0].said))):
            return False  # 'treehouse, lighthouse' are two kinds, each named as it is
        return not set(values_of(one)) & set(values_of(kinds[0]))

    def _besides(self, fresh: Sequence[Constraint], head: Sequence[Constraint]) -> tuple[Constraint, ...]:
        """Let another kind of thing only rank beside the one asked for, where nothing is both.

        'Scottish weather' says what a jacket is for, though weather is a section of the news.
        """
        among = self._rows.all_of(head)
        named = {one.field for one in head}
        return tuple(
            replace(one, field=None, op=Op.CONTAINS, value=one.said, status=Status.RANKED)
            if head and is_kind(one, self.fields) and one.field not in named and one.said
            and one.op in (Op.EQ, Op.IN, Op.CONTAINS) and not (self._rows.mask(one) & among).any()
            else one
            for one in fresh
        )  # fmt: skip

    def _askable(self, fresh: Sequence[Constraint], kinds: Sequence[Constraint]) -> tuple[Constraint, ...]:
        """Let a wish only rank where no thing of the kind asked for has the column: a club has no occasion."""
        among = self._rows.all_of(kinds)
        if not kinds or not among.any():
            return tuple(fresh)
        return tuple(
            replace(one, status=Status.RANKED) if self._is_foreign(one, among) else one for one in fresh
        )

    def _is_foreign(self, one: Constraint, among: Mask) -> bool:
        column = self.fields.get(one.field)
        wish = (
            one.status is Status.ENFORCED
            and one.op in (Op.EQ, Op.IN, Op.CONTAINS)
            and not is_kind(one, self.fields)
        )
        return wish and column is not None and not self._rows.filled(column, among)

    def _order(self, said: str | None, situation: Situation) -> str | None:
        if not said:
            return None
        found = leaning(said, self.fields)
        if (
            found
            and found.column is self.fields.duration
            and found.rest
            and not self._values.find(tokens(found.rest))
        ):
            return None  # the longest battery life is no matter of running time
        return self._conditions.apt(found, situation.among).sort if found else sort(said, self.fields)

    def _items(self, reading: Reading, screen: Screen) -> tuple[tuple[str, ...], tuple[Unresolved, ...]]:
        items: dict[str, None] = {}
        missed: list[Unresolved] = []
        for said in reading.references:
            if not said.strip() or (said.casefold() in _LEANING and len(reading.references) > 1):
                continue
            found = self._references.resolve(said, screen)
            if isinstance(found, Unresolved):
                missed.append(found)
            else:
                items.update(dict.fromkeys(found))
        return tuple(items), tuple(missed)


def _bounded(reading: Reading) -> Reading:
    """Cut what no person says in a phrase, so that a pasted page costs no time."""
    cut = {name: text[:LONGEST] for name in ("sort", "count", "stars") if (text := getattr(reading, name))}
    phrases = tuple(replace(phrase, text=phrase.text[:LONGEST]) for phrase in reading.phrases[:MOST_PHRASES])
    references = tuple(said[:LONGEST] for said in reading.references[:MOST_PHRASES])
    return replace(reading, phrases=phrases, references=references, **cut)
