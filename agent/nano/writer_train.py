"""Train the bundled writer from scratch: `python -m agent.nano.writer_train --out FOLDER`.

Examples come without end from `agent.nano.replies`, so no text is downloaded and none is seen twice by design. Two CPU
cores, bf16 autocast: about 9,000 tokens a second on one thread.
"""

from __future__ import annotations

import argparse
import logging
import math
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.nano import writer_model
from agent.nano.replies.corpus import Example, examples, segments, vocabulary
from agent.nano.writer_phrasing import Phrasing

if TYPE_CHECKING:
    from collections.abc import Iterator

log = logging.getLogger("vitrine.nano.writer")

VOCABULARY_EXAMPLES = 12_000  # rarer words than one in 12,000 replies are not learnt anyway
PHRASING_EXAMPLES = 120_000
BATCH_TOKENS = 2_000
PEAK_RATE = 2e-3
WARM_UP = 100
CHECKPOINT_EVERY = 200
_POOL = 256  # examples sorted by length, so that a batch holds little padding


def batches(source: Iterator[Example], ids: dict[str, int]) -> Iterator[tuple[Any, Any]]:
    """Yield (token ids, labels), each of shape (rows, longest row); labels are −100 where nothing is learnt."""
    import torch

    unknown, pad = ids[writer_model.UNKNOWN], ids[writer_model.PAD]
    while True:
        pool = sorted((next(source) for _ in range(_POOL)), key=lambda row: len(row.tokens))
        while pool:
            rows: list[Example] = []
            while pool and (len(rows) + 1) * len((rows or pool)[0 if rows else -1].tokens) <= BATCH_TOKENS:
                rows.append(pool.pop())
            rows = rows or [pool.pop()]
            width = len(rows[0].tokens)
            inputs = torch.full((len(rows), width), pad)
            labels = torch.full((len(rows), width), -100)
            for place, row in enumerate(rows):
                numbers = torch.tensor([ids.get(token, unknown) for token in row.tokens])
                inputs[place, : len(numbers)] = numbers
                learnt = torch.tensor(row.said) & (numbers != unknown)
                labels[place, : len(numbers)] = torch.where(learnt, numbers, -100)
            yield inputs, labels


def rate(step: int, steps: int) -> float:
    """Return the share of the peak rate at `step`: linear warm-up, then a cosine to a tenth."""
    if step < WARM_UP:
        return (step + 1) / WARM_UP
    done = min(1.0, (step - WARM_UP) / max(1, steps - WARM_UP))
    return 0.55 + 0.45 * math.cos(math.pi * done)


def train(out: Path, steps: int, seed: int, resume: bool) -> None:
    """Train for `steps` steps, leave weights, config, tokeniser and metrics in `out`."""
    import torch

    from agent.nano.writer_metrics import held_out_loss, report

    torch.manual_seed(seed)
    tokeniser = writer_model.new_tokeniser(vocabulary(seed, VOCABULARY_EXAMPLES))
    ids: dict[str, int] = tokeniser.get_vocab()
    out.mkdir(parents=True, exist_ok=True)
    Phrasing.collect(segments(seed * 1000 + 2, PHRASING_EXAMPLES)).save(out / "phrasing.json.gz")
    model = writer_model.new_model(len(ids))
    # The backward pass of fused attention takes a third of a step on a CPU: 4.9 k against 6.9 k tokens/s.
    model.set_attn_implementation("eager")
    optimiser = torch.optim.AdamW(
        model.parameters(), lr=PEAK_RATE, betas=(0.9, 0.98), weight_decay=0.05, fused=True
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: rate(step, steps))
    checkpoint = out / "checkpoint.pt"
    start = 0
    if resume and checkpoint.is_file():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        start = state["step"]
    # A resumed run draws other examples than those of the first steps.
    source = batches(examples(seed * 1000 + 1 + start), ids)
    began, seen = time.perf_counter(), 0
    model.train()
    for step in range(start, steps):
        inputs, labels = next(source)
        with torch.autocast("cpu", torch.bfloat16):
            loss = model(input_ids=inputs, labels=labels, attention_mask=(inputs != 0).long()).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad(set_to_none=True)
        seen += inputs.numel()
        if step % 50 == 0 or step == steps - 1:
            speed = seen / (time.perf_counter() - began)
            log.info("step %d of %d, loss %.3f, %.0f tokens/s", step + 1, steps, loss.item(), speed)
        if (step + 1) % CHECKPOINT_EVERY == 0:
            saved = {"model": model.state_dict(), "optimiser": optimiser.state_dict()}
            torch.save({**saved, "schedule": schedule.state_dict(), "step": step + 1}, checkpoint)
            writer_model.save(out, model, tokeniser)
    model.eval()
    writer_model.save(out, model, tokeniser)
    loss_value = held_out_loss(model, batches(examples(seed * 1000), ids))
    report(out, loss_value, {"steps": steps, "tokens": seen, "seed": seed})
    checkpoint.unlink(missing_ok=True)


def main() -> None:
    """Read the arguments and train."""
    import torch

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--out", type=Path, default=writer_model.WEIGHTS, help="folder for weights, tokeniser, metrics"
    )
    parser.add_argument("--steps", type=int, default=2000, help="training steps of about 2,000 tokens")
    parser.add_argument("--seed", type=int, default=1, help="seed of examples and weights")
    parser.add_argument("--threads", type=int, default=1, help="CPU threads")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint in --out")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(arguments.threads)
    train(arguments.out, arguments.steps, arguments.seed, arguments.resume)


if __name__ == "__main__":
    main()
