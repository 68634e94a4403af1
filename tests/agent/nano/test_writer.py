"""The writer: grammar with an untrained model, surface, cancelling, and the shipped weights."""

from __future__ import annotations

import re
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.chat.protocol import ChatModel
from agent.nano import writer_model
from agent.nano.model import NanoChat
from agent.nano.plan import plan
from agent.nano.replies.briefs import random_brief
from agent.nano.replies.corpus import example, examples, segments, vocabulary, wording
from agent.nano.replies.phrases import expand
from agent.nano.replies.tables import tables
from agent.nano.replies.talk import TOPICS
from agent.nano.segment import SLOTS
from agent.nano.writer import Writer
from agent.nano.writer_grammar import GATES, SegmentGrammar, Vocabulary
from agent.nano.writer_metrics import distinct, fill, is_valid
from agent.nano.writer_phrasing import Phrasing
from agent.nano.writer_surface import Surface, tokenise
from agent.reply import _CUT_OFF
from agent.types import ActName, Brief, BriefItem, Fact, FactKind, Reading, Scene
from encoders.errors import ModelError, ModelMissing

if TYPE_CHECKING:
    from pathlib import Path

SLOT = re.compile(r"\{[^{}]+\}")


def tiny(folder: Path, seed: int = 0) -> Writer:
    """A real but untrained model of one layer."""
    import torch

    torch.manual_seed(seed)
    tokeniser = writer_model.new_tokeniser(vocabulary(0, 300))
    model = writer_model.new_model(len(tokeniser.get_vocab()), width=64, layers=1)
    writer_model.save(folder, model, tokeniser)
    Phrasing.collect(segments(0, 400)).save(folder / "phrasing.json.gz")
    return Writer.load(folder)


