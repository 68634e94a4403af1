"""The contrastive losses."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

_INSTANCES = 0.1
"""Temperature of two views of one drawing."""


def aligned(logits: Tensor, holds: Tensor, left_open: Tensor) -> Tensor:
    """Return InfoNCE both ways over pictures × captions, with all true pairs as positives and open ones left out.

    All three have the shape (pictures, captions); rows and columns without a true pair count for nothing.
    """
    return (to_captions(logits, holds, left_open) + to_captions(logits.T, holds.T, left_open.T)) / 2


def to_captions(logits: Tensor, holds: Tensor, left_open: Tensor) -> Tensor:
    """Return InfoNCE one way: each picture's true captions among all; the same three of shape (pictures, captions)."""
    import torch

    scores = logits.masked_fill(left_open, -torch.inf)
    likely = torch.log_softmax(scores, dim=1).masked_fill(~holds, 0.0)
    count = holds.sum(1)
    some = count > 0
    return -(likely.sum(1)[some] / count[some]).mean()


def instances(first: Tensor, second: Tensor) -> Tensor:
    """Return the SimCLR loss of two views, unit vectors of shape (n, dimension) each."""
    import torch
    from torch.nn.functional import cross_entropy

    both = torch.cat([first, second])
    scores = both @ both.T / _INSTANCES
    scores.fill_diagonal_(-torch.inf)
    n = len(first)
    right = torch.cat([torch.arange(n, 2 * n), torch.arange(n)])
    return cross_entropy(scores, right)
