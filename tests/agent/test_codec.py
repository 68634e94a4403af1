from __future__ import annotations

import json
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.codec import Mismatch, decode, encode
from agent.state import Dialogue
from agent.types import Act, ActName, Turn
from retrieval.types import Column, Constraint, Op, Role


def as_it_is(where: str, text: str) -> str:
    return text


def test_an_array_comes_back_bit_by_bit() -> None:
    made = np.array([[0.1, -0.0, 1e-40], [3e38, 1 / 3, 7]], np.float32)
    back = decode(Dialogue, json.loads(json.dumps(encode(Dialogue(image=made)))), as_it_is).image
    assert back.dtype == np.float32
    assert back.tobytes() == made.tobytes()
    assert back.shape == (2, 3)
    back[0] = 1  # and may be written


def test_numbers_of_numpy_are_plain_numbers() -> None:
    dialogue = Dialogue(near={"b1": np.float64(0.5), "b2": float(np.float32(0.25))}, count=int(np.int64(3)))
    dialogue.tempo = np.float32(92.0)  # type: ignore[assignment]
    assert json.loads(json.dumps(encode(dialogue)))["tempo"] == 92


def test_a_set_has_one_order() -> None:
    some = {Constraint("a", Op.EQ, value, "") for value in ("x", 2.0, ("y", "z"))}
    assert encode(some) == encode(set(sorted(some, key=str, reverse=True)))


def test_what_is_keyed_by_pairs_is_a_list_of_pairs() -> None:
    made = Dialogue(wished={("colour", "red"): 2, ("kind", "boots"): -1})
    back = decode(Dialogue, json.loads(json.dumps(encode(made))), as_it_is)
    assert back.wished == made.wished
    with pytest.raises(Mismatch, match=r"wished\[0\] has 1 parts, not 2"):
        decode(Dialogue, {"wished": [["colour"]]}, as_it_is)


def test_a_value_keeps_its_kind() -> None:
    for value in ("80", 80.0, ("80",)):
        made = Act(ActName.CHAT, constraints=(Constraint("a", Op.EQ, value, ""),))
        assert decode(Act, json.loads(json.dumps(encode(made))), as_it_is) == made


def test_unknown_keys_are_left_out_and_missing_ones_take_their_default() -> None:
    assert decode(Act, {"name": "chat", "mood": "gay"}, as_it_is) == Act(ActName.CHAT)


def test_every_text_passes_the_filter_with_the_place_where_it_stands() -> None:
    places: list[str] = []

    def shout(where: str, text: str) -> str:
        places.append(where)
        return text.upper()

    made = decode(Act, {"name": "chat", "items": ["a", "b"], "constraints": []}, shout)
    assert made.items == ("A", "B")
    assert places == ["items[0]", "items[1]"]


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        (Act, [], "it is list, not an object"),
        (Act, {}, "name is missing"),
        (Act, {"name": "dance"}, "name is “dance”, not one of recommend"),
        (Act, {"name": 3}, "name is int"),
        (Act, {"name": "chat", "count": True}, "count is bool, not a whole number"),
        (Act, {"name": "chat", "count": 1.5}, "count is float, not a whole number"),
        (Act, {"name": "chat", "stars": float("nan")}, "stars is no finite number"),
        (Act, {"name": "chat", "stars": 10**400}, "stars is no finite number"),
        (Act, {"name": "chat", "items": "ab"}, "items is “ab”, not a list"),
        (Act, {"name": "chat", "items": [None]}, "items[0] is null, not a text"),
        (Act, {"name": "chat", "pictured": 1}, "pictured is int, not true or false"),
        (
            Act,
            {"name": "chat", "constraints": [{"field": None, "op": "==", "value": {}, "said": ""}]},
            "constraints[0].value is dict, not a text, a number or a list",
        ),
        (Dialogue, {"image": {"float32": "AAAA", "shape": [1]}}, "image has 3 bytes"),
        (Dialogue, {"image": {"float32": "AACAfw==", "shape": [1]}}, "image holds numbers that are not finite"),
        (Dialogue, {"image": {"float32": "?", "shape": [1]}}, "image is no array"),
        (Dialogue, {"image": {"float32": "", "shape": [-1, 0]}}, "image has 0 bytes"),
        (Dialogue, {"image": []}, "image is list"),
        (Dialogue, {"near": []}, "near is list, not an object"),
        (datetime, "yesterday", "is “yesterday”, not a time"),
        (datetime, "2026-01-01T00:00:00", "without a zone"),
        (Column, {"name": "a", "role": "king", "label": "a"}, "role is “king”"),
    ],
)  # fmt: skip
def test_what_is_not_of_its_type_is_told_with_its_place(kind: object, value: object, told: str) -> None:
    with pytest.raises(Mismatch) as refused:
        decode(kind, value, as_it_is)
    assert told in str(refused.value)


def test_a_time_and_a_column_come_back() -> None:
    moment = datetime(2026, 3, 4, 12, 30, 1, 5, tzinfo=UTC)
    assert decode(datetime, encode(moment), as_it_is) == moment
    for column in (
        Column("released", Role.DATE, "released", low="1999", high="2020", filled=3),
        Column("price", Role.NUMBER, "price", "£", {}, 1.5, 80.0, 12),
        Column("kind", Role.FACET, "kind", values={"boots": 3}),
    ):
        assert decode(Column, json.loads(json.dumps(encode(column))), as_it_is) == column


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from([Turn, Dialogue, Column]), st.data())
def test_any_json_is_a_value_or_a_mismatch(kind: type[Turn | Dialogue | Column], data: st.DataObject) -> None:
    names = list(kind.__dataclass_fields__)
    made = data.draw(st.dictionaries(st.sampled_from(names), ANYTHING, max_size=len(names)))
    try:
        value = decode(kind, made, as_it_is)
    except Mismatch as error:
        assert str(error)
    else:
        assert isinstance(value, kind)
