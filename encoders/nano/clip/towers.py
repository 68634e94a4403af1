"""The two towers: how they are made, and how they are saved as a folder that open_clip reads."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

from encoders.checksum import MANIFEST, sha256
from encoders.text import bundled_folder

if TYPE_CHECKING:
    from pathlib import Path

    from open_clip import CustomTextCLIP

SIDE = 128
"""Pixels of the image tower's input: four times the pixels of 64, a third of the time of 224."""
TEXT_WIDTH = 192

_MODEL: dict[str, Any] = {
    "embed_dim": 256,
    "custom_text": True,
    "vision_cfg": {
        # 4.8 M weights, and trained on two cores 1.5 times as fast as a ResNet-18 (226 against 144 pictures a second).
        "timm_model_name": "regnetx_004",
        "timm_model_pretrained": False,
        "timm_pool": "avg",
        "timm_proj": "linear",
        "image_size": SIDE,
    },
    "text_cfg": {
        "context_length": 24,
        "vocab_size": 30522,
        "hf_tokenizer_name": "wordpiece",  # any name: in a local folder the tokenizer lies beside the weights
        "width": TEXT_WIDTH,
        "heads": 6,
        "layers": 3,
        "pool_type": "eos",  # causal, so that padding is never seen
        "eos_id": 102,
        "pad_id": 0,
    },
}
_PREPROCESSING: dict[str, Any] = {
    "mean": [0.5, 0.5, 0.5],
    "std": [0.25, 0.25, 0.25],
    "interpolation": "bicubic",
    "resize_mode": "squash",  # a shoe at the edge is not cropped away
}
_TOKENIZER = ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json")
_CHECKED = (".json", ".safetensors")


def build() -> CustomTextCLIP:
    """Return fresh towers."""
    from open_clip.model import CustomTextCLIP

    settings = {name: value for name, value in _MODEL.items() if name != "custom_text"}
    return CustomTextCLIP(**settings)


def save(model: CustomTextCLIP, folder: Path) -> None:
    """Write a model as `local-dir:FOLDER` of open_clip reads it: configuration, half-precision weights, tokenizer."""
    import torch
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    weights = {
        name: tensor.detach().to(torch.float16).contiguous() if tensor.is_floating_point() else tensor
        for name, tensor in model.state_dict().items()
    }
    save_file(weights, folder / "open_clip_model.safetensors")
    settings = {"model_cfg": _MODEL, "preprocess_cfg": _PREPROCESSING}
    (folder / "open_clip_config.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
    for name in _TOKENIZER:
        shutil.copyfile(bundled_folder() / name, folder / name)
    files = {path.name: sha256(path) for path in sorted(folder.iterdir()) if path.suffix in _CHECKED}
    files.pop(MANIFEST, None)
    (folder / MANIFEST).write_text(json.dumps({"files": files}, indent=2) + "\n", encoding="utf-8")
