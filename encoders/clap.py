"""Sounds and words to vectors of one space, through a CLAP model of transformers: 'gentle rain' finds rain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from encoders.checksum import identity
from encoders.device import Placement, choose, torch_dtype
from encoders.errors import ModelError
from encoders.layout import Slot, require_files
from encoders.quiet import hush_transformers, loading_model
from encoders.sound import clean, resample
from encoders.vectors import unit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from transformers import ClapFeatureExtractor, ClapModel, PreTrainedTokenizerBase

    from encoders.protocols import Samples, Vectors

_MOST_WINDOWS = 6
"""Windows of a sound that are encoded, evenly over it: at the usual 10 s a minute, a song's verse and chorus."""
_SHORTEST = 0.1
"""Seconds that a sound is repeated from at least; the extractor divides by its length."""
_MAX_CHARACTERS = 1024
"""Words are cut here before they are tokenised."""


class ClapEncoder:
    """A JointAudioEncoder over a CLAP model (Wu et al. 2023, arXiv:2211.06687).

    A sound longer than the model's window is cut into windows and their vectors are averaged; the extractor's own way
    takes windows at random, and the same sound must give the same vector. Samples come at 16 kHz, so that nothing above
    8 kHz reaches a model that could hear it.
    """

    def __init__(
        self,
        model: ClapModel,
        extractor: ClapFeatureExtractor,
        tokenizer: PreTrainedTokenizerBase,
        identifier: str,
        placement: Placement,
    ) -> None:
        """Wrap a loaded model; `load_clap` makes one from a folder."""
        self._model = model
        self._extractor = extractor
        self._tokenizer = tokenizer
        self._id = identifier
        self.placement = placement
        """Where it runs and why."""
        self._dimension = int(model.config.projection_dim)
        self._batch = 32 if placement.device != "cpu" else 4
        # RoBERTa counts positions from behind its padding, so two of its 514 are never words.
        self._longest = int(model.config.text_config.max_position_embeddings) - 2

    @property
    def id(self) -> str:
        """Name and revision or checksum."""
        return self._id

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._dimension

    def encode_sounds(self, sounds: Sequence[Samples]) -> Vectors:
        """Encode mono 16 kHz sounds, shape (len(sounds), dimension)."""
        if not sounds:
            return np.zeros((0, self._dimension), np.float32)
        parts = [self._windows(clean(sound)) for sound in sounds]
        rows = self._encode_windows([window for windows in parts for window in windows])
        ends = np.cumsum([len(windows) for windows in parts])[:-1]
        return unit(np.stack([some.mean(axis=0) for some in np.split(rows, ends)]))

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """Encode words into the space of the sounds, shape (len(texts), dimension)."""
        import torch

        parts = [np.zeros((0, self._dimension), np.float32)]
        for start in range(0, len(texts), self._batch):
            tokens = self._tokenizer(
                [text[:_MAX_CHARACTERS] for text in texts[start : start + self._batch]],
                padding=True,
                truncation=True,
                max_length=self._longest,
                return_tensors="pt",
            ).to(self.placement.device)
            with torch.inference_mode():
                found = self._model.get_text_features(
                    input_ids=tokens["input_ids"], attention_mask=tokens["attention_mask"]
                )
            parts.append(found.pooler_output.float().cpu().numpy())
        return unit(np.concatenate(parts))

    def _windows(self, samples: Samples) -> list[Samples]:
        """Cut a sound into windows of at most the model's length, at its rate."""
        wanted = resample(samples, self._extractor.sampling_rate)
        least = int(_SHORTEST * self._extractor.sampling_rate)
        if len(wanted) < least:
            wanted = np.pad(wanted, (0, least - len(wanted)))
        size = int(self._extractor.nb_max_samples)
        if len(wanted) <= size:
            return [wanted]
        count = min(-(-len(wanted) // size), _MOST_WINDOWS)
        starts = np.linspace(0, len(wanted) - size, count).astype(int)
        return [wanted[start : start + size] for start in starts]

    def _encode_windows(self, windows: Sequence[Samples]) -> Vectors:
        import torch

        parts = []
        for start in range(0, len(windows), self._batch):
            batch = list(windows[start : start + self._batch])
            found = self._extractor(batch, sampling_rate=self._extractor.sampling_rate, return_tensors="pt")
            pixels = found["input_features"].to(self.placement.device, torch_dtype(self.placement))
            # The extractor marks a window of each batch, drawn at random, as longer than it is.
            longer = torch.zeros((len(batch), 1), dtype=torch.bool, device=self.placement.device)
            with torch.inference_mode():
                features = self._model.get_audio_features(input_features=pixels, is_longer=longer)
            parts.append(features.pooler_output.float().cpu().numpy())
        return np.concatenate(parts)


def load_clap(folder: Path, name: str | None = None, placement: Placement | None = None) -> ClapEncoder:
    """Load the CLAP model in `folder`: configuration, safetensors weights, tokenizer and feature extractor.

    `name` is what its id begins with (the hub id); the folder's name by default.

    Raises ModelError when the files can't be loaded, or are those of another kind of model.
    """
    require_files(Slot.AUDIO, folder)
    placement = placement or choose(Slot.AUDIO)
    with loading_model("audio", folder):
        from transformers import AutoConfig, AutoTokenizer, ClapFeatureExtractor, ClapModel

        hush_transformers()
        kind = AutoConfig.from_pretrained(folder, local_files_only=True, trust_remote_code=False).model_type
    if kind != "clap":
        raise ModelError(
            f"The audio model in {folder} is of the type '{kind}' and not CLAP; name a folder with a CLAP model."
        )
    with loading_model("audio", folder):
        model = ClapModel.from_pretrained(
            folder,
            local_files_only=True,
            trust_remote_code=False,
            use_safetensors=True,
            dtype=torch_dtype(placement),
        )
        extractor = ClapFeatureExtractor.from_pretrained(folder, local_files_only=True)
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    identifier = identity(name or folder.name, Slot.AUDIO, folder)
    return ClapEncoder(model.to(placement.device).eval(), extractor, tokenizer, identifier, placement)
