from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.nano.reader import FOLDER, Reader, load_tokenizer, save
from agent.nano.reader_average import average
from agent.nano.reader_input import (
    CONTEXT_PIECES,
    MOST_WORDS,
    REQUEST_PIECES,
    context,
    spans_of_words,
    windows,
)
from agent.nano.reader_model import ReaderConfig, build
from agent.nano.reader_score import load, parts, score
from agent.nano.reader_train import (
    Lesson,
    Plan,
    batches,
    lesson,
    loss_of,
    make_optimiser,
    rate_at,
    read_checkpoint,
    write_checkpoint,
)
from agent.nano.tags import ACTS
from agent.types import ActName, Reading, Scene
from encoders.errors import InputError, ModelError, ModelMissing
from encoders.text import bundled_folder

if TYPE_CHECKING:
    import torch
    from torch import nn

DATA = Path(__file__).parents[2] / "data"
HAND = DATA / "readings.jsonl"
"""Looked at while the grammar was improved."""
BLIND = DATA / "readings_blind.jsonl"
"""Written before the shipped weights were trained; its errors were never looked at."""
TINY = ReaderConfig(width=16, layers=1, heads=2, inner=32)


@cache
def tiny() -> Reader:
    """A reader with random weights: what it reads is noise, how it reads is the real thing."""
    import torch

    torch.manual_seed(0)
    return Reader(build(TINY), load_tokenizer(bundled_folder()), "tiny")


@cache
def shipped() -> Reader:
    return Reader.load()


def assert_said(reading: Reading, text: str) -> None:
    """Every phrase is words of the request; a query may be several, joined by a comma or by 'or'."""
    for kind, said in parts(reading):
        pieces = said.replace(" or ", ", ").split(", ") if kind == "query" else [said]
        assert all(word in text.lower() for piece in pieces for word in piece.split()), said
        assert kind == "query" or said in text.lower(), said


AWKWARD = st.one_of(
    st.text(max_size=300),
    st.text(alphabet="🙂👍é中ا \n\tab1£,.'’-/", max_size=120),
    st.lists(
        st.sampled_from(["boots", "not", "£", "4/5", "that's", "🙂", "x" * 400, "\u0301"]), max_size=40
    ).map(" ".join),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    AWKWARD,
    st.lists(st.text(max_size=60), max_size=8).map(tuple),
    st.sampled_from([None, *ActName]),
    st.one_of(st.none(), st.text(max_size=200)),
)
def test_any_text_in_any_scene_gives_a_reading_made_of_its_own_words(
    text: str, screen: tuple[str, ...], last: ActName | None, asked: str | None
) -> None:
    reading = tiny().read(Scene(text=text, screen=screen, last_act=last, asked=asked, query=text[:50]))
    assert reading.act in ActName
    assert_said(reading, text)


@pytest.mark.parametrize(
    "text", ["", " \n", "🙂", "\u0301\u0301", "boots " * 5000, "x" * 100_000, "?" * 2000]
)
def test_empty_odd_and_long_requests_are_read(text: str) -> None:
    assert_said(tiny().read(Scene(text=text)), text)


def test_a_long_request_is_cut_into_windows_that_hold_each_word_once() -> None:
    text = " ".join(f"word{index}" for index in range(300))
    at = spans_of_words(text)
    cut = windows(Scene(text=text), at, load_tokenizer(bundled_folder()))
    assert len(cut) > 1
    assert [word for window in cut for word, _ in window.words] == list(range(300))
    assert all(len(window.ids) <= REQUEST_PIECES + CONTEXT_PIECES + 3 for window in cut)


def test_of_a_very_long_request_both_ends_are_read() -> None:
    text = " ".join(str(index) for index in range(5000))
    said = [text[start:end] for start, end in spans_of_words(text)]
    assert len(said) == MOST_WORDS
    assert said[0] == "0"
    assert said[-1] == "4999"


def test_a_long_context_never_pushes_the_request_out() -> None:
    scene = Scene(
        text="cheaper", screen=("A very long title " * 40,) * 6, query="boots " * 200, asked="Which? " * 99
    )
    (window,) = windows(scene, spans_of_words(scene.text), load_tokenizer(bundled_folder()))
    assert window.request == CONTEXT_PIECES + 2
    assert [word for word, _ in window.words] == [0]


