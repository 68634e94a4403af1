"""A picture and words together: 'the same, but in navy blue', by every way to compose them, and by the whole search.

R@10 is recall proper, the share of the right items that stand among the first ten (where more than ten are right it
can't reach 1); hit@10 tells whether any does. Parameters are chosen by NDCG@10 on one half of the cases and all numbers
are of the other; standard errors are over groups of the same articles. What the picture shows (kind and old colour) is
what the program itself sees in it, never the record. Caption similarity is that of WeiMoCIR (arXiv 2409.04918): a part
of the cosine with an item's title through the image model's text side.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from agent.catalogue import Catalogue
from agent.looks import caption, changes, looks_of_item, looks_of_picture
from agent.perceive import Perceived
from agent.seen_kind import kind_in
from agent.sight.aspects import Aspect
from agent.sight.seeing import Sight
from agent.types import Picture, Request
from eval.benchmarks.composed_cases import cases, colour_column
from eval.benchmarks.protocol import Table
from eval.metrics import mean, ndcg_at, recall_at
from retrieval.index.build import Options, build
from retrieval.library import Library
from retrieval.opening import read_catalogue
from retrieval.search.composition import difference, signed, slerp, weighted_sum
from retrieval.types import Constraint, Op, Query, Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agent.looks import Looks
    from encoders.protocols import ImageEncoder, TextEncoder, Vectors
    from eval.benchmarks.composed_cases import Case
    from eval.metrics import Mean
    from retrieval.search.composition import Vector
    from retrieval.snapshot import Snapshot

NAME: Final = "composed"
CUT: Final = 10
SHOWN: Final = 4
"""Cards of an answer."""
MEASURES: Final = ("R@1", "R@10", "hit@10", "kind@4", "NDCG@10")
"""kind@4 is the share of the first four that are of the reference's kind, by the narrowest column of kinds."""
CAPTION: Final = (0.1, 0.2, 0.5)
"""Parts of caption similarity that are tried."""
_SHARES: Final = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_STRENGTHS: Final = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0)


@dataclass(frozen=True, slots=True)
class Sides:
    """The vectors of one case, of the image model."""

    picture: Vector
    said: Vector
    """'The same but in navy blue'."""
    wanted: Vector
    """'Navy blue handbag', of the kind that is seen in the picture."""
    replaced: Vector | None
    """'Brown handbag', as it is seen; None when no colour is."""
    colour: Vector | None
    """'Brown' alone."""


Kinds = Sequence[Sequence[str]]
"""What kind of thing each row is."""
_Compose = Callable[[Sides, float], "Vector"]
_Way = tuple[_Compose, tuple[float, ...]]
WAYS: Final[dict[str, _Way]] = {
    "picture only": (lambda sides, _: sides.picture, (0.0,)),
    "words only, as said": (lambda sides, _: sides.said, (0.0,)),
    "words only, 'navy blue handbag'": (lambda sides, _: sides.wanted, (0.0,)),
    "weighted sum, words as said": (lambda sides, a: weighted_sum(sides.picture, sides.said, a), _SHARES),
    "weighted sum": (lambda sides, a: weighted_sum(sides.picture, sides.wanted, a), _SHARES),
    "spherical interpolation": (lambda sides, a: slerp(sides.picture, sides.wanted, a), _SHARES),
    "difference form": (
        lambda sides, s: (
            difference(sides.picture, sides.wanted, sides.replaced, s)
            if sides.replaced is not None
            else signed(sides.picture, ((s, sides.wanted),))
        ),
        _STRENGTHS,
    ),
    "signed: wanted, less half the old colour": (
        lambda sides, s: signed(
            sides.picture,
            ((s, sides.wanted), *(((-s / 2, sides.colour),) if sides.colour is not None else ())),
        ),
        _STRENGTHS,
    ),
}
"""Name to (composition of a case's vectors with a parameter, the parameters tried)."""


def run(data: Path, text: TextEncoder, image: ImageEncoder, say: Callable[[str], None]) -> Table:
    """Index the catalogue at `data` (a file or folder, or 'demo') afresh and measure on it.

    Raises InputError when no such requests can be made from it, CatalogueError when it is none.
    """
    with tempfile.TemporaryDirectory(prefix="vitrine-bench-") as folder:
        home = Path(folder)
        say("indexing")
        report = build(
            read_catalogue(str(data), home),
            data_dir=home,
            text=text,
            image=image,
            options=Options(index=False),
        )
        with Library(home).open(report.name) as snapshot:
            return measure(Catalogue.of(snapshot, text, image, lambda: datetime.now(UTC)), image, say)


