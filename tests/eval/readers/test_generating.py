from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agent.nano.grammar.scenes import examples
from agent.nano.reader import load_tokenizer
from agent.types import ActName, Scene
from encoders.errors import ModelError, ModelMissing
from encoders.text import bundled_folder
from eval.readers.designs import CONFIG, NAMES, WEIGHTS, make, save
from eval.readers.designs_train import CHECKPOINT, Plan, batches, make_optimiser, share_of_rate, train
from eval.readers.generating import GeneratingReader, load_design
from eval.readers.linear import request_of, write

if TYPE_CHECKING:
    from pathlib import Path

    from eval.readers.designs import Design
    from eval.readers.linear import Request

SIZES = {
    "decoder": {"width": 32, "layers": 2, "heads": 2, "inner": 64},
    "encoder-decoder": {"encoder_layers": 2, "decoder_layers": 1},
}
RARE = ("quern", "tallow")


@pytest.fixture(scope="module", params=NAMES)
def design(request: pytest.FixtureRequest) -> Design:
    import torch

    torch.manual_seed(3)
    made = make(request.param, SIZES[request.param])
    made.start()
    made.model.eval()
    return made


@pytest.fixture
def short_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eval.readers.designs_train.CHUNK", 2)


def lessons(count: int) -> tuple[list[Request], list[tuple[int, ...]]]:
    tokenizer = load_tokenizer(bundled_folder())
    made = [each for each, _ in zip(examples(4, RARE), range(count), strict=False)]
    requests = [request_of(each.scene, tokenizer) for each in made]
    return requests, [
        write(each.act, each.spans, request) for each, request in zip(made, requests, strict=True)
    ]


def test_token_by_token_scores_are_those_of_the_whole_batch(design: Design) -> None:
    import torch

    requests, lines = lessons(6)
    with torch.inference_mode():
        whole = list(design.scores(requests, lines))
        for request, line in zip(requests, lines, strict=True):
            scores, cache = design.first(request)
            for token in line:
                assert torch.allclose(scores, whole.pop(0), atol=1e-4)
                scores, cache = design.following(token, cache)
    assert whole == []


def test_saved_weights_come_back(design: Design, tmp_path: Path) -> None:
    save(design, tmp_path)
    tokenizer = load_tokenizer(bundled_folder())
    scene = Scene(text="red boots, not leather", screen=("Kelda Trail Boot",))
    for copying in (False, True):
        reader = load_design(tmp_path, copying)
        assert reader.id.startswith(design.name)
        assert reader.read(scene) == GeneratingReader(design, tokenizer, "same", copying=copying).read(scene)
        assert reader.parameters == sum(each.numel() for each in design.model.parameters())


def test_copying_is_always_valid_and_free_writing_is_always_read(design: Design) -> None:
    tokenizer = load_tokenizer(bundled_folder())
    free = GeneratingReader(design, tokenizer, "random", copying=False)
    copying = GeneratingReader(design, tokenizer, "random", copying=True)
    for text in ("", "red boots", "😀 \u200b", "is the second one waterproof?", "4/5 boots " * 6):
        reading, faults = copying.check(Scene(text=text))
        assert faults == ()
        assert reading.query.lower() in text.lower()
        free.check(Scene(text=text))


def test_a_line_without_an_act_asks_back(design: Design) -> None:
    free = GeneratingReader(design, load_tokenizer(bundled_folder()), "random", copying=False)
    reading, faults = free.check(Scene(text="boots"))
    assert "no act at the beginning" not in faults or reading.act is ActName.ASK


def test_training_moves_what_is_to_be_trained_and_nothing_else(design: Design) -> None:
    import torch

    requests, lines = lessons(4)
    trained = {id(each) for _, found in design.groups() for each in found}
    before = {name: each.detach().clone() for name, each in design.model.named_parameters()}
    optimiser = make_optimiser(design)
    for group in optimiser.param_groups:
        group["lr"] = 1e-3
    wanted = torch.tensor([token for line in lines for token in line])
    torch.autograd.backward(torch.nn.functional.cross_entropy(design.scores(requests, lines), wanted))
    optimiser.step()
    for name, each in design.model.named_parameters():
        assert torch.equal(each, before[name]) == (id(each) not in trained), name
    frozen = [name for name, each in design.model.named_parameters() if id(each) not in trained]
    assert frozen == [] or design.name == "encoder-decoder"


@pytest.mark.usefixtures("short_chunks")
def test_a_run_ends_by_its_clock_and_leaves_weights_that_load(tmp_path: Path) -> None:
    cost = train(Plan("decoder", tmp_path, minutes=0.01, checkpoint_seconds=0))
    assert cost.steps > 0
    assert cost.examples == 32 * cost.steps
    assert cost.processor_seconds >= 0.6
    assert not (tmp_path / CHECKPOINT).exists()
    load_design(tmp_path, True).read(Scene(text="red boots"))


@pytest.mark.usefixtures("short_chunks")
def test_a_run_goes_on_from_its_checkpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("eval.readers.designs_train.save", stop)
        train(Plan("decoder", tmp_path, minutes=0.01, checkpoint_seconds=0))
    spent = torch.load(tmp_path / CHECKPOINT, weights_only=True)["cost"]
    cost = train(Plan("decoder", tmp_path, minutes=0.02, resume=True))
    assert cost.steps > spent["steps"] > 0
    assert cost.processor_seconds > spent["processor_seconds"]


@pytest.mark.usefixtures("short_chunks")
def test_batches_go_on_where_they_stopped() -> None:
    tokenizer = load_tokenizer(bundled_folder())
    whole, rest = batches(7, 0, RARE, tokenizer), batches(7, 3, RARE, tokenizer)
    assert [next(whole) for _ in range(5)][3:] == [next(rest) for _ in range(2)]


def test_the_rate_rises_and_falls() -> None:
    assert share_of_rate(0) < share_of_rate(0.02) < share_of_rate(0.05) == 1
    assert share_of_rate(0.05) > share_of_rate(0.5) > share_of_rate(1) == pytest.approx(0.02)


def test_absent_and_damaged_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="designs_train"):
        load_design(tmp_path, False)
    (tmp_path / WEIGHTS).write_bytes(b"none")
    (tmp_path / CONFIG).write_text('{"design": "decoder", "sizes": {}}')
    with pytest.raises(ModelError, match="can't be used"):
        load_design(tmp_path, False)
