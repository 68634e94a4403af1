"""Keys and values kept between turns: a prompt that begins like the last one is computed from where they part.

Rules learned from transformers 5.23: `crop` takes the negative number of tokens to remove; a cache as long as
the prompt is silently fed the whole prompt again, so at most all but one token is kept; the attention mask is
always passed.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transformers import DynamicCache, PreTrainedModel


class PrefixCache:
    """The cache of one kind of prompt."""

    def __init__(self, model: PreTrainedModel) -> None:
        """Begin empty."""
        self._model = model
        self._tokens: list[int] = []
        self._cache: DynamicCache | None = None
        self._snapshot: tuple[list[int], DynamicCache] | None = None
        self.reused = 0
        """How many tokens of the last prompt were not computed again."""

    def take(self, prompt: list[int], constant: int) -> DynamicCache:
        """Return a cache that holds a beginning of `prompt`, for `generate` to be given with the whole prompt.

        The first `constant` tokens are those that every prompt of this kind shares. Attention layers can be
        cropped to what is shared with the last prompt; recurrent ones can't, so there a copy of the state
        behind the constant part is kept.

        The cache belongs to the caller until `keep` gives it back; a failed run must not.
        """
        cache, tokens = self._cache, self._tokens
        self._cache, self._tokens = None, []
        shared = min(_shared(tokens, prompt), len(prompt) - 1)
        if cache is None or not cache.is_croppable:
            return self._from_snapshot(prompt, constant)
        try:
            cache.crop(shared - cache.get_seq_length())
        except RuntimeError:  # a sliding window that has slid past what would be restored
            return self._from_snapshot(prompt, constant)
        self.reused = shared
        return cache

    def keep(self, tokens: list[int], cache: DynamicCache) -> None:
        """Keep a cache behind a run that ended well; `tokens` are the prompt and what was generated."""
        # The last token was chosen but not computed.
        self._cache, self._tokens = cache, tokens[: cache.get_seq_length()]

    def _from_snapshot(self, prompt: list[int], constant: int) -> DynamicCache:
        """Return an empty cache, or for a model that can't be cropped a copy of the constant part's."""
        from transformers import DynamicCache

        self.reused = 0
        cache = DynamicCache(config=self._model.config)
        constant = min(constant, len(prompt) - 1)
        if cache.is_croppable or constant < 1:
            return cache
        if self._snapshot is None or self._snapshot[0] != prompt[:constant]:
            self._prefill(prompt[:constant], cache)
            self._snapshot = (prompt[:constant], cache)
        else:
            self.reused = constant
        return copy.deepcopy(self._snapshot[1])

    def _prefill(self, tokens: list[int], cache: DynamicCache) -> None:
        import torch

        ids = torch.tensor([tokens], device=self._model.device)
        with torch.inference_mode():
            self._model(
                input_ids=ids, attention_mask=torch.ones_like(ids), past_key_values=cache, use_cache=True
            )


def _shared(first: list[int], second: list[int]) -> int:
    """Return how many tokens two sequences begin with in common."""
    length = min(len(first), len(second))
    return next((index for index in range(length) if first[index] != second[index]), length)
