"""How a query stands in a sentence: 'jacket' as 'a jacket', 'boots' as it is, and what fits nowhere not at all."""

from __future__ import annotations

import re

_BEFORE = re.compile(
    r"\b(?:for|about|that|with|from|in|on|of|to|like|which|who|under|by|without|as|at)\b", re.I
)
_DETERMINED = re.compile(
    r"(?:a|an|the|some|any|my|your|something|anything|someone|people|one|two|three|more|other)\b", re.I
)
_MASS = frozenset(
    """music jazz rock pop folk blues furniture clothing food coffee tea wine beer stuff footwear luggage news eyewear
    jewellery jewelry bedding lighting storage horror romance animation fantasy fiction crime drama comedy sci-fi red
    blue green black white warm cold cheap good nice fun sad happy scary funny french italian japanese indian""".split()
)
_COUNTED = frozenset("drama comedy romance".split())
_LONGEST = 7


def with_article(query: str) -> str:
    """Return `query` as a noun of a sentence; '' where that can't be told or it is too long.

    >>> with_article("film about a haunted house"), with_article("boots"), with_article("horror")
    ('a film about a haunted house', 'boots', '')
    """
    words = query.split()
    if not words or len(words) > _LONGEST or not re.fullmatch(r"[\w' -]+", query):
        return ""
    if _DETERMINED.match(query):
        return query
    head = (_BEFORE.split(query, maxsplit=1)[0].split() or [""])[-1].casefold()
    if not head or head in _MASS - _COUNTED or not head[0].isalpha():
        return ""
    if head.endswith("s") and not head.endswith("ss"):
        return query
    # 'boot', 'dress' and 'comedy' are counted, what ends like an attribute or a mass is not.
    if head.endswith(("ing", "wear", "ware", "ly", "ful", "ous", "proof", "able")):
        return ""
    return f"{'an' if query[0].casefold() in 'aeiou' else 'a'} {query}"
