"""The query and the conditions of a search, cut from the request from the surest cue to the vaguest."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from agent.types import Phrase, PhraseKind
from eval.readers import cues

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_GAP: Final = "|"
"""Stands for what was cut out; nothing is read across it."""
_CHUNK: Final = re.compile(
    r"[|,.;:!?()]+(?!\d)|(?<!\w)(?:and|but|or|then|plus)(?!\w)|\s[-–]\s", re.IGNORECASE
)
_WORD: Final = re.compile(r"[\w£$€][\w’'./-]*[\w]|[\w]")
_NAME: Final = re.compile(
    r"(?<!^)(?<!by )(?<!with )(?<!starring )\b[A-Z][\w’']+(?: (?:(?:of|the|and|in|a) )?[A-Z][\w’']+)+"
)
_HAVING: Final = re.compile(r"\b(?:with|in) (?:an? |the |some )?(?:\w+ )?$", re.IGNORECASE)
_ANY: Final = frozenset("something someone somewhere anything somebody anyone".split())
_ENDINGS: Final = frozenset("please pls plz thanks if possible then now".split())


@dataclass
class Search:
    """What a search asks for; `rest` is the request with what was read of it blanked out."""

    text: str
    rest: str = ""
    query: str = ""
    found: list[tuple[int, Phrase]] = field(default_factory=list)
    """Conditions with the character at which each begins."""
    sort: str | None = None
    count: str | None = None

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """The conditions in the order in which they were said."""
        return tuple(dict.fromkeys(phrase for _, phrase in sorted(self.found, key=lambda one: one[0])))

    def blank(self, start: int, end: int) -> None:
        """Cut out what stands from `start` to `end`."""
        self.rest = self.rest[:start] + _GAP * (end - start) + self.rest[end:]

    def take(self, kind: PhraseKind, patterns: Iterable[re.Pattern[str]]) -> None:
        """Make a condition of everything that a pattern finds, of its group 'said' where it has one."""
        for one in patterns:
            for match in list(one.finditer(self.rest)):
                group = "said" if "said" in one.groupindex else 0
                self.keep(kind, *match.span(group))
                self.blank(*match.span())

    def keep(self, kind: PhraseKind, start: int, end: int) -> None:
        """Make a condition of the words from `start` to `end`, without the white space around them."""
        said = self.text[start:end]
        if said.strip():
            self.found.append((start, Phrase(kind, said.strip())))


def search(text: str, values: frozenset[str], *, going_on: bool, meant: Iterable[str] = ()) -> Search:
    """Read `text` as a search; `values` are attributes of the catalogue in lower case, `meant` words already read.

    A search that goes on has no query: what is left of it is wanted.
    """
    made = Search(text, text)
    for said in meant:
        at = made.rest.find(said)
        if at >= 0:
            made.blank(at, at + len(said))
    if going_on or any(one.search(text) for one in cues.FORGET):
        made.take(PhraseKind.DROP, cues.DROP)
    if order := cues.ORDER.search(made.rest):
        made.sort = order["by"] or order["said"]
        made.blank(*order.span())
    made.take(PhraseKind.WANT, (cues.SIZE,))
    made.take(PhraseKind.AVOID, cues.SURELY_AVOID)
    made.take(PhraseKind.LIMIT, cues.LIMITS)
    made.take(PhraseKind.AVOID, cues.AVOID)
    if (count := cues.COUNT.search(made.rest)) is not None:
        made.count = count["said"] or count["couple"] or count["first"]
        made.blank(*count.span())
    for lead in list(cues.LEAD.finditer(made.rest)):
        made.blank(*lead.span())
    if not going_on:
        made.query = next(filter(None, (_whole(made, one) for one in cues.WHOLE.finditer(made.rest))), "")
        made.query = made.query or _title(made)
    chunks = list(_chunks(made.rest))
    head = None if going_on or made.query else _head_chunk(chunks, made.rest, values)
    for chunk in chunks:
        if chunk == head:
            _nouns(made, chunk, values)
        else:
            _attributes(made, chunk, values)
    return made


def kind(word: str) -> bool:
    """Whether a word names a kind of thing, in the singular or plural."""
    low = word.lower()
    forms = {low, low.removesuffix("s"), low.removesuffix("es")}
    return bool(forms & cues.KINDS) and low not in ("short", "long")


def attribute(word: str, values: frozenset[str]) -> bool:
    """Whether a word is an adjective, colour, material or genre, or a value of the catalogue."""
    low = word.lower()
    known = low in cues.ATTRIBUTES or low in cues.SHADES or low in cues.OPINION or low in values
    return known or (bool(cues.ADJECTIVE.fullmatch(low)) and not kind(low) and low not in cues.COMPOUND)


def _whole(made: Search, match: re.Match[str]) -> str:
    """Take a query with the clause that says what it is: 'film about bees', 'something for a rainy evening'."""
    end = made.rest.find(_GAP, match.start())
    stop = re.search(r"[,.;!?]", made.rest[match.start() :])
    ends = [match.end(), *([end] if end >= 0 else []), *([match.start() + stop.start()] if stop else [])]
    said = made.text[match.start() : min(ends)].rstrip()
    if min(ends) == end:
        said = re.sub(r"\s+(?:and|but|with|or|please|pls|in|on)$", "", said)
    first, link = match["first"].lower(), match["link"].lower()
    if first in _ANY:
        fits = link != "where"
    elif link == "for":
        fits = first.rstrip("s") in ("present", "gift")
    else:
        fits = kind(first) or (link in ("about", "who", "where") and first not in cues.FILLER)
    if not fits or len(_WORD.findall(said)) < 3:
        return ""
    made.blank(match.start(), match.start() + len(said))
    return said


def _title(made: Search) -> str:
    """Take a name in capitals for what is looked for where no kind of thing is named: 'have you got Salt and Iron?'."""
    name = None if any(kind(word) for word in _WORD.findall(made.rest)) else _NAME.search(made.rest)
    if name is None or made.text.isupper():
        return ""
    made.blank(*name.span())
    return name[0]


def _chunks(rest: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of `rest` between marks, conjunctions and prepositions, without fillers at their ends."""
    start = 0
    for stop in (*_CHUNK.finditer(rest), None):
        end = stop.start() if stop else len(rest)
        cuts = [start, *(start + cut.start() for cut in cues.PREPOSITION.finditer(rest[start:end])), end]
        for first, last in pairwise(cuts):
            if trimmed := _trim(rest, first, last):
                yield trimmed
        start = stop.end() if stop else end


