"""Turns and dialogues of every shape, as hypothesis makes them up."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from agent.hearing import Heard
from agent.perceive import Perceived
from agent.state import Dialogue
from agent.types import (
    PHASES,
    Act,
    ActName,
    Card,
    Claims,
    Evidence,
    Phrase,
    PhraseKind,
    Picture,
    Quote,
    Reading,
    Request,
    Sound,
    Turn,
)
from encoders.colours import ColourShare
from encoders.sanitise import sanitise, sanitise_line
from retrieval.types import Constraint, Op, Status, Value

LINES = st.text(max_size=12).map(sanitise_line)
TEXTS = st.text(max_size=30).map(sanitise)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
COUNTS = st.integers(0, 10_000)
VALUES: st.SearchStrategy[Value] = st.one_of(LINES, NUMBERS, st.lists(LINES, max_size=3).map(tuple))


def lines() -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(LINES, max_size=3).map(tuple)


CONSTRAINTS = st.builds(
    Constraint, st.none() | LINES, st.sampled_from(Op), VALUES, LINES, st.sampled_from(Status)
)
REQUESTS = st.builds(
    Request,
    LINES,
    st.none() | LINES,
    st.lists(st.builds(Picture, LINES, lines()), max_size=2).map(tuple),
    st.lists(st.builds(Sound, LINES, lines()), max_size=2).map(tuple),
)
ACTS = st.builds(
    Act,
    st.sampled_from(ActName),
    LINES,
    st.lists(CONSTRAINTS, max_size=3).map(tuple),
    lines(),
    st.none() | LINES,
    st.none() | COUNTS,
    st.none() | NUMBERS,
    st.none() | LINES,
    st.booleans(),
)
EVIDENCE = st.builds(
    Evidence,
    st.dictionaries(LINES, st.floats(0, 1), max_size=3),
    lines(),
    lines(),
    st.lists(st.builds(Quote, LINES, TEXTS), max_size=2).map(tuple),
)
CARDS = st.builds(
    Card,
    st.integers(1, 9),
    LINES,
    LINES,
    st.none() | NUMBERS,
    st.dictionaries(LINES, VALUES, max_size=3),
    st.none() | st.text(max_size=9),
    NUMBERS,
    EVIDENCE,
)
TURNS = st.builds(
    Turn,
    COUNTS,
    REQUESTS,
    ACTS,
    st.lists(CARDS, max_size=3).map(tuple),
    TEXTS,
    st.builds(Claims, COUNTS, COUNTS),
    st.fixed_dictionaries(dict.fromkeys(PHASES, st.floats(0, 1e6))),
    st.dictionaries(st.sampled_from(["chat", "text", "image", "speech"]), st.none() | LINES),
)
VECTORS = st.integers(0, 2**32 - 1).map(lambda seed: np.random.default_rng(seed).random(5, np.float32))
READINGS = st.builds(
    Reading,
    st.sampled_from(ActName),
    LINES,
    st.lists(st.builds(Phrase, st.sampled_from(PhraseKind), LINES), max_size=2).map(tuple),
    lines(),
    *([st.none() | LINES] * 4),
)
RGB = st.tuples(*([st.integers(0, 255)] * 3))
PERCEIVED = st.builds(
    Perceived,
    REQUESTS,
    st.none() | VECTORS,
    st.none() | VECTORS.map(lambda vector: np.stack([vector, -vector])),
    st.none() | st.builds(Heard, VECTORS, st.none() | NUMBERS),
    st.lists(
        st.lists(st.builds(ColourShare, LINES, RGB, st.floats(0, 1)), max_size=2).map(tuple), max_size=2
    ).map(tuple),
    lines(),
    lines(),
)
DIALOGUE: dict[str, st.SearchStrategy[object]] = dict(
    turn=COUNTS,
    query=LINES,
    constraints=st.lists(CONSTRAINTS, max_size=3).map(tuple),
    sort=st.none() | LINES,
    count=st.none() | COUNTS,
    foreign=st.booleans(),
    near=st.dictionaries(LINES, NUMBERS, max_size=3),
    image=st.none() | VECTORS,
    sound=st.none() | VECTORS,
    tempo=st.none() | NUMBERS,
    pace=st.none() | LINES,
    alike=st.none() | LINES,
    pictured=st.none() | PERCEIVED,
    sees=lines(),
    screens=st.lists(lines(), max_size=3),
    seen=st.sets(LINES, max_size=3),
    focus=st.none() | LINES,
    last_act=st.none() | st.sampled_from(ActName),
    asked=st.none() | LINES,
    earlier=st.lists(LINES, max_size=3),
    refused=st.sets(LINES, max_size=3),
    judged=st.sets(LINES, max_size=3),
    wished=st.dictionaries(st.tuples(LINES, LINES), st.integers(-9, 9), max_size=3),
    waived=st.sets(CONSTRAINTS, max_size=3),
    pending=st.none() | READINGS,
)
"""Every field of a dialogue."""
DIALOGUES = st.builds(Dialogue, **DIALOGUE)