@pytest.fixture(scope="module")
def untrained(tmp_path_factory: pytest.TempPathFactory) -> Writer:
    return tiny(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def shipped() -> Writer:
    return Writer.load()


words = st.text(
    st.characters(codec="utf-8", exclude_characters="{}", exclude_categories=("Cs", "Cc")),
    min_size=1,
    max_size=12,
)


@st.composite
def facts(draw: st.DrawFn, slot: str) -> Fact:
    kind = draw(st.sampled_from(list(FactKind)))
    label = draw(
        st.sampled_from(("price", "colour", "rating", "tempo", "plot", "brand", "waterproof")) | words
    )
    value = draw(
        st.sampled_from(("74.00", "4.6 stars", "brown", "yes", "no", '"sealed"', "1995", "4", " ")) | words
    )
    gap = (
        draw(st.none() | st.sampled_from(("4.50 over", "0.3 short", "2 days late")))
        if kind is FactKind.MISSED
        else None
    )
    return Fact(slot, kind, label, value, gap)


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    items = tuple(
        BriefItem(str(n), draw(words), tuple(draw(facts(f"f{m}")) for m in range(draw(st.integers(0, 4)))))
        for n in range(draw(st.integers(0, 5)))
    )
    texts = st.lists(words | st.just("price ≤ 80"), max_size=3).map(tuple)
    return Brief(
        draw(st.sampled_from(list(ActName))), draw(st.just("") | words), draw(texts), draw(texts), draw(texts), items,
        draw(st.integers(0, 99)), note=draw(st.none() | words), ask=draw(st.none() | words), options=draw(texts),
        text=draw(words),
    )  # fmt: skip


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(brief=briefs())
def test_even_an_untrained_model_writes_a_valid_reply(untrained: Writer, brief: Brief) -> None:
    text = "".join(untrained.write(brief))
    assert is_valid(brief, text), text
    named = SLOT.findall(text)
    if plan(brief)[-1].kind in {"line", "versus", "why", "detail", "next"}:
        lines = [slot for slot in named if slot.endswith(".title}")]
        for number in range(1, len(brief.items) + 1):
            assert f"{{{number}.title}}" in lines
    for slot in named:
        if slot not in {f"{{{n}.title}}" for n in range(1, 99)} | {"{query}", "{ask}"}:
            # An extreme of the set may be named in the lead and again in its line; a label may be tried twice.
            assert named.count(slot) <= 2, text


def test_items_keep_to_their_own_lines_and_order(untrained: Writer) -> None:
    rng = Random(3)
    for _ in range(6):
        brief = random_brief(rng, ActName.RECOMMEND)
        if len(brief.items) < 2:
            continue
        rows = "".join(untrained.write(brief)).split("\n")[1:]
        for number, row in enumerate(rows[: len(brief.items)], start=1):
            assert {slot.split(".")[0] for slot in SLOT.findall(row)} == {f"{{{number}"}, row


def test_a_slot_is_never_split_over_pieces(untrained: Writer) -> None:
    rng = Random(4)
    for _ in range(5):
        for piece in untrained.write(random_brief(rng)):
            assert piece.count("{") == piece.count("}") <= 1


def test_same_brief_and_seed_give_the_same_reply_and_another_seed_another(tmp_path: Path) -> None:
    tiny(tmp_path)
    items = tuple(
        BriefItem(str(n), f"T{n}", (Fact("price", FactKind.EXTRA, "price", f"{n}.00"),)) for n in range(5)
    )
    brief = Brief(ActName.RECOMMEND, "boots", ("waterproof",), (), (), items, 5)
    one, two, other = (
        Writer.load(tmp_path, seed=1),
        Writer.load(tmp_path, seed=1),
        Writer.load(tmp_path, seed=2),
    )
    assert (
        list(one.write(brief)) == list(one.write(brief)) == list(two.write(brief)) != list(other.write(brief))
    )


def test_closing_stops_the_writer_and_leaves_it_ready(untrained: Writer) -> None:
    import torch

    brief = random_brief(Random(1), ActName.RECOMMEND)
    pieces = untrained.write(brief)
    first = next(pieces)
    assert not torch.is_inference_mode_enabled()
    pieces.close()  # type: ignore[attr-defined]
    assert next(untrained.write(brief)) == first


def test_a_very_long_reply_begins_its_context_afresh(untrained: Writer) -> None:
    items = tuple(
        BriefItem(str(n), f"T{n}", (Fact("price", FactKind.EXTRA, "price", f"{n}.00"),)) for n in range(30)
    )
    brief = Brief(ActName.RECOMMEND, "boots", (), (), (), items, 30)
    text = "".join(untrained.write(brief))
    assert all(f"{{{number}.title}}" in text for number in range(1, 31))


def test_titles_in_a_row_are_joined_as_a_list(untrained: Writer) -> None:
    items = tuple(BriefItem(str(n), f"T{n}", ()) for n in range(3))
    text = "".join(untrained.write(Brief(ActName.LIKE, "", (), (), (), items, 3)))
    assert "{1.title}, {2.title} and {3.title}" in text


def test_counts_and_superlatives_are_shut_where_they_are_not_so() -> None:
    items = tuple(BriefItem(str(n), f"T{n}", ()) for n in range(3))
    segment = plan(Brief(ActName.RECOMMEND, "", (), (), (), items, 3))[0]
    allowed = Vocabulary.of({word: n for n, word in enumerate(("<end>", ".", *GATES))})
    mask = SegmentGrammar(segment, allowed).allowed()
    assert {word for word, number in allowed.ids.items() if mask[number]} == {"three"}


def test_what_is_missed_is_announced_only_where_something_is_and_nothing_else_follows() -> None:
    met, missed = Fact("f1", FactKind.MET, "colour", "red"), Fact("f2", FactKind.MISSED, "material", "wool")
    known = ("<end>", ".", ",", "and", "but", "in", "{title}", "{+colour}", "{!material}")
    vocabulary_ = Vocabulary.of({token: n for n, token in enumerate(known)})

    def accepts(text: str, *facts: Fact) -> bool:
        segment = plan(Brief(ActName.RECOMMEND, "", (), (), (), (BriefItem("1", "A", facts),), 1))[1]
        return SegmentGrammar(segment, vocabulary_).accepts(tokenise(text))

    assert accepts("{title} in {+colour}, but in {!material}.", met, missed)
    assert not accepts("{title} in {!material}, but in {+colour}.", met, missed)
    assert not accepts("{title}, but in {+colour}.", met)


def test_a_bare_value_comes_right_after_its_label() -> None:
    facts = (Fact("f1", FactKind.EXTRA, "waterproof", "yes"), Fact("f2", FactKind.EXTRA, "seats", "4"))
    segment = plan(Brief(ActName.RECOMMEND, "", (), (), (), (BriefItem("1", "A", facts),), 1))[1]
    known = ("<end>", ".", ",", "has", "{title}", "{bare}", "{bare.label}")
    vocabulary_ = Vocabulary.of({token: n for n, token in enumerate(known)})

    def said(text: str) -> list[str]:
        grammar = SegmentGrammar(segment, vocabulary_)
        return [
            grammar.advance(token) for token in tokenise(text) if grammar.allowed()[vocabulary_.ids[token]]
        ]

    assert said("{title} has {bare.label} has {bare}, {bare.label} has {bare}.") == (
        "{1.title} has {1.f1.label} has {1.f1} , {1.f2.label} has {1.f2} .".split()
    )
    assert said("{title} has {bare}") == ["{1.title}", "has"]
    assert said("{title} has {bare.label}.") == ["{1.title}", "has", "{1.f1.label}"]


def test_phrasing_knows_what_followed_and_what_can_be_finished(tmp_path: Path) -> None:
    rows = [("line", tokenise("{title} in size {size}.")), ("line", tokenise("{title} in {colour}."))]
    Phrasing.collect(rows).save(tmp_path / "p.json.gz")
    phrasing = Phrasing.load(tmp_path / "p.json.gz")
    assert phrasing.after("line", ["{title}", "in"]) == {"size", "{colour}"}
    assert phrasing.after("why", ["{title}", "in"]) == frozenset()

    def finishes(said: str, *open_slots: str) -> bool:
        return phrasing.finishes("line", tokenise(said), lambda t: t[0] != "{" or t in open_slots, {})

    assert finishes("{title} in size", "{size}")
    assert not finishes("{title} in size", "{colour}")
    assert finishes("{title} in", "{colour}")
    assert finishes("{title}", "{size}")
    assert not finishes("{title}")


def test_phrases_of_what_was_asked_for_are_not_lent_to_what_was_not(untrained: Writer) -> None:
    """'the brown you wanted' follows a condition that is met, never an attribute that happens to be."""
    phrasing = Phrasing.collect(segments(5, 500))
    for said in (["{title}", ",", "the", "{colour}"], ["{title}", ",", "in", "{colour}"]):
        assert not {"you", "as"} & phrasing.after("line", said)


def test_grammar_refuses_what_is_not_in_the_brief() -> None:
    segment = plan(Brief(ActName.RECOMMEND, "", ("waterproof",), (), (), (BriefItem("1", "A", ()),), 1))[1]
    vocabulary_ = Vocabulary.of(
        {token: n for n, token in enumerate(("<end>", ".", ",", "fits", "{title}", "{price}"))}
    )

    def accepts(text: str) -> bool:
        return SegmentGrammar(segment, vocabulary_).accepts(tokenise(text))

    assert accepts("{title} fits.")
    assert not accepts("{title} fits")
    assert not accepts("fits.")
    assert not accepts("{title} {title} fits.")
    assert not accepts("{title}, {price}.")


@pytest.mark.parametrize(
    "text",
    [
        "It's {1.title} ({1.price}): light, dry.",
        "One fits; I'd start here – well. Shall I?",
        "{1.title} is it.",
    ],
)
def test_the_surface_restores_spaces_and_capitals(text: str) -> None:
    surface = Surface()
    assert "".join(map(surface.piece, tokenise(text))) == text


def test_templates_expand_nested_and_refuse_stray_brackets() -> None:
    assert {expand(Random(n), "a [b|c [d|e]|]f") for n in range(60)} == {"a bf", "a c df", "a c ef", "a f"}
    for broken in ("a]", "[a", "[a|[b]"):
        with pytest.raises(ValueError, match="bracket"):
            expand(Random(0), broken)


@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_every_brief_has_a_wording_that_the_grammar_accepts(seed: int) -> None:
    rng = Random(seed)
    for segment in plan(random_brief(rng)):
        assert wording(rng, segment)


def test_examples_learn_the_wording_alone() -> None:
    row = example(Random(2), Brief(ActName.CHAT, "", (), (), (), (), 0, text="hello"), "greeting")
    learnt = [token for token, said in zip(row.tokens, row.said, strict=True) if said]
    assert learnt[-1] == "<end>"
    assert not any(token.startswith(("_", "<chat", "<say")) for token in learnt)


def test_vocabulary_has_every_slot_and_the_words_of_new_examples() -> None:
    known = set(vocabulary(0, 1200))
    assert set(SLOTS) <= known
    source = examples(99)
    said = [
        t for _ in range(60) for t, s in zip(*(lambda r: (r.tokens, r.said))(next(source)), strict=True) if s
    ]
    assert sum(token not in known for token in said) < 0.005 * len(said)


def test_filling_and_distinct() -> None:
    brief = Brief(ActName.RECOMMEND, "boots", ("price ≤ 80",), (), (), (BriefItem("1", "Kelda", ()),), 1)
    assert fill(brief, "{1.title} for {query}, {c1}.") == "Kelda for boots, price ≤ 80."
    with pytest.raises(KeyError):
        fill(brief, "{2.title}")
    assert distinct(["a b a b"]) == pytest.approx(2 / 3)


def test_missing_and_broken_weights_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"model\.safetensors"):
        Writer.load(tmp_path)
    for name in writer_model.FILES:
        (tmp_path / name).write_text("{}")
    with pytest.raises(ModelError, match="can't be read"):
        Writer.load(tmp_path)


