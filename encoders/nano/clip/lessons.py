"""Pictures with what they show, and for any caption which pictures it is true of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from random import Random

    from numpy.typing import NDArray

Word = tuple[str, str]
"""An aspect and a word of it: ('colour', 'red')."""

_BEFORE = ("colour", "pattern", "material", "mood")
"""Aspects whose words stand before the noun."""
_AFTER = {"motif": "with a {}", "device": "with {}", "time": "in the {}", "section": "about {}"}
_KEEP = {"colour": 0.75, "pattern": 0.3, "material": 0.35, "mood": 0.5, "motif": 0.8, "genre": 0.25}
_FRAMES = (
    *("{}",) * 4,
    *("a {}",) * 3,
    *("a picture of a {}", "a picture of {}", "a photo of a {}", "a photo of {}", "an image of a {}"),
    *("a drawing of a {}", "the {}", "{} on a plain background", "a close-up of a {}", "something like a {}"),
)


@dataclass(frozen=True, slots=True)
class Caption:
    """A few words for a picture, and what they claim."""

    text: str
    claims: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Lessons:
    """Pictures and facts of one split."""

    pictures: NDArray[np.uint8]
    """Shape (n, side, side, 3 or 4)."""
    true: NDArray[np.bool_]
    """Which words are true of which picture, shape (n, words)."""
    open: NDArray[np.bool_]
    """Which are neither true nor false, shape (n, words)."""
    words: Mapping[Word, int]
    """Column of each word."""
    facts: Sequence[Mapping[str, Sequence[str]]]
    """By picture: aspect to the words that are true."""
    ids: Sequence[str]

    def __len__(self) -> int:
        return len(self.ids)

    def caption(self, at: int, random: Random) -> Caption:
        """Write a caption that is true of a picture: its kind, and some of what else it shows."""
        return caption(self.facts[at], random)

    def truth(
        self, rows: Sequence[int], captions: Sequence[Caption]
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Return which captions are true of which pictures, and which are open, shape (rows, captions) each."""
        claims = np.zeros((len(self.words), len(captions)), np.float32)
        for column, one in enumerate(captions):
            for claim in one.claims:
                claims[self.words[claim], column] = 1
        wanted = claims.sum(axis=0)
        true = self.true[list(rows)].astype(np.float32) @ claims
        possible = true + self.open[list(rows)].astype(np.float32) @ claims
        holds = true >= wanted
        return holds, (possible >= wanted) & ~holds


def caption(facts: Mapping[str, Sequence[str]], random: Random, *, whole: bool = False) -> Caption:
    """Write a caption; `whole` names all that is told of the picture, without a frame."""

    def kept(aspect: str) -> bool:
        return aspect in facts and (whole or random.random() < _KEEP.get(aspect, 0.6))

    claims: list[Word] = []
    parts: list[str] = []
    for aspect in _BEFORE:
        # 'Plain' is what nobody says.
        if not kept(aspect) or (facts[aspect][0] == "plain" and (whole or random.random() < 0.7)):
            continue
        word = facts[aspect][0] if whole else random.choice(facts[aspect])
        claims.append((aspect, word))
        parts.append(word)
    noun = facts["kind"][0] if whole else random.choice(facts["kind"])
    if kept("genre") and not whole:
        genre = random.choice(facts["genre"])
        claims.append(("genre", genre))
        parts.append(genre)
    if not claims or whole or random.random() < 0.93:
        claims.append(("kind", noun))
        parts.append(noun)
    if not whole and len(parts) > 1 and random.random() < 0.1:
        random.shuffle(parts)
    for aspect, form in _AFTER.items():
        if kept(aspect):
            word = facts[aspect][0] if whole else random.choice(facts[aspect])
            claims.append((aspect, word))
            parts.append(form.format(word))
    text = " ".join(parts)
    return Caption(text if whole else random.choice(_FRAMES).format(text), tuple(claims))


def table_of(
    true: Sequence[Mapping[str, Sequence[str]]], left_open: Sequence[Mapping[str, Sequence[str]]]
) -> tuple[dict[Word, int], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the column of every word, and the tables `true` and `open` of `Lessons`."""
    words: dict[Word, int] = {}
    for facts in true:
        for aspect, some in facts.items():
            for word in some:
                words.setdefault((aspect, word), len(words))
    holds = np.zeros((len(true), len(words)), np.bool_)
    open_ = np.zeros_like(holds)
    for row, (facts, doubts) in enumerate(zip(true, left_open, strict=True)):
        for aspect, some in facts.items():
            holds[row, [words[aspect, word] for word in some]] = True
        for aspect, some in doubts.items():
            for (owner, word), column in words.items():
                if owner == aspect and ("*" in some or word in some):
                    open_[row, column] = True
    return words, holds, open_ & ~holds


def read(folder: Path) -> tuple[NDArray[np.uint8], list[dict[str, object]]]:
    """Return the pictures and rows that `retrieval.lessons` wrote; OSError or ValueError when it is no such folder."""
    pictures = np.load(folder / "pictures.npy", mmap_mode="r")
    rows = [json.loads(line) for line in (folder / "facts.jsonl").read_text(encoding="utf-8").splitlines()]
    return pictures, rows
