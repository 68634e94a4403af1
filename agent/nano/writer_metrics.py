"""What is measured of a trained writer and kept beside its weights in metrics.json."""

from __future__ import annotations

import json
import math
import re
import statistics
import time
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np

from agent.nano.plan import plan
from agent.nano.replies import talk
from agent.nano.replies.briefs import random_brief
from agent.nano.replies.domains import strangers
from agent.nano.writer import Context, Writer
from agent.nano.writer_grammar import END, SegmentGrammar, Vocabulary
from agent.nano.writer_model import BEGIN, POSITIONS, SAY, UNKNOWN, Network, load
from agent.slots import SLOT, slot_values
from agent.types import ActName, Brief

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


def fill(brief: Brief, text: str) -> str:
    """Put the facts of `brief` into the slots of `text`. Raises KeyError for a slot it lacks."""
    values = slot_values(brief)
    return SLOT.sub(lambda slot: values[slot.group(1)], text)


def sample_briefs(seed: int, count: int) -> list[Brief]:
    """Draw `count` different briefs over all acts, one in eight of them small talk."""
    rng = Random(seed)
    briefs = []
    for number in range(count):
        if number % 8:
            briefs.append(random_brief(rng))
        else:
            said = talk.utterance(rng, rng.choice(talk.TOPICS), strangers(rng))
            briefs.append(Brief(ActName.CHAT, "", (), (), (), (), 0, text=said))
    return briefs


def distinct(texts: Sequence[str], size: int = 2, marks: bool = True) -> float:
    """Return distinct-n: different n-grams over all n-grams of words, and of marks too (Li et al. 2016)."""
    grams: list[tuple[str, ...]] = []
    for text in texts:
        words = re.findall(r"\{[^{}]+\}|[\w'.-]*\w" + (r"|[^\w\s]" if marks else ""), text.lower())
        grams += zip(*(words[start:] for start in range(size)), strict=False)
    return len(set(grams)) / max(1, len(grams))


def held_out_loss(model: Network, source: Iterator[tuple[Any, Any]], count: int = 40) -> float:
    """Return the mean loss in nats a token over `count` batches that training never drew."""
    import torch

    losses, weights = [], []
    with torch.inference_mode():
        for _ in range(count):
            inputs, labels = next(source)
            out = model(input_ids=inputs, labels=labels, attention_mask=(inputs != 0).long())
            losses.append(out.loss.item())
            weights.append(int((labels != -100).sum()))
    return float(np.average(losses, weights=weights))


def unconstrained_validity(folder: Path, briefs: Sequence[Brief]) -> float:
    """Return the share of segments that the model would get right with no grammar, sampled at temperature 0.9."""
    import torch

    model, tokeniser = load(folder)
    ids: dict[str, int] = tokeniser.get_vocab()
    tokens = {number: token for token, number in ids.items()}
    vocabulary, valid, total = Vocabulary.of(ids), 0, 0
    generator = torch.Generator().manual_seed(0)
    for brief in briefs:
        context, pending = Context(model), [ids[BEGIN]]
        for segment in plan(brief)[:6]:
            pending += [*(ids.get(token, ids[UNKNOWN]) for token in segment.head), ids[SAY]]
            said: list[str] = []
            while len(said) <= segment.limit and (not said or said[-1] != END):
                logits = torch.from_numpy(context.feed(pending))
                number = int(torch.multinomial(torch.softmax(logits / 0.9, -1), 1, generator=generator))
                pending = [number]
                said.append(tokens[number])
            total += 1
            valid += said[-1] == END and SegmentGrammar(segment, vocabulary).accepts(said[:-1])
    return valid / total


def speed(writer: Writer, briefs: Sequence[Brief]) -> tuple[float, float]:
    """Return (median ms to the first piece, pieces a second over all replies)."""
    firsts, pieces, began = [], 0, time.perf_counter()
    for brief in briefs:
        start = time.perf_counter()
        for number, _ in enumerate(writer.write(brief)):
            if number == 0:
                firsts.append(1000 * (time.perf_counter() - start))
            pieces += 1
    return statistics.median(firsts), pieces / (time.perf_counter() - began)


def report(folder: Path, loss: float, run: dict[str, int]) -> None:
    """Measure the writer in `folder` and write metrics.json there."""
    writer = Writer.load(folder)
    briefs = sample_briefs(seed=7, count=100)
    slotted = ["".join(writer.write(brief)) for brief in briefs]
    filled = [fill(brief, text) for brief, text in zip(briefs, slotted, strict=True)]
    first, rate = speed(writer, briefs[:30])
    model, _ = load(folder)
    metrics = {
        "run": run,
        "parameters": sum(value.numel() for value in model.parameters()),
        "positions": POSITIONS,
        "held_out_loss": round(loss, 4),
        "held_out_perplexity": round(math.exp(loss), 3),
        "valid_without_grammar": round(unconstrained_validity(folder, briefs[:40]), 3),
        "valid_with_grammar": round(_valid(writer, sample_briefs(seed=8, count=150)), 3),
        "distinct_2_filled": round(distinct(filled), 3),
        "distinct_2_filled_words": round(distinct(filled, marks=False), 3),
        "distinct_2_slotted": round(distinct(slotted), 3),
        "words_a_reply": round(statistics.mean(len(text.split()) for text in filled), 1),
        "first_piece_ms": round(first, 1),
        "pieces_a_second": round(rate, 1),
    }
    (folder / "metrics.json").write_text(json.dumps(metrics, indent=2) + "\n", encoding="utf-8")


def _valid(writer: Writer, briefs: Sequence[Brief]) -> float:
    """Return the share of replies whose slots exist, that name every miss and item, and that end."""
    return statistics.mean(is_valid(brief, "".join(writer.write(brief))) for brief in briefs)


def is_valid(brief: Brief, text: str) -> bool:
    """Tell whether a reply can be filled, ends on a mark, and names every slot that its plan requires."""
    try:
        fill(brief, text)
    except KeyError:
        return False
    named = set(SLOT.findall(text))
    required = {
        name
        for segment in plan(brief)
        for token in segment.required
        for text in segment.slots[token]
        for name in SLOT.findall(text)
    }
    return required <= named and text.rstrip()[-1:] in {".", "?"}
