"""A real chat model of a few thousand weights: a Llama over bytes with a chat template."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def make_tokenizer(folder: Path, template: str | None = TEMPLATE) -> int:
    """Save a byte-level tokenizer with control tokens and return the size of its vocabulary."""
    from tokenizers import Tokenizer, pre_tokenizers
    from tokenizers.decoders import ByteLevel
    from tokenizers.models import BPE
    from transformers import PreTrainedTokenizerFast

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    # Merges, so that a token can span characters that a grammar allows only in part.
    merges = [("e", "r"), ("Ġ", "t"), ('"', ","), ("i", "n"), ('"', "}"), ("1", "0"), ("}", ","), ("l", "l")]
    vocabulary = {letter: index for index, letter in enumerate(letters)}
    for first, second in merges:
        vocabulary[first + second] = len(vocabulary)
    tokenizer = Tokenizer(BPE(vocabulary, merges))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = ByteLevel()
    tokenizer.add_special_tokens(["<|endoftext|>", "<|im_start|>", "<|im_end|>"])
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, eos_token="<|im_end|>", pad_token="<|endoftext|>"
    )
    if template is not None:
        fast.chat_template = template
    fast.save_pretrained(folder)
    return len(fast)


def make_llama(
    folder: Path, *, seed: int = 0, positions: int = 16_384, template: str | None = TEMPLATE
) -> Path:
    """Two layers of 32 dimensions with random weights."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    size = make_tokenizer(folder, template)
    torch.manual_seed(seed)
    LlamaForCausalLM(
        LlamaConfig(
            # Wider than the tokenizer, as published models are.
            vocab_size=size + 5,
            hidden_size=32,
            intermediate_size=64,
            num_hidden_layers=2,
            num_attention_heads=4,
            num_key_value_heads=2,
            max_position_embeddings=positions,
            initializer_range=0.6,
            bos_token_id=None,
            eos_token_id=size - 1,
            tie_word_embeddings=True,
        )
    ).save_pretrained(folder)
    return folder
