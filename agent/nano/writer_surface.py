"""Tokens to text and back: how the writer's words are split, spaced and given capitals.

The vocabulary is in lower case, so that one word is one token wherever it stands; capitals follow from the place.
"""

from __future__ import annotations

import re

PATTERN = r"<[^<>\s]+>|_[a-z'?\d]+|\{[^{}\s]+\}|[A-Za-z]+(?:['-][A-Za-z]+)*|[^\sA-Za-z]"
"""A plan token, a word of small talk, a slot, a word, or a mark; also the pre-tokeniser of the shipped tokeniser."""

TERMINAL = frozenset(".?")
SOFT = frozenset({",", ";", ":", "–"})
OPEN, CLOSE = "(", ")"

_SPLIT = re.compile(PATTERN)
_CASED = frozenset({"I", "I'd", "I'll", "I've", "I'm", "Vitrine", "English"})


def tokenise(text: str) -> list[str]:
    """Split wording into tokens of the vocabulary: 'Yours at {price}.' gives yours, at, {price}, '.'."""
    return [
        token if token in _CASED or token[0] in "<_{" else token.lower() for token in _SPLIT.findall(text)
    ]


class Surface:
    """Spaces and capitals of a reply, token by token."""

    def __init__(self) -> None:
        self._glue = ""
        self._capital = True

    def open(self, joint: str) -> None:
        """Begin a segment that is joined to what stands before it by `joint`."""
        self._glue = joint
        self._capital = True

    def piece(self, token: str) -> str:
        """Return the text that `token` adds: a word, mark or slot with the space before it."""
        marks = token in TERMINAL or token in SOFT - {"–"} or token == CLOSE
        text = token
        if self._capital and token[0].isalpha():
            text = token[0].upper() + token[1:]
        text = text if marks else self._glue + text
        self._glue = "" if token == OPEN else " "
        self._capital = token in TERMINAL or (self._capital and token == OPEN)
        return text
