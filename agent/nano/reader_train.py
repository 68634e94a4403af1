"""Train the reader on scenes made by the grammar: `python -m agent.nano.reader_train`.

Reproducible for a seed on one machine; a run that was stopped goes on with `--resume`.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import random
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from agent.nano.grammar.scenes import Example, example
from agent.nano.grammar.vocabulary import dictionary
from agent.nano.reader import FOLDER, METRICS, Reader, load_tokenizer, save
from agent.nano.reader_input import windows
from agent.nano.reader_model import WORD_EMBEDDINGS, ReaderConfig, build, forward, from_bert
from agent.nano.reader_score import Score, figures, load, score
from agent.nano.tags import ACTS, encode, words
from encoders.text import bundled_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import torch
    from torch import nn

    from agent.nano.reader_input import Tokenizer, Window

_LOG = logging.getLogger(__name__)

BATCH: Final = 32
_FIRST_HEADS: Final = 7
"""Seed of the fresh heads, the same for every run, so that runs on other data can be averaged (`reader_average`)."""
CHUNK: Final = 40
"""Batches that are drawn and sorted by length together: 24 % fewer padded word pieces than one by one."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run does."""

    out: Path
    steps: int = 3000
    seed: int = 7
    rate: float = 3e-4
    threads: int = 2
    check: tuple[Path, ...] = ()
    """Files of scenes with right readings; only measured, never trained on."""
    checkpoint_seconds: float = 120.0
    resume: bool = False


@dataclass(frozen=True, slots=True)
class Lesson:
    """An example as numbers."""

    window: Window
    act: int
    tags: tuple[int, ...]
    """One for each word of the window."""


def lesson(made: Example, tokenizer: Tokenizer) -> Lesson:
    """Turn an example into the network's input and what it should answer."""
    at = words(made.scene.text)
    window = windows(made.scene, at, tokenizer)[0]
    tags = encode(made.spans, at)
    return Lesson(window, ACTS.index(made.act), tuple(tags[word] for word, _ in window.words))


def batches(seed: int, start: int, rare: Sequence[str], tokenizer: Tokenizer) -> Iterator[list[Lesson]]:
    """Yield batches of similar length without end, from batch number `start` on; the same for the same seed."""
    for chunk in range(start // CHUNK, 1 << 30):
        rng = random.Random(f"{seed}/{chunk}")
        made = [lesson(example(rng, rare), tokenizer) for _ in range(BATCH * CHUNK)]
        made.sort(key=lambda each: len(each.window.ids))
        cut = [made[index : index + BATCH] for index in range(0, len(made), BATCH)]
        rng.shuffle(cut)
        yield from cut[start % CHUNK if chunk == start // CHUNK else 0 :]


def loss_of(net: nn.ModuleDict, batch: Sequence[Lesson]) -> torch.Tensor:
    """Cross entropy of acts plus that of tags, each averaged over what it scores."""
    import torch
    from torch.nn import functional

    acts, tags = forward(net, [each.window for each in batch])
    rows, pieces, wanted = [], [], []
    for row, each in enumerate(batch):
        for (_, piece), tag in zip(each.window.words, each.tags, strict=True):
            rows.append(row)
            pieces.append(piece)
            wanted.append(tag)
    act_loss = functional.cross_entropy(
        acts.float(), torch.tensor([each.act for each in batch], device=acts.device), label_smoothing=0.05
    )
    if not wanted:
        return act_loss
    scored = tags[torch.tensor(rows), torch.tensor(pieces)].float()
    return act_loss + functional.cross_entropy(scored, torch.tensor(wanted, device=scored.device))


def rate_at(step: int, plan: Plan) -> float:
    """Learning rate: a linear warm-up of 6 % of the steps, then half a cosine down to a fiftieth."""
    warm = max(plan.steps * 0.06, 1)
    if step < warm:
        return plan.rate * (step + 1) / warm
    done = (step - warm) / max(plan.steps - warm, 1)
    return plan.rate * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * done)))


def start(config: ReaderConfig) -> nn.ModuleDict:
    """Return the network with MiniLM's encoder, its word embeddings frozen, and fresh heads."""
    from safetensors.torch import load_file

    net = build(config)
    taken = from_bert(load_file(bundled_folder() / "model.safetensors"), config)
    absent, unknown = net.load_state_dict(taken, strict=False)
    if unknown or any(not name.startswith(("act.", "tag.")) for name in absent):
        raise ValueError(f"MiniLM's tensors do not fit the reader: {unknown or absent}")
    net["words"].weight.requires_grad_(False)
    return net


