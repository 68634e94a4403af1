"""Pairs of segment and wording: what the writer learns from, one reply at a time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import TYPE_CHECKING

from agent.nano.plan import plan
from agent.nano.replies import answers, lines, notes, sets, talk
from agent.nano.replies.briefs import random_brief
from agent.nano.replies.domains import strangers
from agent.nano.segment import SLOTS, Segment, phrasing_name
from agent.nano.writer_grammar import END, SegmentGrammar, Vocabulary
from agent.nano.writer_model import BEGIN, SAY
from agent.nano.writer_surface import tokenise
from agent.types import ActName, Brief

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

WORDINGS: Mapping[str, Callable[[Random, Segment], str]] = {
    "lead": sets.lead,
    "cant": sets.cant,
    "line": lines.line,
    "versus": lines.line,
    "why": answers.why,
    "detail": answers.detail,
    "next": sets.question,
    "ask": sets.question,
    "nothing": sets.nothing,
    "which": sets.which,
    "noted": notes.noted,
}
_TRIES = 200  # readings drawn until the grammar accepts one
_KNOWN = 3  # times a word of small talk is seen before it joins the vocabulary
_TALK = 0.22  # of the examples; they are short, so this is one token in ten
_BLANK = 0.12  # of the words of small talk, hidden, so that unknown ones are no surprise


@dataclass(frozen=True, slots=True)
class Example:
    """A reply as a row of tokens."""

    tokens: tuple[str, ...]
    said: tuple[bool, ...]
    """Which tokens are wording, and so are learnt; the others are given."""


def wording(rng: Random, segment: Segment) -> list[str]:
    """Word a segment by the reply grammar, as tokens that the segment's grammar accepts.

    Raises ValueError when no reading fits in 200 draws, which means that a frame is missing.
    """
    for _ in range(_TRIES):
        tokens = tokenise(WORDINGS[segment.kind](rng, segment))
        ids = {
            token: number
            for number, token in enumerate(dict.fromkeys((*tokens, *segment.slots, END, ",", ".")))
        }
        if SegmentGrammar(segment, Vocabulary.of(ids)).accepts(tokens):
            return tokens
    raise ValueError(f"No reading fits {segment.head}; the last was {' '.join(tokens)!r}.")


def example(rng: Random, brief: Brief, topic: str | None = None) -> Example:
    """Word a whole brief; `topic` is what its small talk is about."""
    tokens, said = [BEGIN], [False]
    for segment in plan(brief):
        head = [_blanked(rng, token) for token in segment.head]
        words = tokenise(talk.answer(rng, topic)) if topic else wording(rng, segment)
        tokens += [*head, SAY, *words, END]
        said += [False] * (len(head) + 1) + [True] * (len(words) + 1)
    return Example(tuple(tokens), tuple(said))


def _blanked(rng: Random, token: str) -> str:
    return "<unk>" if token[0] == "_" and rng.random() < _BLANK else token


def examples(seed: int, evenly: bool = False) -> Iterator[Example]:
    """Make examples without end: one in five is small talk, the rest random briefs over all other acts.

    Acts come as often as turns are of them, or `evenly`, so that rare ones are covered too.
    """
    rng = Random(seed)
    acts = [act for act in ActName if act is not ActName.CHAT]
    while True:
        if rng.random() < _TALK:
            topic = rng.choice(talk.TOPICS)
            text = talk.utterance(rng, topic, strangers(rng))
            yield example(rng, Brief(ActName.CHAT, "", (), (), (), (), 0, text=text), topic)
        else:
            yield example(rng, random_brief(rng, rng.choice(acts) if evenly else None))


def segments(seed: int, count: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield (name for phrases, wording) of `count` examples, every act as often as another."""
    for row in islice(examples(seed, evenly=True), count):
        said: list[str] = []
        head: list[str] = []
        for token, learnt in zip(row.tokens, row.said, strict=True):
            if learnt and token == END:
                yield phrasing_name(head), tuple(said)
                said, head = [], []
            elif learnt:
                said.append(token)
            elif token != BEGIN:
                head.append(token)


def vocabulary(seed: int, count: int) -> list[str]:
    """Collect the tokens of `count` examples: every slot, then words and plan tokens, the most frequent first."""
    seen: Counter[str] = Counter()
    for row in islice(examples(seed), count):
        seen.update(row.tokens)
    # What was said to us once or twice only is mostly made up; to the writer it is unknown.
    kept = [token for token, number in seen.items() if token[0] != "_" or number >= _KNOWN]
    return list(dict.fromkeys((*SLOTS, *sorted(kept, key=lambda token: (-seen[token], token)))))
