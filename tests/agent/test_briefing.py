from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from agent.briefing import make_brief, matching_part
from agent.evidence import make_cards
from agent.types import Act, ActName, Brief, FactKind
from retrieval.types import Constraint, Hit, Op, Status
from tests.agent.shop import Shop, dozen

if TYPE_CHECKING:
    from pathlib import Path

    from agent.catalogue import Catalogue
    from retrieval.types import Value

CHEAP = Constraint("price", Op.LE, 80.0, "under 80")
WATERPROOF = Constraint("tags", Op.CONTAINS, "waterproof", "waterproof")


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return Shop(tmp_path).conversation.catalogue


def brief_of(
    catalogue: Catalogue, ids: list[str], *constraints: Constraint, act: ActName = ActName.RECOMMEND
) -> Brief:
    hits = [Hit(item, 1.0, {}) for item in dozen().items(ids)]
    cards = make_cards(hits, constraints, "boots", catalogue)
    return make_brief(Act(act, "boots", constraints), cards, catalogue, matching=len(ids))


def test_constraints_are_told_by_their_status(catalogue: Catalogue) -> None:
    relaxed = Constraint("colour", Op.EQ, "red", "red", Status.RELAXED)
    ranked = Constraint(None, Op.CONTAINS, "comfy", "comfy", Status.RANKED)
    brief = brief_of(catalogue, ["b1"], CHEAP, relaxed, ranked)
    assert (brief.conditions, brief.relaxed, brief.ranked) == (("under £80",), ("in red",), ("comfy",))


def test_what_is_missed_comes_before_what_is_met_and_says_by_how_much(catalogue: Catalogue) -> None:
    cheaper = Constraint("price", Op.LE, 70.0, "under 70", Status.RELAXED)
    better = Constraint("rating", Op.GE, 4.8, "4.8 stars", Status.RELAXED)
    facts = brief_of(catalogue, ["b1"], WATERPROOF, cheaper, better).items[0].facts
    assert [(fact.slot, fact.kind, fact.value, fact.gap) for fact in facts[:3]] == [
        ("price", FactKind.MISSED, "£74.00", "£4.00 over"),
        ("rating", FactKind.MISSED, "4.6 stars", "0.2 stars short"),
        ("f3", FactKind.MET, "waterproof", None),
    ]


def test_the_kind_that_was_asked_for_is_not_told_again(catalogue: Catalogue) -> None:
    kind = Constraint("kind", Op.EQ, "boots", "boots")
    labels = [fact.label for fact in brief_of(catalogue, ["b1", "b2"], kind).items[0].facts]
    assert "kind" not in labels


def test_a_column_is_told_once_and_slots_are_unique(catalogue: Catalogue) -> None:
    floor = Constraint("price", Op.GE, 30.0, "over 30")
    for item in brief_of(catalogue, ["b1", "b2", "j2"], floor, CHEAP, WATERPROOF).items:
        assert len({fact.slot for fact in item.facts}) == len(item.facts)
        assert [fact.label for fact in item.facts].count("price") == 1


def test_what_tells_items_apart_is_told_in_a_search_only(catalogue: Catalogue) -> None:
    searched = brief_of(catalogue, ["b1", "b4"]).items[0].facts
    assert {"brown", "leather"} & {fact.value for fact in searched}
    explained = brief_of(catalogue, ["b1", "b4"], act=ActName.EXPLAIN).items[0].facts
    assert not {"brown", "leather"} & {fact.value for fact in explained}


def test_every_value_is_the_catalogues_own(catalogue: Catalogue) -> None:
    for item in brief_of(catalogue, list(dozen().ids), CHEAP, WATERPROOF).items:
        record = " ".join(map(str, dozen().item(item.id).fields.values()))
        for fact in item.facts:
            for part in re.split(", | and ", fact.value.strip("£“”").removesuffix(" stars").rstrip("…")):
                assert part.rstrip("0").rstrip(".") in record


@pytest.mark.parametrize(
    ("value", "wanted", "part"),
    [
        (("light", "Waterproof"), "waterproof", ("Waterproof",)),
        (("light", "warm"), "waterproof", ("light", "warm")),
        (("a", "b", "c"), ("c", "a"), ("a", "c")),
        ("red", "red", "red"),
        (4.0, 5.0, 4.0),
    ],
)
def test_of_a_list_only_what_was_asked_about_is_told(value: Value, wanted: Value, part: Value) -> None:
    assert matching_part(value, Constraint("x", Op.EQ, wanted, "")) == part


def test_conditions_that_the_query_says_are_not_said_again(catalogue: Catalogue) -> None:
    red = Constraint("colour", Op.EQ, "red", "red")
    hits = [Hit(dozen().item("b1"), 1.0, {})]
    for query, said in (("red boots", ()), ("boots", ("in red",))):
        cards = make_cards(hits, [red], query, catalogue)
        assert make_brief(Act(ActName.RECOMMEND, query, (red,)), cards, catalogue).conditions == said


def test_two_values_of_a_list_are_told_as_one_fact(catalogue: Catalogue) -> None:
    gift = Constraint("tags", Op.CONTAINS, "gift", "gift")
    warm = Constraint("tags", Op.CONTAINS, "warm", "warm")
    facts = brief_of(catalogue, ["s1"], warm, gift).items[0].facts
    assert [fact.value for fact in facts if fact.label == "tags"] == ["warm and gift"]


def test_why_an_item_is_shown_names_its_kind_too(catalogue: Catalogue) -> None:
    kind = Constraint("kind", Op.EQ, "boots", "boots")
    facts = brief_of(catalogue, ["b1"], kind, act=ActName.EXPLAIN).items[0].facts
    assert (FactKind.MET, "kind", "boots") in [(fact.kind, fact.label, fact.value) for fact in facts]


def test_notes_are_said_so_that_they_fit_a_sentence(catalogue: Catalogue) -> None:
    rated = make_brief(Act(ActName.RATE), (), catalogue, note="Kelda: Red: 4 of 5 stars")
    assert rated.note == "4 of 5 stars for Kelda: Red"
    why = make_brief(Act(ActName.EXPLAIN), (), catalogue, note="third without its meaning")
    assert why.note == "third without the likeness in meaning"


def test_a_whole_is_told_of_an_item_that_is_asked_about_in_the_open(catalogue: Catalogue) -> None:
    facts = brief_of(catalogue, ["b1"], act=ActName.DETAIL).items[0].facts
    assert {"colour", "material"} <= {fact.label for fact in facts}
    assert any(fact.kind is FactKind.QUOTE for fact in facts)


def test_a_long_list_ends_with_a_question_whose_answers_are_on_screen(catalogue: Catalogue) -> None:
    boots = [i for i in dozen().ids if dozen().item(i).fields.get("kind") == "boots"][:3]
    kind = Constraint("kind", Op.EQ, "boots", "boots")
    act = Act(ActName.RECOMMEND, "boots", (kind,))
    cards = make_cards([Hit(dozen().item(item), 1.0, {}) for item in boots], (kind,), "boots", catalogue)
    shown = {str(dozen().item(item).fields[c]) for item in boots for c in ("colour", "material")}
    brief = make_brief(act, cards, catalogue, matching=40)
    assert brief.ask in ("colour", "material")
    assert all(option.split()[-1] in shown for option in brief.options)
    assert 2 <= len(brief.options) <= 3
    assert make_brief(act, cards, catalogue, matching=4).ask is None
    assert make_brief(replace(act, name=ActName.SIMILAR), cards, catalogue, matching=40).ask is None
