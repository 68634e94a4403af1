from __future__ import annotations

import numpy as np
import pytest

from agent.sight.classify import Classifier
from encoders.vectors import unit

VALUES = ("boots", "mugs", "lamps")
CENTRES = unit(np.eye(8, dtype=np.float32)[:3])


def gallery(spread: float, count: int = 60, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Pictures about the centre of their value; a spread of 3 leaves nothing of it."""
    random = np.random.default_rng(seed)
    kinds = np.arange(count) % len(VALUES)
    pictures = unit((CENTRES[kinds] + spread * random.normal(size=(count, 8))).astype(np.float32))
    return pictures, np.eye(len(VALUES), dtype=bool)[kinds]


def test_words_alone_name_what_is_plainly_theirs() -> None:
    seen = Classifier(VALUES, CENTRES, 20.0).guess(CENTRES[1])
    assert (seen.value, seen.sure) == ("mugs", True)


def test_words_alone_say_nothing_where_values_are_equally_near() -> None:
    assert not Classifier(VALUES, CENTRES, 20.0).guess(unit(CENTRES.sum(axis=0, keepdims=True))[0]).sure


def test_pictures_correct_words_that_name_the_wrong_values() -> None:
    pictures, labels = gallery(0.1)
    seen = Classifier(VALUES, CENTRES[[1, 2, 0]], 20.0, pictures, labels).guess(pictures[0])
    assert (seen.value, seen.sure) == ("boots", True)


def test_a_model_that_sees_nothing_says_nothing() -> None:
    pictures, labels = gallery(3.0, count=300)
    judge = Classifier(VALUES, CENTRES, 20.0, pictures, labels)
    strangers, _ = gallery(3.0, count=60, seed=1)
    assert not any(judge.guess(picture).sure for picture in strangers)


def test_a_value_that_nearly_all_have_is_not_said_for_that_alone() -> None:
    random = np.random.default_rng(0)
    pictures = unit(random.normal(size=(300, 8)).astype(np.float32))
    labels = np.zeros((300, 3), bool)
    labels[:, 0] = True
    labels[::8] = [False, True, False]
    judge = Classifier(VALUES, CENTRES, 20.0, pictures, labels)
    strangers = unit(random.normal(size=(60, 8)).astype(np.float32))
    assert not any(judge.guess(picture).sure for picture in strangers)


def test_a_picture_like_none_of_the_items_is_judged_by_words() -> None:
    pictures, labels = gallery(0.1)
    judge = Classifier(VALUES, CENTRES, 20.0, pictures, labels)
    stranger = np.eye(8, dtype=np.float32)[7]
    chances, far = judge.chances(stranger)
    assert far
    np.testing.assert_allclose(chances, 1 / 3, atol=1e-3)
    assert not judge.guess(stranger).sure


def test_said_answers_are_right_as_often_as_was_measured() -> None:
    pictures, labels = gallery(0.45, count=300)
    judge = Classifier(VALUES, CENTRES, 20.0, pictures, labels)
    others, truth = gallery(0.45, count=300, seed=1)
    said = [(judge.guess(one), row) for one, row in zip(others, truth, strict=True)]
    right = [bool(row[VALUES.index(guess.value)]) for guess, row in said if guess.sure]
    assert len(right) > 100
    assert np.mean(right) > 0.72


@pytest.mark.parametrize("count", [0, 10])
def test_too_few_pictures_measure_nothing(count: int) -> None:
    pictures, labels = gallery(0.1)
    judge = Classifier(VALUES, CENTRES, 20.0, pictures[:count], labels[:count])
    assert judge.guess(CENTRES[2]).value == "lamps"
