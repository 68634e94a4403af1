"""The search of one generation of a catalogue: filters, legs, fusion, order; every hit with its evidence."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from retrieval.search.ease import Ease, Recommender
from retrieval.search.filters import Filters
from retrieval.search.fusion import Fused, Scale, Scores, best_first, fuse, names, relative
from retrieval.search.mmr import diversify, split_repeats
from retrieval.search.plan import EXACT_ROWS, Planner
from retrieval.search.popularity import popularity
from retrieval.search.vectors import UNWANTED_WORDS, VectorLegs, recent, tempered, wording
from retrieval.search.weights import WEIGHTS
from retrieval.search.words import WordIndex
from retrieval.types import Constraint, Hit, Query, Results

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from encoders.protocols import ImageEncoder, JointAudioEncoder, TextEncoder
    from retrieval.search.columns import Mask
    from retrieval.snapshot import Snapshot

GATE = 0.6
"""With a sort, only rows with at least this part of the best total are put in order: the cheapest dress is no
sock. Of 67 requests that name a kind of fashion product ('watch', 'denims') .76 of the rows kept are of that
kind, and .72 of the kind are kept; .745 and .744 at .5, .761 and .656 at .7."""
_ASKING = frozenset({"words", "text", "image", "audio", "sound", "similar"})
"""Legs that say what is looked for; taste and popularity only tell what is liked."""
_POOL = (64, 16)
"""Rows that variety chooses from: at least 64, and 16 for each one asked for. At the usual variety of .3 four
rows lie .318 apart (1 − cosine) against .226 by relevance alone, and .669 of them are right against .717."""


class Searcher:
    """Searches one generation; what it builds (columns, BM25, EASE) is built on first use and kept with it."""

    def __init__(
        self,
        snapshot: Snapshot,
        text: TextEncoder | None = None,
        image: ImageEncoder | None = None,
        *,
        audio: JointAudioEncoder | None = None,
        weights: Mapping[str, float] = WEIGHTS,
        recommender: Recommender | None = None,
        exact_rows: int = EXACT_ROWS,
    ) -> None:
        """Search `snapshot` with the encoders that made its vectors; without them those legs are left out.

        `weights` are those of the legs, `recommender` stands in for EASE, and catalogues larger than `exact_rows` are
        searched through the vector index.
        """
        self._snapshot = snapshot
        self._filters = Filters(snapshot)
        self._vectors = VectorLegs(snapshot, text, image, audio)
        self._words = WordIndex(snapshot)
        self._recommender = Ease(snapshot) if recommender is None else recommender
        self._planner = Planner(snapshot, exact_rows)
        self._weights = weights

    @property
    def snapshot(self) -> Snapshot:
        """What is searched."""
        return self._snapshot

    def search(self, query: Query) -> Results:
        """Return the items for a query, best first.

        Every hit satisfies the ENFORCED constraints. Items of `near` are never hits. Nothing asked for (no
        words, picture or item to be like) gives what is popular, by the person's taste. Raises InputError
        when a constraint or the sort can't be checked against the catalogue.
        """
        enforced = self._filters.enforced(query.constraints)
        fused, reason = self._rank(query, self._left(query, enforced))
        order = self._order(query, fused)
        items = self._snapshot.items([self._snapshot.ids[row] for row in fused.rows[order].tolist()])
        scores = relative(fused.total)
        hits = [Hit(item, float(scores[at]), fused.shares(at)) for item, at in zip(items, order, strict=True)]
        return Results(tuple(hits), int(np.count_nonzero(enforced)), reason)

    def mask(self, constraints: Iterable[Constraint]) -> Mask:
        """Return the rows that satisfy all ENFORCED constraints, shape (rows,)."""
        return self._filters.enforced(constraints)

    def rows(self, constraints: Iterable[Constraint]) -> NDArray[np.int64]:
        """Return the numbers of those rows, ascending."""
        return np.flatnonzero(self.mask(constraints))

    def matching(self, constraints: Iterable[Constraint]) -> int:
        """Return how many items satisfy all ENFORCED constraints."""
        return int(np.count_nonzero(self.mask(constraints)))

    def meets(self, constraint: Constraint, item_id: str) -> bool:
        """Return whether an item satisfies a constraint, whatever its status; KeyError when there is no such item."""
        return bool(self._filters.mask(constraint)[self._snapshot.row(item_id)])

    def checkable(self, constraint: Constraint) -> bool:
        """Return whether the catalogue can check a constraint."""
        return self._filters.checkable(constraint)

    def explain_rank(self, query: Query, item_id: str, without: str | Constraint | None = None) -> int:
        """Return the rank an item would have, from 1, with something left out of the query.

        `without` is a leg as `Hit.shares` names it ('words', 'taste' …), a constraint of the query, or None
        for the rank as it is. 0 when the item would not be found at all. KeyError when there is no such item.
        """
        row = self._snapshot.row(item_id)
        if isinstance(without, Constraint):
            kept = tuple(constraint for constraint in query.constraints if constraint != without)
            query, without = replace(query, constraints=kept), None
        allowed = self.allowed(query)
        fused, _ = self._rank(query, allowed, without, whole=True)
        ranks = [int(fused.rows[at]) for at in self._order(query, fused, whole=True)]
        return ranks.index(row) + 1 if row in ranks else 0

    def prepare(self) -> None:
        """Build what is otherwise built by the first request that needs it: BM25, popularity, the recommender."""
        self._words.build()
        self._recommender.scores({0: 1.0})
        self.search(Query(count=1))

    def legs(self, query: Query) -> dict[str, Scores]:
        """Return the z-scores of every leg over all rows, by leg, shape (rows,) each: what `fusion` weighs."""
        everything = np.ones(len(self._snapshot), dtype=np.bool_)
        others = self._others(query)
        probes = self._vectors.probes(query)
        found = self._planner.search(probes, [1.0] * len(probes), np.zeros(len(everything)), everything, None)
        return others | {probe.leg: scores for probe, scores in zip(probes, found.scores, strict=True)}

    def allowed(self, query: Query) -> Mask:
        """Return the rows that a query may return: enforced, of `only`, not excluded and not `near` itself.

        With nothing asked for, what the person has judged already is not shown again either.
        """
        return self._left(query, self._filters.enforced(query.constraints))

    def _left(self, query: Query, enforced: Mask) -> Mask:
        allowed = enforced.copy()
        if query.only is not None:
            chosen = np.zeros_like(allowed)
            chosen[self._known(query.only)] = True
            allowed &= chosen
        allowed[self._known(query.exclude | query.near.keys())] = False
        shown = query.near or query.image is not None or query.sound is not None
        if not (query.text.strip() or query.constraints or shown):
            allowed[self._known(query.taste.items)] = False
        return allowed

    def _known(self, item_ids: Iterable[str]) -> list[int]:
        return [row for item_id in item_ids if (row := self._row_of.get(item_id)) is not None]

    @cached_property
    def _row_of(self) -> dict[str, int]:
        return {item_id: row for row, item_id in enumerate(self._snapshot.ids)}

    @cached_property
    def _titles(self) -> tuple[str, ...]:
        return tuple(self._snapshot.titles())

    @cached_property
    def _popularity(self) -> NDArray[np.float32] | None:
        return popularity(self._snapshot)

    def _rank(
        self, query: Query, allowed: Mask, without: str | None = None, *, whole: bool = False
    ) -> tuple[Fused, str]:
        """Score the allowed rows, all of them when `whole`, or else at least those that can be shown; and say how."""
        others = {leg: scores for leg, scores in self._others(query).items() if _stays(leg, without)}
        probes = [
            probe
            for probe in self._vectors.probes(query)
            if self._weights.get(probe.leg, 0.0) > 0 and _stays(probe.leg, without)
        ]
        legs = {*others, *(probe.leg for probe in probes)}
        if not names([*legs]) & _ASKING and _stays("popularity", without) and self._popularity is not None:
            others["popularity"] = Scale.of(self._popularity).apply(self._popularity)
        base = fuse(np.arange(len(allowed)), others, self._weights).total
        weights = [self._weights[probe.leg] for probe in probes]
        wanted = None if whole or query.sort else max(_POOL[0], _POOL[1] * query.count)
        found = self._planner.search(probes, weights, base, allowed, wanted)
        scores = {leg: values[found.rows] for leg, values in others.items()}
        scores |= {probe.leg: values for probe, values in zip(probes, found.scores, strict=True)}
        return fuse(found.rows, scores, self._weights), found.reason

    def _others(self, query: Query) -> dict[str, Scores]:
        """Return the z-scores of the legs that are no vectors, over all rows."""
        legs: dict[str, Scores] = {}
        wanted, unwanted = wording(query)
        found = self._words.scores(wanted)
        against = self._words.scores(unwanted)
        if found is not None or against is not None:
            zero = np.zeros(len(self._snapshot), dtype=np.float32)
            total = (zero if found is None else found) - UNWANTED_WORDS * (
                zero if against is None else against
            )
            legs["words"] = Scale.of(total).apply(total)
        taste = {
            row: weight
            for key, weight in recent(query.taste).items()
            if (row := self._row_of.get(key)) is not None
        }
        if taste:
            softened = tempered(np.fromiter(taste.values(), dtype=np.float32))
            folded = self._recommender.scores(dict(zip(taste, softened.tolist(), strict=True)))
            if folded is not None:
                legs["taste.people"] = Scale.of(folded).apply(folded)
        return legs

    def _order(self, query: Query, fused: Fused, *, whole: bool = False) -> list[int]:
        """Return positions in `fused` in the order shown; all of them when `whole`, with the shown ones first."""
        count = max(query.count, 0)
        if query.sort is None:
            order = best_first(fused.total).tolist()
        else:
            # Wishes that only rank bar nothing: a film for a rainy day need not have rain in it.
            order = self._sorted(query.sort, fused, 0 if query.text.strip() else count)
        if query.sort is None:
            shown = self._varied(fused, order[: max(_POOL[0], _POOL[1] * count)], count, query.variety)
        else:
            first, repeats = self._split_repeats(fused, order)
            shown = (first + repeats)[:count]
        if not whole:
            return shown
        taken = set(shown)
        return shown + [at for at in order if at not in taken]

    def _varied(self, fused: Fused, pool: list[int], count: int, variety: float) -> list[int]:
        """Choose `count` of the pool for relevance and variety; repeated titles only when others run out."""
        first, repeats = self._split_repeats(fused, pool)
        stored = [self._snapshot.vectors(modality) for modality in ("text", "image")]
        vectors = [array[fused.rows[first]] for array in stored if array is not None]
        chosen = diversify(relative(fused.total)[first], vectors, count, variety)
        return ([first[at] for at in chosen] + repeats)[:count]

    def _split_repeats(self, fused: Fused, positions: list[int]) -> tuple[list[int], list[int]]:
        titles = [self._titles[row] for row in fused.rows[positions].tolist()]
        first, repeats = split_repeats(titles)
        return [positions[at] for at in first], [positions[at] for at in repeats]

    def _sorted(self, sort: str, fused: Fused, at_least: int) -> list[int]:
        """Order by a column, ties by relevance, rows without a value last; rows below the gate are left out.

        The best `at_least` rows pass the gate whatever they score.
        """
        descending = sort.startswith("-") and sort not in {column.name for column in self._snapshot.columns}
        keys = self._filters.sort_keys(sort[1:] if descending else sort)[fused.rows]
        best = float(fused.total.max(initial=0.0))
        asked = bool(names([*fused.parts]) & _ASKING) and best > 0
        kept = np.flatnonzero(fused.total >= GATE * best) if asked else np.arange(len(keys))
        if len(kept) < at_least:
            kept = best_first(fused.total)[:at_least]
        values = -keys[kept] if descending else keys[kept]
        order = np.lexsort((-fused.total[kept], values))  # NaN sorts last
        return [int(at) for at in kept[order]]


def _stays(leg: str, without: str | None) -> bool:
    return without is None or leg.partition(".")[0] != without
