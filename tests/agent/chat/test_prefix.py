"""Prefix reuse on the three kinds of cache: attention, sliding windows, and recurrent layers that can't be cropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agent.chat.prefix import PrefixCache

if TYPE_CHECKING:
    from transformers import PreTrainedModel

SMALL = {
    "vocab_size": 64,
    "hidden_size": 32,
    "intermediate_size": 64,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "num_key_value_heads": 1,
    "max_position_embeddings": 256,
    "bos_token_id": None,
    "eos_token_id": 1,
    "pad_token_id": 0,
    "initializer_range": 0.4,
}


def make(kind: str) -> PreTrainedModel:
    import torch
    from transformers import (
        Lfm2Config,
        Lfm2ForCausalLM,
        LlamaConfig,
        LlamaForCausalLM,
        MistralConfig,
        MistralForCausalLM,
    )

    torch.manual_seed(0)
    if kind == "attention":
        model = LlamaForCausalLM(LlamaConfig(**SMALL))
    elif kind == "sliding":
        model = MistralForCausalLM(MistralConfig(**SMALL, sliding_window=12))
    else:
        model = Lfm2ForCausalLM(Lfm2Config(**SMALL, layer_types=["conv", "full_attention"], block_ff_dim=64))
    model.generation_config.eos_token_id = None
    return model.eval().double()


def generate(
    model: PreTrainedModel, prompt: list[int], caches: PrefixCache | None, constant: int
) -> list[int]:
    import torch
    from transformers import DynamicCache

    cache = caches.take(prompt, constant) if caches else DynamicCache(config=model.config)
    ids = torch.tensor([prompt])
    with torch.inference_mode():
        output = model.generate(
            ids, attention_mask=torch.ones_like(ids), past_key_values=cache, max_new_tokens=8, do_sample=False
        )
    if caches:
        caches.keep(output[0].tolist(), cache)
    return [int(token) for token in output[0, len(prompt) :]]


@pytest.mark.parametrize("kind", ["attention", "sliding", "recurrent"])
def test_reuse_equals_no_reuse(kind: str) -> None:
    import random

    model = make(kind)
    chance = random.Random(3)
    shared = [chance.randrange(2, 64) for _ in range(30)]
    caches = PrefixCache(model)
    reused = []
    for turn in range(8):
        # Now and then the same prompt again, one that is a beginning of the last, and one of another kind.
        prompt = shared + [chance.randrange(2, 64) for _ in range(turn % 4)]
        if turn == 5:
            prompt = [*shared[:10], 5]
        assert generate(model, prompt, caches, 20) == generate(model, prompt, None, 20), (kind, turn)
        reused.append(caches.reused)
    assert reused[0] == 0
    if kind == "attention":
        assert all(count >= 10 for count in reused[1:])
    if kind == "recurrent":
        assert max(reused) == 20


def test_a_run_that_failed_leaves_no_cache_behind() -> None:
    model = make("attention")
    caches = PrefixCache(model)
    generate(model, [5, 6, 7, 8], caches, 0)
    caches.take([5, 6, 7, 9], 0)
    assert caches.reused == 3
    caches.take([5, 6, 7, 9], 0)
    assert caches.reused == 0
