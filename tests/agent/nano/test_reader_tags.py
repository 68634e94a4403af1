from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.nano.tags import (
    ALLOWED,
    TAGS,
    Span,
    SpanKind,
    decode,
    encode,
    to_reading,
    viterbi,
    words,
)
from agent.types import ActName, Phrase, PhraseKind


@given(st.text(max_size=200))
def test_words_cover_all_that_is_neither_space_nor_inside_another_word(text: str) -> None:
    at = words(text)
    assert all(start < end for start, end in at)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(at))
    covered = {index for start, end in at for index in range(start, end)}
    assert all(char.isspace() for index, char in enumerate(text) if index not in covered)


def test_words_keep_ratings_and_prices_whole_and_part_clitics() -> None:
    text = "that's 4/5, I don't mind £1,200.50 (t-shirt)"
    assert [text[a:b] for a, b in words(text)] == [
        "that", "'s", "4/5", ",", "I", "don't", "mind", "£", "1,200.50", "(", "t-shirt", ")",
    ]  # fmt: skip


@st.composite
def _spans(draw: st.DrawFn) -> tuple[list[tuple[int, int]], list[Span]]:
    at = words("one two three four five six seven eight nine ten")
    spans: list[Span] = []
    index = draw(st.integers(0, 3))
    while index < len(at):
        last = min(index + draw(st.integers(0, 3)), len(at) - 1)
        spans.append(Span(at[index][0], at[last][1], draw(st.sampled_from(SpanKind))))
        index = last + 1 + draw(st.integers(0, 2))
    return at, spans


@given(_spans())
def test_spans_survive_the_way_to_tags_and_back(case: tuple[list[tuple[int, int]], list[Span]]) -> None:
    at, spans = case
    assert decode(encode(spans, at), at) == spans


@settings(max_examples=200)
@given(st.integers(0, 12), st.integers(0, 2**32 - 1), st.sampled_from(ActName))
def test_viterbi_returns_only_paths_that_the_scheme_and_the_act_allow(
    length: int, seed: int, act: ActName
) -> None:
    scores = np.random.default_rng(seed).normal(0, 5, (length, len(TAGS))).astype(np.float32)
    path = [TAGS[tag] for tag in viterbi(scores, act)]
    assert len(path) == length
    for before, tag in zip(["O", *path], path, strict=False):
        if tag.startswith("I-"):
            assert before in (f"B-{tag[2:]}", tag)
        if tag != "O":
            assert SpanKind(tag[2:]) in ALLOWED[act]


def test_viterbi_finds_the_best_path_where_the_best_tags_alone_would_be_none() -> None:
    scores = np.full((2, len(TAGS)), -10.0, dtype=np.float32)
    scores[0, TAGS.index("O")] = 1.0
    scores[0, TAGS.index("B-want")] = 0.9
    scores[1, TAGS.index("I-want")] = 2.0
    scores[1, TAGS.index("O")] = 0.0
    assert [TAGS[tag] for tag in viterbi(scores, ActName.REFINE)] == ["B-want", "I-want"]


def test_a_reading_joins_query_parts_and_keeps_the_order_of_phrases() -> None:
    text = "boots in black that last under 80"
    spans = [
        Span(0, 5, SpanKind.QUERY),
        Span(9, 14, SpanKind.WANT),
        Span(15, 24, SpanKind.QUERY),
        Span(25, 33, SpanKind.LIMIT),
    ]
    reading = to_reading(ActName.RECOMMEND, spans, text)
    assert reading.query == "boots, that last"
    assert reading.phrases == (Phrase(PhraseKind.WANT, "black"), Phrase(PhraseKind.LIMIT, "under 80"))