def measure(catalogue: Catalogue, image: ImageEncoder, say: Callable[[str], None]) -> Table:
    """Measure on an indexed catalogue, whose pictures `image` encoded. Raises InputError as `run` does."""
    snapshot = catalogue.snapshot
    judged = cases(snapshot)
    say(f"looking at {len(judged):,} pictures")
    looks = see(judged, catalogue, image)
    rows, notes = _ways(judged, looks, catalogue, image, say)
    say("searching")
    rows |= _searched(judged, looks, catalogue, image)
    reported = sum(case.reported for case in judged)
    right = float(np.mean([len(case.relevant) for case in judged]))
    notes = {
        "cases": f"{len(judged):,}, of which {reported:,} reported, over {len(snapshot):,} items; "
        f"{right:.1f} right on average",
        **notes,
    }
    return Table(f"The same, but in another colour: {snapshot.name}", MEASURES, rows, notes)


def see(judged: Sequence[Case], catalogue: Catalogue, image: ImageEncoder) -> list[Looks]:
    """Return what the program sees in the picture of each reference."""
    snapshot = catalogue.snapshot
    pictures = snapshot.vectors("image")
    assert pictures is not None
    known: dict[tuple[str, ...], Looks] = {}
    found = []
    for case in judged:
        shown = Picture(snapshot.item(snapshot.ids[case.row]).picture or "")
        each = np.asarray(pictures[case.row : case.row + 1])
        seen = catalogue.sight.see(Perceived(Request("", pictures=(shown,)), each[0], each), image)
        words = seen.request.pictures[0].seen
        if words not in known:
            known[words] = looks_of_picture(words, catalogue)
        found.append(known[words])
    return found


def _ways(
    judged: Sequence[Case],
    looks: Sequence[Looks],
    catalogue: Catalogue,
    image: ImageEncoder,
    say: Callable[[str], None],
) -> tuple[dict[str, list[Mean]], dict[str, str]]:
    """Measure every way over vectors alone, without and with caption similarity, at its best parameters."""
    snapshot = catalogue.snapshot
    say("encoding words and titles")
    sides = _sides(judged, looks, catalogue, image)
    titles = image.encode_texts(list(snapshot.titles()))
    kinds = _kinds(catalogue)
    rows: dict[str, list[Mean]] = {}
    notes: dict[str, str] = {}
    for name, (compose, grid) in WAYS.items():
        queries = {parameter: np.stack([compose(one, parameter) for one in sides]) for parameter in grid}
        for suffix, parts in (("", (0.0,)), (" + caption", CAPTION)):
            tried = {
                (parameter, part): _scored(judged, vectors, snapshot, titles, part, kinds)
                for parameter, vectors in queries.items()
                for part in parts
            }
            scores = {key: _mean_ndcg(judged, values, reported=False) for key, values in tried.items()}
            best = max(scores, key=lambda key: scores[key])
            rows[name + suffix] = _means(judged, tried[best])
            if len(tried) > 1:
                curve = ", ".join(
                    f"{parameter:g}{f' with {part:g}' if part else ''}: {scores[parameter, part]:.3f}"
                    for parameter, part in tried
                )
                notes[f"{name}{suffix}, NDCG@{CUT} of the other half by parameter"] = curve
    return rows, notes


def _sides(
    judged: Sequence[Case], looks: Sequence[Looks], catalogue: Catalogue, image: ImageEncoder
) -> list[Sides]:
    pictures = catalogue.snapshot.vectors("image")
    assert pictures is not None
    written: list[tuple[str, str, str, str]] = []
    for case, look in zip(judged, looks, strict=True):
        terms = changes([_asked(case, catalogue)], look, catalogue.fields)
        wanted = next(
            (term.words for term in terms if term.weight > 0),
            caption([_asked(case, catalogue)], look, catalogue.fields),
        )
        replaced = next((term.words for term in terms if term.weight < 0), "")
        old = look.get(colour_column(catalogue.snapshot), "") if replaced else ""
        written.append((case.said, wanted, replaced, old))
    distinct = sorted({words for case in written for words in case if words})
    encoded: Mapping[str, Vector] = dict(zip(distinct, image.encode_texts(distinct), strict=True))
    return [
        Sides(
            np.asarray(pictures[case.row]),
            encoded[said],
            encoded[wanted],
            encoded.get(replaced),
            encoded.get(old),
        )
        for case, (said, wanted, replaced, old) in zip(judged, written, strict=True)
    ]


def _asked(case: Case, catalogue: Catalogue) -> Constraint:
    said = case.colour.casefold()
    return Constraint(colour_column(catalogue.snapshot), Op.EQ, case.colour, f"in {said}")


def _scored(
    judged: Sequence[Case], queries: Vectors, snapshot: Snapshot, titles: Vectors, part: float, kinds: Kinds
) -> list[tuple[float, ...]]:
    """Rank all pictured items for each query by cosine, with a part of the cosine to their titles."""
    pictures = snapshot.vectors("image")
    assert pictures is not None
    scores = queries @ pictures.T
    if part:
        scores = scores + part * (queries @ titles.T)
    scores[:, ~np.any(pictures, axis=1)] = -np.inf
    scores[np.arange(len(judged)), [case.row for case in judged]] = -np.inf
    firsts = np.argsort(-scores, axis=1, kind="stable")[:, :CUT]
    return [_measured(case, first.tolist(), kinds) for case, first in zip(judged, firsts, strict=True)]


