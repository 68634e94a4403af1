"""Train the bundled CLIP on lessons: `python -m encoders.nano.clip.train --drawings FOLDER --photographs FOLDER`.

Learned at once, in one space: captions and pictures that are true of each other (InfoNCE with every true pair as a
positive, open pairs left out; Radford et al., 2021; Khosla et al., 2020), the kind of each drawing among all kinds, two
views of one drawing (SimCLR, Chen et al., 2020), and the label of each photograph among all labels, also of mixed ones
(CutMix, Yun et al., 2019). The weights kept are an exponential average. Reproducible for a seed on one machine but for
the order in which threads add up; a run that was stopped goes on with `--resume`.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from encoders.nano.clip.augment import DRAWN, PHOTOGRAPHED, augment, lay
from encoders.nano.clip.lessons import Caption, Lessons, read, table_of
from encoders.nano.clip.loss import aligned, instances, to_captions
from encoders.nano.clip.score import PROMPTS
from encoders.nano.clip.tokens import token_vectors
from encoders.nano.clip.towers import SIDE, TEXT_WIDTH, build, save
from encoders.text import bundled_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

_LOG = logging.getLogger(__name__)

_FIRST_SIDE: Final = 96
"""Pixels for the first part of a run: 1.8 times as fast as 128."""
_FIRST_PART: Final = 0.7
_AVERAGE: Final = 0.998
"""Part of the averaged weights that stays at each step, once a thousand steps are done; less before."""
_MIXED: Final = 0.3
"""Share of steps whose photographs are mixed."""
_CHECKPOINT_SECONDS: Final = 120.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run does."""

    drawings: Path
    photographs: Path | None
    out: Path
    steps: int = 3700
    drawn: int = 36
    """Drawings a step, two views of each."""
    photographed: int = 88
    """Photographs a step."""
    rate: float = 1.5e-3
    seed: int = 7
    threads: int = 2
    resume: bool = False
    start: Path | None = None
    """A trained model's folder to go on from, at 128 pixels throughout, with fresh rates."""


def load(plan: Plan) -> tuple[Lessons, Lessons | None, list[str]]:
    """Return the training splits of drawings and photographs, over one table of words, and the labels of the latter."""
    parts = [read(plan.drawings)] + ([read(plan.photographs)] if plan.photographs else [])
    kept = [[at for at, row in enumerate(rows) if row["split"] == "train"] for _, rows in parts]
    rows = [[part[1][at] for at in some] for part, some in zip(parts, kept, strict=True)]
    everything: list[Any] = [row for some in rows for row in some]
    words, true, left_open = table_of(
        [row["true"] for row in everything], [row["open"] for row in everything]
    )
    made: list[Lessons] = []
    begin = 0
    for (pictures, _), some, own in zip(parts, kept, rows, strict=True):
        span = slice(begin, begin + len(some))
        begin += len(some)
        facts: list[Any] = [row["true"] for row in own]
        made.append(
            Lessons(
                pictures[some], true[span], left_open[span], words, facts, [str(row["id"]) for row in own]
            )
        )
    labels = [str(row["label"]) for row in rows[1]] if len(rows) > 1 else []
    return made[0], made[1] if len(made) > 1 else None, labels


class Tokens:
    """Captions to word pieces, as open_clip's HFTokenizer cuts them from the saved folder."""

    def __init__(self, length: int) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(bundled_folder() / "tokenizer.json"))
        self._tokenizer.enable_truncation(length)
        self._tokenizer.enable_padding(length=length)

    def __call__(self, texts: Sequence[str]) -> Tensor:
        """Return ids, shape (len(texts), length)."""
        import torch

        return torch.tensor([one.ids for one in self._tokenizer.encode_batch(list(texts))])


