"""Train a generating design on the tagger's own examples: `python -m eval.readers.designs_train decoder --out FOLDER`.

A run ends when it has had its minutes of processor time, on one thread, so that designs are compared at equal cost. The
examples and their order are the tagger's for the same seed; how many of them fit into the time is what a machine makes
of it, so a run is not repeated to the bit.
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
from typing import TYPE_CHECKING, Final

from agent.nano.grammar.scenes import example
from agent.nano.grammar.vocabulary import dictionary
from agent.nano.reader import load_tokenizer
from agent.nano.reader_train import BATCH, CHUNK
from encoders.text import bundled_folder
from eval.readers.designs import NAMES, make, save
from eval.readers.linear import request_of, write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import torch

    from agent.nano.reader_input import Tokenizer
    from eval.readers.designs import Design
    from eval.readers.linear import Request

_LOG = logging.getLogger(__name__)

CHECKPOINT: Final = "checkpoint.pt"
COST: Final = "cost.json"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run does."""

    design: str
    out: Path
    minutes: float = 20.0
    """Of processor time."""
    seed: int = 7
    resume: bool = False
    checkpoint_seconds: float = 120.0


@dataclass(slots=True)
class Cost:
    """What a run has spent so far."""

    steps: int = 0
    examples: int = 0
    tokens: int = 0
    """Word pieces of contexts, requests and lines."""
    processor_seconds: float = 0.0
    seconds: float = 0.0


Lesson = tuple["Request", tuple[int, ...]]
"""A request and the line that is right for it."""


def batches(seed: int, start: int, rare: Sequence[str], tokenizer: Tokenizer) -> Iterator[list[Lesson]]:
    """Yield batches of similar length without end, from batch number `start` on; the tagger's for the same seed."""
    for chunk in range(start // CHUNK, 1 << 30):
        rng = random.Random(f"{seed}/{chunk}")
        lessons: list[Lesson] = []
        for _ in range(BATCH * CHUNK):
            made = example(rng, rare)
            request = request_of(made.scene, tokenizer)
            lessons.append((request, write(made.act, made.spans, request)))
        lessons.sort(key=lambda each: len(each[0].ids))
        cut = [lessons[index : index + BATCH] for index in range(0, len(lessons), BATCH)]
        rng.shuffle(cut)
        yield from cut[start % CHUNK if chunk == start // CHUNK else 0 :]


def share_of_rate(done: float) -> float:
    """Return the share of the highest rate at `done` of the time: 5 % of warm-up, then half a cosine to a fiftieth."""
    if done < 0.05:
        return 0.02 + 0.98 * done / 0.05
    return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, (done - 0.05) / 0.95)))


def make_optimiser(design: Design) -> torch.optim.AdamW:
    """AdamW without decay on biases and norms."""
    import torch

    groups = [
        {
            "params": [each for each in found if (each.ndim > 1) == decays],
            "weight_decay": 0.01 if decays else 0.0,
            "scale": scale,
        }
        for scale, found in design.groups()
        for decays in (True, False)
    ]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)


def train(plan: Plan) -> Cost:
    """Train for the plan's minutes, save to `plan.out`, and return what it took."""
    import torch
    from torch.nn import functional
    from torch.nn.attention import SDPBackend, sdpa_kernel

    torch.manual_seed(plan.seed)
    torch.set_num_threads(1)
    design = make(plan.design)
    design.start()
    design.model.train()
    optimiser = make_optimiser(design)
    saved = plan.out / CHECKPOINT
    cost = read_checkpoint(saved, design, optimiser) if plan.resume and saved.is_file() else Cost()
    source = batches(plan.seed, cost.steps, dictionary(bundled_folder() / "vocab.txt"), _tokenizer())
    spent, passed = cost.processor_seconds, cost.seconds
    began, began_processor = time.monotonic(), time.process_time()
    last_saved, mean = began, math.nan
    while cost.processor_seconds < 60 * plan.minutes:
        requests, lines = zip(*next(source), strict=True)
        for group in optimiser.param_groups:
            group["lr"] = (
                design.rate * group["scale"] * share_of_rate(cost.processor_seconds / (60 * plan.minutes))
            )
        # Plain attention: the fused kernel's backward pass takes a third of a step on sequences as short as these.
        with torch.autocast("cpu", dtype=torch.bfloat16), sdpa_kernel(SDPBackend.MATH):
            scores = design.scores(requests, lines)
        wanted = torch.tensor([token for line in lines for token in line])
        loss = functional.cross_entropy(scores.float(), wanted)
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(design.model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        cost.steps += 1
        cost.examples += len(lines)
        cost.tokens += len(wanted) + sum(len(request.ids) for request in requests)
        cost.processor_seconds = spent + time.process_time() - began_processor
        cost.seconds = passed + time.monotonic() - began
        mean = loss.item() if math.isnan(mean) else 0.98 * mean + 0.02 * loss.item()
        if cost.steps % 50 == 0:
            speed = cost.tokens / cost.processor_seconds
            _LOG.info(
                "%.1f min, step %d, loss %.4f, %.0f tokens/s",
                cost.processor_seconds / 60,
                cost.steps,
                mean,
                speed,
            )
        if time.monotonic() - last_saved > plan.checkpoint_seconds:
            write_checkpoint(saved, design, optimiser, cost)
            last_saved = time.monotonic()
    save(design, plan.out)
    told = {**asdict(cost), "seed": plan.seed, "design": plan.design}
    (plan.out / COST).write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    saved.unlink(missing_ok=True)
    return cost


def _tokenizer() -> Tokenizer:
    return load_tokenizer(bundled_folder())


def write_checkpoint(path: Path, design: Design, optimiser: torch.optim.AdamW, cost: Cost) -> None:
    """Write all that a run needs to go on, whole or not at all."""
    import torch

    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    state = {"model": design.model.state_dict(), "optimiser": optimiser.state_dict(), "cost": asdict(cost)}
    torch.save(state, part)
    part.replace(path)


def read_checkpoint(path: Path, design: Design, optimiser: torch.optim.AdamW) -> Cost:
    """Put what `write_checkpoint` wrote into the design and the optimiser, and return what had been spent."""
    import torch

    state = torch.load(path, weights_only=True)
    design.model.load_state_dict(state["model"])
    optimiser.load_state_dict(state["optimiser"])
    return Cost(**state["cost"])


def main() -> None:
    """Run from the command line; narration goes to stderr."""
    parser = argparse.ArgumentParser(description="Train a generating design of the reader.")
    parser.add_argument("design", choices=NAMES)
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights")
    parser.add_argument("--minutes", type=float, default=20.0, help="processor time")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    _LOG.info("%s", train(Plan(**vars(parser.parse_args()))))


if __name__ == "__main__":
    main()
