"""The bundled model that reads a turn: one pass of a small network, decoded by the tag scheme's grammar."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from agent.nano.reader_input import spans_of_words, windows
from agent.nano.reader_model import WORD_EMBEDDINGS, ReaderConfig, build, forward
from agent.nano.tags import ACTS, OUTSIDE, TAGS, decode, to_reading, viterbi
from encoders.errors import ModelError, ModelMissing
from encoders.text import bundled_folder

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from torch import nn

    from agent.nano.reader_input import Tokenizer
    from agent.types import Reading, Scene

FOLDER: Final = Path(__file__).parent / "weights" / "reader"
WEIGHTS: Final = "reader.safetensors"
CONFIG: Final = "config.json"
METRICS: Final = "metrics.json"


def load_tokenizer(base: Path) -> Tokenizer:
    """Load MiniLM's tokenizer without the padding to 128 pieces that its file asks for."""
    from tokenizers import Tokenizer as FastTokenizer

    tokenizer = FastTokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


class Reader:
    """Reads scenes; the reading is made of the request's own words by construction."""

    def __init__(self, net: nn.ModuleDict, tokenizer: Tokenizer, name: str) -> None:
        """Wrap a network of `build`; `name` becomes the id."""
        self._net = net.eval()
        self._tokenizer = tokenizer
        self._id = name

    @property
    def id(self) -> str:
        """Name and start of the weights' SHA-256."""
        return self._id

    @classmethod
    def load(cls, folder: Path | None = None) -> Reader:
        """Load the shipped weights, or those of `folder`.

        Raises ModelMissing when a file is absent and ModelError when one can't be used.
        """
        folder = folder or FOLDER
        for name in (WEIGHTS, CONFIG):
            if not (folder / name).is_file():
                raise ModelMissing(
                    f"The bundled reader can't be loaded because {folder / name} is absent; "
                    "install Vitrine again or choose another chat model."
                )
        base = bundled_folder()
        try:
            from safetensors import safe_open
            from safetensors.torch import load

            raw = (folder / WEIGHTS).read_bytes()
            config = ReaderConfig(**json.loads((folder / CONFIG).read_text(encoding="utf-8")))
            tensors = {name: tensor.float() for name, tensor in load(raw).items()}
            with safe_open(base / "model.safetensors", framework="pt") as file:
                tensors[WORD_EMBEDDINGS] = file.get_tensor("embeddings.word_embeddings.weight").float()
            tokenizer = load_tokenizer(base)
            net = _empty(config)
            net.load_state_dict(tensors, assign=True)
        except Exception as error:
            raise ModelError(
                f"The bundled reader in {folder} can't be used ({type(error).__name__}: {error}); "
                "restore its files or choose another chat model."
            ) from error
        return cls(net, tokenizer, f"vitrine-reader-{hashlib.sha256(raw).hexdigest()[:8]}")

    def read(self, scene: Scene) -> Reading:
        """Read a turn in one pass; of a request longer than 600 words the middle is not read.

        Raises ModelError when the network fails.
        """
        at = spans_of_words(scene.text)
        try:
            act_scores, tag_scores = self._score(scene, at)
        except RuntimeError as error:
            raise ModelError(
                f"The bundled reader failed on this request ({error}); rephrase it or choose another chat model."
            ) from error
        act = ACTS[int(act_scores.argmax())]
        return to_reading(act, decode(viterbi(tag_scores, act), at), scene.text)

    def _score(
        self, scene: Scene, at: list[tuple[int, int]]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Score acts, shape (len(ACTS),), and tags of every word, shape (words, len(TAGS))."""
        import torch

        batch = windows(scene, at, self._tokenizer)
        threads = torch.get_num_threads()
        # One thread: where other programs are busy, two took 241 ms (p95 1.3 s) waiting for each other, one 29 ms.
        torch.set_num_threads(1)
        try:
            with torch.inference_mode():
                acts, tags = forward(self._net, batch)
        finally:
            torch.set_num_threads(threads)
        words = np.full((len(at), len(TAGS)), -1e4, dtype=np.float32)
        words[:, OUTSIDE] = 0.0  # a word without pieces carries nothing
        for row, window in enumerate(batch):
            for word, piece in window.words:
                words[word] = tags[row, piece].float().numpy()
        return acts.float().mean(dim=0).numpy(), words


def _empty(config: ReaderConfig) -> nn.ModuleDict:
    """Build a network without spending time on random weights that are replaced at once."""
    import torch

    with torch.device("meta"):
        return build(config)


def save(net: nn.ModuleDict, config: ReaderConfig, folder: Path) -> None:
    """Write `net` to `folder` in half precision, without MiniLM's word embeddings."""
    import torch
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    tensors = {
        name: tensor.detach().to("cpu", torch.float16).contiguous()
        for name, tensor in net.state_dict().items()
        if name != WORD_EMBEDDINGS
    }
    save_file(tensors, folder / WEIGHTS)
    (folder / WEIGHTS).chmod(0o644)  # safetensors writes it for its owner alone
    (folder / CONFIG).write_text(json.dumps(asdict(config), indent=2) + "\n", encoding="utf-8")
