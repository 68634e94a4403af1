"""A phrase of attributes to constraints: what is a value of the catalogue filters, the rest ranks.

A value that stands alone, or among other values, is enforced. Words that nothing links rank, and take with them a
category that only describes them: in 'gift for a music lover' the gift is a value, but nobody asks for the shelf
Music; 'wedding in the country' is not country music.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from agent.linking.circumstances import is_circumstance
from agent.linking.dates import MONTHS
from agent.linking.fields import CUES, Fields
from agent.linking.folding import GENERIC, Token, fold, split, stem, stem_key, tokens
from agent.linking.numerals import digits
from agent.linking.synonyms import opposites
from agent.linking.values import How, Match, ValueIndex, Weigh, filled
from retrieval.types import Column, Constraint, Op, Role, Status, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.linking.meaning import MeaningIndex

_NEGATION: Final = re.compile(
    r"^(?:please )?(?:but )?(?:(?:i )?(?:do not|don't|dont|doesn't|doesnt|didn't|didnt|can't|cant|cannot|"
    r"never|haven't|havent|hasn't|hasnt)(?: really)?(?: want|"
    r" like| need| wear| eat| "
    r"have| got| stand| do)?(?: any| anything| it| them| something)?|not|no|non|without|except(?: for)?|"
    r"excluding|outside(?: of| the| county)*(?= [a-z]+$)|"
    r"avoid(?:ing)?|"
    r"(?:any|every)(?:one|body|where|thing| [a-z]+)? (?:but|bar|except|other than)|nothing|never|hates?|"
    r"dislikes?|isn't|aren't|free of|minus|instead of|other than|"
    r"rather than|apart from)"
    r"(?: (?:in|made of|made from|with|any|a|an|the|too|so|by|from|of))*[\s-]+"
)
_MANNED: Final = re.compile(r"(\d+)[ -]man")
"""A two man tent is for two persons."""
_WORKS: Final = re.compile(
    r"^(?:to )?(?:(?:works?|runs?|running|powered|fuelled|driven) (?:well )?(?:on|with|in|at|by|off)|takes?)\b ?",
    re.IGNORECASE,
)
"""What a thing works on is no place of work."""
_WHOLLY_HER: Final = re.compile(r"\b(?:one|some|any|more|all) of (?:his|her|their|them)\b")
_FREE: Final = re.compile(r"[\s-](?:free|less)$")
_SPLIT: Final = re.compile(
    r",?\s*\b(?:but (?:not|no|without)|and not|and no|not|without|except(?: for)?|excluding|no)\b\s+"
)
_PREPOSITIONS: Final = frozenset("in at on for to by from with of during near around through".split())
_OR: Final = frozenset({"or", "either"})
_LEAST_END: Final = 4
"""Letters of an avoided word that a longer one may end in: wool of lambswool, but not ham of Nottingham."""
_DOING: Final = frozenset(
    "wear wearing use using watch watching read reading play playing put take eat drink go".split()
)
"""What is done with a thing is no attribute of it, but what it is done in is none either: 'to wear at home'."""
_TIMES: Final = frozenset(
    map(
        stem_key,
        (
            *MONTHS,
            *"monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter".split(),
        ),
    )
)
_PADDING: Final = (
    _DOING
    | GENERIC
    | frozenset(
        "100 pure real genuine either friendly "
        "theme themed based look looking feel vibe vibes style styled version option options edition preferably "
        "ideally him her "
        "his hers piece pieces product products available stock ones wearing use using used suitable perfect right "
        "proper "
        "live lives get gets getting along fine happy safe suitable set "
        "rated certificate starring featuring directed written cast made brand genre color shade".split()
    )
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a phrase came to."""

    constraints: tuple[Constraint, ...]
    linked: bool
    """Whether any word is a value of the catalogue."""


