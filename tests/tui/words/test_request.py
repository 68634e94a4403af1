from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agent.amend import Edit, Held
from agent.conversation import play
from agent.types import Act, ActName, Reading
from retrieval.types import Column, Constraint, Op, Role, Status
from tests.agent.shop import Shop, limit, recommend, refine, want
from tests.fakes.snapshot import MemorySnapshot
from tui.words.request import PartKind, looking_for, parts_of
from tui.words.wording import Wording

if TYPE_CHECKING:
    from pathlib import Path

SNAPSHOT = MemorySnapshot.from_csv()
WORDING = Wording.of_snapshot(SNAPSHOT)
KIND = Constraint("kind", Op.EQ, "boots", "boots")
PRICE = Constraint("price", Op.LE, 80.0, "80 tops", Status.RELAXED)
SOFT = Constraint(None, Op.ABOUT, "elegant", "elegant", Status.RANKED)


def test_each_part_of_a_request_can_be_taken_back() -> None:
    act = Act(ActName.SIMILAR, "boots", (KIND, PRICE, SOFT), ("b2",), sort="-rating", pictured=True)
    parts = parts_of(act, WORDING)
    assert [(part.kind, part.text) for part in parts] == [
        (PartKind.PICTURE, "like your picture"),
        (PartKind.LIKE, "like Kelda Trail Boot"),
        (PartKind.QUERY, "boots"),
        (PartKind.CONDITION, "price ≤ 80"),
        (PartKind.CONDITION, "elegant"),
        (PartKind.SORT, "highest rating first"),
    ]
    assert [part.without for part in parts] == [
        Edit(forget=frozenset({Held.PICTURE})),
        Edit(forget=frozenset({Held.ITEMS})),
        Edit(drop=(KIND,), query=""),
        Edit(drop=(PRICE,)),
        Edit(drop=(SOFT,)),
        Edit(forget=frozenset({Held.ORDER})),
    ]
    assert [part.status for part in parts[3:5]] == [Status.RELAXED, Status.RANKED]
    assert looking_for(act, WORDING) == " · ".join(part.line for part in parts)


def test_words_are_made_without_the_catalogue() -> None:
    columns = (
        Column("cost", Role.NUMBER, "cost", unit="£"),
        Column("hue", Role.FACET, "hue", values={"red": 2}),
    )
    recorded = Wording.of(columns, 2, {"a": "An Apple"}.__getitem__)
    act = Act(ActName.SIMILAR, "", (Constraint("hue", Op.NE, "red", "x"),), ("a", "gone"), sort="cost")
    assert looking_for(act, recorded) == "like An Apple and gone · not red · lowest cost first"


def test_an_order_by_a_column_that_is_gone_keeps_its_name() -> None:
    assert looking_for(Act(ActName.REFINE, sort="-age"), WORDING) == "highest -age first"


@pytest.mark.parametrize(
    "reading",
    [
        recommend("waterproof boots", want("waterproof"), limit("under 80")),
        recommend("boots", limit("under 10"), want("elegant")),
        recommend("something dry", want("navy or green"), want("light")),
        Reading(ActName.SIMILAR, references=("Kelda Trail Boot",), sort="cheapest first"),
    ],
)
def test_taking_back_a_part_takes_back_that_part_alone(tmp_path: Path, reading: Reading) -> None:
    shop = Shop(tmp_path)
    act = shop.turn(reading).act
    before = shop.conversation.dialogue
    for part in parts_of(act, WORDING):
        shop.conversation.dialogue = before
        after = [
            (one.kind, one.text) for one in parts_of(play(shop.conversation.apply(part.without)).act, WORDING)
        ]
        assert (part.kind, part.text) not in after
        # Likeness is said in the turn that asks for it; conditions and orders stand in every later one.
        lasting = [one for one in parts_of(act, WORDING) if one.kind in (PartKind.CONDITION, PartKind.SORT)]
        assert {(one.kind, one.text) for one in lasting if one != part} <= set(after)


def test_a_condition_that_is_given_up_is_taken_back_by_its_part(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.turn(recommend("boots"))
    act = shop.turn(refine(limit("under 10"))).act
    (part,) = [one for one in parts_of(act, WORDING) if one.status is Status.RELAXED]
    assert part.line == "price ≤ 10 (given up)"
    after = play(shop.conversation.apply(part.without))
    assert all(one.status is not Status.RELAXED for one in after.act.constraints)
