"""The tag scheme of the reader: words of a request, BIO tags over them, and the way back to a `Reading`.

The scheme is the reader's grammar. Whatever the network scores, decoding can only mark spans of the person's own
words, an inside tag can only continue a span of its kind, and an act allows only the tags that make sense with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from agent.types import ActName, Phrase, PhraseKind, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray


class SpanKind(StrEnum):
    """What a run of words is to the reading."""

    QUERY = "query"
    WANT = "want"
    AVOID = "avoid"
    LIMIT = "limit"
    DROP = "drop"
    REF = "ref"
    SORT = "sort"
    COUNT = "count"
    STARS = "stars"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text."""

    start: int
    """First character."""
    end: int
    """One past the last character."""
    kind: SpanKind


ACTS: Final = tuple(ActName)
"""Order of the act head's outputs."""

TAGS: Final = ("O", *(f"{part}-{kind}" for kind in SpanKind for part in "BI"))
"""Order of the tag head's outputs: O, B-query, I-query, …"""

OUTSIDE: Final = 0
"""Index of O."""

_KIND: Final = (None, *(kind for kind in SpanKind for _ in "BI"))
_SEARCH: Final = frozenset(SpanKind) - {SpanKind.NOTE, SpanKind.STARS}
_ABOUT_ITEMS: Final = frozenset({SpanKind.REF, SpanKind.QUERY})

ALLOWED: Final[dict[ActName, frozenset[SpanKind]]] = {
    ActName.RECOMMEND: _SEARCH,
    ActName.REFINE: _SEARCH,
    ActName.SIMILAR: _SEARCH,
    ActName.ASK: _SEARCH | {SpanKind.STARS},
    ActName.COMPARE: _ABOUT_ITEMS,
    ActName.EXPLAIN: _ABOUT_ITEMS,
    ActName.DETAIL: _ABOUT_ITEMS,
    ActName.RATE: frozenset({SpanKind.REF, SpanKind.STARS}),
    ActName.LIKE: frozenset({SpanKind.REF}),
    ActName.DISLIKE: frozenset({SpanKind.REF}),
    ActName.REMEMBER: frozenset({SpanKind.NOTE}),
    ActName.FORGET: frozenset({SpanKind.NOTE}),
    ActName.CHAT: frozenset(),
}
"""The spans that an act may carry."""

_WORD = re.compile(
    r"\d+(?:[.,:/]\d+)+"  # 4/5, 19:30, 1,200.50
    r"|(?:[^\W\d_]+[’'](?:t|T)\b)"  # don't
    r"|[’'](?:s|re|ll|ve|d|m|S|RE|LL|VE|D|M)\b"  # that|'s, i|'m
    r"|\w+(?:[-&.]\w+)*"
    r"|[^\w\s]"
)


def words(text: str) -> list[tuple[int, int]]:
    """Split `text` into words, each as (start, end); punctuation marks are words, clitics ('s, 'm) their own."""
    return [match.span() for match in _WORD.finditer(text)]


def encode(spans: Iterable[Span], at: Sequence[tuple[int, int]]) -> list[int]:
    """Give each word of `at` the index of its tag in TAGS; a word belongs to the span that it overlaps."""
    tags = [OUTSIDE] * len(at)
    for span in spans:
        part = "B"
        for index, (start, end) in enumerate(at):
            if start < span.end and span.start < end:
                tags[index] = TAGS.index(f"{part}-{span.kind}")
                part = "I"
    return tags


def decode(tags: Sequence[int], at: Sequence[tuple[int, int]]) -> list[Span]:
    """Turn tags back into spans; `tags` must be a path that `viterbi` allows."""
    spans: list[Span] = []
    for tag, (start, end) in zip(tags, at, strict=True):
        kind = _KIND[tag]
        if kind is None:
            continue
        if TAGS[tag].startswith("B"):
            spans.append(Span(start, end, kind))
        else:
            spans[-1] = Span(spans[-1].start, end, kind)
    return spans


def _transitions() -> NDArray[np.float32]:
    """Scores from tag to tag: 0 where allowed, −inf where an inside tag would continue another kind."""
    scores = np.zeros((len(TAGS), len(TAGS)), dtype=np.float32)
    for after, name in enumerate(TAGS):
        if name.startswith("I"):
            for before in range(len(TAGS)):
                if _KIND[before] != _KIND[after]:
                    scores[before, after] = -np.inf
    return scores


_TRANSITIONS: Final = _transitions()


def viterbi(scores: NDArray[np.float32], act: ActName) -> list[int]:
    """Find the best allowed path of tags (Viterbi 1967) through `scores`, shape (words, len(TAGS)), for an act."""
    if len(scores) == 0:
        return []
    forbidden = [kind is not None and kind not in ALLOWED[act] for kind in _KIND]
    scores = np.where(forbidden, -np.inf, scores)
    best = np.where([name.startswith("I") for name in TAGS], -np.inf, scores[0])
    back = np.zeros(scores.shape, dtype=np.int64)
    for index in range(1, len(scores)):
        candidates = best[:, None] + _TRANSITIONS
        back[index] = candidates.argmax(axis=0)
        best = candidates.max(axis=0) + scores[index]
    path = [int(best.argmax())]
    for index in range(len(scores) - 1, 0, -1):
        path.append(int(back[index, path[-1]]))
    return path[::-1]


_EITHER: Final = re.compile(r"[\s,]*(?:/|\bor\b)[\s,]*(?:(?:an?|some|the|maybe|even)\s+)*", re.IGNORECASE)


def _joined_query(spans: Sequence[Span], text: str) -> str:
    """Join the parts of a query, alternatives by 'or', others by a comma: 'a toyota or a honda' → 'toyota or honda'."""
    joined = ""
    for place, span in enumerate(spans):
        if place:
            between = text[spans[place - 1].end : span.start]
            joined += " or " if _EITHER.fullmatch(between) else ", " if between.strip() else " "
        joined += text[span.start : span.end]
    return joined


_PHRASE_KINDS: Final = {SpanKind(kind.value): kind for kind in PhraseKind}


def _merged(spans: Sequence[Span], text: str) -> list[Span]:
    """Join bounds that only white space parts: 'about a' and 'tenner' are one."""
    merged: list[Span] = []
    for span in spans:
        last = merged[-1] if merged else None
        beside = last is not None and not text[last.end : span.start].strip()
        if last and beside and span.kind is last.kind is SpanKind.LIMIT:
            merged[-1] = Span(last.start, span.end, span.kind)
        else:
            merged.append(span)
    return merged


def to_reading(act: ActName, spans: Sequence[Span], text: str) -> Reading:
    """Copy the spans of `text` into a Reading: query parts are joined, phrases and references keep their order.

    Of sort, count, stars and note the first is kept.
    """
    spans = _merged(spans, text)
    said: dict[SpanKind, list[str]] = {kind: [] for kind in SpanKind}
    phrases: list[Phrase] = []
    for span in spans:
        words_said = text[span.start : span.end]
        said[span.kind].append(words_said)
        if (kind := _PHRASE_KINDS.get(span.kind)) is not None:
            phrases.append(Phrase(kind, words_said))

    def first(kind: SpanKind) -> str | None:
        return said[kind][0] if said[kind] else None

    return Reading(
        act=act,
        query=_joined_query([span for span in spans if span.kind is SpanKind.QUERY], text),
        phrases=tuple(dict.fromkeys(phrases)),
        references=tuple(dict.fromkeys(said[SpanKind.REF])),
        sort=first(SpanKind.SORT),
        count=first(SpanKind.COUNT),
        stars=first(SpanKind.STARS),
        note=first(SpanKind.NOTE),
    )