def make_optimiser(net: nn.ModuleDict) -> torch.optim.AdamW:
    """AdamW without decay on biases and norms; the fresh heads learn faster."""
    import torch

    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, parameter in net.named_parameters():
        if name != WORD_EMBEDDINGS:
            decay = 0.01 if parameter.ndim > 1 else 0.0
            scale = 3.0 if name.startswith(("act.", "tag.")) else 1.0
            groups.setdefault((decay, scale), []).append(parameter)
    return torch.optim.AdamW(
        [
            {"params": found, "weight_decay": decay, "scale": scale}
            for (decay, scale), found in groups.items()
        ],
        betas=(0.9, 0.98),
        fused=True,
    )


def train(plan: Plan) -> dict[str, Score]:
    """Train, save to `plan.out`, and measure on every file of `plan.check`."""
    import torch
    from torch.nn.attention import SDPBackend, sdpa_kernel

    torch.manual_seed(_FIRST_HEADS)
    torch.set_num_threads(plan.threads)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    config = ReaderConfig()
    tokenizer = load_tokenizer(bundled_folder())
    rare = dictionary(bundled_folder() / "vocab.txt")
    net = start(config).to(device).train()
    optimiser = make_optimiser(net)
    saved = plan.out / "checkpoint.pt"
    step = read_checkpoint(saved, net, optimiser) if plan.resume and saved.is_file() else 0
    began = last_saved = time.monotonic()
    first, seen, mean = step, 0, 0.0
    source = batches(plan.seed, step, rare, tokenizer)
    while step < plan.steps:
        batch = next(source)
        for group in optimiser.param_groups:
            group["lr"] = rate_at(step, plan) * group["scale"]
        # Plain attention: the fused kernel's backward pass takes 36 % of a step on sequences as short as these.
        with torch.autocast(device, dtype=torch.bfloat16), sdpa_kernel(SDPBackend.MATH):
            loss = loss_of(net, batch)
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        step += 1
        seen += sum(len(each.window.ids) for each in batch)
        mean = loss.item() if step == first + 1 else 0.98 * mean + 0.02 * loss.item()
        if step % 50 == 0:
            spent = time.monotonic() - began
            left = spent / (step - first) * (plan.steps - step) / 60
            _LOG.info(
                "step %d of %d, loss %.4f, %.0f pieces/s, %.0f min left",
                *(step, plan.steps, mean, seen / spent, left),
            )
        if time.monotonic() - last_saved > plan.checkpoint_seconds:
            write_checkpoint(saved, net, optimiser, step)
            last_saved = time.monotonic()
    save(net, config, plan.out)
    saved.unlink(missing_ok=True)
    return measure(plan, time.monotonic() - began)


def write_checkpoint(path: Path, net: nn.ModuleDict, optimiser: torch.optim.AdamW, step: int) -> None:
    """Write all that a run needs to go on, whole or not at all."""
    import torch

    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    torch.save({"net": net.state_dict(), "optimiser": optimiser.state_dict(), "step": step}, part)
    part.replace(path)


def read_checkpoint(path: Path, net: nn.ModuleDict, optimiser: torch.optim.AdamW) -> int:
    """Put what `write_checkpoint` wrote into `net` and `optimiser`, and return the step to go on from."""
    import torch

    state: dict[str, Any] = torch.load(path, weights_only=True)
    net.load_state_dict(state["net"])
    optimiser.load_state_dict(state["optimiser"])
    return int(state["step"])


def measure(plan: Plan, seconds: float) -> dict[str, Score]:
    """Score the saved weights on each set of `plan.check`, and write metrics.json beside them."""
    reader = Reader.load(plan.out)
    found = {path.name: score(reader.read, load(path)) for path in plan.check}
    metrics = {
        "model": reader.id,
        "sets": figures(found),
        "steps": plan.steps,
        "batch": BATCH,
        "seed": plan.seed,
        "rate": plan.rate,
        "seconds": round(seconds),
    }
    (plan.out / METRICS).write_text(json.dumps(metrics, indent=2) + "\n", encoding="utf-8")
    for name, each in found.items():
        for line in each.wrong:
            _LOG.info("%s: wrong: %s", name, line)
    _LOG.info("%s", json.dumps(metrics))
    return found


def main() -> None:
    """Run from the command line; narration goes to stderr."""
    defaults = asdict(Plan(out=FOLDER))
    parser = argparse.ArgumentParser(description="Train the bundled reader on scenes made by its grammar.")
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder for the weights")
    parser.add_argument("--steps", type=int, default=defaults["steps"])
    parser.add_argument("--seed", type=int, default=defaults["seed"])
    parser.add_argument("--rate", type=float, default=defaults["rate"], help="highest learning rate")
    parser.add_argument("--threads", type=int, default=defaults["threads"])
    parser.add_argument(
        "--check", type=Path, nargs="+", default=(), help="files to measure on, as tests/data/readings.jsonl"
    )
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    arguments = vars(parser.parse_args())
    train(Plan(**{**arguments, "check": tuple(arguments["check"])}))


if __name__ == "__main__":
    main()
