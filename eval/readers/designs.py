"""The generating designs of a reader, measured beside the tagger that ships: how they are made, saved and loaded."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Final, Protocol

from encoders.errors import ModelError, ModelMissing
from encoders.quiet import hush_transformers, loading
from eval.readers.decoder_only import DecoderOnly, DecoderSizes
from eval.readers.encoder_decoder import EncoderDecoder, EncoderDecoderSizes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import torch

    from eval.readers.decoder_only import Cache, Network
    from eval.readers.linear import Request

WEIGHTS: Final = "design.safetensors"
CONFIG: Final = "design.json"


class Design(Protocol):
    """A network that writes a reading token by token."""

    @property
    def name(self) -> str:
        """Its name on the command line."""
        ...

    @property
    def rate(self) -> float:
        """Highest learning rate."""
        ...

    @property
    def sizes(self) -> DecoderSizes | EncoderDecoderSizes:
        """What `make` needs to build it again."""
        ...

    @property
    def model(self) -> Network:
        """The model of transformers."""
        ...

    def start(self) -> None:
        """Put in the weights that training begins with."""
        ...

    def groups(self) -> Iterable[tuple[float, list[torch.nn.Parameter]]]:
        """Return the parameters to train, each with the factor of its learning rate."""
        ...

    def scores(self, requests: Sequence[Request], lines: Sequence[tuple[int, ...]]) -> torch.Tensor:
        """Score every token of the lines, one after another: shape (tokens of all lines, vocabulary)."""
        ...

    def first(self, request: Request) -> tuple[torch.Tensor, Cache]:
        """Return scores of the first token, shape (vocabulary,), and the cache to go on with."""
        ...

    def following(self, token: int, cache: Cache) -> tuple[torch.Tensor, Cache]:
        """Return scores of the token after `token`, shape (vocabulary,), and the cache, which holds it now."""
        ...

    def tensors(self) -> dict[str, torch.Tensor]:
        """Return what is to be saved."""
        ...

    def fill(self, tensors: dict[str, torch.Tensor]) -> None:
        """Put saved tensors in; raises RuntimeError when they don't fit."""
        ...


NAMES: Final = (DecoderOnly.name, EncoderDecoder.name)


def make(name: str, sizes: dict[str, int] | None = None) -> Design:
    """Build a design of NAMES with random weights; `sizes` where they are not the usual ones.

    Raises KeyError for another name and TypeError for an unknown size.
    """
    made: Design
    with loading():
        hush_transformers()
        if name == DecoderOnly.name:
            made = DecoderOnly(DecoderSizes(**sizes or {}))
        elif name == EncoderDecoder.name:
            made = EncoderDecoder(EncoderDecoderSizes(**sizes or {}))
        else:
            raise KeyError(name)
    return made


def save(design: Design, folder: Path) -> None:
    """Write the weights in half precision and what they are of."""
    import torch
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    tensors = {name: each.detach().to(torch.float16).contiguous() for name, each in design.tensors().items()}
    save_file(tensors, folder / WEIGHTS)
    config = {"design": design.name, "sizes": asdict(design.sizes)}
    (folder / CONFIG).write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


def load(folder: Path) -> tuple[Design, str]:
    """Load a design that `save` wrote, in float32, and its id: name and start of the weights' SHA-256.

    Raises ModelMissing when a file is absent and ModelError when one can't be used.
    """
    for name in (WEIGHTS, CONFIG):
        if not (folder / name).is_file():
            raise ModelMissing(
                f"The reader design in {folder} can't be loaded because {name} is absent; "
                "train it with `python -m eval.readers.designs_train`."
            )
    try:
        from safetensors.torch import load as load_bytes

        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        raw = (folder / WEIGHTS).read_bytes()
        design = make(config["design"], config["sizes"])
        design.fill({name: each.float() for name, each in load_bytes(raw).items()})
    except Exception as error:  # safetensors, json and torch raise their own
        raise ModelError(
            f"The reader design in {folder} can't be used ({type(error).__name__}: {error}); train it again with "
            "`python -m eval.readers.designs_train`."
        ) from error
    design.model.eval()
    return design, f"{design.name}-{hashlib.sha256(raw).hexdigest()[:8]}"
