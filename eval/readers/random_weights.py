"""The floor of a table: the program's own chat model over random weights, so that a reading is its grammar's alone.

Such a reading is always valid and otherwise chance. Its strings are whatever the grammar lets through and, unlike
those of the tagger, no words of the request.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from agent.chat.transformers import TransformersChat

WIDTH, LAYERS, HEADS = 64, 2, 4
VOCABULARY: Final = 1_024
"""Tokens: all bytes, and pieces of the prompt's own words, so that one spans characters a grammar allows in part."""
_POSITIONS = 16_384
_SPREAD: Final = 0.6
"""Standard deviation of the weights; at the usual 0.02 every prompt would give one and the same reading."""
_TEMPLATE: Final = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
_CONTROL: Final = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")


def random_reader(seed: int = 0) -> TransformersChat:
    """Return a chat model of two layers of 64 dimensions (LlamaForCausalLM, random weights of `seed`) on the CPU.

    Its files stand in a temporary folder only while they are loaded.
    """
    from agent.chat.transformers import TransformersChat
    from encoders.device import Placement
    from encoders.quiet import hush_transformers, loading

    with TemporaryDirectory(prefix="vitrine-random-") as name, loading():
        hush_transformers()
        folder = Path(name)
        _save(folder, seed, _save_tokenizer(folder))
        placement = Placement("cpu", "float32", "random weights")
        return TransformersChat.from_folder(folder, f"random-{seed}", placement)


def _save_tokenizer(folder: Path) -> int:
    """Save a byte-level tokenizer learnt from the prompt of a reading and return the size of its vocabulary."""
    from tokenizers import Tokenizer, pre_tokenizers, trainers
    from tokenizers.decoders import ByteLevel
    from tokenizers.models import BPE
    from transformers import PreTrainedTokenizerFast

    from agent.chat.prompts import reading_messages
    from agent.types import Scene

    tokenizer = Tokenizer(BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=list(_CONTROL),
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator([message["content"] for message in reading_messages(Scene(""))], trainer)
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token=_CONTROL[2], pad_token=_CONTROL[0])
    fast.chat_template = _TEMPLATE
    fast.save_pretrained(folder)
    return len(fast)


def _save(folder: Path, seed: int, vocabulary: int) -> None:
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    config = LlamaConfig(
        vocab_size=vocabulary,
        hidden_size=WIDTH,
        intermediate_size=2 * WIDTH,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        num_key_value_heads=HEADS // 2,
        max_position_embeddings=_POSITIONS,
        initializer_range=_SPREAD,
        bos_token_id=None,
        eos_token_id=_CONTROL.index("<|im_end|>"),
        tie_word_embeddings=True,
    )
    # The caller's own random numbers go on as if nothing had been drawn here.
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        LlamaForCausalLM(config).save_pretrained(folder)
