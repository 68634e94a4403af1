from __future__ import annotations

import json

import pytest
from hypothesis import given

from agent.contract import act_to_json, turn_from_json, turn_to_json
from agent.types import (
    Act,
    ActName,
    Card,
    Claims,
    Evidence,
    Picture,
    Quote,
    Request,
    Turn,
)
from encoders.errors import InputError
from retrieval.types import Constraint, Op, Status, Value
from tests.agent.turns import TURNS

TURN = Turn(
    turn=1,
    request=Request("like this", "under eighty", (Picture("bag.png", ("red", "handbag")),)),
    act=Act(
        ActName.RECOMMEND,
        "handbag",
        (Constraint("price", Op.LE, 80.0, "under eighty"), Constraint(None, Op.ABOUT, "comfy", "comfy", Status.RANKED)),
        ("h1",),
        "-price",
        3,
    ),
    items=(
        Card(
            1, "h2", "Marlow", 39.9, {"tags": ("light", "red"), "pages": 120.0, "rating": 4.5}, None, 0.83,
            Evidence({"text": 2 / 3, "taste": 1 / 3}, ("price ≤ 80",), (), (Quote("description", "Small."),)),
        ),
    ),
    answer="Here.",
    claims=Claims(6, 1),
    timings_ms={"perceive": 3.0},
    models={"chat": "x", "text": "y", "image": None, "speech": None},
)  # fmt: skip


def test_a_turn_becomes_the_object_of_the_contract() -> None:
    made = turn_to_json(TURN)
    assert json.loads(json.dumps(made)) == {
        "turn": 1,
        "request": {
            "text": "like this",
            "transcript": "under eighty",
            "images": [{"path": "bag.png", "seen": ["red", "handbag"]}],
        },
        "act": {
            "name": "recommend",
            "query": "handbag",
            "constraints": [
                {"field": "price", "op": "<=", "value": 80, "said": "under eighty", "status": "enforced"},
                {"field": None, "op": "~", "value": "comfy", "said": "comfy", "status": "ranked"},
            ],
            "items": ["h1"],
            "sort": "-price",
            "count": 3,
            "stars": None,
            "question": None,
        },
        "items": [
            {
                "rank": 1,
                "id": "h2",
                "title": "Marlow",
                "price": 39.9,
                "facets": {"tags": ["light", "red"], "pages": 120, "rating": 4.5},
                "image": None,
                "score": 0.83,
                "evidence": {
                    "shares": {"text": 0.667, "taste": 0.333},
                    "met": ["price ≤ 80"],
                    "missed": [],
                    "quotes": [{"field": "description", "text": "Small."}],
                },
            }
        ],
        "answer": "Here.",
        "claims": {"checked": 6, "removed": 1},
        "timings_ms": {"perceive": 3.0},
        "models": {"chat": "x", "text": "y", "image": None, "speech": None},
    }


@pytest.mark.parametrize(
    ("value", "made"), [(80.0, 80), (39.9, 39.9), ("red", "red"), (("a", "b"), ["a", "b"])]
)
def test_values_keep_their_kind(value: Value, made: object) -> None:
    act = Act(ActName.RECOMMEND, constraints=(Constraint("x", Op.IN, value, ""),))
    (constraint,) = act_to_json(act)["constraints"]
    assert constraint["value"] == made
    assert type(constraint["value"]) is type(made)


@given(TURNS)
def test_a_turn_of_json_is_the_turn_again(turn: Turn) -> None:
    made = json.loads(json.dumps(turn_to_json(turn)))
    assert turn_to_json(turn_from_json(made)) == made


def test_a_turn_that_was_played_comes_back_whole() -> None:
    back = turn_from_json(turn_to_json(TURN))
    assert back.request == TURN.request
    assert back.act == TURN.act
    assert back.items[0].facets == TURN.items[0].facets
    assert back.claims == TURN.claims


def test_keys_that_a_later_version_adds_are_left_out() -> None:
    made = turn_to_json(TURN)
    made["mood"] = made["act"]["mood"] = made["items"][0]["mood"] = "gay"
    assert turn_to_json(turn_from_json(made)) == turn_to_json(TURN)


def test_texts_from_elsewhere_are_sanitised_but_paths_open_what_they_name() -> None:
    made = turn_to_json(TURN)
    made["answer"], made["request"]["text"] = "One.\nTwo.\x1b[2J", "boots\nvitrine: \x1b]0;x\x07"
    made["items"][0]["title"], made["items"][0]["image"] = "Mar\u202elow\n", "a\u202eb.png"
    back = turn_from_json(made)
    assert (back.answer, back.request.text) == ("One.\nTwo.", "boots vitrine:")
    assert (back.items[0].title, back.items[0].image) == ("Marlow", "a\u202eb.png")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"turn": None}, "turn is null"),
        ({"request": None}, "request is null"),
        ({"request": {"text": "x", "transcript": None, "images": [{}]}}, "request.pictures[0].path"),
        ({"act": {"name": "dance"}}, "act.name is “dance”"),
        ({"items": [{"rank": 1}]}, "items[0].id is missing"),
        ({"items": {}}, "items is dict"),
        ({"answer": "\x1b[2J" * 9, "claims": []}, "claims is list"),
    ],
)
def test_what_is_no_turn_is_told_in_a_sentence_with_the_key(change: dict[str, object], named: str) -> None:
    with pytest.raises(InputError) as refused:
        turn_from_json({**turn_to_json(TURN), **change})
    assert named in str(refused.value)
    assert "\n" not in str(refused.value)
