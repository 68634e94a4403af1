"""Find the claims in a sentence: its numbers with their units, the values and titles of a catalogue, and names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from agent.linking.units import SPOKEN
from retrieval.types import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from agent.linking.units import Unit
    from retrieval.snapshot import Snapshot

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MEASURE = re.compile(r"(?P<sign>[£$€¥₹])?\s?(?P<number>\d+(?:[.,]\d+)*)(?P<gap>\s?-?)(?P<word>%|[^\W\d_]+)?")
COUNTS = {
    name: float(value)
    for value, name in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
}
# Words of a reply's frame that are also common facet values; on their own they say nothing about an item.
FRAME = frozenset(
    """a all an and any are as at be best both but by can do does each first for from good has have here how i if in
    is it its just last less like main more most much new next no none nor not now of off on one only open or other out
    over own pick plain rest right same second set short show so some still such than that the their them then there
    these they third this those to too under up us use want was we well what when where which with without would yes
    you your""".split()
)
_NEGATORS = frozenset(
    "not no never without neither nor lacks isn't aren't doesn't don't wasn't hasn't".split()
)
_BOUNDS = frozenset(
    """under within below over above than limit budget around about most least between up beyond past of and to your
    you asked wanted""".split()
)
_PRICED = frozenset("cost costs costing price priced prices".split())
_NOT_UNITS = frozenset({"in", "second", "a", "c", "f"})
_AGENT = frozenset("makes made designs designed sells sold offers recommends calls says wrote".split())
_IDIOMS = re.compile(
    r"\b(?:the work of|(?:good|bad|sad|no) news|(?:your|my) profile|(?:every|a|not a) single|keeps? track|"
    r"be checked|at work|a light touch)\b",
    re.I,
)
"""Turns of speech whose words are values in many catalogues: 'work' is an occasion, 'news' a shelf."""
_REACH = 3
"""Words before a claim in which a negation or a bound still governs it."""
_LONGEST_TITLE = 10


class Kind(StrEnum):
    """What a claim is about."""

    NUMBER = "number"
    COUNT = "count"
    VALUE = "value"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Claim:
    """Words of a reply that must be traceable."""

    kind: Kind
    text: str
    """Folded."""
    number: float | None = None
    unit: Unit | None = None
    """NUMBER: the unit beside it; for a price without a sign, any money."""
    negated: bool = False
    """'not waterproof'."""
    bound: bool = False
    """NUMBER: a limit rather than an amount: 'under 80'."""


class Vocabulary:
    """The values and titles of a catalogue, to find them in prose."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Collect every facet and list value and every title of two words or more."""
        values: set[str] = set()
        for column in snapshot.columns:
            if column.role in (Role.FACET, Role.LIST):
                values.update(fold(value) for value in column.values)
        values.update(folded for title in snapshot.titles() if " " in (folded := fold(title)))
        self._values = {value for value in values if len(value) > 2 and value not in FRAME}
        self._longest = min(max((value.count(" ") + 1 for value in self._values), default=1), _LONGEST_TITLE)
        self.money = next((c.unit for c in snapshot.columns if c.unit and _is_money(c.unit)), None)
        """The currency of prices here, if there is one."""

    def found(self, words: Sequence[str]) -> Iterator[tuple[int, str]]:
        """Yield the longest values that stand in a run of words, each with the place of its first word."""
        folded = [fold(word) for word in words]
        start = 0
        while start < len(folded):
            for size in range(min(self._longest, len(folded) - start), 0, -1):
                run = " ".join(folded[start : start + size])
                if run in self._values:
                    yield start, run
                    start += size - 1
                    break
            start += 1


def claims_of(literal: str, vocabulary: Vocabulary) -> Iterator[Claim]:
    """Yield the claims of a sentence whose slots are replaced by '|'."""
    yield from _measured(literal, vocabulary)
    for position, part in enumerate(literal.split("|")):
        for word in WORD.findall(part):
            if word.casefold() in COUNTS and word.casefold() != "one":
                yield Claim(Kind.COUNT, word.casefold(), COUNTS[word.casefold()])
        plain = [re.sub(r"['’]s$", "", word) for word in WORD.findall(_IDIOMS.sub(" ", part))]
        for at, run in vocabulary.found(plain):
            yield Claim(Kind.VALUE, run, negated=_governed(plain[:at], _NEGATORS))
        for name in _names(part, opening=position == 0):
            yield Claim(Kind.NAME, fold(name))


def measures(text: str) -> Iterator[tuple[float, Unit | None]]:
    """Yield the numbers of a text with the units beside them."""
    for match in _MEASURE.finditer(text):
        yield number_of(match["number"]), _unit(match)


def numbers(text: str) -> set[float]:
    """Return the numbers of a text."""
    return {number for number, _ in measures(text)}


def number_of(written: str) -> float:
    """Read '1,299.50'; NaN, equal to nothing, for what is no number."""
    try:
        return float(written.replace(",", ""))
    except ValueError:
        return float("nan")


def fold(text: str) -> str:
    """Return the words of a text in lower case, one space between them."""
    return " ".join(re.findall(r"[\w.]+", text.casefold())).replace(". ", " ").strip(". ")


def _measured(literal: str, vocabulary: Vocabulary) -> Iterator[Claim]:
    for match in _MEASURE.finditer(literal):
        before = [word.casefold() for word in WORD.findall(literal[: match.start()])]
        unit = _unit(match)
        if unit is None and vocabulary.money and before[-1:] and before[-1] in _PRICED:
            unit = SPOKEN.get(vocabulary.money)
        yield Claim(
            Kind.NUMBER,
            match["number"],
            number_of(match["number"]),
            unit,
            negated=_governed(before, _NEGATORS),
            bound=_governed(before, _BOUNDS),
        )


def _unit(match: re.Match[str]) -> Unit | None:
    if match["sign"]:
        return SPOKEN.get(match["sign"])
    word = (match["word"] or "").casefold()
    if not word or word in _NOT_UNITS or (len(word) == 1 and word != "%" and match["gap"]):
        return None
    return SPOKEN.get(word)


def _is_money(unit: str) -> bool:
    return unit in SPOKEN and SPOKEN[unit].money


def _governed(before: Sequence[str], words: frozenset[str]) -> bool:
    near = [word.casefold().replace("’", "'") for word in before[-_REACH:]]
    return any(word in words or (words is _NEGATORS and word.endswith("n't")) for word in near)


def _names(part: str, *, opening: bool) -> Iterable[str]:
    """Yield capitalised words that are names: inside a sentence, or at its head when they do or own something.

    `opening` says that the part begins the sentence.
    """
    found = list(WORD.finditer(part))
    for at, match in enumerate(found):
        before = part[: match.start()].rstrip()
        begins = opening if not before else before[-1] in '.!?:–—-(“"'
        word = re.split("['’]", match[0])[0]
        if not word[0].isupper() or word.casefold() in FRAME or word == "I" or word.casefold() in COUNTS:
            continue
        follows = found[at + 1][0].casefold() if at + 1 < len(found) else ""
        acts = follows in _AGENT or match[0][len(word) :] in ("'s", "’s")
        if not begins or acts:
            yield word
