"""The legs of a search of words, alone and fused, on any catalogue: what the fusion is worth over its best leg.

The items are indexed afresh in a folder of their own, judged queries are made from them (`eval.benchmarks.queries`),
and order alone is measured: variety, sort and constraints play no part. The weights of `retrieval.search.weights` were
chosen on other queries; what the same ascent chooses on these stands in the notes, measured on the half it did not see.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from encoders.errors import InputError
from eval.benchmarks.protocol import Table
from eval.benchmarks.queries import known_item_queries
from eval.metrics import mean, ndcg_at, recall_at
from retrieval.index.build import Options, build
from retrieval.library import Library
from retrieval.opening import read_catalogue
from retrieval.search.fusion import best_first, fuse
from retrieval.search.searcher import Searcher
from retrieval.search.validate import validate
from retrieval.search.weights import WEIGHTS
from retrieval.types import Query

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from encoders.protocols import TextEncoder
    from eval.benchmarks.queries import JudgedQuery
    from eval.metrics import Mean

_QUERIES = 250
"""Of each kind: a standard error of about .02."""
_SEED = 7
_CUT = 10


class SearchLegs:
    """The benchmark `search`."""

    name = "search"
    about = "known items by words of the catalogue and by others; NDCG and recall at 10 of each leg, fused and equal"

    def run(self, data: Path, text: TextEncoder, say: Callable[[str], None]) -> Table:
        """Index the catalogue at `data` (a file or folder), search it with each leg alone and with all."""
        with tempfile.TemporaryDirectory(prefix="vitrine-bench-") as folder:
            home = Path(folder)
            say("indexing")
            imported = read_catalogue(str(data), home)
            report = build(imported, data_dir=home, text=text, options=Options(index=False))
            with Library(home).open(report.name) as snapshot:
                queries = known_item_queries(snapshot, _QUERIES, _SEED)
                if not queries:
                    raise InputError(
                        f"No queries can be made from {data}: its items have no words in common use."
                    )
                searcher = Searcher(snapshot, text)
                say(f"searching {len(snapshot):,} items for {sum(map(len, queries.values())):,} queries")
                rows = {
                    f"{kind}: {system}": means
                    for kind, judged in queries.items()
                    for system, means in measure(searcher, judged).items()
                }
                say("choosing weights")
                notes = {"items": f"{len(snapshot):,}", **_validated(searcher, queries)}
        return Table(f"Search of {report.name}", [f"NDCG@{_CUT}", f"R@{_CUT}"], rows, notes)


def measure(searcher: Searcher, judged: Sequence[JudgedQuery]) -> dict[str, list[Mean]]:
    """Return NDCG@10 and R@10 of each leg alone, of all at our weights and of all at equal ones."""
    found = [(query, searcher.legs(Query(query.text))) for query in judged]
    legs = sorted({leg for _, scores in found for leg in scores}, key=lambda leg: -WEIGHTS.get(leg, 0.0))
    systems = {
        **{f"{leg} alone": {leg: 1.0} for leg in legs},
        "fused, our weights": WEIGHTS,
        "fused, equal weights": dict.fromkeys(legs, 1.0),
    }
    rows = np.arange(len(searcher.snapshot))
    measured: dict[str, list[Mean]] = {}
    for system, weights in systems.items():
        values: list[tuple[float, float]] = []
        for query, scores in found:
            order = best_first(fuse(rows, scores, weights).total, _CUT)
            ranked = [searcher.snapshot.ids[row] for row in order.tolist()]
            values.append((ndcg_at(ranked, query.relevant, _CUT), recall_at(ranked, query.relevant, _CUT)))
        measured[system] = [mean(column) for column in zip(*values, strict=True)]
    return measured


def _validated(searcher: Searcher, queries: Mapping[str, Sequence[JudgedQuery]]) -> dict[str, str]:
    judged = [query for some in queries.values() for query in some]
    found = validate(
        searcher,
        [Query(query.text) for query in judged],
        [dict.fromkeys(query.relevant, 1.0) for query in judged],
    )
    chosen = ", ".join(f"{leg.leg} {leg.weight:.2f}" for leg in found.legs)
    worth = {
        f"ablation, {leg.leg}": f"alone {leg.alone:.3f}, all {leg.fused:.3f}, all without it {leg.without:.3f}"
        for leg in found.legs
    }
    return {
        "our weights": ", ".join(f"{leg.leg} {WEIGHTS.get(leg.leg, 0.0):g}" for leg in found.legs),
        "weights chosen on these queries": f"{chosen}; NDCG@{_CUT} of all kinds {found.held_out:.3f} "
        f"± {found.error:.3f} held out, {found.before:.3f} at ours",
        **worth,
    }
