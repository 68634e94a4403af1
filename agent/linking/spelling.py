"""Slips of the finger: a neighbouring key struck, or two letters swapped."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_PLACE: Final = {
    key: (row, column + row * 0.5) for row, keys in enumerate(_ROWS) for column, key in enumerate(keys)
}
_HEARD: Final = (("ph", "f"), ("ck", "k"), ("qu", "kw"), ("x", "ks"), ("ght", "t"), ("wh", "w"))
LEAST: Final = 5
"""Letters of a word that is worth a guess; of shorter ones too many are words themselves."""


def is_slip(said: str, meant: str) -> bool:
    """Tell whether `said` is `meant` with one key missed by a neighbour's width, or two letters swapped.

    'Horroe' is horror and 'cofere' coffee, but 'winner' is not winter: n and t lie apart on the keyboard.
    """
    if len(said) != len(meant) or len(said) < LEAST or said[0] != meant[0]:
        return False
    apart = [place for place, (a, b) in enumerate(zip(said, meant, strict=True)) if a != b]
    if len(apart) == 1:
        return _neighbours(said[apart[0]], meant[apart[0]])
    swapped = len(apart) == 2 and apart[1] == apart[0] + 1
    return swapped and said[apart[0]] == meant[apart[1]] and said[apart[1]] == meant[apart[0]]


def sounded(word: str) -> str:
    """Return a word spelt more as it sounds: 'headphones' and 'headfones' are one."""
    for written, heard in _HEARD:
        word = word.replace(written, heard)
    return word


def _neighbours(a: str, b: str) -> bool:
    if a not in _PLACE or b not in _PLACE:
        return False
    (row, column), (other_row, other_column) = _PLACE[a], _PLACE[b]
    return abs(row - other_row) <= 1 and abs(column - other_column) <= 1


@lru_cache(maxsize=1)
def english_words() -> frozenset[str]:
    """Return the commonest English words, those that the bundled text encoder has a piece of its own for."""
    from encoders.text import bundled_folder

    lines = (bundled_folder() / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for word in lines if len(word) > 3 and word.isascii() and word.isalpha())
