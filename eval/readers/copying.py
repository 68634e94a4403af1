"""Which tokens may come next in a line, so that it is valid and copies whole words of the request in their order."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from agent.nano.tags import ACTS, ALLOWED
from eval.readers.linear import ACT_IDS, END, KIND_IDS

if TYPE_CHECKING:
    from agent.types import ActName
    from eval.readers.linear import Request

_ACTS = {ACT_IDS[act]: act for act in ACTS}
_KINDS = frozenset(KIND_IDS.values())


class Copier:
    """Follows a line token by token; every line of allowed tokens that ends is valid for `linear.parse`."""

    def __init__(self, request: Request) -> None:
        """Begin a line about `request`."""
        self._flat = [piece for word in request.pieces for piece in word]
        self._edges = frozenset((0, *accumulate(len(word) for word in request.pieces)))
        self._act: ActName | None = None
        self._read = 0
        """Pieces up to here stand in earlier phrases or before them."""
        self._next: list[int] | None = None
        """Inside a phrase: for each run of the request that it may be, leftmost first, the piece that would follow."""
        self._begun = False

    def allowed(self) -> list[int]:
        """Return the tokens that may follow; never empty before the end."""
        if self._act is None:
            return list(ACT_IDS.values())
        if self._next is None:
            return self._closing(self._read)
        flat = self._flat
        following = {flat[place]: None for place in self._next if place < len(flat)}
        if (end := self._end()) is not None:
            following.update(dict.fromkeys(self._closing(end)))
        return list(following)

    def take(self, token: int) -> None:
        """Go on by one of the tokens that `allowed` returned."""
        if self._act is None:
            self._act = _ACTS[token]
        elif token in _KINDS:
            if (end := self._end()) is not None:
                self._read = end
            self._next = [place for place in sorted(self._edges) if self._read <= place < len(self._flat)]
            self._begun = False
        elif self._next is not None:
            flat = self._flat
            self._next = [place + 1 for place in self._next if place < len(flat) and flat[place] == token]
            self._begun = True

    def _end(self) -> int | None:
        """Return where the phrase would end if it ended now, at the end of a word, or None where it can't."""
        if self._next is None or not self._begun:
            return None
        return next((place for place in self._next if place in self._edges), None)

    def _closing(self, read: int) -> list[int]:
        """Return the end and, where words are left after `read`, the kinds that the act may carry."""
        if self._act is None or read >= len(self._flat):
            return [END]
        return [END, *(KIND_IDS[kind] for kind in sorted(ALLOWED[self._act]))]
