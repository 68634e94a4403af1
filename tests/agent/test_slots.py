from __future__ import annotations

from agent.slots import is_open, slot_values, subjects
from agent.types import ActName, Brief, BriefItem, Fact, FactKind


def brief() -> Brief:
    price = Fact("price", FactKind.MISSED, "price", "£84.50", "£4.50 over")
    return Brief(
        act=ActName.RECOMMEND,
        query="boots",
        conditions=("waterproof",),
        relaxed=("price ≤ £80",),
        ranked=(),
        items=(BriefItem("b3", "Kelda Trail Boot Moss", (price,)),),
        matching=1,
    )


def test_every_slot_of_a_brief_has_its_text() -> None:
    assert slot_values(brief()) == {
        "matching": "1",
        "n": "1",
        "query": "boots",
        "c1": "waterproof",
        "r1": "price ≤ £80",
        "1.title": "Kelda Trail Boot Moss",
        "1.price": "£84.50",
        "1.price.label": "price",
        "1.price.gap": "£4.50 over",
    }


def test_subjects_are_the_items_a_text_speaks_of() -> None:
    assert subjects("{2.title} beats {1.price}, within {c1}") == {1, 2}


def test_a_text_that_ends_inside_a_slot_is_open() -> None:
    assert is_open("it costs {1.pri")
    assert not is_open("it costs {1.price}")
    assert not is_open("no slot")
