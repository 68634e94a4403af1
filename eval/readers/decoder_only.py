"""A decoder from scratch: transformers' LlamaForCausalLM over MiniLM's word pieces, the request as its prompt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from eval.readers.linear import END

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import torch

    from eval.readers.linear import Request


Network: TypeAlias = Any
"""A model of transformers, which ships no types."""
Cache: TypeAlias = Any
"""Keys and values of what was read so far."""


@dataclass(frozen=True, slots=True)
class DecoderSizes:
    """Sizes of the network: 5.5 M parameters by default, 3.9 M of them the embeddings, which are tied."""

    vocabulary: int = 30522
    width: int = 128
    layers: int = 6
    heads: int = 4
    inner: int = 512
    positions: int = 512
    """Longest prompt and line together, in tokens: 226 + 258."""


class DecoderOnly:
    """The network with what training and reading need of it."""

    name: ClassVar = "decoder"
    rate: ClassVar = 2e-3
    """Highest learning rate."""

    def __init__(self, sizes: DecoderSizes) -> None:
        """Build it with random weights."""
        from transformers import LlamaConfig, LlamaForCausalLM

        self.sizes = sizes
        self.model: Network = LlamaForCausalLM(
            LlamaConfig(
                vocab_size=sizes.vocabulary,
                hidden_size=sizes.width,
                intermediate_size=sizes.inner,
                num_hidden_layers=sizes.layers,
                num_attention_heads=sizes.heads,
                num_key_value_heads=sizes.heads,
                max_position_embeddings=sizes.positions,
                tie_word_embeddings=True,
                pad_token_id=0,
                bos_token_id=None,
                eos_token_id=END,
            )
        )

    def start(self) -> None:
        """Leave the weights random: this design starts from scratch."""

    def groups(self) -> Iterable[tuple[float, list[torch.nn.Parameter]]]:
        """Return the parameters to train, each with the factor of its learning rate."""
        return [(1.0, list(self.model.parameters()))]

    def scores(self, requests: Sequence[Request], lines: Sequence[tuple[int, ...]]) -> torch.Tensor:
        """Score every token of the lines, one after another: shape (tokens of all lines, vocabulary)."""
        import torch

        longest = max(len(request.ids) + len(line) for request, line in zip(requests, lines, strict=True))
        ids = torch.zeros((len(lines), longest), dtype=torch.long)
        written = torch.zeros((len(lines), longest), dtype=torch.bool)
        for row, (request, line) in enumerate(zip(requests, lines, strict=True)):
            said = len(request.ids) + len(line)
            ids[row, :said] = torch.tensor((*request.ids, *line))
            # A token is told from the state of the one before it.
            written[row, len(request.ids) - 1 : said - 1] = True
        # Padding stands at the end, where a causal network does not see it: no mask is needed.
        hidden = self.model.model(input_ids=ids, use_cache=False).last_hidden_state
        scored: torch.Tensor = self.model.lm_head(hidden[written])
        return scored

    def first(self, request: Request) -> tuple[torch.Tensor, Cache]:
        """Read the prompt; return scores of the first token, shape (vocabulary,), and the cache to go on with."""
        import torch

        out = self.model(input_ids=torch.tensor([request.ids]), use_cache=True, logits_to_keep=1)
        return out.logits[0, -1], out.past_key_values

    def following(self, token: int, cache: Cache) -> tuple[torch.Tensor, Cache]:
        """Return scores of the token after `token`, shape (vocabulary,), and the cache, which holds it now."""
        import torch

        out = self.model(input_ids=torch.tensor([[token]]), past_key_values=cache, use_cache=True)
        return out.logits[0, -1], out.past_key_values

    def tensors(self) -> dict[str, torch.Tensor]:
        """Return what is to be saved: all but the output layer, which is the embeddings."""
        return {name: each for name, each in self.model.state_dict().items() if name != "lm_head.weight"}

    def fill(self, tensors: dict[str, torch.Tensor]) -> None:
        """Put saved tensors in; raises RuntimeError when they don't fit."""
        filled = {**tensors, "lm_head.weight": tensors["model.embed_tokens.weight"]}
        self.model.load_state_dict(filled)
