"""Plans: what a reply has to say, as typed slots."""

from __future__ import annotations

import itertools
from random import Random

import pytest

from agent.nano.plan import plan, small_talk_words
from agent.nano.plan_facts import extreme
from agent.nano.replies.briefs import random_brief
from agent.nano.segment import SLOTS, Segment
from agent.nano.writer_classes import CLASSES, condition_class, fact_class, gap_class
from agent.types import ActName, Brief, BriefItem, Fact, FactKind
from retrieval.types import Constraint, Op


def brief(act: ActName = ActName.RECOMMEND, items: tuple[BriefItem, ...] = (), **more: object) -> Brief:
    fields: dict[str, object] = {
        "act": act, "query": "", "conditions": (), "relaxed": (), "ranked": (), "items": items,
         "matching": len(items),
    }  # fmt: skip
    return Brief(**{**fields, **more})  # type: ignore[arg-type]


def item(title: str, *facts: Fact) -> BriefItem:
    return BriefItem(title.lower(), title, facts)


def price(value: str, kind: FactKind = FactKind.EXTRA, gap: str | None = None) -> Fact:
    return Fact("price", kind, "price", value, gap)


def kinds(segments: tuple[Segment, ...]) -> list[str]:
    return [segment.kind for segment in segments]


@pytest.mark.parametrize(
    ("label", "value", "expected"),
    [
        ("price", "74.00", "price"), ("price", "£74", "price"), ("rating", "4.6 stars", "rating"), ("stars", "4",
         "rating"),
        ("colour", "brown", "colour"), ("base colour", "Navy Blue", "colour"), ("director", "Ridley Scott", "maker"),
        ("brand", "Kelda", "maker"), ("tempo", "128 bpm", "number"), ("runtime", "117 min", "duration"),
        ("year", "1995", "date"), ("released", "2024-03-01", "date"), ("weekday", "Tuesday", "day"), ("x",
         "Tuesday", "day"),
        ("where", "the Town Hall", "venue"), ("room", "kitchen", "room"), ("tags", "waterproof", "list"),
        ("anything", "a, b", "extra"), ("material", "wool", "material"), ("occasion", "weddings", "purpose"),
        ("size", "9", "size"), ("size", "size 9", "number"), ("genre", "drama", "genre"), ("mood", "calm", "style"),
        ("waterproof", "yes", "bare"), ("seats", "4", "bare"), ("stock", "two left", "other"),
        ("description", '"seam-sealed"', "quote"), ("plot", "x" * 80, "quote"), ("review", "“dry”", "review"),
        ("star", "Meg Ryan", "cast"),
        ("genre", "drama, war", "genres"), ("features", "long battery", "extra"), ("writer", "Nora Ephron", "writer"),
        ("number of reviews", "539 reviews", "count"), ("stock", "10 in stock", "count"), ("key", "E minor", "key"),
    ],
)  # fmt: skip
def test_class_follows_label_and_value(label: str, value: str, expected: str) -> None:
    assert fact_class(Fact("f1", FactKind.EXTRA, label, value)) == expected
    assert expected in CLASSES


@pytest.mark.parametrize(
    ("text", "expected"),
    [("price ≤ 80", "bound"), ("waterproof", "word"), ("not leather", "not"), ("after 1995", "bound")],
)
def test_class_of_a_condition(text: str, expected: str) -> None:
    assert condition_class(text) == expected


@pytest.mark.parametrize(
    ("gap", "expected"), [("4.50 over", "over"), ("0.3 short", "short"), ("2 days late", "gap"), ("", "gap")]
)
def test_class_of_a_gap(gap: str, expected: str) -> None:
    assert gap_class(gap) == expected


def test_search_leads_then_has_a_line_for_each_item_then_asks() -> None:
    items = tuple(item(title) for title in ("A", "B", "C"))
    segments = plan(brief(items=items, ranked=("comfortable",), ask="colour", options=("red", "blue")))
    assert kinds(segments) == ["lead", "cant", "line", "line", "line", "next"]
    assert [dict(segment.slots)["{title}"] for segment in segments[2:5]] == [
        ("{1.title}",),
        ("{2.title}",),
        ("{3.title}",),
    ]
    assert segments[5].slots["{o}"] == ("{o1}", "{o2}")


def test_head_holds_kinds_and_no_values() -> None:
    segments = plan(
        brief(items=(item("Kelda", price("74.00", FactKind.MET)),), query="boots", conditions=("price ≤ 80",))
    )
    heads = " ".join(token for segment in segments for token in segment.head)
    assert "{+price}" in heads
    assert not any(value in heads for value in ("Kelda", "74", "boots", "80"))


def test_every_miss_is_required_by_its_gap_or_its_value() -> None:
    missed = (price("84.50", FactKind.MISSED, "4.50 over"), Fact("f1", FactKind.MISSED, "colour", "grey"))
    line = plan(brief(items=(item("A", *missed),), relaxed=("price ≤ 80", "green")))[1]
    assert line.required == {"{title}", "{!price.over}", "{!colour}"}


