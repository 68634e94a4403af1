"""Every family of towers that open_clip has, as a folder that a hub would hold: random weights in the true format."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from open_clip import CLIP
    from transformers import PreTrainedTokenizerBase

TINY_TEXT = {"context_length": 16, "vocab_size": 49408, "width": 32, "heads": 2, "layers": 1}
OPENAI = {"mean": [0.481, 0.458, 0.408], "std": [0.269, 0.261, 0.276]}
HALF = {"mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5]}

TINY: Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any], str]] = {
    "vit": (
        {
            "embed_dim": 32,
            "vision_cfg": {"image_size": 32, "layers": 1, "width": 64, "head_width": 32, "patch_size": 16},
            "text_cfg": TINY_TEXT,
        },
        OPENAI,
        "",
    ),
    "resnet": (
        {
            "embed_dim": 32,
            "vision_cfg": {"image_size": 64, "layers": [1, 1, 1, 1], "width": 16, "patch_size": None},
            "text_cfg": TINY_TEXT,
        },
        OPENAI,
        "",
    ),
    "coca": (
        {
            "embed_dim": 32,
            "vision_cfg": {
                "image_size": 32,
                "layers": 1,
                "width": 64,
                "head_width": 32,
                "patch_size": 16,
                "attentional_pool": True,
                "attn_pooler_heads": 2,
                "output_tokens": True,
            },
            "text_cfg": {**TINY_TEXT, "embed_cls": True, "output_tokens": True},
            "multimodal_cfg": {**TINY_TEXT, "attn_pooler_heads": 2},
            "custom_text": True,
        },
        OPENAI,
        "",
    ),
    "siglip2": (
        {
            "embed_dim": 64,
            "init_logit_bias": -10,
            "custom_text": True,
            "vision_cfg": {
                "image_size": 64,
                "timm_model_name": "test_vit",
                "timm_model_pretrained": False,
                "timm_pool": "map",
                "timm_proj": "none",
            },
            "text_cfg": {
                "context_length": 16,
                "vocab_size": 320,
                "hf_tokenizer_name": "timm/ViT-B-16-SigLIP2-256",
                "tokenizer_kwargs": {"clean": "canonicalize"},
                "width": 64,
                "heads": 2,
                "layers": 1,
                "no_causal_mask": True,
                "proj_bias": True,
                "pool_type": "last",
                "norm_kwargs": {"eps": 1e-6},
                "act_kwargs": {"approximate": "tanh"},
            },
        },
        {**HALF, "interpolation": "bicubic", "resize_mode": "squash"},
        "gemma",
    ),
    "mobileclip": (
        {
            "embed_dim": 32,
            "vision_cfg": {
                "timm_model_name": "test_byobnet",
                "timm_model_pretrained": False,
                "timm_pool": "avg",
                "timm_proj": "linear",
                "timm_drop": 0.0,
                "timm_drop_path": 0.0,
                "image_size": 64,
            },
            "text_cfg": {**TINY_TEXT, "no_causal_mask": True},
            "custom_text": True,
        },
        {"mean": [0, 0, 0], "std": [1, 1, 1], "interpolation": "bilinear", "resize_mode": "shortest"},
        "",
    ),
    # The shape of the small CLIP that Vitrine can bundle, with fewer text layers.
    "nano": (
        {
            "embed_dim": 128,
            "vision_cfg": {
                "timm_model_name": "regnetx_004",
                "timm_model_pretrained": False,
                "timm_pool": "avg",
                "timm_proj": "linear",
                "image_size": 128,
            },
            "text_cfg": {
                "context_length": 24,
                "vocab_size": 64,
                "hf_tokenizer_name": "bundled",
                "width": 192,
                "heads": 3,
                "layers": 1,
                "no_causal_mask": True,
                "pool_type": "argmax",
            },
            "custom_text": True,
        },
        {**HALF, "resize_mode": "longest", "fill_color": 255},
        "wordpiece",
    ),
}
"""Configuration, preprocessing and tokenizer ('' is open_clip's own) by family."""

FULL: Mapping[str, tuple[Mapping[str, Any], str]] = {
    "ViT-B-32-256": (OPENAI, ""),
    "ViT-B-16-SigLIP2-256": ({**HALF, "resize_mode": "squash"}, "gemma"),
    "RN50": (OPENAI, ""),
    "coca_ViT-B-32": (OPENAI, ""),
    "MobileCLIP-S1": ({"mean": [0, 0, 0], "std": [1, 1, 1], "interpolation": "bilinear"}, ""),
}
"""Architectures of open_clip's own list, as it publishes them: preprocessing and tokenizer."""


def make_tiny(family: str, folder: Path) -> tuple[CLIP, Path]:
    """Return a model of a few layers and the folder it was saved in."""
    configuration, preprocess, tokenizer = TINY[family]
    return make(configuration, preprocess, tokenizer, folder)


def make_full(name: str, folder: Path) -> tuple[CLIP, Path]:
    """Return a model of the published size, with random weights, and the folder it was saved in."""
    import open_clip

    preprocess, tokenizer = FULL[name]
    return make(open_clip.get_model_config(name), preprocess, tokenizer, folder)


def make(
    configuration: Mapping[str, Any], preprocess: Mapping[str, Any], tokenizer: str, folder: Path
) -> tuple[CLIP, Path]:
    import open_clip
    import torch
    from open_clip.coca_model import CoCa
    from safetensors.torch import save_file

    torch.manual_seed(0)
    towers = {name: value for name, value in deepcopy(dict(configuration)).items() if name != "custom_text"}
    kind = open_clip.CLIP
    if configuration.get("custom_text"):
        kind = CoCa if "multimodal_cfg" in towers else open_clip.CustomTextCLIP
    model = kind(**towers).eval()
    folder.mkdir()
    weights = {name: value.contiguous().clone() for name, value in model.state_dict().items()}
    save_file(weights, folder / "open_clip_model.safetensors")
    saved = {"model_cfg": configuration, "preprocess_cfg": preprocess}
    (folder / "open_clip_config.json").write_text(json.dumps(saved))
    if tokenizer:
        {"gemma": _gemma, "wordpiece": _wordpiece}[tokenizer]().save_pretrained(folder)
    return model, folder


def _gemma() -> PreTrainedTokenizerBase:
    """Gemma's tokenizer, its bytes and a handful of words: as SigLIP 2 uses it, an end but no beginning."""
    from transformers import GemmaTokenizer

    specials = ["<pad>", "<eos>", "<bos>", "<unk>", "<mask>"]
    letters = [f"<0x{byte:02X}>" for byte in range(256)] + ["▁", *"abcdeghlmnorstuvx"]
    merges = [("r", "e"), ("re", "d"), ("b", "o"), ("o", "t"), ("bo", "ot")]
    words = [*specials, *letters, *("".join(pair) for pair in merges)]
    return GemmaTokenizer(
        vocab={word: index for index, word in enumerate(words)},
        merges=merges,
        add_bos_token=False,
        add_eos_token=True,
        padding_side="right",
        model_max_length=64,
    )


def _wordpiece() -> PreTrainedTokenizerBase:
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece
    from tokenizers.normalizers import BertNormalizer
    from tokenizers.pre_tokenizers import BertPreTokenizer
    from tokenizers.processors import TemplateProcessing
    from transformers import PreTrainedTokenizerFast

    words = "[PAD] [UNK] a red blue boot mug of the leather ##s ##proof water green [CLS] [SEP]".split()
    vocabulary = {word: index for index, word in enumerate(words)}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer()
    tokenizer.pre_tokenizer = BertPreTokenizer()
    # The end has the highest id: the text tower pools there, by argmax.
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]",
        special_tokens=[("[CLS]", vocabulary["[CLS]"]), ("[SEP]", vocabulary["[SEP]"])],
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        model_max_length=24,
    )
