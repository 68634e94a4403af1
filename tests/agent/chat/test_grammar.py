from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.chat.grammar import (
    NOTE,
    PHRASE,
    PHRASES,
    QUERY,
    READING_SCHEMA,
    REFERENCES,
    complete,
    parse_reading,
    reading_grammar,
    reading_json,
    writing_grammar,
)
from agent.chat.prompts import READINGS, REPLIES
from agent.types import ActName, Phrase, PhraseKind, Reading
from encoders.errors import ModelError
from encoders.sanitise import sanitise

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20)
OPTIONAL = st.none() | WORDS


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    phrases = draw(
        st.lists(st.builds(Phrase, st.sampled_from(PhraseKind), WORDS), max_size=PHRASES, unique=True)
    )
    return Reading(
        act=draw(st.sampled_from(ActName)),
        query=draw(WORDS),
        phrases=tuple(phrases),
        references=tuple(draw(st.lists(WORDS, max_size=REFERENCES, unique=True))),
        sort=draw(OPTIONAL),
        count=draw(OPTIONAL),
        stars=draw(OPTIONAL),
        note=draw(OPTIONAL),
    )


def is_clean(reading: Reading) -> bool:
    texts = [reading.query, *reading.references, *(phrase.text for phrase in reading.phrases)]
    texts += [text for text in (reading.sort, reading.count, reading.stars, reading.note) if text is not None]
    return all(text == sanitise(text) and "\n" not in text for text in texts)


@given(readings())
def test_a_reading_survives_its_json(reading: Reading) -> None:
    parsed = parse_reading(reading_json(reading), "m")
    clean = {phrase: sanitise(phrase.text) for phrase in reading.phrases}
    assert parsed.act is reading.act and is_clean(parsed)
    if all(text == phrase.text for phrase, text in clean.items()):
        assert parsed.phrases == reading.phrases


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=300),
    lambda children: (
        st.lists(children, max_size=12) | st.dictionaries(st.text(max_size=8), children, max_size=4)
    ),
    max_leaves=12,
)
FIELDS = tuple(READING_SCHEMA["properties"])


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(FIELDS), JSON, min_size=1))
def test_any_object_becomes_a_bounded_clean_reading(value: dict[str, object]) -> None:
    reading = parse_reading(json.dumps(value), "m")
    assert is_clean(reading)
    assert len(reading.query) <= QUERY and len(reading.note or "") <= NOTE
    assert len(reading.phrases) <= PHRASES and all(
        0 < len(phrase.text) <= PHRASE for phrase in reading.phrases
    )
    assert len(reading.references) <= REFERENCES


@given(readings(), st.integers(1, 2_000))
def test_json_that_was_cut_short_is_closed_to_a_part_of_itself(reading: Reading, length: int) -> None:
    whole = json.loads(reading_json(reading))
    part = json.loads(complete(reading_json(reading)[:length]))
    assert part.keys() <= whole.keys()
    assert all(part[key] == whole[key] for key in part if key not in ("phrases", "references"))
    for key in ("phrases", "references"):
        kept = [each for each in part.get(key, []) if key == "references" or "text" in each]
        assert kept == whole[key][: len(kept)]


def test_half_a_condition_is_dropped() -> None:
    phrases = '[{"kind": "want", "text": "red"}, {"kind": "limit", "text": "under 8'
    cut = '{"act": "recommend", "query": "fan", "phrases": ' + phrases
    assert parse_reading(cut, "m").phrases == (Phrase(PhraseKind.WANT, "red"),)


@pytest.mark.parametrize(
    "text",
    [
        '```json\n{"act": "like", "references": ["it"]}\n```',
        'Sure! Here it is: {"act": "like", "references": ["it"]} Anything else?',
        '<think>{"act": "chat"}</think>{"act": "like", "references": ["it"]}',
        'I see </think>{"act": "like", "references": ["it"]}',
        '{"act": "LIKE ", "references": "it"}',
    ],
)
def test_what_stands_around_the_object_is_passed_over(text: str) -> None:
    assert parse_reading(text, "m") == Reading(ActName.LIKE, references=("it",))


@pytest.mark.parametrize("text", ["", "no", "{", "[]", "{}", '{"answer": 42}', "{" * 50_000, '"{'])
def test_output_without_a_reading_is_told_in_a_sentence(text: str) -> None:
    with pytest.raises(ModelError, match=r"tiny@1 gave no reading"):
        parse_reading(text, "tiny@1")


def test_an_unknown_act_is_a_search_where_something_is_looked_for() -> None:
    assert parse_reading('{"act": "buy", "query": "fan"}', "m").act is ActName.RECOMMEND
    assert parse_reading('{"act": "buy"}', "m").act is ActName.ASK


def test_numbers_are_spelled_and_escapes_removed() -> None:
    reading = parse_reading('{"act": "rate", "stars": 4, "count": true, "query": "a\\u001b[2Jb\\n c"}', "m")
    assert (reading.stars, reading.count, reading.query) == ("4", None, "ab c")


def test_the_grammars_are_valid_and_hold_the_examples() -> None:
    from llguidance import LLMatcher

    assert LLMatcher.validate_grammar(reading_grammar()) == ""
    for brief, _ in REPLIES:
        assert LLMatcher.validate_grammar(writing_grammar(brief)) == ""
    for _, reading in READINGS:
        assert parse_reading(reading_json(reading), "m") == reading


def test_a_request_that_speaks_of_reasoning_does_not_hide_the_reading() -> None:
    assert parse_reading('{"act": "recommend", "query": "a </think> {mug}"}', "m").query == "a </think> {mug}"
