"""The reader's network: MiniLM's encoder with an act head and a tag head, built of torch's own modules.

torch's TransformerEncoder computes what BERT's encoder does (post-norm, GELU); importing transformers for it would
add 2.1 s to torch's 1.1 s. The word embeddings stay those of the bundled MiniLM, frozen, and are not shipped again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from agent.nano.tags import ACTS, TAGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import torch
    from torch import nn

    from agent.nano.reader_input import Window

WORD_EMBEDDINGS: Final = "words.weight"
"""The one tensor that is not part of the shipped weights."""


@dataclass(frozen=True, slots=True)
class ReaderConfig:
    """Sizes of the network; those of all-MiniLM-L6-v2 by default."""

    vocabulary: int = 30522
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    positions: int = 256
    """Longest input in word pieces."""
    dropout: float = 0.0
    """None by default: examples are drawn anew for every step, so there is nothing to overfit."""


def build(config: ReaderConfig) -> nn.ModuleDict:
    """Return a network with random weights."""
    from torch import nn

    layer = nn.TransformerEncoderLayer(
        d_model=config.width,
        nhead=config.heads,
        dim_feedforward=config.inner,
        dropout=config.dropout,
        activation="gelu",
        layer_norm_eps=1e-12,
        batch_first=True,
    )
    encoder = nn.TransformerEncoder(layer, config.layers, enable_nested_tensor=False)
    return nn.ModuleDict(
        {
            "words": nn.Embedding(config.vocabulary, config.width),
            "positions": nn.Embedding(config.positions, config.width),
            "segments": nn.Embedding(2, config.width),
            "norm": nn.LayerNorm(config.width, eps=1e-12),
            "dropout": nn.Dropout(config.dropout),
            "encoder": encoder,
            "act": nn.Linear(2 * config.width, len(ACTS)),
            "tag": nn.Linear(config.width, len(TAGS)),
        }
    )


def forward(net: nn.ModuleDict, batch: Sequence[Window]) -> tuple[torch.Tensor, torch.Tensor]:
    """Score a batch of windows.

    Returns act scores, shape (batch, len(ACTS)), and tag scores of every word piece, shape (batch, longest, len(TAGS)).
    """
    import torch
    from torch.nn import functional

    words, positions = net.get_parameter(WORD_EMBEDDINGS), net.get_parameter("positions.weight")
    longest = max(len(window.ids) for window in batch)
    ids = torch.zeros((len(batch), longest), dtype=torch.long)
    segments = torch.zeros((len(batch), longest), dtype=torch.long)
    padding = torch.ones((len(batch), longest), dtype=torch.bool)
    for row, window in enumerate(batch):
        ids[row, : len(window.ids)] = torch.tensor(window.ids)
        segments[row, window.request : len(window.ids)] = 1
        padding[row, : len(window.ids)] = False
    device = words.device
    ids, segments, padding = ids.to(device), segments.to(device), padding.to(device)
    inputs = functional.embedding(ids, words) + net["segments"](segments) + positions[:longest]
    states = net["encoder"](
        net["dropout"](net["norm"](inputs)), src_key_padding_mask=padding if bool(padding.any()) else None
    )
    request = ((segments == 1) & ~padding).unsqueeze(-1).to(states.dtype)
    mean = (states * request).sum(dim=1) / request.sum(dim=1).clamp(min=1)
    acts = net["act"](net["dropout"](torch.cat([states[:, 0], mean], dim=-1)))
    tags = net["tag"](net["dropout"](states))
    return acts, tags


def from_bert(tensors: Mapping[str, torch.Tensor], config: ReaderConfig) -> dict[str, torch.Tensor]:
    """Rename the tensors of a BertModel to those of `build`; the heads are not among them."""
    import torch

    taken = {
        WORD_EMBEDDINGS: tensors["embeddings.word_embeddings.weight"],
        "positions.weight": tensors["embeddings.position_embeddings.weight"][: config.positions],
        "segments.weight": tensors["embeddings.token_type_embeddings.weight"],
        "norm.weight": tensors["embeddings.LayerNorm.weight"],
        "norm.bias": tensors["embeddings.LayerNorm.bias"],
    }
    renamed = {
        "attention.output.dense": "self_attn.out_proj",
        "attention.output.LayerNorm": "norm1",
        "intermediate.dense": "linear1",
        "output.dense": "linear2",
        "output.LayerNorm": "norm2",
    }
    for layer in range(config.layers):
        old, new = f"encoder.layer.{layer}", f"encoder.layers.{layer}"
        for part in ("weight", "bias"):
            attention = [tensors[f"{old}.attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            taken[f"{new}.self_attn.in_proj_{part}"] = torch.cat(attention)
            for theirs, ours in renamed.items():
                taken[f"{new}.{ours}.{part}"] = tensors[f"{old}.{theirs}.{part}"]
    return taken