def test_relaxed_and_unchecked_conditions_are_required_of_the_set() -> None:
    lead, cant = plan(brief(items=(item("A"),), relaxed=("price ≤ 80",), ranked=("comfortable",)))[:2]
    assert lead.required == {"{r.bound}"}
    assert cant.required == {"{u.word}"}


def test_what_all_items_share_comes_after_what_tells_them_apart() -> None:
    shared = Fact("f1", FactKind.MET, "tags", "waterproof")
    facts = [
        (
            shared,
            *(
                Fact(f"f{n}", FactKind.EXTRA, label, f"{label} {title}")
                for n, label in enumerate(("a", "b", "c", "d"), 2)
            ),
        )
        for title in "AB"
    ]
    segments = plan(brief(items=(item("A", *facts[0]), item("B", *facts[1]))))
    assert "{+list}" not in segments[1].head


def test_the_cheapest_is_marked_only_where_every_price_is_known_and_one_is_lowest() -> None:
    def found(*prices: str) -> int | None:
        result = extreme(
            brief(items=tuple(item(str(n), price(p)) for n, p in enumerate(prices))), "price", low=True
        )
        return result[0] if result else None

    assert found("20.00", "10.00", "30.00") == 2
    assert found("10.00", "10.00") is None
    assert found("10.00") is None
    assert extreme(brief(items=(item("A", price("10")), item("B"))), "price", low=True) is None


@pytest.mark.parametrize(
    ("act", "count", "expected"),
    [
        (ActName.COMPARE, 2, ["lead", "versus", "versus"]), (ActName.COMPARE, 1, ["which"]), (ActName.EXPLAIN, 1,
         ["why"]),
        (ActName.DETAIL, 1, ["detail"]), (ActName.DETAIL, 0, ["which"]), (ActName.LIKE, 1, ["noted"]),
        (ActName.LIKE, 0, ["which"]), (ActName.REMEMBER, 0, ["noted"]), (ActName.ASK, 0, ["ask"]),
        (ActName.CHAT, 0, ["chat"]), (ActName.RECOMMEND, 0, ["nothing"]), (ActName.SIMILAR, 1, ["lead", "line"]),
    ],
)  # fmt: skip
def test_segments_of_each_act(act: ActName, count: int, expected: list[str]) -> None:
    assert kinds(plan(brief(act, tuple(item(str(n)) for n in range(count))))) == expected


def test_a_question_is_told_by_what_answers_it() -> None:
    check = Constraint("tags", Op.CONTAINS, "waterproof", "waterproof")

    def head(*facts: Fact, **more: object) -> tuple[str, ...]:
        return plan(brief(ActName.DETAIL, (item("A", *facts),), **more))[0].head

    assert "<yes>" in head(Fact("f1", FactKind.ANSWER, "tags", "waterproof", None, check))
    assert "<no>" in head(Fact("f1", FactKind.MISSED, "tags", "light", None, check))
    assert "<told>" in head(Fact("f1", FactKind.ANSWER, "colour", "brown"), price("9.00"))
    assert "{price}" not in head(Fact("f1", FactKind.ANSWER, "colour", "brown"), price("9.00"))
    assert "{ask}" in head(ranked=("comfortable",))


def test_labels_may_be_said_unless_the_value_holds_them() -> None:
    facts = (Fact("f1", FactKind.EXTRA, "members", "46 members"), Fact("f2", FactKind.MET, "tempo", "90 bpm"))
    assert plan(brief(items=(item("A", *facts),)))[1].labels == {"{+number}"}


def test_two_misses_of_a_class_never_share_their_gaps() -> None:
    facts = tuple(Fact(f"f{n}", FactKind.MISSED, f"l{n}", f"{n} kg", f"{n} kg over") for n in (3, 4))
    slots = plan(brief(items=(item("A", *facts),), relaxed=("x",)))[1].slots
    assert slots["{!number.over}"] == ("{1.f3.gap}",)
    assert slots["{!other.over}"] == ("{1.f4.gap}",)


def test_a_dislike_that_searched_again_acknowledges_then_shows() -> None:
    again = brief(ActName.DISLIKE, (item("B"), item("C")), note="not A")
    assert kinds(plan(again)) == ["noted", "lead", "line", "line"]
    assert kinds(plan(brief(ActName.DISLIKE, (item("A"),), note="not A"))) == ["noted"]


def test_a_query_that_nothing_clearly_is_leads_the_reply() -> None:
    lead, *rest = plan(brief(items=(item("A"),), query="zebras", ranked=("zebras",)))
    assert "{unclear}" in lead.required
    assert "{query}" not in lead.slots
    assert kinds(tuple(rest)) == ["line"]


def test_a_rating_is_read_off_its_note() -> None:
    for note, tag in (
        ("Tent 2: 4 of 5 stars", "<good>"),
        ("Kelda ★★★★☆", "<good>"),
        ("2 stars for Kelda", "<poor>"),
        ("3/5", "<fair>"),
    ):
        assert tag in plan(brief(ActName.RATE, note=note))[0].head


