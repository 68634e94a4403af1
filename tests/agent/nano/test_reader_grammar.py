from __future__ import annotations

import itertools
import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.nano.grammar import invent
from agent.nano.grammar.exchange import exchanged
from agent.nano.grammar.language import Grammar, join, tidy
from agent.nano.grammar.noise import noisy
from agent.nano.grammar.scenes import Example, example, examples
from agent.nano.grammar.vocabulary import Vocabulary, domains, grammar, names
from agent.nano.tags import ALLOWED, Span, SpanKind, decode, encode, words
from agent.types import ActName

RARE = ("anchor", "violin", "marble", "thunder")


def _none(slot: str, rng: random.Random) -> str | None:
    return None


def test_an_alternative_becomes_text_with_its_spans() -> None:
    rules = Grammar(["= start", "(show|show) me $what, please", "= what", "[w black] [q boots]"])
    text, spans = join(rules.sample("start", _none, random.Random(1)))
    assert text == "show me black boots, please"
    assert [(text[span.start : span.end], span.kind) for span in spans] == [
        ("black", SpanKind.WANT),
        ("boots", SpanKind.QUERY),
    ]


def test_an_inner_span_belongs_to_the_outer_one() -> None:
    rules = Grammar(["= start", "[n i like $what]", "= what", "[w black] boots"])
    text, spans = join(rules.sample("start", _none, random.Random(1)))
    assert spans == [Span(0, len(text), SpanKind.NOTE)]


@pytest.mark.parametrize("line", ["(open", "closed)", "[w open", "a [x unknown]"])
def test_a_broken_alternative_is_refused(line: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        Grammar(["= start", line])


def test_weights_make_an_alternative_commoner() -> None:
    rules = Grammar(["= start", "9* often", "1* seldom"])
    rng = random.Random(3)
    drawn = Counter(join(rules.sample("start", _none, rng))[0] for _ in range(1000))
    assert 850 < drawn["often"] < 950


def test_a_phrase_gives_way_to_one_of_its_kind_and_shape() -> None:
    runs = [
        ("boots", SpanKind.QUERY),
        (" ", None),
        ("for my mum", SpanKind.WANT),
        (" and ", None),
        ("black", SpanKind.WANT),
    ]
    rng = random.Random(2)
    drawn = [exchanged(runs, "recommend", rng) for _ in range(300)]
    assert all([kind for _, kind in one] == [kind for _, kind in runs] for one in drawn)
    assert all(one[1] == (" ", None) and one[3] == (" and ", None) for one in drawn)
    assert all(one[2][0].split()[0] == "for" and len(one[2][0].split()) == 3 for one in drawn)
    assert 0.15 < sum(one[4][0] != "black" for one in drawn) / 300 < 0.45
    assert exchanged(runs, "rate", rng) == runs


def test_tidy_leaves_no_space_before_marks_or_inside_the_edges_of_spans() -> None:
    runs = tidy([("  show ", None), (" black ", SpanKind.WANT), (" , ok  ", None)])
    assert join(runs) == ("show black, ok", [Span(5, 10, SpanKind.WANT)])


def test_every_name_of_the_grammar_is_a_rule_or_a_slot_of_every_domain() -> None:
    rules = grammar()
    for domain in domains():
        slots = Vocabulary(domain, RARE, strangeness=0.0)
        rng = random.Random(0)
        for name in rules.references - rules.rules:
            assert slots(name, rng), (domain, name)


def test_names_and_rules_do_not_hide_each_other() -> None:
    slots = {slot for words_of in domains().values() for slot in words_of} | set(names())
    assert not slots & grammar().rules


@pytest.fixture(scope="module")
def drawn() -> list[Example]:
    return list(itertools.islice(examples(5, RARE), 6000))


def test_spans_are_whole_words_of_the_request(drawn: list[Example]) -> None:
    for made in drawn:
        at = words(made.scene.text)
        assert decode(encode(made.spans, at), at) == list(made.spans), made.scene.text


def test_every_act_and_every_kind_of_span_occurs_often(drawn: list[Example]) -> None:
    acts = Counter(made.act for made in drawn)
    kinds = Counter(span.kind for made in drawn for span in made.spans)
    assert all(acts[act] >= 60 for act in ActName), acts
    assert all(kinds[kind] >= 40 for kind in SpanKind), kinds


def test_an_act_carries_only_spans_that_decoding_allows_it(drawn: list[Example]) -> None:
    for made in drawn:
        assert {span.kind for span in made.spans} <= ALLOWED[made.act], made


def test_searches_seldom_repeat(drawn: list[Example]) -> None:
    texts = [made.scene.text for made in drawn if made.act is ActName.RECOMMEND]
    assert len(set(texts)) > 0.8 * len(texts)  # of whole requests only noise makes two of one


def test_the_same_seed_gives_the_same_examples() -> None:
    assert list(itertools.islice(examples(9, RARE), 50)) == list(itertools.islice(examples(9, RARE), 50))


@settings(max_examples=100)
@given(st.integers(0, 2**32 - 1))
def test_noise_keeps_the_kinds_of_spans_in_their_order(seed: int) -> None:
    rng = random.Random(seed)
    clean = example(rng, RARE, clean=True)
    cut, at = [], 0
    for span in clean.spans:
        cut += [
            (clean.scene.text[at : span.start], None),
            (clean.scene.text[span.start : span.end], span.kind),
        ]
        at = span.end
    cut.append((clean.scene.text[at:], None))
    _, spans = join(noisy(cut, rng))
    assert [span.kind for span in spans] == [span.kind for span in clean.spans]


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "zero"), (85, "eighty five"), (120, "one hundred and twenty"), (2005, "two thousand five")],
)
def test_numbers_are_spelled(number: int, said: str) -> None:
    assert invent.number_words(number) == said
