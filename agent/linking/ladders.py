"""Values that are steps of a ladder: 'moderate at most', 'advanced or above', 'harder' among easy and hard."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from agent.linking.folding import fold
from agent.linking.phrases import constraint
from retrieval.types import Column, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from agent.linking.fields import Fields
    from retrieval.types import Constraint

# Steps from the lowest up, words of one step between '/'; then the comparatives that ask for more and for less.
_LADDERS: Final = (
    ("beginner/beginners/novice/starter/easy/simple/basic|improver/intermediate/medium/moderate/average|"
     "advanced/hard/difficult/challenging/strenuous|expert/very hard/brutal/severe/scramble",
     "harder|tougher|more difficult|more challenging|more advanced|trickier",
     "easier|simpler|gentler|less difficult|less challenging|less hard|not so hard|too hard|too difficult|too tough"),
    ("none/no/not at all|very low/very little/minimal/tiny|low/little/weak/slight|medium/moderate/some/fair/average|"
     "high/strong/good/lots/plenty|very high/very strong/excellent",
     "higher|stronger|more|more energetic|livelier|better",
     "lower|weaker|less|less energetic|calmer|not so strong|too strong|too high"),
    ("mild/not spicy|medium|hot/spicy|very hot/extra hot|extremely hot",
     "hotter|spicier|more spicy", "milder|less spicy|less hot|not so hot|too hot|too spicy"),
    ("xxs|xs/extra small|s/small|m/medium|l/large|xl/extra large|xxl/2xl|xxxl/3xl",
     "bigger|larger", "smaller|too big|too large"),
    ("tiny|small|medium|large/big|very large/giant/huge", "bigger|larger", "smaller|too big|too large"),
    ("poor/for parts/needs repair/damaged|well worn/worn/heavy wear|fair/used/some wear|good/light wear|"
     "very good/excellent/as new/like new/mint|new/brand new/sealed",
     "better condition|better|newer|in better nick", "worse|more worn"),
    ("light|medium|heavy|very heavy", "heavier", "lighter|too heavy|less heavy"),
    ("very quiet/silent|quiet|moderate/medium/average|loud/noisy|very loud", "louder|noisier",
     "quieter|less noisy|too loud|too noisy"),
    ("soft|semi soft/medium soft|medium/semi hard/semi firm|firm/hard|very hard", "harder|firmer",
     "softer|too hard|too firm"),
)  # fmt: skip
_SHARE: Final = 0.7
"""Of a column's values that must be steps of one ladder, so that it is one."""
_FEWEST: Final = 2
_MOST: Final = 8
_UP_TO: Final = re.compile(
    r"^(?:at (?:the )?most|up to|no (?:more|harder|higher|bigger|hotter|worse) than|"
    r"nothing (?:[a-z]+er(?: than)?|over|above)|not (?:over|above|[a-z]+er than))(?: an?)? (.+)$|"
    r"^(.+?) (?:at (?:the )?most|or (?:less|below|under|lower|easier|milder|smaller|lighter|quieter|softer)|"
    r"max(?:imum)?|tops)$"
)
_FROM: Final = re.compile(
    r"^(?:at (?:the )?least|from|over|no (?:less|easier|lower|smaller|milder) than|"
    r"nothing (?:less|below|under)(?: than)?)(?: an?)? (.+)$|"
    r"^(.+?) (?:at (?:the )?least|or (?:more|above|over|higher|better|harder|hotter|bigger|stronger|heavier|up)|"
    r"min(?:imum)?|upwards?|and up|plus)$"
)
_TOO: Final = re.compile(r"^(?:nothing |not |never )?(?:too|very|so|overly) ")


@dataclass(frozen=True, slots=True)
class Ladder:
    """A column whose values are steps."""

    column: Column
    steps: tuple[str, ...]
    """Its values from the lowest up."""
    ranks: tuple[int, ...]
    """Places of the values on the ladder; two may be one."""
    names: dict[str, int]
    """What the places are called, folded."""
    more: frozenset[str]
    less: frozenset[str]

    def place(self, word: str) -> int | None:
        """Return the place on the ladder that a word names; None for a word of none."""
        said = re.sub(
            r"^(?:an? |the )|(?: (?:one|ones|level|condition|difficulty|wear))$", "", fold(word).strip()
        )
        return self.names.get(said)

    def between(self, low: int | None, high: int | None) -> tuple[str, ...]:
        """Return the values from one place to another, both included; None leaves an end open."""
        return tuple(
            value
            for value, rank in zip(self.steps, self.ranks, strict=True)
            if (low is None or rank >= low) and (high is None or rank <= high)
        )


def ladders(fields: Fields) -> tuple[Ladder, ...]:
    """Return the columns of a catalogue whose values are steps of a known ladder."""
    return tuple(
        found
        for column in fields.columns
        if column.role is Role.FACET and (found := _ladder(column)) is not None
    )


def _ladder(column: Column) -> Ladder | None:
    if not _FEWEST <= len(column.values) <= _MOST:
        return None
    best: Ladder | None = None
    for line, more, less in _LADDERS:
        names = {name: place for place, step in enumerate(line.split("|")) for name in step.split("/")}
        placed = sorted(
            (names[key], value) for value in column.values if (key := fold(value).replace("-", " ")) in names
        )
        if len(placed) < max(_FEWEST, _SHARE * len(column.values)):
            continue
        ranks, steps = tuple(rank for rank, _ in placed), tuple(value for _, value in placed)
        found = Ladder(column, steps, ranks, names, frozenset(more.split("|")), frozenset(less.split("|")))
        if best is None or len(steps) > len(best.steps):
            best = found
    return best


def link(
    found: Iterable[Ladder], text: str, avoid: bool, shown: dict[str, Sequence[str]]
) -> Constraint | None:
    """Read a bound on a ladder, or a comparative against what is shown; None where the text has neither.

    `shown` holds the values on screen by column; empty where nothing is.
    """
    said = fold(text).strip(" .,!")
    for ladder in found:
        values = _bounded(ladder, said, avoid) or _compared(
            ladder, said, avoid, shown.get(ladder.column.name, ())
        )
        if values:
            return constraint(ladder.column, values, text.strip(), avoid=False)
    return None


def _bounded(ladder: Ladder, said: str, avoid: bool) -> tuple[str, ...]:
    for pattern, up in ((_UP_TO, False), (_FROM, True)):
        match = pattern.match(said)
        place = ladder.place(match[1] or match[2]) if match else None
        if place is not None:
            low, high = (place, None) if up is not avoid else (None, place)
            return ladder.between(low, high)
    if avoid and _TOO.match(said) and (place := ladder.place(_TOO.sub("", said))) is not None:
        middle = max(ladder.ranks) / 2
        return ladder.between(None, place - 1) if place >= middle else ladder.between(place + 1, None)
    return ()


def _compared(ladder: Ladder, said: str, avoid: bool, shown: Sequence[str]) -> tuple[str, ...]:
    places = [rank for value, rank in zip(ladder.steps, ladder.ranks, strict=True) if value in shown]
    bare = re.sub(r"^(?:a bit |much |a little |way |something |far |slightly |a lot )+", "", said)
    if not places or avoid:
        return ()
    if bare in ladder.more:
        return ladder.between(max(places) + 1, None)
    if bare in ladder.less:
        return ladder.between(None, min(places) - 1)
    return ()
