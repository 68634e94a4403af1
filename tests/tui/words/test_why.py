from __future__ import annotations

from dataclasses import replace

import pytest

from agent.counterfactual import Without
from agent.kinship import Path, Source, Step
from agent.taste import Taste
from agent.types import Quote
from agent.why import Checked, Share, State, Why
from tui.words.why import bar, lines_of_why, taste_lines

WHY = Why(
    id="b3",
    title="Kelda Trail Boot Moss",
    rank=1,
    shown=2,
    moved_on=False,
    shares=(Share("text", "its meaning", 0.75), Share("taste", "your taste", 0.25)),
    conditions=(
        Checked("green", State.MET),
        Checked("price ≤ 80", State.GIVEN_UP),
        Checked("boots", State.MET),
        Checked("elegant", State.UNKNOWN),
    ),
    quotes=(Quote("description", "Seam-sealed."),),
    without=(Without("text", 1), Without("taste", 3)),
    counterfactual="without your taste it would come third",
    path=Path(Source("b2", "you liked"), "Kelda Trail Boot", (Step("made of synthetic"),), 3),
)


def test_all_the_evidence_is_written() -> None:
    assert list(lines_of_why(WHY, width=8)) == [
        "its meaning   75%  ██████",
        "your taste    25%  ██",
        "met: green, boots",
        "given up: price ≤ 80",
        "can't be checked: elegant",
        "the catalogue says: “Seam-sealed.”",
        "you liked Kelda Trail Boot — made of synthetic — this one",
        "without your taste it would come third",
    ]


def test_what_is_not_known_is_not_written() -> None:
    bare = replace(WHY, shares=(), conditions=(), quotes=(), counterfactual=None, path=None, moved_on=True)
    assert list(lines_of_why(bare)) == ["this was for an earlier search"]


def test_a_taste_is_drawn_with_what_is_not_liked_named_so() -> None:
    tastes = (Taste("t", "tags", "outdoor", 0.5, ()), Taste("m", "material", "leather", -0.25, ("b1",)))
    assert list(taste_lines(tastes, width=8)) == ["outdoor      ████", "not leather  ██"]
    assert list(taste_lines(())) == []


@pytest.mark.parametrize(("share", "drawn"), [(0.0, ""), (1.0, "█" * 6), (0.5, "█" * 3), (0.1, "▋")])
def test_a_bar_has_the_width_asked_for(share: float, drawn: str) -> None:
    assert bar(share, 6) == drawn