class PhraseLinker:
    """Links attribute phrases with one catalogue's values."""

    def __init__(
        self,
        fields: Fields,
        values: ValueIndex,
        meaning: MeaningIndex | None,
        sorts: frozenset[str] = frozenset(),
    ) -> None:
        """Use `values` first and `meaning`, where there is a text encoder, for what words don't link.

        `sorts` are stems that mean anything in this catalogue: 'game' of board games names no card game.
        """
        self._sorts = sorts
        self._fields = fields
        self._values = values
        self._meaning = meaning

    def link(self, text: str, avoid: bool = False, weigh: Weigh = filled) -> Found:
        """Link a phrase; with `avoid`, or where the phrase itself says 'not', its values are not wanted."""
        said = text.strip()
        if not said:
            return Found((), False)
        turned, bare = unnegated(said)
        if avoid or turned:
            return self._simple(bare, said, True, weigh)
        if (base := _FREE.sub("", said)) != said and not self._whole(said):
            without = self._simple(base, said, True, weigh)
            if without.linked:
                return without
        parts = _SPLIT.split(said, maxsplit=1)
        if len(parts) == 2 and parts[0].strip() and parts[1].strip():
            wanted = self._simple(parts[0], parts[0].strip(), False, weigh)
            not_wanted = self._simple(parts[1], said[len(parts[0]) :].strip(" ,"), True, weigh)
            return Found((*wanted.constraints, *not_wanted.constraints), wanted.linked or not_wanted.linked)
        return self._simple(said, said, False, weigh)

    def _simple(self, text: str, said: str, avoid: bool, weigh: Weigh) -> Found:
        if manned := _MANNED.fullmatch(digits(text)):
            text = f"{manned[1]} person"
        text = _WORKS.sub("", _WHOLLY_HER.sub(" ", text)) or text
        words = tokens(text)
        hinted, spent = self._hints(words)
        found = self._values.find(words, hinted, weigh, spent=spent)
        matches = self._together(
            words, tuple(one for one in found if not self._is_generic(words, one)), weigh
        )
        if (
            (counted := digits(text)) != fold(text)
            and self._exact(tokens(counted))
            and not self._exact(words)
        ):
            return self._simple(counted, said, avoid, weigh)  # 'for two people' is for 2
        if avoid and (free := self._free_of(words)):
            return Found((free,), True)
        if not matches and (ruled := self._ruled(words, said, avoid)):
            return Found((ruled,), True)
        if not matches:
            told = [word.stem for word in words if not word.stop]
            if len(told) == 1 and self._whole(f"un{fold(text)}"):
                return self._simple(f"un{fold(text)}", said, not avoid, weigh)  # 'pasteurised'
            bare = _UN.sub("", fold(text), count=1)
            if bare != fold(text) and self._whole(bare):
                return self._simple(bare, said, not avoid, weigh)  # 'unfurnished'
            if len(told) == 1 and (turned := self._turned(told[0], said, avoid)):
                return Found((turned,), True)
            return Found(self._unlinked(text, said, avoid), False)
        kept, rest = self._judge(words, matches, spent, hinted)
        made = [*self._constraints(words, kept, said, avoid)]
        if not avoid:
            made.extend(narrower_than(words, kept))
        if rest:
            made.append(_ranked(" ".join(word.said for word in rest), avoid, said))
        return Found(tuple(made), bool(kept))

    def _is_generic(self, words: Sequence[Token], match: Match) -> bool:
        generic = match.end - match.start == 1 and words[match.start].stem in self._sorts
        return generic and match.how > How.STEM and len(words) > 1

    def _together(
        self, words: Sequence[Token], matches: tuple[Match, ...], weigh: Weigh
    ) -> tuple[Match, ...]:
        """Take alternatives for values of one column where one has them all: 'medium or large' are sizes."""
        columns = {match.column.name for match in matches}
        if len(columns) < 2 or not any(word.text in _OR for word in words):
            return matches
        for name in sorted(columns):
            found = self._values.find(words, {name}, weigh)
            if len(found) == len(matches) and {match.column.name for match in found} == {name}:
                return found
        return matches

    def _ruled(self, words: Sequence[Token], said: str, avoid: bool) -> Constraint | None:
        """Read 'dogs ok' of a column that says whether and how a thing is allowed: welcome, on a lead, not allowed."""
        told = [word for word in words if not word.stop and word.text not in _ALLOWED]
        column = self._fields.labelled(told) if told else None
        if column is None or column.role is not Role.FACET or self._fields.truth(column) is not None:
            return None
        barred = tuple(value for value in column.values if _BARRED.match(fold(value)))
        if not barred or len(barred) == len(column.values):
            return None
        return constraint(column, barred, said, avoid=not avoid)

    def _turned(self, key: str, said: str, avoid: bool) -> Constraint | None:
        """Read a word that the catalogue has not by its opposite: no stairs are step-free, indoors is not outdoors."""
        if re.search(r"\btoo\b", said):
            return None  # what is not too heavy need not be light
        for other in opposites(key):
            found = self._values.find(tokens(other), least=How.SYNONYM)
            truth = self._fields.truth(found[0].column) if found else None
            if found and avoid:
                return self._one(found[0].column, found[0].values, said, False)
            if found and truth is not None:
                return self._one(found[0].column, found[0].values, said, True)
        return None

    def _free_of(self, words: Sequence[Token]) -> Constraint | None:
        """Return the value that promises what is avoided to be absent: dairy-free for whoever wants no dairy."""
        said = " ".join(word.said for word in words if not word.stop)
        found = self._values.find(tokens(f"{said} free"), least=How.STEM) if said else ()
        whole = [one for one in found if one.start == 0 and one.end == len(tokens(said)) + 1]
        if not whole:
            return None
        if (truth := self._fields.truth(whole[0].column)) is not None:
            return Constraint(whole[0].column.name, Op.EQ, truth, said)
        return constraint(whole[0].column, whole[0].values, said, avoid=False)

    def _whole(self, text: str) -> bool:
        """Tell whether a phrase is a value as it stands: 'gluten free'."""
        words = tokens(text)
        return any(
            match.end - match.start == len(words) for match in self._values.find(words, least=How.STEM)
        )

    def _exact(self, words: Sequence[Token]) -> bool:
        """Tell whether two words or more of a phrase are together a value as they stand: '2 person'."""
        return any(match.end - match.start > 1 for match in self._values.find(words, least=How.STEM))

    def _hints(self, words: Sequence[Token]) -> tuple[dict[str, None], frozenset[int]]:
        """Return the columns that labels and cues in the phrase name, and the places of those words."""
        hinted: dict[str, None] = {}
        spent: set[int] = set()
        for start in range(len(words)):
            for length in range(min(3, len(words) - start), 0, -1):
                column = self._fields.labelled(words[start : start + length])
                if column and column.values and not (length == 1 and words[start].stop):
                    hinted[column.name] = None
                    spent.update(range(start, start + length))
                    break
        for start, word in enumerate(words):
            # 'With' and 'by' point at people only where a name can follow, and less than 'directed' does.
            if word.text in CUES and not (word.stop and (hinted or not self._named(words, start))):
                for column in self._fields.pointed(word.text):
                    if self._fields.is_people(column) or not word.stop:
                        hinted[column.name] = None
                        spent.add(start)
        return hinted, frozenset(spent)

    def _named(self, words: Sequence[Token], cue: int) -> bool:
        following = words[cue + 1 : cue + 2]
        return bool(following) and not following[0].stop and not self._values.is_common(following[0].text)

    def _judge(
        self,
        words: Sequence[Token],
        matches: Sequence[Match],
        spent: frozenset[int],
        hinted: dict[str, None],
    ) -> tuple[list[Match], list[Token]]:
        """Part matches that filter from words that rank."""
        owner = {place: match for match in matches for place in range(match.start, match.end)}
        loose = [
            place
            for place, word in enumerate(words)
            if place not in owner
            and place not in spent
            and not word.stop
            and word.text not in _PADDING
            and word.text not in _PREPOSITIONS
        ]
        kept: list[Match] = []
        dropped: set[int] = set()
        for match in matches:
            if loose and _is_modifier(words, match):
                dropped.update(range(match.start, match.end))
            elif match.column.name in hinted or not self._describes(words, match, loose, owner):
                kept.append(match)
            else:
                dropped.update(range(match.start, match.end))
        rest = [word for place, word in enumerate(words) if place in dropped or place in loose]
        return kept, rest

    def _describes(
        self, words: Sequence[Token], match: Match, loose: Sequence[int], owner: dict[int, Match]
    ) -> bool:
        """Tell whether a value only describes a word that nothing links."""
        if match.column.name in self._fields.categories and match.end in loose:
            return True  # 'music lover'
        if self._fields.truth(match.column) is not None or stem_key(match.values[0]) in _TIMES:
            return False  # 'put in the freezer', 'flowers in january'
        before = [place for place in range(match.start - 1, -1, -1) if words[place].text in _PREPOSITIONS]
        if not before:
            return False
        if match.column.name in self._fields.categories and any(
            place in loose for place in range(before[0], match.start)
        ):
            return True  # 'for a job interview'
        head = range(before[0])
        doing = any(words[place].text in _DOING for place in head)
        return (doing or any(place in loose for place in head)) and not any(place in owner for place in head)

    def _constraints(
        self, words: Sequence[Token], matches: Sequence[Match], said: str, avoid: bool
    ) -> list[Constraint]:
        either = any(word.text in _OR for word in words)
        by_column: dict[str, list[Match]] = {}
        for match in matches:
            by_column.setdefault(match.column.name, []).append(match)
        made: list[Constraint] = []
        for group in by_column.values():
            column = group[0].column
            several = tuple(dict.fromkeys(value for match in group for value in match.values))
            alternatives = column.role is not Role.LIST or either or avoid
            if alternatives or len(group) == 1:
                made.append(
                    self._one(column, several, said if len(by_column) == 1 else _span(words, group), avoid)
                )
            else:
                made.extend(self._one(column, match.values, _span(words, [match]), avoid) for match in group)
        return made

    def _one(self, column: Column, values: tuple[str, ...], said: str, avoid: bool) -> Constraint:
        truth = self._fields.truth(column)
        if isinstance(truth, float):
            return Constraint(column.name, Op.NE if avoid else Op.EQ, truth, said)
        if self._fields.is_barred(column) and not _SHUT.search(fold(said)):
            avoid = not avoid  # 'open on mondays' of a column that says when it is closed
        if avoid:
            wider = self._values.wider(column, values)
            values = (
                *values,
                *(
                    other
                    for other in column.values
                    if other not in values and (other in wider or _ends(other, values))
                ),
            )
        return constraint(column, values, said, avoid)

    def _unlinked(self, text: str, said: str, avoid: bool) -> tuple[Constraint, ...]:
        """Rank by the nearest value in meaning, or by the words alone."""
        words = tokens(text)
        told = [word for word in words if not word.stop]
        if not told:
            return ()
        if not avoid and is_circumstance(text):
            # Told, and nothing ranks by it, for it says nothing of the thing itself.
            return (Constraint(None, Op.ABOUT, text.strip(), said, Status.RANKED),)
        meant = self._meaning.nearest(fold(text)) if self._meaning and not avoid else None
        if meant:
            op = Op.CONTAINS if meant.column.role is Role.LIST else Op.EQ
            return (Constraint(meant.column.name, op, meant.value, said, Status.RANKED),)
        return (_ranked(text, avoid, said),)


