"""The writer's network and tokeniser, in the formats that transformers loads: config, safetensors, tokenizer.json."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from agent.nano.writer_grammar import END
from agent.nano.writer_surface import PATTERN
from encoders.errors import ModelError, ModelMissing

if TYPE_CHECKING:
    from collections.abc import Iterable

Network: TypeAlias = Any
"""A LlamaForCausalLM; transformers ships no types."""
Tokeniser: TypeAlias = Any
"""A PreTrainedTokenizerFast."""

WEIGHTS = Path(__file__).parent / "weights" / "writer"
FILES = ("config.json", "model.safetensors", "tokenizer.json", "phrasing.json.gz")
PAD, UNKNOWN, BEGIN, SAY = "<pad>", "<unk>", "<bos>", "<say>"
SPECIAL = (PAD, UNKNOWN, BEGIN, SAY, END)
POSITIONS = 1024


def new_tokeniser(tokens: Iterable[str]) -> Tokeniser:
    """Make a word-level PreTrainedTokenizerFast over `tokens`, SPECIAL first."""
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    ids = {token: number for number, token in enumerate(dict.fromkeys((*SPECIAL, *tokens)))}
    core = Tokenizer(models.WordLevel(ids, unk_token=UNKNOWN))
    core.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Split(Regex(PATTERN), "isolated")]
    )
    return PreTrainedTokenizerFast(tokenizer_object=core, unk_token=UNKNOWN, pad_token=PAD, bos_token=BEGIN)


def new_model(size: int, width: int = 192, layers: int = 4) -> Network:
    """Make an untrained LlamaForCausalLM of `layers` layers over a vocabulary of `size` tokens, tied embeddings."""
    from transformers import LlamaConfig, LlamaForCausalLM

    heads = max(1, width // 32)
    config = LlamaConfig(
        vocab_size=size,
        hidden_size=width,
        intermediate_size=5 * width // 2,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        num_key_value_heads=heads,
        max_position_embeddings=POSITIONS,
        tie_word_embeddings=True,
        pad_token_id=0,
        bos_token_id=SPECIAL.index(BEGIN),
        eos_token_id=SPECIAL.index(END),
    )
    return LlamaForCausalLM(config)


def save(folder: Path, model: Network, tokeniser: Tokeniser) -> None:
    """Write weights in half precision, config and tokeniser into `folder`; the model itself stays as it is."""
    import torch
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    state = {
        name: value.detach().to(torch.float16).contiguous()
        for name, value in model.state_dict().items()
        if name != "lm_head.weight"  # tied to the embeddings
    }
    save_file(state, folder / "model.safetensors", metadata={"format": "pt"})
    model.config.architectures = ["LlamaForCausalLM"]
    model.config.dtype = "float16"
    model.config.to_json_file(folder / "config.json", use_diff=False)
    tokeniser.backend_tokenizer.save(str(folder / "tokenizer.json"))


def load(folder: Path) -> tuple[Network, Tokeniser]:
    """Load (model in float32 and evaluation mode, tokeniser) from `folder`, with no network.

    Raises ModelMissing when a file is not there and ModelError when the files don't hold a writer.
    """
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise ModelMissing(
            f"The bundled writer in {folder} lacks {', '.join(missing)}; install Vitrine again or train it with "
            "`python -m agent.nano.writer_train`."
        )
    import torch
    from safetensors.torch import load_file
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    try:
        tokeniser = PreTrainedTokenizerFast(
            tokenizer_file=str(folder / "tokenizer.json"), unk_token=UNKNOWN, pad_token=PAD, bos_token=BEGIN
        )
        model = LlamaForCausalLM(LlamaConfig.from_json_file(folder / "config.json"))
        state = {
            name: value.to(torch.float32) for name, value in load_file(folder / "model.safetensors").items()
        }
        state["lm_head.weight"] = state["model.embed_tokens.weight"]
        model.load_state_dict(state)
        model.tie_weights()
    except Exception as error:  # tokenizers raises Exception itself, safetensors and torch their own
        raise ModelError(
            f"The bundled writer in {folder} can't be read ({str(error).splitlines()[0]}); install Vitrine again."
        ) from error
    return model.float().eval(), tokeniser
