"""Pictures and words to vectors of one space, through open_clip."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np

from encoders.ahead import ahead
from encoders.checksum import identity
from encoders.device import Placement, choose
from encoders.lanes import Lanes
from encoders.layout import Slot, require_files
from encoders.pixels import Pixels
from encoders.quiet import hush_transformers, loading_model
from encoders.vectors import unit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    import torch
    from open_clip import CLIP
    from PIL.Image import Image

    from encoders.protocols import Vectors

BATCH_CPU = 32
"""One core in bfloat16 takes 18.6 ms a picture in batches of 16 for ViT-B-32-256, 17.9 in batches of 32 and 18.2 in
batches of 64; for RegNetX-400MF at 128 pixels 2.08, 1.77 and 1.66. So it is 32 pictures of 256 × 256, fewer of larger
and at most twice as many of smaller ones."""
BATCH_GPU = 128
_MAX_CHARACTERS = 1024
"""Words are cut here before they are tokenised; CLIP's towers read 64 or 77 tokens."""


class OpenClipEncoder:
    """An ImageEncoder over an open_clip model (Ilharco et al., 2021, doi:10.5281/zenodo.5143773)."""

    def __init__(
        self,
        model: CLIP,
        pixels: Pixels,
        tokenizer: Callable[[list[str]], torch.Tensor],
        identifier: str,
        placement: Placement,
    ) -> None:
        """Wrap a loaded model; `load_image` makes one from a folder."""
        self._model = model
        self._pixels = pixels
        self._tokenizer = tokenizer
        self._id = identifier
        self.placement = placement
        """Where it runs and why."""
        self._dimension = int(self._encode_tokens(["a"]).shape[1])
        shrunk = 256 * 256 / (pixels.height * pixels.width)
        on_cpu = min(max(round(BATCH_CPU * shrunk), 8), 2 * BATCH_CPU)
        self._batch = BATCH_GPU if placement.device != "cpu" else on_cpu
        self._lanes = Lanes(_cores() if placement.device == "cpu" else 1)

    @property
    def id(self) -> str:
        """Name and revision or checksum."""
        return self._id

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._dimension

    @property
    def scale(self) -> float:
        """The inverse temperature it was trained with: CLIP's ends near 100; SigLIP's bias moves no softmax."""
        return float(self._model.logit_scale.detach().exp())

    def encode_images(self, images: Sequence[Image]) -> Vectors:
        """Encode decoded pictures, shape (len(images), dimension)."""
        chunks = [images[start : start + self._batch] for start in range(0, len(images), self._batch)]
        if self.placement.device == "cpu":
            return self._rows([self.forward(self.inputs(some)) for some in chunks])
        # The next batches are made ready while the GPU reads one.
        threads = min(8, os.cpu_count() or 1)
        ready = ahead(self.inputs, chunks, depth=threads, threads=threads)
        return self._rows([self.forward(inputs) for inputs in ready])

    def inputs(self, images: Sequence[Image]) -> torch.Tensor:
        """Make the input of one forward pass, on the model's device, shape (len(images), 3, height, width)."""
        from encoders.device import torch_dtype

        dtype = torch_dtype(self.placement)
        if self.placement.device == "cpu":
            return self._pixels.prepare(images, dtype, self._lanes)
        # Bytes travel to the device, a quarter of float32.
        return self._pixels.normalise(self._pixels.read(images).to(self.placement.device), dtype)

    def forward(self, inputs: torch.Tensor) -> Vectors:
        """Run the picture tower alone: rows of any length, shape (n, dimension)."""
        import torch

        with torch.inference_mode():
            rows: Vectors = self._model.encode_image(inputs).float().cpu().numpy()
        return rows

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """Encode words into the space of the pictures, shape (len(texts), dimension)."""
        parts = [
            self._encode_tokens(texts[start : start + self._batch])
            for start in range(0, len(texts), self._batch)
        ]
        return self._rows(parts)

    def _encode_tokens(self, texts: Sequence[str]) -> Vectors:
        import torch

        tokens = self._tokenizer([text[:_MAX_CHARACTERS] for text in texts])
        with torch.inference_mode():
            features = self._model.encode_text(tokens.to(self.placement.device))
        rows: Vectors = features.float().cpu().numpy()
        return rows

    def _rows(self, parts: list[Vectors]) -> Vectors:
        if not parts:
            return np.zeros((0, self._dimension), np.float32)
        return unit(np.concatenate(parts))


def _cores() -> int:
    import torch

    return torch.get_num_threads()


def load_image(folder: Path, name: str | None = None, placement: Placement | None = None) -> OpenClipEncoder:
    """Load the open_clip model in `folder` (open_clip_config.json and safetensors weights).

    `name` is what its id begins with (the hub id); the folder's name by default. A hub model is found on disk
    by `encoders.profiles.locate` first, so that nothing here can reach for the network.

    Raises ModelError when the files can't be loaded.
    """
    require_files(Slot.IMAGE, folder)
    placement = placement or choose(Slot.IMAGE)
    source = f"local-dir:{folder}"
    with loading_model("image", folder):
        import open_clip

        hush_transformers()
        model = open_clip.create_model_from_pretrained(
            source,
            precision=precision_of(placement, open_clip.get_model_config(source)),
            device=placement.device,
            weights_only=True,
            return_transform=False,
        )
        pixels = Pixels.of(model.visual.preprocess_cfg)
        tokenizer = open_clip.get_tokenizer(source)
    identifier = identity(name or folder.name, Slot.IMAGE, folder)
    return OpenClipEncoder(model.eval(), pixels, tokenizer, identifier, placement)


def precision_of(placement: Placement, configuration: Mapping[str, object]) -> str:
    """Name open_clip's precision: norms stay in float32, except in a CoCa, whose own queries it leaves unconverted."""
    precision = {"bfloat16": "bf16", "float16": "fp16"}.get(placement.dtype, "fp32")
    pure = precision != "fp32" and "multimodal_cfg" in configuration
    return f"pure_{precision}" if pure else precision
