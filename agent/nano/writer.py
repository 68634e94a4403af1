"""The bundled writer: a Brief becomes a reply with slots, spelled by a small decoder under a grammar."""

from __future__ import annotations

from collections import Counter
from copy import copy
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agent.nano import writer_model
from agent.nano.plan import plan
from agent.nano.writer_grammar import END, SegmentGrammar, Vocabulary
from agent.nano.writer_phrasing import Phrasing
from agent.nano.writer_surface import Surface
from encoders.checksum import sha256 as file_sha256
from encoders.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from agent.nano.segment import Segment
    from agent.types import Brief

Logits = NDArray[np.float32]
"""Shape (vocabulary,)."""

_LIKELY = 24  # of the tokens that are open, how many are looked at further
_TRIES = 8  # of a segment whose words come to where no phrase leads on
_ROOM = 128  # positions kept free for the longest segment before the context is begun afresh


class Writer:
    """Spells replies segment by segment; the same brief and seed give the same reply."""

    def __init__(
        self,
        model: writer_model.Network,
        tokeniser: writer_model.Tokeniser,
        phrasing: Phrasing,
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
        self._phrasing = phrasing
        self._name = name
        self._seed = seed
        self._temperature = temperature
        self._nucleus = nucleus

    @classmethod
    def load(cls, folder: Path | None = None, seed: int = 0) -> Writer:
        """Load the shipped weights, or those in `folder`. Raises ModelMissing or ModelError."""
        folder = folder or writer_model.WEIGHTS
        model, tokeniser = writer_model.load(folder)
        try:
            phrasing = Phrasing.load(folder / "phrasing.json.gz")
        except (OSError, ValueError, EOFError) as error:
            raise ModelError(
                f"The bundled writer in {folder} can't be read ({error}); install Vitrine again."
            ) from error
        checksum = file_sha256(folder / "model.safetensors")
        return cls(model, tokeniser, phrasing, f"vitrine-nano-writer@{checksum[:12]}", seed)

    @property
    def id(self) -> str:
        """Name and first digits of the checksum of the weights."""
        return self._name

    def write(self, brief: Brief) -> Iterator[str]:
        """Write the reply in pieces, facts as slots that are never split; closing it stops the work."""
        key = sha256(f"{self._seed} {brief!r}".encode()).digest()
        rng = np.random.default_rng(int.from_bytes(key[:8]))
        surface, context, echo = Surface(), Context(self._model), _Echo(self._ids)
        begin = [self._ids[writer_model.BEGIN]]
        for segment in plan(brief):
            surface.open(segment.joint)
            head = begin + self._head(segment)
            if context.length + len(head) + segment.limit + _ROOM > writer_model.POSITIONS:
                context = Context(self._model)
                head = [self._ids[writer_model.BEGIN], *self._head(segment)]
            spelled, begin = self._spell(segment, head, context, echo, rng)
            for text in spelled:
                yield surface.piece(text)

    def _spell(
        self, segment: Segment, head: list[int], context: Context, echo: _Echo, rng: np.random.Generator
    ) -> tuple[list[str], list[int]]:
        """Spell a segment, anew while its words came to where no phrase leads on; the try with fewest is taken.

        Returns its words, slots resolved, and the ids that the context has still to read.
        """
        start = context.length
        best: _Try | None = None
        for _ in range(_TRIES):
            context.rewind(start)
            attempt = self._try(segment, head, context, echo.copy(), rng)
            if best is None or attempt.stuck < best.stuck:
                best = attempt
            if not best.stuck:
                break
        assert best is not None, "there is at least one try"
        if best is not attempt:
            context.rewind(start)
            context.feed([*head, *best.ids[:-1]])
        for number in best.ids[:-1]:
            echo.heard(number)
        return best.words, best.ids[-1:]

    def _try(
        self, segment: Segment, head: list[int], context: Context, echo: _Echo, rng: np.random.Generator
    ) -> _Try:
        grammar = SegmentGrammar(segment, self._vocabulary)
        done = _Try()
        said: list[str] = []
        pending = head
        while not grammar.closed:
            logits = echo.damp(context.feed(pending))
            allowed, leads_on = self._phrased(segment, said, grammar, logits)
            done.stuck += not leads_on
            number = self._choose(rng, logits / self._heat(segment), allowed)
            pending = [number]
            done.ids.append(number)
            token = self._tokens[number]
            text = grammar.advance(token)
            if token != END:
                said.append(token)
                echo.heard(number)
                done.words.append(text)
        return done

    def _head(self, segment: Segment) -> list[int]:
        unknown = self._ids[writer_model.UNKNOWN]
        return [*(self._ids.get(token, unknown) for token in segment.head), self._ids[writer_model.SAY]]

    def _heat(self, segment: Segment) -> float:
        """Return the temperature: lower for small talk, where the first words settle the subject."""
        return self._temperature * (0.6 if segment.kind == "chat" else 1.0)

    def _phrased(
        self, segment: Segment, said: list[str], grammar: SegmentGrammar, logits: Logits
    ) -> tuple[NDArray[np.bool_], bool]:
        """Narrow what the grammar allows to phrases that were learnt and that can be finished, where there are any.

        Also tells whether there are any.
        """
        allowed = grammar.allowed()
        known = self._phrasing.after(segment.phrasing, said)
        learnt = [n for n in np.flatnonzero(allowed).tolist() if self._tokens[n] in known]
        learnt.sort(key=lambda number: -logits[number])
        for some in (learnt[:_LIKELY], learnt[_LIKELY:]):
            if finished := [
                n for n in some if self._finishes(segment.phrasing, said, self._tokens[n], grammar)
            ]:
                return self._only(finished), True
        # No phrase leads on from here: what has to be named, a full stop or a mark does least harm.
        plain = [n for n in np.flatnonzero(allowed).tolist() if not self._tokens[n][0].isalpha()]
        ends = [n for n in plain if self._tokens[n] in {END, "."}]
        owed = [n for n in plain if self._tokens[n] in segment.required]
        # After 'made of' a slot that was learnt there ends a sentence better than a full stop does.
        slots = [n for n in learnt if self._tokens[n][0] == "{"] if said and said[-1][0].isalpha() else []
        return (self._only(slots or owed or ends or plain) if plain else allowed), False

    def _only(self, numbers: list[int]) -> NDArray[np.bool_]:
        mask = np.zeros(len(self._tokens), dtype=np.bool_)
        mask[numbers] = True
        return mask

    def _finishes(self, kind: str, said: list[str], token: str, grammar: SegmentGrammar) -> bool:
        """Tell whether `token` is an end, or begins or goes on with a phrase that can be finished."""
        if token == END:
            return True
        return self._phrasing.finishes(kind, [*said, token], lambda after: grammar.can(after, token), {})

    def _choose(self, rng: np.random.Generator, logits: Logits, allowed: NDArray[np.bool_]) -> int:
        """Sample from the nucleus of what the grammar allows (Holtzman et al. 2020, top-p)."""
        open_ids = np.flatnonzero(allowed)
        if len(open_ids) == 1:
            return int(open_ids[0])
        scores = logits[open_ids].astype(np.float64)
        weights = np.exp(scores - scores.max())
        order = np.argsort(-weights, kind="stable")
        mass = np.cumsum(weights[order]) / weights.sum()
        kept = order[: int(np.searchsorted(mass, self._nucleus)) + 1]
        return int(open_ids[rng.choice(kept, p=weights[kept] / weights[kept].sum())])


@dataclass(slots=True)
class _Try:
    """A segment as it was spelled once."""

    ids: list[int] = field(default_factory=list)
    """Its tokens, the end included."""
    words: list[str] = field(default_factory=list)
    """What they stand for, without the end."""
    stuck: int = 0
    """How often no known phrase led on."""


class Context:
    """What the model has read, kept as keys and values."""

    def __init__(self, model: writer_model.Network) -> None:
        from transformers import DynamicCache

        self._model = model
        self._cache = DynamicCache(config=model.config)
        self.length = 0

    def rewind(self, length: int) -> None:
        """Forget what was read after the first `length` tokens."""
        if length < self.length:
            self._cache.crop(length - self.length)
            self.length = length

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

    def __init__(self, ids: dict[str, int], weight: float = 1.5) -> None:
        self._plain = {number for token, number in ids.items() if token[0].isalpha()}
        self._weight = weight
        self._pairs: Counter[tuple[int, int]] = Counter()
        self._last = -1

    def copy(self) -> _Echo:
        """Return a copy that hears for itself."""
        other = copy(self)
        other._pairs = self._pairs.copy()
        return other

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
