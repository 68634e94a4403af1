"""Phrases of one request put into another, so that a reader learns how requests are built and not which ones there are.

Mention replacement (Dai & Adel 2020, 'An Analysis of Simple Data Augmentation for Named Entity Recognition'): a span
gives way to another of its kind and shape, which stood in another request, perhaps of another field of life.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from agent.nano.grammar.vocabulary import WHOLE_RULE, grammar
from agent.nano.tags import SpanKind

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from agent.nano.grammar.language import Run

SHARE: Final = 0.3
"""Of the spans that could be exchanged."""
_RULES: Final = ("recommend", "recommend_again", "refine", "answer", "first_answer", "similar")
_KINDS: Final = frozenset({SpanKind.QUERY, SpanKind.WANT, SpanKind.AVOID, SpanKind.LIMIT})
_LONGEST: Final = 5
"""Words from which on two phrases count as equally long."""
# A phrase that begins with one of these fits only where another such phrase stood.
_LINKS: Final = frozenset(
    "for with by in from on at of to about under over below above between before after since around up no not more "
    "less at most least that a an the without too like go fits takes has have is are can".split()
)

Shape = tuple[SpanKind, str, int]
"""Kind, the first word where it links the phrase to the rest, and words."""


def exchanged(runs: Sequence[Run], rule: str, rng: random.Random) -> list[Run]:
    """Return `runs`, drawn from `rule`, with some of their spans exchanged."""
    if rule not in _RULES:
        return list(runs)
    made: list[Run] = []
    for text, kind in runs:
        if kind in _KINDS and rng.random() < SHARE:
            others = _phrases().get(_shape(text, kind), ())
            text = rng.choice(others) if others else text
        made.append((text, kind))
    return made


def _shape(text: str, kind: SpanKind) -> Shape:
    words = text.casefold().split()
    return kind, words[0] if words and words[0] in _LINKS else "", min(len(words), _LONGEST)


@lru_cache(maxsize=1)
def _phrases() -> dict[Shape, tuple[str, ...]]:
    """Return the phrases that stand in whole requests by their shape, each as often as it stands there."""
    found: dict[Shape, list[str]] = defaultdict(list)
    for rule in _RULES:
        for kind, text in grammar().marked(f"{WHOLE_RULE}{rule}"):
            if kind in _KINDS:
                found[_shape(text, kind)].append(text)
    return {shape: tuple(texts) for shape, texts in found.items()}