def test_the_context_says_what_is_shown_sought_and_asked() -> None:
    scene = Scene(
        text="x", screen=("Kelda Trail Boot",), query="boots", last_act=ActName.ASK, asked="Which colour?"
    )
    assert context(scene) == "1 shown: Kelda Trail Boot. sought: boots. last: ask. asked: Which colour?"
    assert context(Scene(text="x")) == "nothing shown"


def test_reading_is_the_same_each_time() -> None:
    scene = Scene(text="black boots size 9 under 80 quid, not leather")
    assert tiny().read(scene) == tiny().read(scene)


def test_saved_weights_read_as_the_network_they_were_saved_from(tmp_path: Path) -> None:
    import torch
    from safetensors import safe_open

    config = ReaderConfig(layers=1)
    torch.manual_seed(1)
    net = build(config)
    with safe_open(bundled_folder() / "model.safetensors", framework="pt") as file:
        net["words"].weight.data = file.get_tensor("embeddings.word_embeddings.weight")
    save(net, config, tmp_path)
    loaded = Reader.load(tmp_path)
    assert loaded.id.startswith("vitrine-reader-")
    fresh = Reader(net.half().float(), load_tokenizer(bundled_folder()), "fresh")
    for text in ("black boots", "something for a rainy evening under 20 quid"):
        assert loaded.read(Scene(text=text)) == fresh.read(Scene(text=text))


def test_absent_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"reader\.safetensors is absent"):
        Reader.load(tmp_path)


@pytest.mark.parametrize("config", ["{", '{"layers": 1}', '{"depth": 3}', "[]"])
def test_damaged_weights_give_one_sentence(tmp_path: Path, config: str) -> None:
    (tmp_path / "config.json").write_text(config)
    (tmp_path / "reader.safetensors").write_bytes(b"not tensors")
    with pytest.raises(ModelError, match="can't be used"):
        Reader.load(tmp_path)


def test_batches_can_be_taken_up_where_they_stopped() -> None:
    tokenizer = load_tokenizer(bundled_folder())
    rare = ("anchor", "violin")
    whole = batches(3, 0, rare, tokenizer)
    first = [next(whole) for _ in range(5)]
    resumed = batches(3, 3, rare, tokenizer)
    assert [next(resumed), next(resumed)] == first[3:]


def test_the_rate_warms_up_and_falls_to_a_fiftieth(tmp_path: Path) -> None:
    plan = Plan(out=tmp_path, steps=1000, rate=1.0)
    rates = [rate_at(step, plan) for step in range(1000)]
    assert rates[0] < rates[30] < rates[60]
    assert max(rates) <= 1.0
    assert rates[-1] == pytest.approx(0.02, abs=1e-3)


def test_a_tiny_network_learns_a_lesson_by_heart() -> None:
    import torch

    from agent.nano.grammar.scenes import example

    torch.manual_seed(0)
    tokenizer = load_tokenizer(bundled_folder())
    rng = random.Random(4)
    batch = [lesson(example(rng, ("anchor",)), tokenizer) for _ in range(8)]
    net = build(TINY).train()
    optimiser = torch.optim.AdamW(net.parameters(), lr=0.01)
    before = loss_of(net, batch).item()
    for _ in range(60):
        optimiser.zero_grad()
        loss = loss_of(net, batch)
        torch.autograd.backward(loss)
        optimiser.step()
    assert loss.item() < 0.5 * before
    assert len(ACTS) == 13