def _trim(rest: str, start: int, end: int) -> tuple[int, int] | None:
    words = list(_WORD.finditer(rest, start, end))
    if words and words[0][0].lower() in cues.KEEP and len(words) > 1:
        while words and words[-1][0].lower() in _ENDINGS:
            words.pop()
        return (words[0].start(), words[-1].end()) if len(words) > 1 else None
    while words and (
        words[0][0].lower() in cues.FILLER or words[0][0].lower() in ("made", "from", "in", "with")
    ):
        words.pop(0)
    while words and words[-1][0].lower() in cues.FILLER:
        words.pop()
    return (words[0].start(), words[-1].end()) if words else None


def _head_chunk(chunks: list[tuple[int, int]], rest: str, values: frozenset[str]) -> tuple[int, int] | None:
    """Choose the chunk that says what is looked for: one with a known kind, else one with more than attributes."""
    bare = [
        chunk
        for chunk in chunks
        if rest[chunk[0] : chunk[1]].split()[0].lower() not in cues.KEEP
        and not _HAVING.search(rest[: chunk[0]])
    ]
    for chunk in bare:
        if any(kind(word) for word in _WORD.findall(rest[chunk[0] : chunk[1]])):
            return chunk
    for chunk in bare:
        if any(not attribute(word, values) for word in _WORD.findall(rest[chunk[0] : chunk[1]])):
            return chunk
    return None


def _nouns(made: Search, chunk: tuple[int, int], values: frozenset[str]) -> None:
    """Part a noun phrase into attributes, the kind, and what is said behind it: 'black' 'boots' 'matte'."""
    words = list(_WORD.finditer(made.text, *chunk))
    known = [index for index, word in enumerate(words) if kind(word[0])]
    nouns = [index for index, word in enumerate(words) if not attribute(word[0], values)]
    # 'desk lamp': the last of the first run of kinds.
    head = known[0] if known else (nouns[-1] if nouns else len(words) - 1)
    while head + 1 in known:
        head += 1
    first = head
    while (
        first
        and not attribute(words[first - 1][0], values)
        and words[first - 1][0].lower() not in cues.FILLER
    ):
        first -= 1
    made.query = made.text[words[first].start() : words[head].end()]
    if first:
        _attributes(made, (words[0].start(), words[first - 1].end()), values)
    if head + 1 < len(words):
        _attributes(made, (words[head + 1].start(), words[-1].end()), values)


def _attributes(made: Search, chunk: tuple[int, int], values: frozenset[str]) -> None:
    """Make wants of a chunk: one if it is a phrase of its own, one for each word if all are attributes."""
    words = [word for word in _WORD.finditer(made.text, *chunk) if word[0].lower() not in cues.OPINION]
    if not words:
        return
    having = _HAVING.search(made.rest[: words[0].start()]) is not None
    phrase = (
        having or words[0][0].lower() in cues.KEEP or " ".join(word[0].lower() for word in words) in values
    )
    if phrase or not all(attribute(word[0], values) for word in words):
        made.keep(PhraseKind.WANT, words[0].start(), words[-1].end())
        return
    start = None
    for index, word in enumerate(words):
        start = word.start() if start is None else start
        if (
            word[0].lower() in cues.SHADES
            and index + 1 < len(words)
            and words[index + 1][0].lower() in cues.COLOURS
        ):
            continue
        made.keep(PhraseKind.WANT, start, word.end())
        start = None