def _is_modifier(words: Sequence[Token], match: Match) -> bool:
    """Tell whether words are only the beginning of a longer value: 'carry upstairs' is no carry bag."""
    if match.how is not How.PART:
        return False
    last = words[match.end - 1].stem
    return not any(last == stem(word) for value in match.values for word in split(value)[-1:])


def narrower_than(words: Sequence[Token], matches: Sequence[Match]) -> list[Constraint]:
    """Say of 'crimson', where the catalogue has red only, that red is checked and crimson ranks."""
    broad = [match for match in matches if match.how is How.BROADER]
    return [_ranked(said, False, said) for match in broad if (said := _span(words, [match]))]


_ALLOWED: Final = frozenset(
    "ok okay allowed welcome friendly permitted accepted fine takes take let bring bringing coming with "
    "possible".split()
)
_BARRED: Final = re.compile(r"(?:not?|never|none|forbidden|prohibited|banned)\b")
_SHUT: Final = re.compile(r"\b(?:closed|closes|shut|shuts|except|excluding|unsuitable)\b")
_UN: Final = re.compile(r"(?:un|non[- ]?)(?=[a-z]{5,}$)", re.IGNORECASE)


def unnegated(text: str) -> tuple[bool, str]:
    """Take a negation off a phrase: 'not leather', 'nothing in wool', 'leather-free' → leather."""
    plain = text.strip()
    match = _NEGATION.match(plain.translate(str.maketrans("’", "'")).casefold())
    if match and plain[match.end() :].strip():
        return True, plain[match.end() :].strip()
    return False, plain