def test_a_run_goes_on_from_its_checkpoint_as_if_it_had_not_stopped(tmp_path: Path) -> None:
    import torch

    source = batches(3, 0, ("anchor",), load_tokenizer(bundled_folder()))
    lessons = [next(source)[:4] for _ in range(3)]

    def train_on(net: nn.ModuleDict, optimiser: torch.optim.AdamW, part: list[list[Lesson]]) -> None:
        for batch in part:
            torch.autograd.backward(loss_of(net, batch))
            optimiser.step()
            optimiser.zero_grad()

    torch.manual_seed(2)
    whole = build(TINY)
    optimiser = make_optimiser(whole)
    train_on(whole, optimiser, lessons[:2])
    write_checkpoint(tmp_path / "checkpoint.pt", whole, optimiser, 2)
    train_on(whole, optimiser, lessons[2:])

    taken_up = build(TINY)
    optimiser = make_optimiser(taken_up)
    assert read_checkpoint(tmp_path / "checkpoint.pt", taken_up, optimiser) == 2
    train_on(taken_up, optimiser, lessons[2:])
    for name, tensor in whole.state_dict().items():
        assert torch.equal(tensor, taken_up.state_dict()[name]), name


def test_scoring_counts_acts_phrases_and_whole_readings() -> None:
    pairs = load(HAND)[:50]
    perfect = {id(scene): right for scene, right in pairs}
    found = score(lambda scene: perfect[id(scene)], pairs)
    assert (found.acts, found.exact, found.phrases, found.wrong) == (1.0, 1.0, 1.0, ())
    silent = score(lambda scene: Reading(ActName.RECOMMEND), pairs)
    assert silent.phrases == 0.0
    assert silent.exact < 0.2


@pytest.mark.parametrize(("path", "least"), [(HAND, 150), (BLIND, 80)])
def test_the_sets_written_by_hand_are_words_of_their_requests_and_cover_every_act(
    path: Path, least: int
) -> None:
    pairs = load(path)
    assert len(pairs) >= least
    assert {right.act for _, right in pairs} == set(ActName)
    for scene, right in pairs:
        assert_said(right, scene.text)


def test_the_sets_written_by_hand_share_no_scene() -> None:
    texts = [{(scene.text, scene.screen) for scene, _ in load(path)} for path in (HAND, BLIND)]
    assert not texts[0] & texts[1]


@pytest.mark.parametrize(("path", "acts", "exact"), [(HAND, 0.95, 0.86), (BLIND, 0.94, 0.86)])
def test_the_shipped_weights_reach_their_floor(path: Path, acts: float, exact: float) -> None:
    found = score(shipped().read, load(path))
    assert found.acts >= acts, found.wrong
    assert found.exact >= exact, found.wrong


def test_the_shipped_weights_are_small_enough_to_ship() -> None:
    assert (FOLDER / "reader.safetensors").stat().st_size <= 25_000_000


@pytest.mark.parametrize(
    ("scene", "act"),
    [
        (Scene(text="cheaper"), ActName.ASK),
        (Scene(text="cheaper", screen=("Fellside Mid Boot", "Harbour Welly"), query="boots"), ActName.REFINE),
        (Scene(text="yes"), ActName.CHAT),
        (
            Scene(
                text="yes",
                screen=("Fellside Mid Boot",),
                query="boots",
                last_act=ActName.RECOMMEND,
                asked="Shall I drop the price?",
            ),
            ActName.REFINE,
        ),
    ],
)
def test_what_went_before_decides_what_the_same_words_mean(scene: Scene, act: ActName) -> None:
    assert shipped().read(scene).act is act


def test_the_mean_of_two_readers_lies_between_them(tmp_path: Path) -> None:
    import torch
    from safetensors.torch import load_file

    tiny = ReaderConfig(width=48, layers=1, inner=64)
    nets = [build(tiny), build(tiny)]
    for name, net in zip("ab", nets, strict=True):
        save(net, tiny, tmp_path / name)
    mean = average([tmp_path / "a", tmp_path / "b"])
    one, other = (load_file(tmp_path / name / "reader.safetensors") for name in "ab")
    assert mean.keys() == one.keys()
    for name, tensor in mean.items():
        assert torch.allclose(tensor.float(), (one[name].float() + other[name].float()) / 2, atol=1e-2)
    with pytest.raises(InputError, match="two or more"):
        average([tmp_path / "a"])
    save(build(ReaderConfig(width=24, layers=1, inner=64)), tiny, tmp_path / "c")
    with pytest.raises(InputError, match="tensors differ"):
        average([tmp_path / "a", tmp_path / "c"])
