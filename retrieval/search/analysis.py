"""Text to terms: one analyser for BM25 and for `contains`, so that ranking and filtering agree on what a word is."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Letters and digits with inner apostrophes: "women's" stays whole for the stemmer, 't-shirt' is two words.
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def words(text: str) -> list[str]:
    """Return the words of `text` in order, case and accents folded ('Café' and 'cafe' are one word)."""
    if not text.isascii():
        folded = unicodedata.normalize("NFKD", text.replace("\u2019", "'"))
        text = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return _WORD.findall(text.casefold())


def stems(folded: Sequence[str]) -> list[str]:
    """Return the stems of folded words in their order (Porter2, Snowball's English stemmer)."""
    from Stemmer import Stemmer

    # A PyStemmer object keeps a cache that is not safe over threads; making one costs 3 µs.
    found: list[str] = Stemmer("english", 0).stemWords(folded)
    return found


def terms(text: str) -> list[str]:
    """Return the stems of the words of `text` in order, stop words kept."""
    return stems(words(text))


def content_terms(text: str) -> list[str]:
    """Return the stems of `text` without stop words; [] when there is nothing else in it."""
    stop = stop_words()
    return stems([word for word in words(text) if word not in stop])


@cache
def stop_words() -> frozenset[str]:
    """Return English words that carry no topic (NLTK's list, as bm25s ships it)."""
    from bm25s.stopwords import STOPWORDS_EN_PLUS

    return frozenset(STOPWORDS_EN_PLUS)
