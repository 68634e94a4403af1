"""Constrained decoding: llguidance's masks as a logits processor that survives rollback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from encoders.errors import ModelError

if TYPE_CHECKING:
    import torch
    from llguidance import LLTokenizer


class GrammarProcessor:
    """A transformers LogitsProcessor that lets only tokens through that the grammar allows.

    It compares the tokens generated so far with those it has consumed, and rolls back where they differ:
    assisted decoding proposes several tokens at once and takes some of them back.
    """

    def __init__(self, tokenizer: LLTokenizer, grammar: str, prompt_length: int) -> None:
        """Begin behind a prompt of `prompt_length` tokens.

        Raises ModelError when the grammar can't be used with this tokenizer.
        """
        from llguidance import LLMatcher

        self._matcher = LLMatcher(tokenizer, grammar, log_level=0)
        self._prompt_length = prompt_length
        self._consumed: list[int] = []
        self._check()

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        """Set the scores of what the grammar forbids to −inf; `input_ids` and `scores` have one row."""
        import torch

        self._follow(input_ids[0, self._prompt_length :].tolist())
        bits = np.unpackbits(np.frombuffer(self._matcher.compute_bitmask(), np.uint8), bitorder="little")
        allowed = torch.zeros(scores.shape[-1], dtype=torch.bool)
        width = min(len(bits), len(allowed))
        allowed[:width] = torch.from_numpy(bits[:width].astype(bool))
        return scores.masked_fill(~allowed.to(scores.device), float("-inf"))

    @property
    def finished(self) -> bool:
        """Whether what was generated is whole."""
        return bool(self._matcher.is_accepting())

    def _follow(self, tokens: list[int]) -> None:
        """Bring the matcher to the state behind `tokens`."""
        same = 0
        while same < min(len(tokens), len(self._consumed)) and tokens[same] == self._consumed[same]:
            same += 1
        if same < len(self._consumed):
            self._matcher.rollback(len(self._consumed) - same)
            self._check()
        if same < len(tokens):
            self._matcher.consume_tokens(tokens[same:])
            self._check()
        self._consumed = tokens

    def _check(self) -> None:
        if self._matcher.is_error():
            reason = self._matcher.get_error().splitlines()[0][:200]
            raise ModelError(f"The chat model can't be held to its grammar ({reason}); use another model.")
