"""The bundled writer: a Brief becomes a reply with slots, spelled by a small decoder under a grammar."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agent.nano import writer_model
from agent.nano.plan import Segment, plan
from agent.nano.writer_grammar import END, SegmentGrammar, Vocabulary
from agent.nano.writer_surface import Surface

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from agent.types import Brief

Logits = NDArray[np.float32]
"""Shape (vocabulary,)."""

_ROOM = 128  # positions kept free for the longest segment before the context is begun afresh


class Writer:
    """Spells replies segment by segment; the same brief and seed give the same reply."""

    def __init__(
        self,
        model: writer_model.Network,
        tokeniser: writer_model.Tokeniser,
        name: str,
        seed: int = 0,
        temperature: float = 0.9,
        nucleus: float = 0.95,
    ) -> None:
        """Take a loaded model and tokeniser; `nucleus` is the probability mass that is sampled from."""
        self._model = model
        ids: dict[str, int] = tokeniser.get_vocab()
        self._ids = ids
        self._tokens = [token for token, _ in sorted(ids.items(), key=lambda pair: pair[1])]
        self._vocabulary = Vocabulary.of(ids)
        self._name = name
        self._seed = seed
        self._temperature = temperature
        self._nucleus = nucleus

    @classmethod
    def load(cls, folder: Path | None = None, seed: int = 0) -> Writer:
        """Load the shipped weights, or those in `folder`. Raises ModelMissing or ModelError."""
        folder = folder or writer_model.WEIGHTS
        model, tokeniser = writer_model.load(folder)
        checksum = sha256((folder / "model.safetensors").read_bytes()).hexdigest()
        return cls(model, tokeniser, f"vitrine-nano-writer@{checksum[:12]}", seed)

    @property
    def id(self) -> str:
        """Name and first digits of the checksum of the weights."""
        return self._name

    def write(self, brief: Brief) -> Iterator[str]:
        """Write the reply in pieces, facts as slots that are never split; closing it stops the work."""
        key = sha256(f"{self._seed} {brief!r}".encode()).digest()
        rng = np.random.default_rng(int.from_bytes(key[:8]))
        surface, context, echo = Surface(), Context(self._model), _Echo(self._ids)
        pending = [self._ids[writer_model.BEGIN]]
        for segment in plan(brief):
            surface.open(segment.joint)
            pending += self._head(segment)
            if context.length + len(pending) + segment.limit + _ROOM > writer_model.POSITIONS:
                context = Context(self._model)
                pending = [self._ids[writer_model.BEGIN], *self._head(segment)]
            grammar = SegmentGrammar(segment, self._vocabulary)
            while True:
                logits = echo.damp(context.feed(pending))
                number = self._choose(rng, logits, grammar.allowed())
                pending = [number]
                token = self._tokens[number]
                said = grammar.advance(token)
                if token == END:
                    break
                echo.heard(number)
                yield surface.piece(said)

    def _head(self, segment: Segment) -> list[int]:
        unknown = self._ids[writer_model.UNKNOWN]
        return [*(self._ids.get(token, unknown) for token in segment.head), self._ids[writer_model.SAY]]

    def _choose(self, rng: np.random.Generator, logits: Logits, allowed: NDArray[np.bool_]) -> int:
        """Sample from the nucleus of what the grammar allows (Holtzman et al. 2020, top-p)."""
        open_ids = np.flatnonzero(allowed)
        if len(open_ids) == 1:
            return int(open_ids[0])
        scores = logits[open_ids].astype(np.float64) / self._temperature
        weights = np.exp(scores - scores.max())
        order = np.argsort(-weights, kind="stable")
        mass = np.cumsum(weights[order]) / weights.sum()
        kept = order[: int(np.searchsorted(mass, self._nucleus)) + 1]
        return int(open_ids[rng.choice(kept, p=weights[kept] / weights[kept].sum())])


class Context:
    """What the model has read, kept as keys and values."""

    def __init__(self, model: writer_model.Network) -> None:
        from transformers import DynamicCache

        self._model = model
        self._cache = DynamicCache(config=model.config)
        self.length = 0

    def feed(self, ids: list[int]) -> Logits:
        """Read `ids`; return the scores of what comes next."""
        import torch

        # Inside the call alone: a generator that yields within inference_mode would leave it on for its caller.
        with torch.inference_mode():
            out = self._model(
                input_ids=torch.tensor([ids]), past_key_values=self._cache, use_cache=True, logits_to_keep=1
            )
            self.length += len(ids)
            scores: Logits = out.logits[0, -1].numpy()
        return scores


class _Echo:
    """Damps pairs of words that the reply has used already, so that its lines differ."""

    def __init__(self, ids: dict[str, int], weight: float = 1.2) -> None:
        self._plain = {number for token, number in ids.items() if token[0].isalpha()}
        self._weight = weight
        self._pairs: Counter[tuple[int, int]] = Counter()
        self._last = -1

    def heard(self, number: int) -> None:
        """Take note of a token."""
        if number in self._plain:
            self._pairs[self._last, number] += 1
        self._last = number

    def damp(self, logits: Logits) -> Logits:
        """Lower the scores of words that would repeat a pair."""
        repeats = [(second, count) for (first, second), count in self._pairs.items() if first == self._last]
        if not repeats:
            return logits
        damped = logits.copy()
        for second, count in repeats:
            damped[second] -= self._weight * count
        return damped