class Run:
    """One training run: the model, its average, and where it stands."""

    def __init__(self, plan: Plan) -> None:
        import torch

        torch.set_num_threads(plan.threads)
        torch.manual_seed(plan.seed)
        self.plan = plan
        self.drawings, self.photographs, labels = load(plan)
        self.names = sorted(set(labels))
        self.kinds = sorted({tuple(facts["kind"]) for facts in self.drawings.facts})
        self.label_of = np.array([self.names.index(one) for one in labels])
        self.tokens = Tokens(24)
        self.model = build().to(memory_format=torch.channels_last)
        from safetensors.torch import load_file

        with torch.no_grad():
            self.model.text.token_embedding.weight.copy_(torch.from_numpy(token_vectors(TEXT_WIDTH)))
        if plan.start is not None:
            self.model.load_state_dict(load_file(plan.start / "open_clip_model.safetensors"))
        self.model.text.token_embedding.weight.requires_grad_(False)
        self.average = torch.optim.swa_utils.AveragedModel(self.model, avg_fn=_average, use_buffers=True)
        decayed = [p for p in self.model.parameters() if p.requires_grad and p.ndim > 1]
        others = [p for p in self.model.parameters() if p.requires_grad and p.ndim <= 1]
        self.optimiser = torch.optim.AdamW(
            [{"params": decayed, "weight_decay": 0.05}, {"params": others, "weight_decay": 0.0}], lr=plan.rate
        )
        self.generator = torch.Generator().manual_seed(plan.seed)
        self.random = random.Random(plan.seed)
        self.step = 0

    def train(self) -> None:
        """Run to the end, with a checkpoint every two minutes."""
        if self.plan.resume:
            self._restore()
        began = kept = time.monotonic()
        first, losses = self.step, []
        while self.step < self.plan.steps:
            losses.append(self._one())
            self.step += 1
            if self.step % 100 == 0:
                pace = (self.step - first) / (time.monotonic() - began)
                told = np.round(np.mean(losses, axis=0), 3)
                left = (self.plan.steps - self.step) / pace / 60
                _LOG.info(
                    "step %d of %d, %s, %.2f steps/s, %.0f min left",
                    *(self.step, self.plan.steps, told, pace, left),
                )
                losses = []
            if time.monotonic() - kept > _CHECKPOINT_SECONDS:
                self._keep()
                kept = time.monotonic()
        self._keep()
        save(self.average.module, self.plan.out / "model")

    def _one(self) -> tuple[float, ...]:
        import torch

        plan, model = self.plan, self.model
        done = self.step / plan.steps
        side = _FIRST_SIDE if done < _FIRST_PART and plan.start is None else SIDE
        for group in self.optimiser.param_groups:
            group["lr"] = plan.rate * min(1, (self.step + 1) / 200) * 0.5 * (1 + math.cos(math.pi * done))
        drawn = [self.random.randrange(len(self.drawings)) for _ in range(plan.drawn)]
        ground = self.photographs.pictures if self.photographs else np.zeros((0, 1, 1, 3), np.uint8)
        source = self.drawings.pictures[drawn]
        views = [augment(lay(source, ground, self.generator), side, DRAWN, self.generator) for _ in (0, 1)]
        captions = [self.drawings.caption(at, self.random) for at in drawn]
        photos: list[int] = []
        mixed = None
        if self.photographs is not None:
            photos = [self.random.randrange(len(self.photographs)) for _ in range(plan.photographed)]
            whole = torch.from_numpy(self.photographs.pictures[photos]).permute(0, 3, 1, 2).float() / 255
            views.append(augment(whole, side, PHOTOGRAPHED, self.generator))
            if self.random.random() < _MIXED:
                views[2], mixed = self._cutmix(views[2])
            else:
                captions += [self.photographs.caption(at, self.random) for at in photos]
        pixels = (torch.cat(views).to(memory_format=torch.channels_last) - 0.5) / 0.25
        labels = [self.random.choice(PROMPTS).format(name) for name in self.names]
        kinds = [self._kind(words) for words in self.kinds]
        texts = [one.text for one in (*captions, *kinds)] + labels
        with torch.autocast("cpu", torch.bfloat16):
            seen = model.encode_image(pixels, normalize=True)
            said = model.encode_text(self.tokens(texts), normalize=True)
        seen, said = seen.float(), said.float()
        scale = model.logit_scale.exp().clamp(max=100)
        aligning = seen if photos and mixed is None else seen[: 2 * plan.drawn]
        truths = [self.drawings.truth(drawn * 2, captions)]
        if photos and mixed is None and self.photographs is not None:
            truths.append(self.photographs.truth(photos, captions))
        holds, left_open = (torch.from_numpy(np.concatenate(part)) for part in zip(*truths, strict=True))
        text_loss = aligned(scale * aligning @ said[: len(captions)].T, holds, left_open)
        kind_loss = self._among_kinds(
            scale * seen[: 2 * plan.drawn], said[len(captions) :][: len(kinds)], drawn, kinds
        )
        view_loss = instances(seen[: plan.drawn], seen[plan.drawn : 2 * plan.drawn])
        loss = text_loss + kind_loss + 0.5 * view_loss
        label_loss = torch.zeros(())
        if photos:
            logits = scale.detach() * seen[2 * plan.drawn :] @ said[len(captions) + len(kinds) :].T
            targets = torch.nn.functional.one_hot(
                torch.from_numpy(self.label_of[photos]), len(self.names)
            ).float()
            if mixed is not None:
                order, share = mixed
                targets = share * targets + (1 - share) * targets[order]
            label_loss = torch.nn.functional.cross_entropy(logits, targets, label_smoothing=0.05)
            loss = loss + label_loss
        self.optimiser.zero_grad()
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.average.update_parameters(self.model)
        return tuple(float(one.detach()) for one in (text_loss, kind_loss, view_loss, label_loss))

    def _kind(self, words: Sequence[str]) -> Caption:
        word = self.random.choice(words)
        return Caption(self.random.choice(PROMPTS).format(word), (("kind", word),))

    def _among_kinds(
        self, seen: Tensor, said: Tensor, drawn: Sequence[int], kinds: Sequence[Caption]
    ) -> Tensor:
        """Return how surely both views of the drawings are told among all kinds, each by one of its names."""
        import torch

        holds, left_open = self.drawings.truth([*drawn, *drawn], kinds)
        return to_captions(seen @ said.T, torch.from_numpy(holds), torch.from_numpy(left_open))

    def _cutmix(self, pictures: Tensor) -> tuple[Tensor, tuple[Tensor, float]]:
        """Paste a rectangle of another photograph into each; returns them, whose, and the share left."""
        import torch

        order = torch.randperm(len(pictures), generator=self.generator)
        side = pictures.shape[-1]
        cut = math.sqrt(1 - self.random.betavariate(1, 1))
        size = int(side * cut)
        top, left = (self.random.randint(0, side - size) for _ in range(2))
        pictures = pictures.clone()
        pictures[:, :, top : top + size, left : left + size] = pictures[
            order, :, top : top + size, left : left + size
        ]
        return pictures, (order, 1 - size * size / (side * side))

    def _keep(self) -> None:
        import torch

        self.plan.out.mkdir(parents=True, exist_ok=True)
        state = {
            "step": self.step,
            "model": self.model.state_dict(),
            "average": self.average.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "generator": self.generator.get_state(),
            "random": json.dumps(self.random.getstate()),
        }
        part = self.plan.out / "checkpoint.part"
        torch.save(state, part)
        part.replace(self.plan.out / "checkpoint.pt")

    def _restore(self) -> None:
        import torch

        path = self.plan.out / "checkpoint.pt"
        if not path.is_file():
            return
        state = torch.load(path, weights_only=True)
        self.step = state["step"]
        self.model.load_state_dict(state["model"])
        self.average.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.generator.set_state(state["generator"])
        version, numbers, gauss = json.loads(state["random"])
        self.random.setstate((version, tuple(numbers), gauss))


def _average(averaged: Tensor, current: Tensor, steps: Tensor | int) -> Tensor:
    """Return the exponential average of a weight, that of the first steps soon forgotten."""
    if not averaged.is_floating_point():
        return current
    kept = min(_AVERAGE, (1 + float(steps)) / (10 + float(steps)))
    return averaged.lerp(current, 1 - kept)


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(prog="python -m encoders.nano.clip.train", description=__doc__)
    parser.add_argument("--drawings", type=Path, required=True)
    parser.add_argument("--photographs", type=Path)
    parser.add_argument("--out", type=Path, default=Path("build/clip"))
    numbers = ("steps", "drawn", "photographed", "seed", "threads")
    for name, kind in (*((name, int) for name in numbers), ("rate", float), ("start", Path)):
        parser.add_argument(f"--{name}", type=kind, default=argparse.SUPPRESS)
    parser.add_argument("--resume", action="store_true")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    Run(Plan(**vars(parser.parse_args()))).train()


if __name__ == "__main__":
    main()
