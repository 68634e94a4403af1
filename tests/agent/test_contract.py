from __future__ import annotations

import json

import pytest

from agent.contract import act_to_json, turn_to_json
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
from retrieval.types import Constraint, Op, Status, Value

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