@pytest.mark.parametrize("act", list(ActName))
def test_shipped_weights_reply_to_every_act(shipped: Writer, act: ActName) -> None:
    rng = Random(11)
    for _ in range(4):
        brief = (
            random_brief(rng, act)
            if act is not ActName.CHAT
            else Brief(act, "", (), (), (), (), 0, text="hello")
        )
        text = fill(brief, "".join(shipped.write(brief)))
        assert is_valid(brief, "".join(shipped.write(brief)))
        assert len(text.split()) > 1
        assert "<" not in text


def test_shipped_weights_answer_small_talk_by_its_subject(shipped: Writer) -> None:
    def say(text: str) -> str:
        return "".join(shipped.write(Brief(ActName.CHAT, "", (), (), (), (), 0, text=text))).lower()

    assert re.search(r"hello|hi\b|welcome|good day", say("hello"))
    assert re.search(r"goodbye|until|see you|farewell|take care|all the best|bye|enjoy", say("bye"))
    assert re.search(r"vitrine|model|program", say("who are you?"))


def test_shipped_weights_are_small_and_vary(shipped: Writer) -> None:
    assert (writer_model.WEIGHTS / "model.safetensors").stat().st_size <= 12_000_000
    rng = Random(21)
    texts = ["".join(shipped.write(random_brief(rng, ActName.RECOMMEND))) for _ in range(12)]
    assert len({text.split("\n")[0] for text in texts}) >= 11


