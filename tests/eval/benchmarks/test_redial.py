from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from encoders.errors import InputError
from eval.benchmarks.redial import Cases, DialogueToFilm, co_mention, neighbours, popularity, read_cases
from tests.fakes.encoders import HashTextEncoder

if TYPE_CHECKING:
    from collections.abc import Sequence

REAL = Path(__file__).parents[4] / "shared" / "data" / "redial"
FILMS = ("Alien", "Brazil", "Casablanca", "Dune")
A, B, C, D = range(4)
LEGS = ("text to plot", "neighbour dialogues", "co-mention", "popularity")


def turn(
    dialogue: str, context: Sequence[str], entity: Sequence[str], rec: Sequence[str]
) -> dict[str, object]:
    return {"dialog_id": dialogue, "turn_id": 0, "context": context, "entity": entity, "rec": rec}


TURNS = [
    turn("one", ["", "space"], ["space"], ["Alien"]),
    turn("one", ["", "space", "seen it", "more space"], ["Alien"], ["Dune", "Alien"]),
    turn("two", ["space please"], ["Alien"], ["Dune"]),
    turn("three", ["love in war"], [], ["Casablanca"]),
    turn("four", ["a bureau"], ["Dune"], ["Brazil"]),
    turn("five", ["love"], ["Casablanca"], ["Casablanca"]),
    turn("five", ["love"], [], ["A film of no catalogue"]),
    turn("six", ["love again"], [], ["Casablanca"]),
]


def write(folder: Path, turns: Sequence[object] = TURNS) -> Path:
    films = {
        str(number): {"name": name, "genre": ["drama"], "plot": f"About {name}."}
        for number, name in enumerate(FILMS)
    }
    (folder / "items.json").write_text(json.dumps(films), encoding="utf-8")
    (folder / "valid.jsonl").write_text("\n".join(json.dumps(one) for one in turns), encoding="utf-8")
    return folder


@pytest.fixture
def cases(tmp_path: Path) -> Cases:
    return read_cases(write(tmp_path))


def test_turns_that_recommend_a_new_film_of_the_catalogue_are_cases(cases: Cases) -> None:
    assert cases.texts == [
        "space",
        "space seen it more space",
        "space please",
        "love in war",
        "a bureau",
        "love again",
    ]
    assert cases.dialogues.tolist() == [0, 0, 1, 2, 3, 4]
    assert cases.mentioned == [[], [A], [A], [], [D], []]
    assert cases.wanted == [[A], [D], [D], [C], [B], [C]]
    assert cases.repeats == 2
    assert cases.documents[D] == "Dune. drama. About Dune."


def test_popularity_counts_other_dialogues_only(cases: Cases) -> None:
    # Recommended: A once (one), D twice (one, two), C twice (three, six), B once (four).
    assert popularity(cases) == pytest.approx(
        np.log1p([[0, 1, 2, 1], [0, 1, 2, 1], [1, 1, 2, 1], [1, 1, 1, 2], [1, 0, 2, 2], [1, 1, 1, 2]]),
        abs=1e-6,
    )


def test_films_named_together_elsewhere_are_co_mentioned(cases: Cases) -> None:
    # Dialogue one names A and D, two A and D, four D and B; a pair counts one over the root of the dialogues.
    found = co_mention(cases)
    assert found[1].tolist() == [0, 0, 0, 1]  # A, in dialogue two alone besides its own
    assert found[2].tolist() == [0, 0, 0, 1]  # A, in dialogue one
    assert found[4] == pytest.approx([2 / math.sqrt(2), 0, 0, 0], abs=1e-6)  # D, in one and two, both with A
    assert not found[[0, 3, 5]].any()