def _kinds(catalogue: Catalogue) -> Kinds:
    """Return what kind of thing each row is; nothing where no column says so."""
    view = catalogue.sight.views.get(Aspect.KIND)
    return catalogue.snapshot.words(view.column.name) if view else ((),) * len(catalogue.snapshot)


def _measured(case: Case, ranked: Sequence[int], kinds: Kinds) -> tuple[float, ...]:
    found = [str(row) for row in ranked]
    right = {str(row) for row in case.relevant}
    recall = recall_at(found, right, CUT)
    alike = [float(kinds[row] == kinds[case.row]) for row in ranked[:SHOWN]]
    shown = sum(alike) / len(alike) if alike else 0.0
    return recall_at(found, right, 1), recall, float(recall > 0), shown, ndcg_at(found, right, CUT)


def _mean_ndcg(judged: Sequence[Case], values: Sequence[tuple[float, ...]], *, reported: bool) -> float:
    kept = [value[-1] for case, value in zip(judged, values, strict=True) if case.reported is reported]
    return float(np.mean(kept)) if kept else 0.0


def _means(judged: Sequence[Case], values: Sequence[tuple[float, ...]]) -> list[Mean]:
    """Return the means of the reported half."""
    kept = [(case.group, value) for case, value in zip(judged, values, strict=True) if case.reported]
    columns = zip(*(value for _, value in kept), strict=True)
    return [mean(column, [group for group, _ in kept]) for column in columns]


def _searched(
    judged: Sequence[Case], looks: Sequence[Looks], catalogue: Catalogue, image: ImageEncoder
) -> dict[str, list[Mean]]:
    """Measure the program's own search, of a picture and of an item, by relevance alone.

    The kind that is seen is enforced where it is certain. Seen 'in a new picture' is that of a picture like none that
    was learnt from: those of all reported references are left out when kinds are learnt.
    """
    snapshot, fields = catalogue.snapshot, catalogue.fields
    pictures = snapshot.vectors("image")
    assert pictures is not None
    reported = [(case, look) for case, look in zip(judged, looks, strict=True) if case.reported]
    kinds = _kinds(catalogue)
    stranger = Sight(snapshot, fields, [case.row for case, _ in reported])
    values: dict[str, list[tuple[float, ...]]] = {}
    for case, look in reported:
        asked = _asked(case, catalogue)
        # What is not enforced stands as given up: it ranks through the terms alone.
        given_up = replace(asked, status=Status.RELAXED)
        own = snapshot.ids[case.row]
        picture = Query(
            image=np.asarray(pictures[case.row]), exclude=frozenset({own}), count=CUT, variety=0.0
        )
        words = replace(picture, caption=caption([asked], look, fields))
        item = replace(picture, image=None, near={own: 1.0})
        of_item = looks_of_item(snapshot.item(own), fields)
        enforced = replace(picture, constraints=(asked,), terms=changes([asked], look, fields))
        vector = np.asarray(pictures[case.row], np.float32)
        kind = kind_in(catalogue.sight, vector, image)
        new = kind_in(stranger, vector, image)
        whole = replace(enforced, caption=words.caption)
        alone = replace(picture, caption=caption([], look, fields))
        queries = {
            "search: picture, caption": alone,
            "search: picture, caption, kind": replace(alone, constraints=kind),
            "search: picture, caption, kind in a new picture": replace(alone, constraints=new),
            "search: picture, terms": replace(picture, terms=changes([given_up], look, fields)),
            "search: picture, terms, caption": replace(words, terms=changes([given_up], look, fields)),
            "search: picture, colour enforced": replace(picture, constraints=(asked,)),
            "search: picture, colour enforced, terms": enforced,
            "search: picture, colour enforced, caption": replace(words, constraints=(asked,)),
            "search: picture, colour enforced, terms, caption": whole,
            "search: picture, colour enforced, terms, caption, kind": replace(
                whole, constraints=(asked, *kind)
            ),
            "search: picture, colour enforced, terms, caption, kind in a new picture": replace(
                whole, constraints=(asked, *new)
            ),
            "search: item, terms": replace(item, terms=changes([given_up], of_item, fields)),
            "search: item, colour enforced": replace(item, constraints=(asked,)),
            "search: item, colour enforced, terms": replace(
                item, constraints=(asked,), terms=changes([asked], of_item, fields)
            ),
        }
        for name, query in queries.items():
            hits = catalogue.searcher.search(query).hits
            values.setdefault(name, []).append(
                _measured(case, [snapshot.row(hit.item.id) for hit in hits], kinds)
            )
    return {name: _means([case for case, _ in reported], found) for name, found in values.items()}
