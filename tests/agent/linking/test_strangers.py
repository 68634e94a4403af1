"""Catalogues that nobody built for: columns called as their owners call them, values that are adjectives elsewhere."""

from __future__ import annotations

import pytest

from agent.linking.link import Linker
from agent.linking.references import Screen
from agent.types import ActName, Phrase, PhraseKind, Reading
from retrieval.types import Value
from tests.agent.linking.catalogues import (
    ask,
    avoid,
    clock,
    courses,
    drop,
    films,
    limit,
    plain,
    want,
)

COURSES = Linker(courses(), None, clock)
FILMS = Linker(films(), None, clock)
Expected = list[tuple[str, str, Value]]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        (limit("longer than 10 weeks"), [("weeks", ">", 10.0)]),
        (limit("less than 4 hours a week"), [("hours_per_week", "<", 4.0)]),
        (limit("under 12 percent"), [("abv", "<=", 12.0)]),
        (limit("over 87 points"), [("critic_score", ">=", 87.0)]),
        (limit("starting after january"), [("start", ">", "2027-01")]),
        (limit("in february"), [("start", "==", "2027-02")]),
        (limit("before christmas"), [("start", "<", "2026-12-25")]),
        (limit("up to a hundred and fifty"), [("price", "<=", 150.0)]),
        (limit("won't go past a hundred"), [("price", "<=", 100.0)]),
        (want("french"), [("country", "==", "France")]),
        (want("breakfast"), [("breakfast_included", "==", "yes")]),
        (want("kitty-safe"), [("pet_safe", "==", "yes")]),
        (want("for four"), [("servings", "==", 4.0)]),
        (want("in a minor"), [("key", "==", "A minor")]),
        (want("by the dough sisters"), [("teacher", "==", "The Dough Sisters")]),
        (want("by dough sisters"), [("teacher", "==", "The Dough Sisters")]),
        (want("free"), [("price", "<=", 0.0)]),
        (avoid("poisonous"), [("pet_safe", "==", "yes")]),
        (avoid("onion"), [("pairing", "not in", ("onion", "spring onion"))]),
    ],
)  # fmt: skip
def test_phrases_reach_the_columns_that_strangers_named(phrase: Phrase, expected: Expected) -> None:
    assert plain(ask(COURSES, phrase).constraints) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("learn spanish", [("language", "==", "Spanish")]),
        ("art class", [("subject", "==", "art")]),
        ("what goes with oysters", [("pairing", "contains", "oysters")]),
        ("7 seater", [("seats", "==", 7.0)]),
        ("Ines Duarte", [("teacher", "==", "Ines Duarte")]),
        ("a present", []),
    ],
)
def test_a_query_that_is_a_value_is_a_condition(query: str, expected: Expected) -> None:
    assert plain(ask(COURSES, query=query).constraints) == expected


def test_orders_begin_at_the_end_that_people_mean() -> None:
    assert ask(COURSES, sort="shortest first").sort == "weeks"
    assert ask(COURSES, sort="by critic score").sort == "-critic_score"
    assert ask(COURSES, sort="by price").sort == "price"


def test_a_count_before_a_column_bounds_it() -> None:
    linked = ask(COURSES, query="seats", count="7")
    assert plain(linked.constraints) == [("seats", "==", 7.0)]
    assert linked.count is None


def test_two_wishes_that_are_one_value_are_joined() -> None:
    assert plain(ask(COURSES, want("blue"), want("cheese")).constraints) == [
        ("pairing", "contains", "blue cheese")
    ]


def test_or_widens_what_is_in_force_and_instead_replaces_it() -> None:
    before = ask(COURSES, want("art")).constraints
    widened = ask(COURSES, want("or cooking"), act=ActName.REFINE, in_force=before).constraints
    assert plain(widened) == [("subject", "in", ("art", "cooking"))]
    steak = ask(COURSES, want("steak")).constraints
    both = ask(COURSES, want("lamb"), act=ActName.REFINE, in_force=steak).constraints
    assert plain(both) == [("pairing", "contains", "steak"), ("pairing", "contains", "lamb")]
    swapped = ask(COURSES, want("lamb instead"), act=ActName.REFINE, in_force=steak).constraints
    assert plain(swapped) == [("pairing", "contains", "lamb")]


