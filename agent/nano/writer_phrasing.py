"""Which words may follow which: the phrasing of the replies that a writer learnt from, as an n-gram automaton.

A model of two million parameters sometimes begins a phrase that its plan can't finish ('in size …' with no size to
name). The automaton knows every context of four tokens in the training replies, by kind of segment, and what came
next; looking some tokens ahead, it keeps such a phrase from being begun. Which of the phrases is used stays the
model's choice. Where it has nothing to say, the grammar alone decides.
"""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

from agent.nano.writer_classes import CLASSES
from agent.nano.writer_grammar import END
from agent.nano.writer_surface import TERMINAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

ORDERS = (4, 3)
"""Lengths of context, the longest that is known first."""

DEPTH = 12
"""How many words ahead a slot or an end is looked for."""

_NEAR = 2  # tokens of a context that are kept as they are
_NAMES = frozenset(CLASSES)


def _context(token: str) -> str:
    """Return `token` as part of a context further back: of a fact its mark alone matters to the words there."""
    if token[0] != "{":
        return token
    name, _, rest = token.strip("{}").partition(".")
    mark = name[0] if name[0] in "+!?" else ""
    return f"{{{mark}.{rest}}}" if name.lstrip("+!?") in _NAMES else token


class Phrasing:
    """Contexts of tokens and what may follow them."""

    def __init__(self, table: dict[str, frozenset[str]]) -> None:
        self._table = table

    @classmethod
    def collect(cls, segments: Iterable[tuple[str, Sequence[str]]]) -> Phrasing:
        """Collect contexts from (kind of segment, its tokens without the end)."""
        table: dict[str, set[str]] = {}
        for kind, tokens in segments:
            row = (*tokens, END)
            for place, token in enumerate(row):
                for key in _keys(kind, row[:place]):
                    table.setdefault(key, set()).add(token)
        return cls({key: frozenset(tokens) for key, tokens in table.items()})

    def after(self, kind: str, said: Sequence[str]) -> frozenset[str]:
        """Return what may follow `said` in a segment of `kind`, empty where its end was never seen."""
        return next((self._table[key] for key in _keys(kind, said) if key in self._table), frozenset())

    def finishes(
        self,
        kind: str,
        said: Sequence[str],
        can: Callable[[str], bool],
        seen: dict[str, bool],
        depth: int = DEPTH,
    ) -> bool:
        """Tell whether a known phrase leads from `said` to a slot that is open or to the end of a sentence.

        `can` tells it of a follower; `seen` keeps what was found out of contexts while nothing else changes.
        """
        key = next(iter(_keys(kind, said)))
        if key not in seen:
            seen[key] = False  # a circle leads nowhere
            for token in self.after(kind, said):
                ends = token[0] == "{" or token in TERMINAL or token == END
                if can(token) and (
                    ends
                    or depth == 0
                    or self.finishes(kind, [*said[-ORDERS[0] :], token], can, seen, depth - 1)
                ):
                    seen[key] = True
                    break
        return seen[key]

    def save(self, path: Path) -> None:
        """Write the table as gzipped JSON."""
        rows = {key: " ".join(sorted(tokens)) for key, tokens in sorted(self._table.items())}
        path.write_bytes(gzip.compress(json.dumps(rows, ensure_ascii=False).encode(), mtime=0))

    @classmethod
    def load(cls, path: Path) -> Phrasing:
        """Read what `save` wrote. Raises OSError or ValueError when it isn't that."""
        rows: dict[str, str] = json.loads(gzip.decompress(path.read_bytes()))
        return cls({key: frozenset(tokens.split()) for key, tokens in rows.items()})


def _keys(kind: str, said: Sequence[str]) -> Iterable[str]:
    """Yield the keys of a context, the longest first; a shorter one only where so many tokens stand there."""
    for order in ORDERS:
        if len(said) >= order or order == ORDERS[0]:
            yield " ".join(
                (kind, str(order), *(_context(token) for token in said[-order:-_NEAR]), *said[-_NEAR:])
            )
