from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from agent.nano.grammar.scenes import examples
from agent.nano.reader import load_tokenizer
from agent.nano.reader_score import parts
from agent.nano.tags import ALLOWED, Span, SpanKind, decode, encode, to_reading, words
from agent.types import ActName, Scene
from encoders.text import bundled_folder
from eval.readers.copying import Copier
from eval.readers.linear import ACT_IDS, END, KIND_IDS, SPECIAL, parse, reading_of, request_of, write

if TYPE_CHECKING:
    import random

    from agent.nano.reader_input import Tokenizer
    from eval.readers.linear import Request


@cache
def tokenizer() -> Tokenizer:
    return load_tokenizer(bundled_folder())


def request(text: str) -> Request:
    return request_of(Scene(text=text), tokenizer())


def pieces(text: str) -> list[int]:
    return tokenizer().encode(text, add_special_tokens=False).ids


texts = st.text(alphabet=st.sampled_from("ab é€4/5'’-. \n\u200b😀W"), max_size=40) | st.text(max_size=30)


def test_a_line_names_the_act_then_every_kind_with_its_words() -> None:
    asked = request("waterproof boots, not leather")
    spans = [Span(0, 10, SpanKind.WANT), Span(11, 16, SpanKind.QUERY), Span(22, 29, SpanKind.AVOID)]
    assert list(write(ActName.RECOMMEND, spans, asked)) == [
        ACT_IDS[ActName.RECOMMEND],
        KIND_IDS[SpanKind.WANT],
        *pieces("waterproof"),
        KIND_IDS[SpanKind.QUERY],
        *pieces("boots"),
        KIND_IDS[SpanKind.AVOID],
        *pieces("leather"),
        END,
    ]


def test_special_tokens_are_pieces_that_no_text_has() -> None:
    assert tokenizer().token_to_id("[unused0]") == SPECIAL.start
    assert tokenizer().token_to_id("[unused98]") is not None
    assert END <= (tokenizer().token_to_id("[unused98]") or 0)
    said = request(" ".join(f"[unused{number}]" for number in range(30)))
    assert not set(SPECIAL) & set(said.ids)


def test_readings_of_the_grammar_come_back() -> None:
    for made in (each for each, _ in zip(examples(5, ("quern", "tallow")), range(400), strict=False)):
        asked = request_of(made.scene, tokenizer())
        parsed = parse(write(made.act, made.spans, asked), asked)
        assert parsed.faults == ()
        right = to_reading(made.act, decode(encode(made.spans, list(asked.at)), asked.at), made.scene.text)
        got = reading_of(parsed, asked)
        assert got.act == right.act
        assert [*parts(got)] == [*parts(right)]


@settings(max_examples=150, deadline=None)
@given(texts, st.data())
def test_any_reading_comes_back_with_the_same_pieces(text: str, data: st.DataObject) -> None:
    asked = request(text)
    act = data.draw(st.sampled_from([act for act in ActName if ALLOWED[act]]))
    edges = sorted(data.draw(st.sets(st.integers(0, len(asked.at)), max_size=6)))
    kinds = st.sampled_from(sorted(ALLOWED[act]))
    spans = [
        Span(asked.at[first][0], asked.at[last - 1][1], data.draw(kinds))
        for first, last in zip(edges[::2], edges[1::2], strict=False)
    ]
    line = write(act, spans, asked)
    parsed = parse(line, asked)
    assert parsed.faults == ()
    assert parsed.act == act
    assert [span.kind for span in parsed.spans] == [span.kind for span in spans]
    # The same words may stand in the request twice: the first are taken then, which write as the same line.
    assert write(act, parsed.spans, asked) == line


@settings(max_examples=150, deadline=None)
@given(texts, st.lists(st.sampled_from(SPECIAL) | st.integers(-5, 40_000), max_size=12))
def test_any_numbers_are_parsed(text: str, line: list[int]) -> None:
    asked = request(text)
    parsed = parse(line, asked)
    assert (parsed.faults == ()) == (
        parsed.act is not None and write(parsed.act, parsed.spans, asked) == tuple(line)
    )
    reading_of(parsed, asked)


def test_faults_are_named_and_the_rest_is_read() -> None:
    asked = request("red boots under 80")
    act, query, want, ref = (
        ACT_IDS[ActName.RECOMMEND],
        KIND_IDS[SpanKind.QUERY],
        KIND_IDS[SpanKind.WANT],
        KIND_IDS[SpanKind.STARS],
    )
    red, boots, blue = (pieces(word)[0] for word in ("red", "boots", "blue"))
    for line, fault in (
        ((), "no act"),
        ((query, boots, END), "no act"),
        ((act, query, boots), "no end"),
        ((act, query, boots, END, red), "after the end"),
        ((act, red, query, boots, END), "no kind"),
        ((act, want, blue, query, boots, END), "not those of the request"),
        ((act, want, query, boots, END), "not those of the request"),
        ((act, query, boots, want, red, END), "not those of the request"),
        ((act, ref, red, query, boots, END), "does not go with"),
    ):
        parsed = parse(line, asked)
        assert any(fault in each for each in parsed.faults), (line, parsed)
        assert reading_of(parsed, asked).query == ("boots" if line else "")


def test_parts_of_words_are_no_copies() -> None:
    asked = request("quernstone mill")
    first, *rest = asked.pieces[0]
    assert rest
    act, query = ACT_IDS[ActName.RECOMMEND], KIND_IDS[SpanKind.QUERY]
    assert parse((act, query, first, END), asked).faults
    assert not parse((act, query, first, *rest, END), asked).faults


@settings(max_examples=150, deadline=None)
@given(texts, st.randoms(use_true_random=False))
def test_what_the_copier_allows_is_valid(text: str, rng: random.Random) -> None:
    asked = request(text)
    copier = Copier(asked)
    line: list[int] = []
    while not line or line[-1] != END:
        line.append(rng.choice(copier.allowed()))
        copier.take(line[-1])
    assert parse(line, asked).faults == ()
    assert len(line) <= 2 * sum(map(len, asked.pieces)) + 2


def test_the_copier_allows_every_line_of_the_grammar() -> None:
    for made in (each for each, _ in zip(examples(6, ("quern", "tallow")), range(300), strict=False)):
        asked = request_of(made.scene, tokenizer())
        copier = Copier(asked)
        for token in write(made.act, made.spans, asked):
            assert token in copier.allowed()
            copier.take(token)


def test_long_requests_are_read_in_part() -> None:
    asked = request("boots " * 5000)
    assert len(asked.at) == 128
    assert words("boots " * 5000)[127] == asked.at[-1]
