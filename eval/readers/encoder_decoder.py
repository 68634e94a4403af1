"""MiniLM as an encoder with a small decoder that looks at it: transformers' EncoderDecoderModel of two BERTs.

Word embeddings are MiniLM's, shared by encoder, decoder and output, and frozen: rare words of a request keep the place
that MiniLM gives them, so that the output layer can name words that training never showed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from encoders.text import bundled_folder
from eval.readers.linear import END, SPECIAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import torch

    from eval.readers.decoder_only import Cache, Network
    from eval.readers.linear import Request

_CLS: Final = 101
"""Word piece that the decoder begins with."""

_WORDS: Final = frozenset(
    {
        "encoder.embeddings.word_embeddings.weight",
        "decoder.bert.embeddings.word_embeddings.weight",
        "decoder.cls.predictions.decoder.weight",
    }
)
"""The names of the one tensor of word embeddings."""

_BIASES: Final = frozenset({"decoder.cls.predictions.bias", "decoder.cls.predictions.decoder.bias"})
"""The output's biases: kept at 0, since they would only learn which words the grammar likes."""

_SPECIAL: Final = "special"
"""The rows of the word embeddings that are our own."""


@dataclass(frozen=True, slots=True)
class EncoderDecoderSizes:
    """Sizes of the network; the encoder's are those of all-MiniLM-L6-v2."""

    vocabulary: int = 30522
    width: int = 384
    heads: int = 12
    inner: int = 1536
    encoder_layers: int = 6
    decoder_layers: int = 3
    positions: int = 512