class SilentReader:
    """A reader that understands nothing."""

    id = "silent"

    def read(self, scene: Scene) -> Reading:
        return Reading(ActName.CHAT, query=scene.text)


def test_reader_and_writer_make_a_chat_model(untrained: Writer) -> None:
    chat: Any = NanoChat(SilentReader(), untrained)
    assert isinstance(chat, ChatModel)
    assert chat.id == f"silent+{untrained.id}"
    assert chat.read(Scene("hm")).query == "hm"
    assert "".join(chat.write(Brief(ActName.CHAT, "", (), (), (), (), 0, text="hm")))


def test_every_topic_of_small_talk_has_utterances_and_replies() -> None:
    talk = tables("talk")
    assert len(TOPICS) > 8
    assert all(talk[f"{topic} said"] and talk[f"{topic} replies"] for topic in TOPICS)


@pytest.mark.parametrize("name", ["answers", "notes", "sets", "talk"])
def test_every_template_can_be_read(name: str) -> None:
    for section, templates in tables(name).items():
        assert templates, section
        for template in templates:
            assert expand(Random(0), template) or template.startswith('"') or not template


def test_the_shipped_writer_ends_no_sentence_on_a_word_that_wants_another(shipped: Writer) -> None:
    hanging = re.compile(
        r"(?:^|\s)(?<!asked )(?:for|of|from|by|to|at|as|with|is|the|a)[.,;:?]*$|\b(\w+) \1\b", re.M
    )
    for seed in range(40):
        text = "".join(shipped.write(random_brief(Random(seed))))
        assert not hanging.search(text), text


@pytest.mark.parametrize("name", ["answers", "notes", "sets", "talk"])
def test_no_sentence_ends_on_a_word_after_which_a_reply_looks_cut_off(name: str) -> None:
    """`agent.reply` drops such a sentence: 'What shall I look for?' would never be heard."""
    for section, templates in tables(name).items():
        for template in () if section.endswith(" said") else templates:
            for seed in range(12):
                text = expand(Random(seed), template)
                text = text if text[-1:] in ".?:" else f"{text}."
                cut = [
                    part for part in re.split(r"(?<=[.?!]) ", text) if len(part) > 1 and _CUT_OFF.search(part)
                ]
                assert not cut, section