def test_the_own_dialogue_is_no_memory(cases: Cases) -> None:
    queries = np.eye(6, dtype=np.float32)
    queries[1] = queries[0]  # the two turns of dialogue one are alike
    found = neighbours(queries, cases)
    other = math.exp(-8)
    assert found[0] == pytest.approx([0, other, 2 * other, other], rel=1e-4)
    assert found[1] == pytest.approx([0, other, 2 * other, other], rel=1e-4)
    assert found[3] == pytest.approx([other, other, other, 2 * other], rel=1e-4)


def test_the_nearest_dialogue_counts_most(cases: Cases) -> None:
    queries = np.eye(6, dtype=np.float32)
    queries[5] = queries[3]
    assert neighbours(queries, cases)[3, C] == pytest.approx(1.0)


def test_the_table_is_the_hand_computed_one(tmp_path: Path) -> None:
    table = DialogueToFilm().run(write(tmp_path), HashTextEncoder(), lambda _: None)
    assert list(table.rows) == [*LEGS, "all, cross-validated weights", "all, equal weights"]
    assert table.measures == ["R@1", "R@10", "R@50"]
    # By popularity elsewhere with ties against: A 4th of 4; D 3rd of 3 twice (A is excluded: for dialogue one
    # C leads and B is level, for two C leads and A is out); C 4th; B last of 3; C 4th. None is first.
    assert table.rows["popularity"][0].value == 0
    assert table.rows["co-mention"][0].value == pytest.approx(2 / 6)
    assert {row[1].value for row in table.rows.values()} == {1.0}
    assert {mean.cases for row in table.rows.values() for mean in row} == {6}
    # Hits 0 1 | 1 | 0 | 0 | 0 by dialogue, mean 1/3: residual sums 1/3, 2/3, −1/3, −1/3, −1/3.
    spread = (1 + 4 + 1 + 1 + 1) / 9
    assert table.rows["co-mention"][0].error == pytest.approx(math.sqrt(spread * 5 / 4) / 6)
    assert "2 more repeat" in table.notes["cases"]
    assert len([name for name in table.notes if name.startswith("weights, fold")]) == 5


def test_a_film_mentioned_before_is_never_recommended(tmp_path: Path) -> None:
    # Every dialogue but the own one recommends Alien; where it was mentioned it stands in nobody's way.
    turns = [turn(f"d{number}", ["space"], [], ["Alien"]) for number in range(5)]
    turns.append(turn("last", ["space"], ["Alien", "Brazil", "Casablanca"], ["Dune"]))
    table = DialogueToFilm().run(write(tmp_path, turns), HashTextEncoder(), lambda _: None)
    # Dune, the only film left, is found even by legs that know nothing of it.
    assert all(row[0].value >= 1 / 6 for row in table.rows.values())
    assert table.rows["co-mention"][0].value == pytest.approx(1 / 6)
    assert table.rows["popularity"][0].value == table.rows["neighbour dialogues"][0].value == 1


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({}, "can't be read"),
        ({"items.json": "[]", "valid.jsonl": "{}"}, "not in the form of ReDial"),
        ({"items.json": "{", "valid.jsonl": ""}, "not in the form of ReDial"),
        ({"items.json": "{}", "valid.jsonl": ""}, "fewer than 5 dialogues"),
    ],
)
def test_data_of_another_form_is_told_in_a_sentence(tmp_path: Path, files: dict[str, str], told: str) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=told) as caught:
        DialogueToFilm().run(tmp_path, HashTextEncoder(), lambda _: None)
    assert "\n" not in str(caught.value)


@pytest.mark.data
@pytest.mark.skipif(not REAL.exists(), reason="the ReDial data is not beside the checkout")
def test_the_real_files_are_read() -> None:
    cases = read_cases(REAL)
    assert len(cases.documents) == 6583
    assert (len(cases.texts), sum(map(len, cases.wanted)), cases.repeats) == (2568, 3318, 277)
    assert len(set(cases.dialogues.tolist())) == 985
    for mentioned, wanted in zip(cases.mentioned, cases.wanted, strict=True):
        assert wanted and not set(mentioned) & set(wanted)
