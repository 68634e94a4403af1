"""The phrases of a reading to conditions: limits, comparatives, soft words and values, in the order that suits each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from agent.linking import ladders
from agent.linking.ages import of_age, people_of_age
from agent.linking.circumstances import is_circumstance
from agent.linking.clock import at_a_time
from agent.linking.comparatives import bound, comparison
from agent.linking.folding import content, fold, split, stem, tokens
from agent.linking.idioms import for_people, idiom, on_floor
from agent.linking.limits import Limit, parse
from agent.linking.measures import Measures, says_nothing
from agent.linking.numerals import digits
from agent.linking.orders import Degree, Leaning, leaning
from agent.linking.phrases import PhraseLinker, constraint, unnegated
from agent.linking.principles import without_reason
from agent.linking.references import References, Screen, Unresolved
from agent.linking.values import How, Match, ValueIndex, Weigh
from agent.linking.weekdays import falling_on, weekdays
from agent.types import Phrase, PhraseKind
from retrieval.types import Constraint, Op, Role, Status, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from agent.linking.fields import Fields
    from agent.linking.rows import Mask, Rows

# 'Cheap' means the cheaper third, 'not too expensive' the cheaper half of what is looked at.
_SOME: Final = 1 / 3
_NOT_TOO: Final = 1 / 2
_TOO: Final = re.compile(r"\b(?:too|so|very|overly|that)\b")
_YEAR: Final = 300
"""Days from which on a stretch of time is an attribute of a thing rather than the day of an errand."""
_BOUNDS: Final = frozenset({Op.LT, Op.LE, Op.GT, Op.GE})
_CORRECTING: Final = re.compile(r"\bnot\b|\bi (?:said|meant|mean)\b", re.IGNORECASE)
_NOTHING_FROM: Final = re.compile(
    r"(?:nothing|none|not anything|no|not|never)(?: (?:from|in|of|made in|out in|released in))(?= (?:the )?['\d\w])",
    re.IGNORECASE,
)
"""'Nothing from 2011' leaves that year out."""
_SAME: Final = re.compile(
    r"(?:(?:with|by|in|from|of|to|at|on) )?(?:(?:the )?(?:exact )?(?:(?P<same>same)|that|this) (?P<label>[a-z][a-z ]*?)"
    r"(?: (?:as|of) (?P<item>.+))?|(?:the same (?:one|person|people|guy|woman|man)|by (?:them|her|him)))"
)
_BARE: Final = re.compile(r"(?:make (?:it|that) )?(\d{1,9}(?:\.\d{1,2})?)(?: then| please)?")
_PARTICLES: Final = frozenset("de del della di da la le van von der den du".split())
"""Parts of surnames that are no values by themselves: 'de niro'."""
_WHOSE: Final = re.compile(
    r"\b(?:my|his|her|their|our|a) (?!(?:year|month|week|day|night|hour)['’]s)(?:[\w-]+ ){0,3}?[\w-]+(?:['’]s|s['’]) "
    r"(?=\w)",
    re.IGNORECASE,
)
"""Whose wedding it is says nothing of who wears the dress."""
_EXCESS: Final = re.compile(
    r"(?:(?:an? (?:bit|little|lot|touch|tad|shade)|way|far|much|just|even|slightly|somewhat|rather) )*"
    r"(?:too|(?P<less>less)) (?!th[ae]n\b)(?P<what>.+?)(?: please)?",
    re.IGNORECASE,
)
"""'Too sad' and 'a bit less sad' want it otherwise."""
_AS_MUCH: Final = re.compile(
    r"(?:(?:quite|nearly|half|all) )?(?:as|so|that|quite|too|very) (?=\w)", re.IGNORECASE
)
"""'Not as formal' is not formal."""
_TAIL: Final = re.compile(r"(for .+?) (with .+)")
_COMPANION: Final = re.compile(
    r"(?:to |that |which |thatll |thats )?(?:(?:go|goes|going|pair|pairs|wear|worn)(?: well| nicely| best)? "
    r"(?:with|over|under)|match(?:es|ing)?|suits?) (?:an? |the |some |my |his |her |their |our )?(?=\w)",
    re.IGNORECASE,
)
"""What a thing is to go with has a colour, a material and a kind of its own."""
_CAME_OUT: Final = frozenset(
    "release released published publication issued issue made built added launched launch acquired".split()
)
_NONE: Final = frozenset({"none", "no", "n/a", "nothing"})
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Situation:
    """What the phrases of a turn are said in."""

    today: date
    screen: Screen
    items: tuple[str, ...]
    """Ids that the turn refers to."""
    before: tuple[Constraint, ...]
    """Conditions in force."""
    among: Mask | None
    """The rows of the kind of thing in question; None when that is open."""
    refining: bool
    """Whether the turn changes a search whose items are on screen."""
    narrow: bool
    """Whether a kind of thing is named, so that an order alone does not bring up the whole catalogue."""


@dataclass(slots=True)
class Gathered:
    """What the phrases came to, in their order."""

    constraints: list[Constraint] = field(default_factory=list)
    sort: str | None = None
    unresolved: list[Unresolved] = field(default_factory=list)


class Conditions:
    """Links the phrases of one turn after the other."""

    def __init__(
        self, fields: Fields, values: ValueIndex, phrases: PhraseLinker, rows: Rows, references: References
    ) -> None:
        """Use the indexes of one catalogue."""
        self._fields = fields
        self._values = values
        self._phrases = phrases
        self._rows = rows
        self._references = references
        self._ladders = ladders.ladders(fields)
        self._measures = Measures(fields, lambda word: bool(values.find(tokens(word), least=How.SPELLING)))

    def match(self, text: str) -> tuple[Match, ...]:
        """Return the values that the words of a phrase surely name."""
        return self._values.find(tokens(text), least=How.SYNONYM)

    def kinds(self, phrases: Iterable[Phrase]) -> list[Constraint]:
        """Return the kinds of things that wishes name: 'boots' where the query is empty."""
        matches = [
            match for phrase in phrases if phrase.kind is PhraseKind.WANT for match in self.match(phrase.text)
        ]
        return [
            constraint(match.column, match.values, "", avoid=False)
            for match in matches
            if match.column.name in self._fields.categories
        ]

    def link(self, phrases: Iterable[Phrase], situation: Situation) -> Gathered:
        """Link all phrases but DROP; comparatives last, where no plain bound on their column is said beside them."""
        gathered = Gathered()
        later: list[str] = []
        for phrase in phrases:
            if phrase.kind is PhraseKind.DROP or not phrase.text.strip():
                continue
            phrase = replace(phrase, text=_WHOSE.sub("", phrase.text))
            avoid, bare = self._polarity(phrase)
            if apart := self._apart(phrase, bare, avoid, situation):
                gathered.constraints.extend(apart)
                continue
            if situation.refining and self._grumbles(phrase, bare, avoid):
                later.append("cheaper")
                continue
            compared = comparison(bare, self._fields)
            if compared and (
                compared.amount or compared.reference or (situation.refining and avoid and _TOO.search(bare))
            ):
                later.append(bare)
            elif surely := self._surely(phrase, bare, avoid, situation):
                gathered.constraints.extend(surely)
            elif self._limit(phrase, bare, avoid, situation, gathered):
                continue
            elif compared and not avoid:
                later.append(phrase.text)
            elif not self._soft(phrase.text, bare, avoid, situation, gathered):
                self._values_of(bare, avoid, situation, gathered)
        for said in later:
            self._compare(said, situation, gathered)
        if gathered.sort and gathered.sort.removeprefix("-") in {one.field for one in gathered.constraints}:
            gathered.sort = None  # 'an old western, nothing later than 1970' is bounded already
        return gathered

    def _apart(self, phrase: Phrase, bare: str, avoid: bool, situation: Situation) -> list[Constraint]:
        """Link a title not wanted, what is barred for a reason of health or principle, and what is of another thing."""
        if barred := without_reason(phrase.text):
            made = self.link((Phrase(PhraseKind.AVOID, barred),), situation).constraints
            return [replace(one, said=phrase.text.strip()) for one in made]
        if not avoid and (beside := _COMPANION.match(phrase.text.strip())):
            other = Phrase(PhraseKind.WANT, phrase.text.strip()[beside.end() :])
            return self._of_another(self.link((other,), situation).constraints, phrase.text.strip())
        if avoid and self._references.is_title(bare) and not self.covers(bare):
            # Who wants no Fargo has nothing against James Fargo.
            return [Constraint(None, Op.NE, bare, phrase.text.strip(), Status.RANKED)]
        return []

    def _of_another(self, made: Sequence[Constraint], said: str) -> list[Constraint]:
        """Let what is said of another thing's looks or kind rank only: a grey suit makes no tie grey."""
        columns = {one.field: self._fields.get(one.field) for one in made}
        own = [
            one
            for one in made
            if (column := columns[one.field]) is not None
            and not (self._fields.is_look(column) or column.name in self._fields.categories)
        ]
        return own or [Constraint(None, Op.CONTAINS, said, said, Status.RANKED)]

    def _surely(self, phrase: Phrase, text: str, avoid: bool, situation: Situation) -> tuple[Constraint, ...]:
        """Link set phrases, people by their age, 'too romantic', and phrases that are values and nothing else."""
        if timed := self._timed(text, avoid, situation):
            return (timed,)
        if phrase.kind is PhraseKind.LIMIT and not avoid and (people := for_people(text, self._fields)):
            return people
        excess = None if avoid else _EXCESS.fullmatch(text.strip())
        if excess and not (excess["less"] and comparison(text, self._fields)):
            if self.covers(excess["what"], How.SYNONYM):
                return self._phrases.link(excess["what"], True, self._weigh(situation)).constraints
        if self._is_value(text) if phrase.kind is PhraseKind.LIMIT else self.covers(text):
            return self._phrases.link(text, avoid, self._weigh(situation)).constraints
        sure = idiom(text, avoid, self._fields) or on_floor(text, avoid, self._fields)
        if sure := sure or self._same(text, avoid, situation):
            return (sure,)
        if avoid and (none := self._none_of(text)):
            return (none,)
        items = situation.items or _focus(situation.screen) if situation.refining else ()
        if stepped := ladders.link(self._ladders, text, avoid, self._on_ladders(items)):
            return (stepped,)
        if not avoid and (tail := _TAIL.fullmatch(text)) and (people := for_people(tail[1], self._fields)):
            return (*people, *self._phrases.link(tail[2], False, self._weigh(situation)).constraints)
        if aged := () if avoid else of_age(text, self._fields) or for_people(text, self._fields):
            return aged
        named = [name for name in people_of_age(text, self._fields) if self.covers(name, How.SYNONYM)]
        if named:
            return self._phrases.link(named[0], False, self._weigh(situation)).constraints
        return ()

    def _on_ladders(self, items: Sequence[str]) -> dict[str, Sequence[str]]:
        return (
            {one.column.name: self._rows.words(one.column, items) for one in self._ladders} if items else {}
        )

    def _is_value(self, text: str) -> bool:
        """Tell whether a bound is a value as it stands, and no number: '1930s' where things are of a decade."""
        matches = self._values.find(tokens(text), least=How.EXACT)
        return self.covers(text, How.EXACT) and all(
            self._fields.span(one.column)[0] is None for one in matches
        )

    def _none_of(self, text: str) -> Constraint | None:
        """Read 'no experience' of a column that counts it."""
        column = self._fields.labelled(content(tokens(text)))
        absent = next((value for value in column.values if fold(value) in _NONE), None) if column else None
        if column and absent and self._fields.truth(column) is None:
            return constraint(column, (absent,), text.strip(), avoid=False)
        counts = column is not None and column.role is Role.NUMBER and self._fields.span(column)[0] == 0
        return Constraint(column.name, Op.LE, 0.0, text.strip()) if column and counts else None

    def _same(self, text: str, avoid: bool, situation: Situation) -> Constraint | None:
        """Read 'by that director', 'the same colour as the first' and 'by them' off the item that is meant."""
        match = _SAME.fullmatch(fold(text))
        if match is None or self.covers(text) or not (situation.refining or match["same"]):
            return None
        column = self._fields.named(match["label"]) if match["label"] else self._fields.maker
        items: tuple[str, ...] | Unresolved = situation.items or _focus(situation.screen)
        if match["item"]:
            items = self._references.resolve(match["item"], situation.screen)
        if column is None or not column.values or isinstance(items, Unresolved) or not items:
            return None
        values = self._rows.words(column, items[:1])
        if len(values) > 1 and not match["same"] and not self._fields.is_people(column):
            return None  # 'that size' of a thing in five sizes
        return constraint(column, values, text.strip(), avoid) if values else None

    def _grumbles(self, phrase: Phrase, text: str, avoid: bool) -> bool:
        """Tell whether 'a bit pricey' or 'not so dear' is said of what is on screen."""
        found = leaning(text, self._fields) if avoid or phrase.kind is PhraseKind.LIMIT else None
        if found is None or content(tokens(found.rest)):
            return False
        return found.column is self._fields.price and found.up and found.degree is Degree.SOME

    def _values_of(self, text: str, avoid: bool, situation: Situation, gathered: Gathered) -> None:
        """Link the values of a phrase; of what is left, 'cheap' of 'cheap and warm' is an order."""
        if excess := _EXCESS.fullmatch(text.strip()):
            text, avoid = excess["what"], True
        text = _AS_MUCH.sub("", text, count=1) if avoid and _AS_MUCH.match(text) else text
        for one in self._phrases.link(text, avoid, self._weigh(situation)).constraints:
            left = one.field is None and one.op is Op.CONTAINS and isinstance(one.value, str)
            if not (left and self._soft(one.said, str(one.value), False, situation, gathered)):
                gathered.constraints.append(one)

    def _polarity(self, phrase: Phrase) -> tuple[bool, str]:
        """Return whether a phrase is not wanted, and its words without a negation; limits read their own."""
        bounds = parse(phrase.text, _ANY_DAY) is not None or (
            phrase.kind is PhraseKind.LIMIT and comparison(phrase.text, self._fields) is not None
        )
        if bounds:
            return phrase.kind is PhraseKind.AVOID, phrase.text
        turned, bare = unnegated(phrase.text)
        return turned or phrase.kind is PhraseKind.AVOID, bare

    def _weigh(self, situation: Situation) -> Weigh:
        return partial(self._rows.having, among=situation.among)

    def covers(self, text: str, least: How = How.STEM) -> bool:
        """Tell whether every word of a phrase is surely a value: 'light', 'size 9', 'PG-13'."""
        words = tokens(text)
        matches = self._values.find(words, least=least)
        places = {place for match in matches for place in range(match.start, match.end)}
        return bool(matches) and all(
            place in places or word.stop or word.text in _PARTICLES for place, word in enumerate(words)
        )

    def _limit(
        self, phrase: Phrase, text: str, avoid: bool, situation: Situation, gathered: Gathered
    ) -> bool:
        if barred := _NOTHING_FROM.match(text):
            text, avoid = text[barred.end() :], True
        limit = parse(text, situation.today)
        if limit is None or (phrase.kind is not PhraseKind.LIMIT and people_of_age(text, self._fields)):
            return False  # 'for a six year old' bounds no year
        if is_circumstance(text) and self._is_past():
            return False  # a film for tonight came out long ago
        moved = self._moved(text, situation)
        if phrase.kind is not PhraseKind.LIMIT and not (moved or self._measured(limit)):
            return False
        said = phrase.text.strip()
        if days := self._weekday(limit, said, avoid, situation):
            gathered.constraints.append(days)
            return True
        made = self._measures.constrain(limit, said, partial(self._rows.filled, among=situation.among), avoid)
        if moved:
            made = (moved,)
        if not made:
            return False
        made = self._corrected(made, text, situation)
        gathered.constraints.extend(made)
        named = {word.stem for one in made if one.field for word in tokens(self._label(one.field))}
        left = " ".join(
            word.said
            for word in content(tokens(limit.rest))
            if not says_nothing(word.text) and word.stem not in named
        )
        if left:
            found = self._phrases.link(left, False, self._weigh(situation))
            gathered.constraints.extend(found.constraints if found.linked else ())
        return True

    def _timed(self, text: str, avoid: bool, situation: Situation) -> Constraint | None:
        """Read 'open until ten', and 'on a saturday' of the dates when things are on, where no column has the days."""
        if not avoid and (timed := at_a_time(text, self._fields)):
            return timed
        column, days = self._fields.date, weekdays(text)
        if not days or column is None or self._fields.weekday is not None or self._is_past():
            return None
        found = falling_on(days, [str(day) for day in self._rows.dates(column, situation.among)])
        return constraint(column, found, text.strip(), avoid) if found else None

    def _is_past(self) -> bool:
        """Tell whether the dates of a catalogue say when things came out, and not when they are on."""
        dates = [column for column in self._fields.columns if column.role is Role.DATE]
        return bool(dates) and all(_CAME_OUT & set(split(column.label)) for column in dates)

    def _moved(self, text: str, situation: Situation) -> Constraint | None:
        """Read a bare number as the bound in force moved: 'make it 200' after 'up to 150'."""
        number = _BARE.fullmatch(digits(text).strip())
        held = [one for one in situation.before if one.op in _BOUNDS and isinstance(one.value, float)]
        if number is None or len(held) != 1:
            return None
        return replace(held[0], value=float(number[1]), said=text.strip())

    def _corrected(
        self, made: tuple[Constraint, ...], text: str, situation: Situation
    ) -> tuple[Constraint, ...]:
        """Keep the comparison in force where only its number is put right: 'nineteen eighty, not nineteen ninety'."""
        if len(made) != 1 or made[0].op is not Op.EQ or not _CORRECTING.search(text):
            return made
        held = [one for one in situation.before if one.field == made[0].field and one.op in _BOUNDS]
        return (replace(made[0], op=held[0].op),) if len(held) == 1 else made

    def _label(self, name: str) -> str:
        column = self._fields.get(name)
        return column.label if column else name

    def _measured(self, limit: Limit) -> bool:
        """Tell whether an attribute phrase bounds something, rather than has a number in it."""
        if limit.cued or self._fields.mentioned(limit.rest):
            return True
        brief = any(one.period and (one.period.after - one.period.first).days < _YEAR for one in limit.bounds)
        dated = {
            stem(word)
            for column in self._fields.columns
            if column.role is Role.DATE
            for word in split(column.label)
        }
        told = (word for word in content(tokens(limit.rest)) if word.stem not in dated)
        if brief and any(not says_nothing(word.text) for word in told):
            return False  # 'for a wedding in june' says when the wedding is
        return any(one.period or (one.amount and one.amount.unit) for one in limit.bounds)

    def _weekday(self, limit: Limit, said: str, avoid: bool, situation: Situation) -> Constraint | None:
        """Read 'tonight', 'tomorrow' and 'this weekend' in a catalogue whose items have a day of the week."""
        column, one = self._fields.weekday, limit.bounds[0]
        if (
            column is None
            or one.period is None
            or one.op is not None
            or (one.period.after - one.period.first).days > 2
        ):
            return None
        dated = self._fields.date
        if dated and self._rows.filled(dated, situation.among) > self._rows.filled(column, situation.among):
            return None
        last = one.period.after.toordinal() - 1
        names = {
            _DAYS[date.fromordinal(day).weekday()][:3]
            for day in range(one.period.first.toordinal(), last + 1)
        }
        values = tuple(value for value in column.values if value.casefold()[:3] in names)
        return constraint(column, values, said, avoid) if values else None

    def _soft(self, said: str, text: str, avoid: bool, situation: Situation, gathered: Gathered) -> bool:
        """Read 'cheapest' and 'cheap': an order where a kind of thing is named, else the cheaper third of all."""
        found = leaning(_TOO.sub(" ", text) if avoid else text, self._fields)
        if found is None or content(tokens(found.rest)) or (found.degree is Degree.MORE and not avoid):
            return False
        found = self.apt(found, situation.among)
        if not self._rows.filled(found.column, situation.among):
            return False
        if any(one.field == found.column.name for one in gathered.constraints):
            return True  # 'two hours or more, skip the short ones' is bounded already
        if found.degree is Degree.MOST or (situation.narrow and not avoid):
            if not avoid:
                gathered.sort = gathered.sort or found.sort
            return not avoid
        up = found.up is not avoid
        share = _NOT_TOO if avoid else _SOME
        value = self._rows.quantile(found.column, 1 - share if up else share, situation.among)
        if value is None:
            return False
        op = Op.GE if up else Op.LE
        held = [one for one in situation.before if one.field == found.column.name and one.op in _BOUNDS]
        if any(_is_stricter(one, op, value) for one in held):
            return True  # 'not that recent' loosens no bound
        gathered.constraints.append(Constraint(found.column.name, op, value, said.strip()))
        return True

    def apt(self, found: Leaning, among: Mask | None) -> Leaning:
        """Choose between year and date, minutes and pages by what the things in question have."""
        if found.column is self._fields.when:
            options = [column for column in (self._fields.year, self._fields.date) if column]
        elif found.column is self._fields.duration:
            pages = self._fields.named("pages")
            options = [found.column, *([pages] if pages and pages.role is Role.NUMBER else [])]
        else:
            return found
        return replace(found, column=max(options, key=lambda column: self._rows.filled(column, among)))

    def _compare(self, said: str, situation: Situation, gathered: Gathered) -> None:
        compared = comparison(said, self._fields)
        if compared is None:
            return
        column = self.apt(compared.leaning, situation.among).column
        if column.name in {one.field for one in gathered.constraints}:
            return  # 'longer ones, over 350 pages' is bounded already
        items: tuple[str, ...] | Unresolved = situation.items or _focus(situation.screen)
        if compared.reference:
            items = self._references.resolve(compared.reference, situation.screen)
        if isinstance(items, Unresolved):
            gathered.unresolved.append(items)
            return
        among = self._rows.only(items) if items else situation.among
        compared = replace(compared, leaning=self.apt(compared.leaning, among))
        column = compared.leaning.column
        found = bound(compared, self._rows.values(column, items), self._fields.unit(column))
        if found is None:
            self._unanchored(compared.leaning, said, situation, gathered)
            return
        gathered.constraints.append(Constraint(column.name, *found, said.strip()))

    def _unanchored(self, found: Leaning, said: str, situation: Situation, gathered: Gathered) -> None:
        """Read 'cheaper' with nothing shown as 'cheap'."""
        soft = Leaning(found.column, found.up, Degree.SOME)
        if situation.narrow:
            gathered.sort = gathered.sort or soft.sort
            return
        value = self._rows.quantile(soft.column, 1 - _SOME if soft.up else _SOME, situation.among)
        if value is not None:
            gathered.constraints.append(
                Constraint(soft.column.name, Op.GE if soft.up else Op.LE, value, said.strip())
            )


def _is_stricter(held: Constraint, op: Op, value: Value) -> bool:
    if not isinstance(held.value, float) or not isinstance(value, float):
        return False
    if op is Op.LE:
        return held.op in (Op.LE, Op.LT) and held.value <= value
    return held.op in (Op.GE, Op.GT) and held.value >= value


def _focus(screen: Screen) -> tuple[str, ...]:
    return (screen.focus,) if screen.focus else screen.items


_ANY_DAY: Final = date(2000, 1, 1)