def test_a_number_put_right_keeps_its_comparison() -> None:
    before = ask(COURSES, limit("over 5 weeks")).constraints
    after = ask(COURSES, limit("I said 10 weeks, not 5"), act=ActName.REFINE, in_force=before).constraints
    assert plain(after) == [("weeks", ">=", 10.0)]


def test_a_plain_bound_goes_before_a_comparative_beside_it() -> None:
    screen = Screen(("k1", "k2"), (), None)
    linked = ask(COURSES, limit("longer"), limit("over 8 weeks"), act=ActName.REFINE, screen=screen)
    assert plain(linked.constraints) == [("weeks", ">=", 8.0)]


def test_a_month_that_may_be_any_takes_back_the_date() -> None:
    before = ask(COURSES, limit("in february")).constraints
    assert ask(COURSES, drop("month"), act=ActName.REFINE, in_force=before).constraints == ()


def test_too_much_of_a_value_is_none_of_it() -> None:
    linked = ask(FILMS, limit("too scary"), act=ActName.REFINE)
    assert plain(linked.constraints) == [("genres", "not in", ("Horror",))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in the same language", [("language", "==", "Spanish")]),
        ("the same level as the first", [("level", "==", "beginner")]),
        ("by that teacher", [("teacher", "==", "Lucía Prado")]),
    ],
)
def test_the_same_as_an_item_is_read_off_the_item(text: str, expected: Expected) -> None:
    screen = Screen(("k1", "k2"), (), "k2")
    linked = ask(COURSES, want(text), act=ActName.REFINE, screen=screen)
    assert plain(linked.constraints) == expected


def test_a_value_that_a_reading_cut_is_mended() -> None:
    cut = Reading(ActName.RECOMMEND, "cheese", (want("blue"),))
    assert COURSES.mending.snapped(cut, "something with blue cheese") == Reading(
        ActName.RECOMMEND, "", (want("blue cheese"),)
    )
    whole = Reading(ActName.RECOMMEND, "blue cheese dip")
    assert COURSES.mending.snapped(whole, "a blue cheese dip") == whole


@pytest.mark.parametrize(
    ("text", "reading", "unread"),
    [
        ("a course that goes with blue cheese", Reading(ActName.RECOMMEND, "course"), ["blue cheese"]),
        ("a course, with blue cheese", Reading(ActName.RECOMMEND, "course", (want("blue cheese"),)), []),
        ("my last course was art, now cooking", Reading(ActName.RECOMMEND, "cooking"), []),
        ("do you like blue cheese", Reading(ActName.CHAT), []),
    ],
)
def test_values_that_a_search_left_unread_are_found(text: str, reading: Reading, unread: list[str]) -> None:
    assert [phrase.text for phrase in COURSES.mending.unread_values(reading, text)] == unread


def test_taking_back_what_was_never_asked_for_changes_nothing() -> None:
    before = ask(COURSES, want("art")).constraints
    after = ask(COURSES, drop("oysters"), act=ActName.REFINE, in_force=before).constraints
    assert plain(after) == [("subject", "==", "art")]


def test_a_bare_number_moves_the_bound_in_force() -> None:
    before = ask(COURSES, limit("up to 150")).constraints
    for phrase in (want("200"), limit("make it 200 then")):
        moved = ask(COURSES, phrase, act=ActName.REFINE, in_force=before).constraints
        assert plain(moved) == [("price", "<=", 200.0)]


def test_a_pronoun_beside_a_reference_stands_for_it() -> None:
    screen = Screen(("k1", "k2"), (), "k1")
    linked = ask(COURSES, act=ActName.DETAIL, references=("the second one", "it"), screen=screen)
    assert linked.items == ("k2",)


def test_phrase_kinds_are_those_of_the_readers() -> None:
    assert {phrase.kind for phrase in (want(""), limit(""), drop(""), avoid(""))} == set(PhraseKind)


def test_a_title_is_found_inside_a_question_and_at_its_end() -> None:
    assert COURSES.mending.title_within("is Sourdough Weekend any good?") == "Sourdough Weekend"
    assert COURSES.mending.title_within("is it any good?") is None
    assert COURSES.mending.title_asked("who teaches spanish evenings?") == "spanish evenings"
    assert COURSES.mending.title_asked("who teaches it?") is None


def test_what_the_catalogue_has_is_told_from_what_it_has_not() -> None:
    assert COURSES.mending.has("an art class")
    assert not COURSES.mending.has("a minute to think")
