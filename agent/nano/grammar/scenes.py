"""Scenes of invented conversations with the reading that is right for them, made by code and endless."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from agent.nano.grammar.exchange import exchanged
from agent.nano.grammar.language import join
from agent.nano.grammar.noise import noisy
from agent.nano.grammar.vocabulary import Vocabulary, domains, grammar
from agent.types import ActName, Scene
from retrieval.types import Constraint, Op, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from agent.nano.tags import Span


@dataclass(frozen=True, slots=True)
class Example:
    """A scene with its act and the spans of its text."""

    scene: Scene
    act: ActName
    spans: tuple[Span, ...]


Choice = tuple[str, ActName, float]
"""A rule of the grammar, the act it stands for, and its weight."""

_FRESH: Final[tuple[Choice, ...]] = (
    ("recommend", ActName.RECOMMEND, 56),
    ("similar_title", ActName.SIMILAR, 5),
    ("detail_title", ActName.DETAIL, 2),
    ("compare_title", ActName.COMPARE, 2),
    ("explain_title", ActName.EXPLAIN, 0.4),
    ("like_title", ActName.LIKE, 1.5),
    ("dislike_title", ActName.DISLIKE, 1.5),
    ("rate_title", ActName.RATE, 2),
    ("ask", ActName.ASK, 8),
    ("dangling", ActName.ASK, 5),
    ("chat", ActName.CHAT, 13),
    ("remember", ActName.REMEMBER, 8),
    ("forget", ActName.FORGET, 4),
)
"""Nothing has been asked yet."""

_SHOWN: Final[tuple[Choice, ...]] = (
    ("refine", ActName.REFINE, 30),
    ("recommend_again", ActName.RECOMMEND, 13),
    ("similar", ActName.SIMILAR, 10),
    ("similar_title", ActName.SIMILAR, 1.5),
    ("detail", ActName.DETAIL, 15),
    ("detail_title", ActName.DETAIL, 0.7),
    ("compare", ActName.COMPARE, 7),
    ("compare_title", ActName.COMPARE, 0.7),
    ("explain", ActName.EXPLAIN, 6),
    ("explain_title", ActName.EXPLAIN, 0.2),
    ("rate", ActName.RATE, 6),
    ("rate_title", ActName.RATE, 0.7),
    ("like", ActName.LIKE, 7),
    ("like_title", ActName.LIKE, 0.5),
    ("dislike", ActName.DISLIKE, 6),
    ("dislike_title", ActName.DISLIKE, 0.5),
    ("remember", ActName.REMEMBER, 5),
    ("forget", ActName.FORGET, 3),
    ("chat", ActName.CHAT, 10),
    ("ask", ActName.ASK, 2),
)
"""Items are on screen."""

_ASKED: Final[tuple[Choice, ...]] = (("answer", ActName.REFINE, 60), *((r, a, w / 3) for r, a, w in _SHOWN))
"""Items are on screen and a question was asked."""

_BARE: Final[tuple[Choice, ...]] = (
    ("answer", ActName.REFINE, 60),
    ("recommend_again", ActName.RECOMMEND, 8),
    ("ask", ActName.ASK, 5),
    ("chat", ActName.CHAT, 6),
    ("remember", ActName.REMEMBER, 3),
)
"""A query is in force and a question was asked, but nothing is on screen."""

_WHAT: Final[tuple[Choice, ...]] = (
    ("first_answer", ActName.RECOMMEND, 50),
    ("recommend", ActName.RECOMMEND, 15),
    ("ask", ActName.ASK, 10),
    ("chat", ActName.CHAT, 9),
    ("remember", ActName.REMEMBER, 3),
)
"""'What are you looking for?' was asked."""

_PICTURE: Final[tuple[Choice, ...]] = (
    ("picture", ActName.RECOMMEND, 70),
    ("recommend", ActName.RECOMMEND, 20),
)
"""A picture is staged."""

_HELD: Final = ("bound", "adj", "adj", "for", "with", "bound")


def _held(words: Vocabulary, rng: random.Random) -> tuple[Constraint, ...]:
    """Conditions in force."""
    said = (
        join(grammar().sample("held_" + rng.choice(_HELD), words, rng))[0]
        for _ in range(rng.choice((0, 1, 1, 2, 3)))
    )
    return tuple(Constraint(None, Op.CONTAINS, text, text, Status.RANKED) for text in said)


def _say(rule: str, words: Vocabulary, rng: random.Random) -> str:
    return join(grammar().sample(rule, words, rng))[0]


def _asked(words: Vocabulary, rng: random.Random) -> str:
    """Draw what the turn before asked about: a column's label, as a conversation keeps it, or the question itself."""
    return _say("held_label" if rng.random() < 0.6 else "question_refine", words, rng)


def _background(words: Vocabulary, rng: random.Random) -> tuple[Scene, Sequence[Choice]]:
    """Draw what went before, and what may be said next."""
    stage = rng.choices(("fresh", "shown", "asked", "what", "picture"), (42, 40, 9, 5, 4))[0]
    if stage == "fresh":
        # Small talk may have gone before.
        last = rng.choice((None, None, None, ActName.CHAT, ActName.REMEMBER, ActName.FORGET))
        return Scene(text="", last_act=last), _FRESH
    if stage == "what":
        question = _say("question_first", words, rng)
        return Scene(text="", last_act=ActName.ASK, asked=question), _WHAT
    seen: tuple[str, ...] = ()
    if stage == "picture":
        seen = tuple(_say(rule, words, rng) for rule in ("held_adj", "held_noun"))
        if rng.random() < 0.7:
            return Scene(text="", seen=seen), _PICTURE
    query = _say("held_noun", words, rng) if rng.random() < 0.9 else ""
    asked = _asked(words, rng) if stage == "asked" else None
    bare = stage == "asked" and rng.random() < 0.25
    words.screen = (
        () if bare else tuple(words.title(rng) for _ in range(rng.choice((1, 2, 3, 3, 4, 4, 4, 4, 5, 6))))
    )
    last = ActName.ASK if bare else rng.choices(tuple(ActName), (50, 20, 6, 3, 3, 6, 2, 3, 3, 1, 2, 1, 3))[0]
    scene = Scene(
        text="",
        seen=seen,
        screen=words.screen,
        query=query,
        constraints=_held(words, rng),
        last_act=last,
        asked=asked,
    )
    choices = _PICTURE if seen else _BARE if bare else _ASKED if asked else _SHOWN
    return scene, choices


def example(rng: random.Random, dictionary: Sequence[str], *, clean: bool = False) -> Example:
    """Draw one example; `dictionary` lends rare words, `clean` leaves out slips and fillers."""
    words = Vocabulary(rng.choice(tuple(domains())), dictionary)
    scene, choices = _background(words, rng)
    rule, act, _ = rng.choices(choices, [weight for _, _, weight in choices])[0]
    if rule == "picture" and rng.random() < 0.06:
        return Example(scene, act, ())
    runs = exchanged(grammar().sample(rule, words, rng), rule, rng)
    text, spans = join(runs if clean else noisy(runs, rng))
    return Example(replace(scene, text=text), act, tuple(spans))


def examples(seed: int, dictionary: Sequence[str]) -> Iterator[Example]:
    """Yield examples without end, the same for the same seed."""
    rng = random.Random(seed)
    while True:
        yield example(rng, dictionary)
