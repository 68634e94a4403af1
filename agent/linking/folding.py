"""Words as they are compared: folded, split, stemmed and joined, so that 'T-Shirts' and 'tshirt' are one key."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from retrieval.search.analysis import stems

if TYPE_CHECKING:
    from collections.abc import Iterable

_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"'})
_CONTRACTION = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_POSSESSIVE = re.compile(r"(?<=\w)'s\b|(?<=s)'(?!\w)")

LONGEST = 400
"""Characters of a phrase that are read; a longer one is no phrase but a page."""

# Plurals and spellings that Snowball leaves apart.
_FORMS = {
    "women": "woman", "womens": "woman", "men": "man", "mens": "man", "children": "child", "childrens": "child",
    "feet": "foot", "teeth": "tooth", "people": "person", "mice": "mouse",
    "animal": "animalia", "animals": "animalia",  # no animation
    "scarves": "scarf", "knives": "knife", "shelves": "shelf", "wolves": "wolf", "loaves": "loaf",
    "halves": "half", "wives": "wife", "thieves": "thief",
    "gray": "grey", "color": "colour", "colors": "colour", "colored": "coloured", "jewelry": "jewellery",
    "pajamas": "pyjamas", "pajama": "pyjamas", "fiber": "fibre", "aluminum": "aluminium", "theater": "theatre",
    "center": "centre", "cozy": "cosy", "mold": "mould", "flavor": "flavour", "favorite": "favourite",
    "woollen": "wool", "woolen": "wool", "wooden": "wood", "golden": "gold", "waterproofed": "waterproof",
}  # fmt: skip

# Plurals that mean another thing than their singular: 'short' is no pair of shorts, 'blue' no blues.
_PLURAL_ONLY = frozenset(
    "shorts briefs tights news goods customs blues greens classics basics lights".split()
)

STOPWORDS = frozenset(
    "a an the and or of in on at for to by from with as is are be it its that this these those my me i we our us you "
    "your his her their some any one ones thing things something anything stuff item items kind sort type made make "
    "want wants wanted need needs like likes looking look please just also but too very really quite rather bit only "
    "maybe perhaps preferably ideally nice good great would could should can have has having get got give do does "
    "did "
    "all so more ok okay yes well actually instead colour coloured style im id ive ill theres there which dont "
    "doesnt wont cant isnt "
    "who where when not no him them if then than up out about into what whats wheres whos hows thats whens".split()
)
"""Words that carry no condition by themselves, folded."""


_CLIPPED = re.compile(r"\brom[ -]?coms?\b", re.IGNORECASE)


def fold(text: str) -> str:
    """Return `text` in lower case without accents, possessives and apostrophes; a romcom is a romantic comedy."""
    plain = unicodedata.normalize("NFKD", text.translate(_QUOTES)).casefold()
    plain = "".join(mark for mark in plain if not unicodedata.combining(mark))
    plain = _CONTRACTION.sub("", _POSSESSIVE.sub("", plain.replace("&", " and ")))
    return _CLIPPED.sub("romantic comedy", " ".join(plain.split()))


@lru_cache(maxsize=65536)
def stem(token: str) -> str:
    """Stem a folded token with Snowball's English stemmer, after irregular plurals and American spellings."""
    if token in _PLURAL_ONLY:
        return token
    return stems([_FORMS.get(token, token)])[0]


GENERIC = frozenset(
    "film films movie movies flick item items product products thing things something anything stuff title titles "
    "option "
    "options gear picture show song songs track tracks idea recommendation recommendations suggestion choice "
    "model version "
    "one ones".split()
)
"""Words for a thing of whatever kind the catalogue has, folded."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a phrase."""

    text: str
    """Folded."""
    stem: str
    said: str
    """As it was written."""

    @property
    def stop(self) -> bool:
        """Whether it carries no condition by itself."""
        return self.text in STOPWORDS


def split(text: str) -> tuple[str, ...]:
    """Split into folded tokens; hyphens, spaces, underscores and other marks part words, digits part from letters."""
    return tuple(_TOKEN.findall(fold(text)))


def tokens(text: str) -> tuple[Token, ...]:
    """Split at most LONGEST characters of a phrase into tokens that remember how they were written."""
    plain = _POSSESSIVE.sub("", text[:LONGEST].translate(_QUOTES).replace("&", " and "))
    plain = _CLIPPED.sub("romantic comedy", _CONTRACTION.sub("", plain))
    found: list[Token] = []
    for written in _TOKEN.findall(plain):
        found.extend(Token(word, stem(word), written) for word in split(written))
    return tuple(found)


def joined(words: Iterable[str]) -> str:
    """Join words without a gap: 'sci-fi', 'sci fi' and 'scifi' become one key."""
    return "".join(words)


@lru_cache(maxsize=65536)
def stem_key(text: str) -> str:
    """Key that forgives case, plural, hyphen and space."""
    return joined(stem(word) for word in split(text))


@lru_cache(maxsize=65536)
def exact_key(text: str) -> str:
    """Key that forgives case, hyphen and space only."""
    return joined(split(text))


def numbers_of(word: str) -> tuple[str, ...]:
    """Return a folded word in the singular and the plural, itself first: 'dress', 'dresses', 'musicals', 'musical'."""
    if word in _PLURAL_ONLY:
        return (word,)
    forms = [word]
    if word.endswith("ies"):
        forms.append(word[:-3] + "y")
    if word.endswith("es"):
        forms.append(word[:-2])
    if word.endswith("s") and not word.endswith("ss"):
        forms.append(word[:-1])
    if word.endswith("y"):
        forms.append(word[:-1] + "ies")
    plain = _FORMS.get(word)
    plurals = [form for form in (word + "s", word + "es") if form not in _PLURAL_ONLY]
    return tuple(dict.fromkeys((*forms, *([plain] if plain else []), *plurals)))


def content(words: Iterable[Token]) -> tuple[Token, ...]:
    """Return the tokens that carry a condition."""
    return tuple(word for word in words if not word.stop)
