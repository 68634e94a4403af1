"""The requests that measure understanding are none that the reader's training data holds, nor nearly so."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from agent.nano.grammar.scenes import example
from agent.nano.grammar.vocabulary import dictionary
from encoders.text import bundled_folder
from eval.understanding.case import Case, read_cases
from eval.understanding.near import NEAR, Texts, folded

UNDERSTANDING = Path(__file__).parents[3] / "eval" / "understanding"
FOLDERS = ("heldout", "requests")
DRAWN = 30_000
FEWEST_WORDS = 4
"""'Cheaper please' coincides with what anyone would write."""


def is_long(case: Case) -> bool:
    return len(folded(case.say).split()) >= FEWEST_WORDS


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    paths = [path for folder in FOLDERS for path in sorted((UNDERSTANDING / folder).glob("*.yaml"))]
    return [case for path in paths for case in read_cases(path)]


def test_no_long_request_is_near_a_training_text(cases: list[Case]) -> None:
    rng, rare = random.Random(11), dictionary(bundled_folder() / "vocab.txt")
    trained = Texts(example(rng, rare, clean=True).scene.text for _ in range(DRAWN))
    near = [
        f"{case.path.parent.name} {case.path.stem} {case.number}: {found[0].text}"
        for case in cases
        if is_long(case) and (found := trained.near(case.say, NEAR))
    ]
    assert not near, "\n".join(near)


def test_few_requests_are_too_short_to_tell(cases: list[Case]) -> None:
    short = [case for case in cases if not is_long(case)]
    assert len(short) <= 0.15 * len(cases)


def test_no_request_comes_twice_in_its_file(cases: list[Case]) -> None:
    said = [(case.path, folded(case.say)) for case in cases]
    assert not [one for one, times in Counter(said).items() if times > 1]
