"""Dialogue to film on ReDial: given the dialogue so far, rank the catalogue; the film recommended next is right.

Data: `items.json` (films) and `valid.jsonl` (turns with `dialog_id`, `context`, `entity`, `rec`), the form of iEvaLM
(Wang et al. 2023). Films already mentioned are excluded from the ranking and from what is right, because repeating them
is a shortcut (He et al. 2023). A case is one recommended film of one turn; its memory is every other dialogue,
never its own. Standard errors are those of dialogues, whose turns are no independent draws.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from encoders.errors import InputError
from eval.benchmarks.protocol import Table
from eval.benchmarks.weights import cross_validated, rank_of
from eval.metrics import mean

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from encoders.protocols import TextEncoder
    from eval.metrics import Mean

_CUTOFFS = (1, 10, 50)
_UTTERANCES = 4
"""Of the context, the last utterances carry the wish; more of it measured no better with a 256-token encoder."""
_NEIGHBOURS = 200
_SHARPNESS = 8.0
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Cases:
    """The turns of a data set as arrays; n turns, m films."""

    texts: list[str]
    dialogues: NDArray[np.int64]
    """Shape (n,): which dialogue each turn belongs to."""
    mentioned: list[list[int]]
    """Films mentioned so far, by turn."""
    wanted: list[list[int]]
    """Films recommended next and not mentioned before, by turn; one at least."""
    documents: list[str]
    """Text of each film, length m."""
    repeats: int
    """How many recommendations repeat a mentioned film, and so are no cases."""


class DialogueToFilm:
    """The benchmark `redial`."""

    name = "redial"
    about = "dialogue so far → film recommended next; recall at 1, 10 and 50, mentioned films excluded"

    def run(self, data: Path, text: TextEncoder, say: Callable[[str], None]) -> Table:
        """Score each leg alone, then their weighted sum under cross-validation by dialogue."""
        cases = read_cases(data)
        if len(set(cases.dialogues.tolist())) < _FOLDS:
            raise InputError(
                f"{data / 'valid.jsonl'} has fewer than {_FOLDS} dialogues that recommend: take more."
            )
        say(f"{len(cases.texts):,} turns, {len(cases.documents):,} films; encoding")
        queries = text.encode_queries(cases.texts)
        films = text.encode_documents(cases.documents)
        say("scoring")
        legs = {
            "text to plot": queries @ films.T,
            "neighbour dialogues": neighbours(queries, cases),
            "co-mention": co_mention(cases),
            "popularity": popularity(cases),
        }
        for scores in legs.values():
            _exclude(scores, cases.mentioned)
        rows = {name: _row(scores, cases) for name, scores in legs.items()}
        standard = {name: _standardise(scores) for name, scores in legs.items()}
        say("choosing weights")
        fused, weights = cross_validated(standard, cases.wanted, cases.dialogues, _FOLDS)
        _exclude(fused, cases.mentioned)
        rows["all, cross-validated weights"] = _row(fused, cases)
        equal = np.sum([*standard.values()], axis=0)
        rows["all, equal weights"] = _row(equal, cases)
        notes = {
            "cases": f"{sum(map(len, cases.wanted)):,} recommendations of {len(cases.documents):,} films in "
            f"{len(set(cases.dialogues.tolist())):,} dialogues; {cases.repeats:,} more repeat a mentioned film",
            **{f"weights, fold {fold}": spelled for fold, spelled in enumerate(weights, 1)},
        }
        return Table("ReDial: dialogue to film", [f"R@{k}" for k in _CUTOFFS], rows, notes)


def read_cases(data: Path) -> Cases:
    """Read the turns that recommend a film of the catalogue.

    Raises InputError when a file is absent or of another form.
    """
    try:
        films = json.loads((data / "items.json").read_text(encoding="utf-8"))
        lines = (data / "valid.jsonl").read_text(encoding="utf-8").splitlines()
        records = [json.loads(line) for line in lines if line.strip()]
        index = {film["name"]: number for number, film in enumerate(films.values())}
        mentioned = [[index[name] for name in r["entity"] if name in index] for r in records]
        recommended = [[index[name] for name in r["rec"] if name in index] for r in records]
        fresh = [
            [f for f in films if f not in seen] for films, seen in zip(recommended, mentioned, strict=True)
        ]
        kept = [turn for turn, wanted in enumerate(fresh) if wanted]
        numbers: dict[str, int] = {}
        return Cases(
            texts=[" ".join(u for u in records[t]["context"][-_UTTERANCES:] if u) for t in kept],
            dialogues=np.array(
                [numbers.setdefault(records[t]["dialog_id"], len(numbers)) for t in kept], np.int64
            ),
            mentioned=[mentioned[t] for t in kept],
            wanted=[fresh[t] for t in kept],
            documents=[_document(film) for film in films.values()],
            repeats=sum(map(len, recommended)) - sum(map(len, fresh)),
        )
    except OSError as error:
        raise InputError(
            f"{error.filename} can't be read ({error.strerror}): give the folder of the data with --data."
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"The files in {data} are not in the form of ReDial ({error!r}): see eval/benchmarks."
        ) from error


def neighbours(queries: NDArray[np.float32], cases: Cases) -> NDArray[np.float32]:
    """Films recommended in the nearest turns of other dialogues, weighted by exp(sharpness · cosine)."""
    similarity = queries @ queries.T
    similarity[cases.dialogues[:, None] == cases.dialogues[None, :]] = -np.inf
    count = min(_NEIGHBOURS, len(queries))
    scores = np.zeros((len(queries), len(cases.documents)), np.float32)
    for turn, row in enumerate(similarity):
        for other in np.argpartition(-row, count - 1)[:count]:
            if np.isfinite(row[other]):
                scores[turn, cases.wanted[other]] += np.exp(_SHARPNESS * (row[other] - 1.0))
    return scores


def co_mention(cases: Cases) -> NDArray[np.float32]:
    """Films that other dialogues name together with those mentioned.

    A pair counts 1/√n, n being the dialogues that name the mentioned film: R@10 .107 alone, against .101 for 1/n and
    .063 with the other film's count in the root too.
    """
    named: dict[int, set[int]] = defaultdict(set)
    for turn, dialogue in enumerate(cases.dialogues):
        named[int(dialogue)].update(cases.mentioned[turn], cases.wanted[turn])
    by_film: dict[int, set[int]] = defaultdict(set)
    for dialogue, members in named.items():
        for film in members:
            by_film[film].add(dialogue)
    scores = np.zeros((len(cases.texts), len(cases.documents)), np.float32)
    for turn, own in enumerate(cases.dialogues):
        for film in cases.mentioned[turn]:
            others = by_film[film] - {int(own)}
            for dialogue in others:
                for other in named[dialogue] - {film}:
                    scores[turn, other] += 1.0 / np.sqrt(len(others))
    return scores


def popularity(cases: Cases) -> NDArray[np.float32]:
    """How often other dialogues recommend each film, log-scaled."""
    films = len(cases.documents)
    own: dict[int, NDArray[np.float32]] = defaultdict(lambda: np.zeros(films, np.float32))
    total = np.zeros(films, np.float32)
    for turn, dialogue in enumerate(cases.dialogues):
        np.add.at(own[int(dialogue)], cases.wanted[turn], 1.0)
        np.add.at(total, cases.wanted[turn], 1.0)
    return np.stack([np.log1p(total - own[int(dialogue)]) for dialogue in cases.dialogues])


def _document(film: dict[str, object]) -> str:
    parts = [str(film["name"])]
    for key in ("genre", "director", "star"):
        value = film.get(key)
        if isinstance(value, list):
            parts.append(", ".join(str(entry) for entry in value))
    return ". ".join([*parts, str(film.get("plot") or "")])


def _exclude(scores: NDArray[np.float32], mentioned: Sequence[Sequence[int]]) -> None:
    for turn, films in enumerate(mentioned):
        scores[turn, list(films)] = -np.inf


def _standardise(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Z-score each row over the films that are not excluded, so that legs can be added."""
    finite = np.where(np.isfinite(scores), scores, np.nan)
    centre, spread = np.nanmean(finite, axis=1, keepdims=True), np.nanstd(finite, axis=1, keepdims=True)
    result: NDArray[np.float32] = (scores - centre) / np.maximum(spread, 1e-6)
    return result


def _row(scores: NDArray[np.float32], cases: Cases) -> list[Mean]:
    pairs = [(turn, film) for turn, wanted in enumerate(cases.wanted) for film in wanted]
    ranks = [rank_of(scores[turn], film) for turn, film in pairs]
    dialogues = [int(cases.dialogues[turn]) for turn, _ in pairs]
    return [mean([float(rank <= k) for rank in ranks], dialogues) for k in _CUTOFFS]