def test_small_talk_is_cut_to_words() -> None:
    assert small_talk_words("Who’re YOU?! 7 <say>") == ["who're", "you", "?", "7", "say"]
    assert len(plan(brief(ActName.CHAT, text="word " * 1000))[0].head) <= 15


def test_every_planned_slot_is_in_the_list_of_slots() -> None:
    rng = Random(5)
    for _ in range(400):
        for segment in plan(random_brief(rng)):
            assert set(segment.slots) <= set(SLOTS)
            assert segment.required <= set(segment.slots)


def test_what_keeps_clear_of_something_was_not_asked_for() -> None:
    not_wool = Constraint("material", Op.NE, "wool", "not wool")
    cotton = Fact("f1", FactKind.MET, "material", "cotton", None, not_wool)
    lines = plan(brief(items=(item("Tee", cotton), item("Hat", cotton))))
    assert all("{+material}" not in segment.slots for segment in lines)
    assert any("{material}" in segment.slots for segment in lines)


def test_neighbouring_lines_are_built_in_different_ways() -> None:
    facts = (price("9.00"), Fact("f1", FactKind.EXTRA, "colour", "red"))
    lines = plan(brief(items=tuple(item(f"Item {n}", *facts) for n in range(6))))[1:]
    builds = [line.phrasing for line in lines]
    assert all(one != other for one, other in itertools.pairwise(builds))
    assert len(set(builds)) > 2


def test_a_passage_is_quoted_once_and_few_are() -> None:
    quotes = [Fact("q1", FactKind.QUOTE, "plot", text) for text in ("“a”", "“a”", "“b”", "“c”")]
    lines = plan(brief(items=tuple(item(str(n), quote) for n, quote in enumerate(quotes))))[1:]
    assert ["{quote}" in line.head for line in lines] == [True, False, True, False]


def test_what_all_items_meet_is_left_to_the_set_where_they_have_more_to_say() -> None:
    red = Fact("f1", FactKind.MET, "colour", "red")
    two = [Fact("f2", FactKind.EXTRA, "brand", name) for name in ("Kelda", "Tarn")]
    first = plan(brief(items=(item("A", red, two[0], price("1.00")), item("B", red, two[1], price("2.00")))))[
        1
    ]
    assert "{+colour}" not in first.head
    assert "{maker}" in first.head
    alone = plan(brief(items=(item("A", red), item("B", red))))[1]
    assert "{colour}" in alone.head  # and not as a merit of this one


def test_what_the_title_says_is_left_to_it() -> None:
    facts = (
        price("1.00"),
        Fact("f1", FactKind.MET, "year", "1963"),
        Fact("f2", FactKind.EXTRA, "director", "A. B."),
    )
    assert "{+date}" not in plan(brief(items=(item("The Haunting (1963)", *facts),)))[1].head


def test_what_another_fact_says_already_is_left_out() -> None:
    facts = (Fact("f1", FactKind.EXTRA, "key", "E minor"), Fact("f2", FactKind.EXTRA, "mode", "minor"))
    assert plan(brief(items=(item("A", *facts),)))[1].slots["{key}"] == ("{1.f1}",)


def test_words_stand_around_a_slot_where_its_value_needs_them() -> None:
    wedding = Fact("f1", FactKind.EXTRA, "occasion", "wedding")
    lead, line = plan(brief(items=(item("A", wedding),), query="dress"))
    assert lead.slots["{query}"] == ("a {query}",)
    assert line.slots["{purpose}"] == ("a {1.f1}",)
    cant = plan(brief(items=(item("A"),), ranked=("for tonight",)))[1]
    assert cant.slots["{u.word}"] == ("“{u1}”",)
    assert plan(brief(ActName.REMEMBER, note="no wool"))[0].slots["{note}"] == ("“{note}”",)


def test_a_lead_before_what_cannot_be_checked_is_told_so() -> None:
    assert "<cant>" in plan(brief(items=(item("A"),), ranked=("comfy",)))[0].head
    assert "<cant>" not in plan(brief(items=(item("A"),)))[0].head


def test_a_question_offers_options_or_names_its_subject() -> None:
    offered = plan(brief(items=(item("A"),), ask="colour", options=("in red", "in blue")))[-1]
    assert offered.required == {"{o}"}
    assert plan(brief(items=(item("A"),), ask="colour"))[-1].required == {"{ask}"}


def test_a_price_above_a_floor_is_no_merit() -> None:
    dear = Fact("price", FactKind.MET, "price", "£90.00", None, Constraint("price", Op.GE, 50.0, "over 50"))
    cheap = Fact("price", FactKind.MET, "price", "£9.00", None, Constraint("price", Op.LE, 50.0, "under 50"))
    assert "{price}" in plan(brief(items=(item("A", dear),)))[1].head
    assert "{+price}" in plan(brief(items=(item("A", cheap),)))[1].head


def test_how_many_fit_is_said_only_where_every_condition_can_be() -> None:
    for count, said in ((3, True), (4, False)):
        texts = tuple(f"c {n}" for n in range(count))
        assert (
            "{matching}" in plan(brief(items=(item("A"),), conditions=texts, matching=9))[0].slots
        ) is said
