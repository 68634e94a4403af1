"""The evidence of an item in lines: shares as bars, conditions, the catalogue's words, paths and what would be else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from agent.legs import share_words
from agent.why import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from agent.taste import Taste
    from agent.types import Card
    from agent.why import Why

_BAR: Final = 20
_EIGHTHS: Final = "▏▎▍▌▋▊▉█"
_LEAST: Final = 0.005
"""A share below this rounds to nothing."""
_STATES: Final = {
    State.MET: "met", State.MISSED: "missed", State.GIVEN_UP: "given up", State.UNKNOWN: "can't be checked",
}  # fmt: skip


def bar(share: float, width: int = _BAR) -> str:
    """Draw a share of one as a bar of eighths of a cell, `width` cells for all of it."""
    full, rest = divmod(round(share * width * 8), 8)
    return "█" * full + (_EIGHTHS[rest - 1] if rest else "")


def share_lines(shares: Mapping[str, float], width: int = _BAR) -> Iterator[str]:
    """Yield shares by what they are called, the largest first, each with its bar."""
    kept = sorted(
        ((words, part) for words, part in shares.items() if part >= _LEAST), key=lambda pair: -pair[1]
    )
    longest = max((len(words) for words, _ in kept), default=0)
    for words, part in kept:
        yield f"{words:<{longest}}  {part:4.0%}  {bar(part, width)}"


def why_lines(card: Card) -> Iterator[str]:
    """Yield the evidence that a card carries itself: shares as bars, conditions, the catalogue's words."""
    yield from share_lines({share_words(leg): part for leg, part in card.evidence.shares.items()})
    if card.evidence.met:
        yield f"met: {', '.join(card.evidence.met)}"
    if card.evidence.missed:
        yield f"missed: {', '.join(card.evidence.missed)}"
    for quote in card.evidence.quotes:
        yield f"the catalogue says: “{quote.text}”"


def beyond_card(why: Why) -> Iterator[str]:
    """Yield what is known beside what the card itself carries: the path and what would be else."""
    if why.path:
        yield why.path.words
    if why.counterfactual:
        yield why.counterfactual
    if why.moved_on:
        yield "this was for an earlier search"


def lines_of_why(why: Why, width: int = _BAR) -> Iterator[str]:
    """Yield all the evidence of an item, `width` cells for a whole share."""
    yield from share_lines({share.words: share.part for share in why.shares}, width)
    for state, words in _STATES.items():
        if held := [one.words for one in why.conditions if one.state is state]:
            yield f"{words}: {', '.join(held)}"
    for quote in why.quotes:
        yield f"the catalogue says: “{quote.text}”"
    yield from beyond_card(why)


def taste_lines(tastes: Sequence[Taste], width: int = 6) -> Iterator[str]:
    """Yield what is known of a taste, a bar a value; what is not liked has 'not' before it."""
    words = [one.value if one.weight > 0 else f"not {one.value}" for one in tastes]
    longest = max(map(len, words), default=0)
    for said, one in zip(words, tastes, strict=True):
        yield f"{said:<{longest}}  {bar(abs(one.weight), width)}"
