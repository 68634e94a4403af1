"""How well readings agree with those written by hand."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from agent.types import ActName, Phrase, PhraseKind, Reading, Scene
from retrieval.types import Constraint, Op, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

_JOINED: Final = re.compile(r",|\bor\b")


@dataclass(frozen=True, slots=True)
class Score:
    """Agreement over a set of scenes."""

    scenes: int
    acts: float
    """Share of scenes whose act is right."""
    exact: float
    """Share of scenes whose whole reading is right: act and every phrase, word for word."""
    phrases: float
    """F1 of phrases (kind and words) over all scenes."""
    wrong: tuple[str, ...]
    """One line for each scene that is not exact."""


def figures(scores: Mapping[str, Score]) -> dict[str, dict[str, float]]:
    """Return scores by the name of their set as metrics.json keeps them."""
    return {
        name: {
            "scenes": each.scenes,
            "act_accuracy": round(each.acts, 4),
            "exact_reading": round(each.exact, 4),
            "phrase_f1": round(each.phrases, 4),
        }
        for name, each in scores.items()
    }


def load(path: Path) -> list[tuple[Scene, Reading]]:
    """Read scenes with their right readings, a JSON object a line: {"scene": {…}, "reading": {…}}."""
    with path.open(encoding="utf-8") as lines:
        return [_pair(json.loads(line)) for line in lines]


def _pair(row: dict[str, Any]) -> tuple[Scene, Reading]:
    scene, reading = row["scene"], row["reading"]
    return (
        Scene(
            text=scene["text"],
            seen=tuple(scene.get("seen", ())),
            screen=tuple(scene.get("screen", ())),
            query=scene.get("query", ""),
            constraints=tuple(
                Constraint(None, Op.CONTAINS, said, said, Status.RANKED)
                for said in scene.get("constraints", ())
            ),
            last_act=ActName(scene["last_act"]) if "last_act" in scene else None,
            asked=scene.get("asked"),
            earlier=tuple(scene.get("earlier", ())),
        ),
        Reading(
            act=ActName(reading["act"]),
            query=reading["query"],
            phrases=tuple(Phrase(PhraseKind(kind), text) for kind, text in reading["phrases"]),
            references=tuple(reading["references"]),
            sort=reading["sort"],
            count=reading["count"],
            stars=reading["stars"],
            note=reading["note"],
        ),
    )


def parts(reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield every phrase of a reading as (kind, words in lower case); how parts of a query are joined is left out."""
    if reading.query:
        yield "query", " ".join(_JOINED.sub(" ", reading.query.lower()).split())
    for phrase in reading.phrases:
        yield phrase.kind.value, phrase.text.lower()
    for reference in reading.references:
        yield "reference", reference.lower()
    singles = {"sort": reading.sort, "count": reading.count, "stars": reading.stars, "note": reading.note}
    for kind, text in singles.items():
        if text:
            yield kind, text.lower()


def score(read: Callable[[Scene], Reading], pairs: Sequence[tuple[Scene, Reading]]) -> Score:
    """Compare what `read` makes of every scene with the right reading."""
    acts = exact = hits = said = due = 0
    wrong: list[str] = []
    for scene, right in pairs:
        got = read(scene)
        got_parts, right_parts = set(parts(got)), set(parts(right))
        acts += got.act == right.act
        hits += len(got_parts & right_parts)
        said += len(got_parts)
        due += len(right_parts)
        if got.act == right.act and got_parts == right_parts:
            exact += 1
        else:
            extra = sorted(got_parts - right_parts)
            missing = sorted(right_parts - got_parts)
            wrong.append(f"{scene.text!r}: {got.act} for {right.act}; extra {extra}, missing {missing}")
    f1 = 2 * hits / (said + due) if said + due else 1.0  # no phrase is due and none was found
    return Score(len(pairs), acts / len(pairs), exact / len(pairs), f1, tuple(wrong))
