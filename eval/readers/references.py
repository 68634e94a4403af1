"""Items meant, as said: ordinals, numbers, pronouns and the titles on screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eval.readers.cues import COLOURS, pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ORDINAL = r"(?:first|second|third|fourth|fifth|sixth|last|1st|2nd|3rd|[4-9]th|top|middle|final)"
_POSITION: Final = pattern(
    rf"\b(?:the |that |this |my )+(?:very )?{_ORDINAL}(?: (?:ones?|two|three))?\b(?! (?:time|rated)\b)|"
    rf"\b{_ORDINAL} one\b|\b(?:number|no\.|item|option) ?(?:\d\d?|one|two|three|four|five)\b|#\d\d?\b|"
    r"\b(?:all|both|the) (?:two|three|four|of (?:them|these|those))\b|\bboth\b"
)
_BARE: Final = pattern(
    r"(?<![\w.,])[1-9](?= (?:vs|versus|or|and|with|to) [1-9]\b)|(?<= )(?<=vs |or )[1-9]\b|(?<=and )[1-9]\b"
)
_DESCRIBED: Final = pattern(r"\bthe (?!other\b|same\b|only\b|right\b)[\w’'-]+ one\b")
_PRONOUN: Final = pattern(r"\b(?:it|this one|that one|these|those|them|this|that|he|she)\b")
_SMALL: Final = frozenset("the a an of in on at and for to with one two by from is my it".split())
_WORD: Final = re.compile(r"\w+")


def references(text: str, titles: Sequence[str], query: str = "", *, pronouns: bool = True) -> list[str]:
    """Return the items of `titles` that `text` means, in its words and order; pronouns only where nothing else is."""
    found = [match.span() for match in (*_POSITION.finditer(text), *_BARE.finditer(text))]
    for span in (*_titles(text, titles, query), *(match.span() for match in _DESCRIBED.finditer(text))):
        if not any(span[0] < end and start < span[1] for start, end in found):
            found.append(span)
    if not found and pronouns:
        found = [match.span() for match in _PRONOUN.finditer(text)][:1]
    return list(dict.fromkeys(text[start:end] for start, end in sorted(found)))


def _titles(text: str, titles: Iterable[str], query: str) -> Iterable[tuple[int, int]]:
    """Yield where words of a title stand together, with 'the' before and 'one' behind them."""
    said = list(_WORD.finditer(text))
    common = _SMALL | COLOURS | {word.lower() for word in _WORD.findall(query)}
    for title in titles:
        name = {word.lower() for word in _WORD.findall(title)}
        index = 0
        while index < len(said):
            last = index
            while last < len(said) and said[last][0].lower() in name:
                last += 1
            while last > index and said[last - 1][0].lower() in _SMALL:
                last -= 1
            run = [word[0].lower() for word in said[index:last]]
            if not any(len(word) > 2 and word not in common for word in run):
                index += 1
                continue
            first = index - 1 if index and said[index - 1][0].lower() in ("the", "that") else index
            if last < len(said) and said[last][0].lower() in ("one", query.lower()):
                last += 1
            yield said[first].start(), said[last - 1].end()
            index = last
