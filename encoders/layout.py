"""Which files make a model usable, slot by slot: what a pull fetches and what a folder must hold."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING

from encoders.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Slot(StrEnum):
    """A place in a model set."""

    CHAT = "chat"
    TEXT = "text"
    IMAGE = "image"
    AUDIO = "audio"
    SPEECH = "speech"


_TRANSFORMERS = ("*.safetensors", "*.json", "*.jinja", "*.txt", "*.model", "tokenizer*")

PULLED: Mapping[Slot, tuple[str, ...]] = {
    Slot.CHAT: _TRANSFORMERS,
    Slot.TEXT: _TRANSFORMERS,
    # Some hub folders hold the same weights in two formats; open_clip reads its own.
    Slot.IMAGE: ("open_clip*.safetensors", *_TRANSFORMERS[1:]),
    Slot.AUDIO: _TRANSFORMERS,
    # CTranslate2's own format: a flat file of arrays that carries no code.
    Slot.SPEECH: ("config.json", "preprocessor_config.json", "model.bin", "tokenizer.json", "vocabulary.*"),
}
"""Name patterns of the files that a pull fetches; pickles and code are never among them."""

NEVER_PULLED = ("*.bin.index.json", "*.py", "*.onnx*", "onnx/*", "openvino/*")

_CONFIGURATION: Mapping[Slot, str] = {
    Slot.CHAT: "config.json",
    Slot.TEXT: "config.json",
    Slot.IMAGE: "open_clip_config.json",
    Slot.AUDIO: "config.json",
    Slot.SPEECH: "config.json",
}
_TOKENIZERS = ("tokenizer.json", "tokenizer.model", "vocab.txt", "vocab.json")


def weight_files(slot: Slot, folder: Path) -> tuple[Path, ...]:
    """Return the weight files that are in `folder`, in the order of their names."""
    if slot is Slot.SPEECH:
        return tuple(path for path in (folder / "model.bin",) if path.is_file())
    return tuple(sorted(folder.glob("*.safetensors")))


def missing_files(slot: Slot, folder: Path) -> tuple[str, ...]:
    """Name the files that `folder` lacks to be loaded as a model of `slot`; empty when it is complete."""
    if not folder.is_dir():
        return (str(folder),)
    missing = [] if (folder / _CONFIGURATION[slot]).is_file() else [_CONFIGURATION[slot]]
    missing += _missing_weights(slot, folder)
    if slot is Slot.SPEECH and not (folder / "tokenizer.json").is_file():
        missing.append("tokenizer.json")
    if slot is Slot.AUDIO and not (folder / "preprocessor_config.json").is_file():
        missing.append("preprocessor_config.json")
    if slot in (Slot.CHAT, Slot.TEXT, Slot.AUDIO) and not any(
        (folder / name).is_file() for name in _TOKENIZERS
    ):
        missing.append("tokenizer.json")
    return tuple(missing)


def require_files(slot: Slot, folder: Path) -> None:
    """Raise ModelError, naming what is missing, unless `folder` is complete as a model of `slot`."""
    missing = missing_files(slot, folder)
    if missing:
        raise ModelError(f"The {slot} model in {folder} lacks {', '.join(missing)}; name a complete folder.")


def _missing_weights(slot: Slot, folder: Path) -> list[str]:
    """Name the weight files that the folder's own index lists, or the usual one, where they are absent."""
    if slot is Slot.SPEECH:
        return [] if (folder / "model.bin").is_file() else ["model.bin"]
    index = folder / "model.safetensors.index.json"
    if index.is_file():
        try:
            shards = set(json.loads(index.read_text(encoding="utf-8"))["weight_map"].values())
        except (OSError, ValueError, KeyError, AttributeError) as error:
            raise ModelError(
                f"The model in {folder} has an unreadable {index.name}; "
                "fetch it again with `vitrine models pull`."
            ) from error
        return sorted(shard for shard in shards if not (folder / str(shard)).is_file())
    return [] if weight_files(slot, folder) else ["model.safetensors"]