class EncoderDecoder:
    """The network with what training and reading need of it."""

    name: ClassVar = "encoder-decoder"
    rate: ClassVar = 3e-4
    """Highest learning rate of the encoder, the tagger's; the decoder's is three times that."""

    def __init__(self, sizes: EncoderDecoderSizes) -> None:
        """Build it with random weights."""
        from transformers import (
            BertConfig,
            BertLMHeadModel,
            BertModel,
            EncoderDecoderConfig,
            EncoderDecoderModel,
        )

        shared = {
            "vocab_size": sizes.vocabulary,
            "hidden_size": sizes.width,
            "num_attention_heads": sizes.heads,
            "intermediate_size": sizes.inner,
            "max_position_embeddings": sizes.positions,
            # Examples are drawn anew for every step, so there is nothing to overfit.
            "hidden_dropout_prob": 0.0,
            "attention_probs_dropout_prob": 0.0,
        }
        reads = BertConfig(**shared, num_hidden_layers=sizes.encoder_layers)
        writes = BertConfig(
            **shared, num_hidden_layers=sizes.decoder_layers, is_decoder=True, add_cross_attention=True
        )
        config = EncoderDecoderConfig.from_encoder_decoder_configs(
            reads, writes, decoder_start_token_id=_CLS, pad_token_id=0, eos_token_id=END
        )
        self.sizes = sizes
        self.model: Network = EncoderDecoderModel(
            config=config,
            encoder=BertModel(reads, add_pooling_layer=False),
            decoder=BertLMHeadModel(writes),
        )
        words = self.model.encoder.embeddings.word_embeddings
        self.model.decoder.bert.embeddings.word_embeddings = words
        self.model.decoder.cls.predictions.decoder.weight = words.weight
        for name, parameter in self.model.named_parameters():
            if name in _WORDS | _BIASES:
                parameter.requires_grad_(False)

    def start(self) -> None:
        """Take MiniLM's weights; every second of its layers is what a layer of the decoder begins with."""
        import torch
        from safetensors.torch import load_file

        given = load_file(bundled_folder() / "model.safetensors")
        fits = set(self.model.encoder.state_dict())
        self.model.encoder.load_state_dict({name: each for name, each in given.items() if name in fits})
        taken: dict[str, torch.Tensor] = {
            f"bert.{name}": each for name, each in given.items() if name.startswith("embeddings.")
        }
        step = self.sizes.encoder_layers // self.sizes.decoder_layers
        for layer in range(self.sizes.decoder_layers):
            source = f"encoder.layer.{(layer + 1) * step - 1}."
            for name, each in given.items():
                if name.startswith(source):
                    part = f"bert.encoder.layer.{layer}.{name.removeprefix(source)}"
                    taken[part] = each
                    if ".attention." in part:
                        taken[part.replace(".attention.", ".crossattention.", 1)] = each
        fits = set(self.model.decoder.state_dict())
        self.model.decoder.load_state_dict(
            {name: each for name, each in taken.items() if name in fits}, strict=False
        )
        with torch.no_grad():
            words = self.model.encoder.embeddings.word_embeddings.weight
            # MiniLM's own rows of these pieces are nearly alike; random ones, as long as a word's, are not.
            length = words.norm(dim=1).mean()
            rows = torch.randn((len(SPECIAL), self.sizes.width))
            words[SPECIAL.start : SPECIAL.stop] = rows / rows.norm(dim=1, keepdim=True) * length

    def groups(self) -> Iterable[tuple[float, list[torch.nn.Parameter]]]:
        """Return the parameters to train, each with the factor of its learning rate."""
        named = [(name, each) for name, each in self.model.named_parameters() if each.requires_grad]
        return [
            (1.0, [each for name, each in named if name.startswith("encoder.")]),
            (3.0, [each for name, each in named if name.startswith("decoder.")]),
        ]

    def scores(self, requests: Sequence[Request], lines: Sequence[tuple[int, ...]]) -> torch.Tensor:
        """Score every token of the lines, one after another: shape (tokens of all lines, vocabulary)."""
        import torch

        shape = (len(lines), max(len(request.ids) for request in requests))
        ids, segments = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
        mask = torch.zeros(shape, dtype=torch.long)
        before = torch.zeros((len(lines), max(len(line) for line in lines)), dtype=torch.long)
        written = torch.zeros(before.shape, dtype=torch.bool)
        for row, (request, line) in enumerate(zip(requests, lines, strict=True)):
            ids[row, : len(request.ids)] = torch.tensor(request.ids)
            segments[row, request.begin : len(request.ids)] = 1
            mask[row, : len(request.ids)] = 1
            before[row, : len(line)] = torch.tensor((_CLS, *line[:-1]))
            written[row, : len(line)] = True
        states = self.model.encoder(
            input_ids=ids, token_type_ids=segments, attention_mask=mask
        ).last_hidden_state
        # Padding of the lines stands at the end, where a causal network does not see it.
        hidden = self.model.decoder.bert(
            input_ids=before,
            encoder_hidden_states=states,
            encoder_attention_mask=mask,
            use_cache=False,
        ).last_hidden_state
        scored: torch.Tensor = self.model.decoder.cls(hidden[written])
        return scored

    def first(self, request: Request) -> tuple[torch.Tensor, Cache]:
        """Read the request; return scores of the first token, shape (vocabulary,), and the cache to go on with."""
        import torch

        segments = torch.zeros((1, len(request.ids)), dtype=torch.long)
        segments[0, request.begin :] = 1
        states = self.model.encoder(input_ids=torch.tensor([request.ids]), token_type_ids=segments)
        return self.following(_CLS, (states.last_hidden_state, None))

    def following(self, token: int, cache: Cache) -> tuple[torch.Tensor, Cache]:
        """Return scores of the token after `token`, shape (vocabulary,), and the cache, which holds it now."""
        import torch

        states, past = cache
        out = self.model.decoder(
            input_ids=torch.tensor([[token]]),
            encoder_hidden_states=states,
            past_key_values=past,
            use_cache=True,
        )
        return out.logits[0, -1], (states, out.past_key_values)

    def tensors(self) -> dict[str, torch.Tensor]:
        """Return what is to be saved: all but MiniLM's word embeddings, of which only our own rows."""
        state = self.model.state_dict()
        kept = {name: each for name, each in state.items() if name not in _WORDS | _BIASES}
        words = self.model.encoder.embeddings.word_embeddings.weight
        return {**kept, _SPECIAL: words.detach()[SPECIAL.start : SPECIAL.stop]}

    def fill(self, tensors: dict[str, torch.Tensor]) -> None:
        """Put saved tensors in, and MiniLM's word embeddings; raises RuntimeError when they don't fit."""
        import torch
        from safetensors import safe_open

        with safe_open(bundled_folder() / "model.safetensors", framework="pt") as file:
            words = file.get_tensor("embeddings.word_embeddings.weight").float()
        words[SPECIAL.start : SPECIAL.stop] = tensors[_SPECIAL]
        kept = {name: each for name, each in tensors.items() if name != _SPECIAL}
        zero = torch.zeros(self.sizes.vocabulary)
        self.model.load_state_dict({**kept, **dict.fromkeys(_WORDS, words), **dict.fromkeys(_BIASES, zero)})