def constraint(column: Column, values: tuple[str, ...], said: str, avoid: bool) -> Constraint:
    """Build the constraint that a column has, or has not, one of the values."""
    value: Value = values if len(values) > 1 else values[0]
    if column.role is Role.LIST:
        if avoid:
            return Constraint(column.name, Op.NOT_IN, values, said)
        return Constraint(column.name, Op.IN if len(values) > 1 else Op.CONTAINS, value, said)
    if avoid:
        return Constraint(column.name, Op.NOT_IN if len(values) > 1 else Op.NE, value, said)
    return Constraint(column.name, Op.IN if len(values) > 1 else Op.EQ, value, said)


def _ends(value: str, avoided: Sequence[str]) -> bool:
    """Tell whether a value of one word ends in one that is not wanted: lambswool is wool."""
    word = fold(value)
    return " " not in word and any(
        len(end := fold(one)) >= _LEAST_END and " " not in end and word.endswith(end) for one in avoided
    )


def _ranked(words: str, avoid: bool, said: str) -> Constraint:
    """Build a condition that no column checks; for one not wanted the operator says so."""
    return Constraint(None, Op.NE if avoid else Op.CONTAINS, words.strip(), said, Status.RANKED)


def _span(words: Sequence[Token], matches: Sequence[Match]) -> str:
    first, last = min(match.start for match in matches), max(match.end for match in matches)
    return " ".join(word.said for word in words[first:last])
